"""English is published first, other languages later: only entries and feeds of a new language change."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from registrations.calendar import my_feed
from registrations.models import Registration
from sessions import translations
from sessions.calendar import feeds
from sessions.models import Session
from sessions.seasons import rewording, translating
from sessions.seasons.translating import New
from tests.factories import (
    MaterialFactory,
    OccurrenceFactory,
    ParticipantFactory,
    QuestionFactory,
    RegistrationFactory,
    SpeakerFactory,
)
from tests.support.calendars import seen_by_vobject

pytestmark = pytest.mark.django_db
BEFORE, NOW = datetime(2020, 8, 1, tzinfo=UTC), datetime(2025, 9, 2, 10, 30, tzinfo=UTC)
ARABIC = "الزئبق في التجارة"


@pytest.fixture
def slot():
    return OccurrenceFactory(
        changed_at=BEFORE,
        sequence=4,
        session__title="Mercury in trade",
        session__season__changed_at=BEFORE,
        session__season__title="Season 5",
    )


def translate(row, name, language, text, **new):
    owner = row if hasattr(row, "questions") else row.session
    text = New(f"{row._meta.model_name}-{row.pk}-{name}", language, text, "", **new)
    return translating.store(owner=owner, new=[text], now=NOW)


def feed(slot, language):
    with override(language):
        return feeds.of_season(type(slot.session.season).objects.get(pk=slot.session.season_id))


def reader(slot, language):
    person = ParticipantFactory(season=slot.session.season, language=language)
    return RegistrationFactory(occurrence=slot, participant=person, sequence=2, revised_at=BEFORE)


def own_entry(registration):
    return Registration.objects.values_list("sequence", "revised_at").get(pk=registration.pk)


def test_arabic_later_renews_arabic_entries_and_feeds_alone(slot):
    arabic, french = reader(slot, "ar"), reader(slot, "fr")
    public = {code: feed(slot, code) for code in ("en", "fr", "ar")}
    own = {each.pk: my_feed.of(my_feed.behind(each.participant.feed_key)) for each in (arabic, french)}

    translate(slot.session, "title", "ar", ARABIC)

    assert {code: feed(slot, code) for code in ("en", "fr")} == {code: public[code] for code in ("en", "fr")}
    new = feed(slot, "ar")
    [entry] = seen_by_vobject(new.text)
    assert (entry["summary"], entry["sequence"], new.changed_at) == (ARABIC, 5, NOW)
    assert (own_entry(arabic), own_entry(french)) == ((3, NOW), (2, BEFORE))
    again = {each.pk: my_feed.of(my_feed.behind(each.participant.feed_key)) for each in (arabic, french)}
    assert again[french.pk] == own[french.pk]
    assert ARABIC in again[arabic.pk].text.replace("\r\n ", "")


def test_each_further_wording_has_a_higher_number(slot):
    for text in (ARABIC, "التجارة", ""):
        translate(slot.session, "title", "ar", text)

    [entry] = seen_by_vobject(feed(slot, "ar").text)
    assert (entry["summary"], entry["sequence"]) == ("Mercury in trade", 7)


def test_title_of_the_season_renews_the_entries_of_all_its_sessions(slot):
    other = OccurrenceFactory(session__season=slot.session.season, changed_at=BEFORE)
    registration = reader(other, "ar")

    translate(slot.session.season, "title", "ar", "الموسم الخامس")

    assert own_entry(registration) == (3, NOW)
    assert "الموسم الخامس" in feed(slot, "ar").text.replace("\r\n ", "")


def test_what_no_entry_says_renews_none_but_the_feed_of_its_language_was_changed(slot):
    registration = reader(slot, "ar")

    translate(slot.session.season, "place", "ar", "جنيف")

    assert own_entry(registration) == (2, BEFORE)
    assert [feed(slot, code).changed_at for code in ("ar", "fr")] == [NOW, BEFORE]


def test_hidden_translation_renews_nothing_until_it_is_shown(slot):
    registration = reader(slot, "ar")

    translate(slot.session, "title", "ar", ARABIC, is_hidden=True)
    assert own_entry(registration) == (2, BEFORE)

    translate(slot.session, "title", "ar", ARABIC)
    assert own_entry(registration) == (3, NOW)


def test_the_same_words_once_more_change_nothing(slot):
    translate(slot.session, "title", "ar", ARABIC)
    registration = reader(slot, "ar")

    assert translate(slot.session, "title", "ar", ARABIC) == {}
    assert own_entry(registration) == (2, BEFORE)


def test_new_english_renews_all_languages_once(slot):
    translate(slot.session, "title", "ar", ARABIC)
    before = rewording.words(slot.session.season.slug)
    Session.objects.filter(pk=slot.session_id).update(title="Mercury in world trade")

    rewording.renew_differing(slot.session.season, before, now=NOW)

    [entry] = seen_by_vobject(feed(slot, "ar").text)
    assert (entry["summary"], entry["sequence"]) == (ARABIC, 6)


def test_texts_of_a_session_are_those_of_its_parts_too(slot):
    SpeakerFactory(session=slot.session, role="Chair", affiliation="")
    MaterialFactory(session=slot.session, title="Slides")
    QuestionFactory(session=slot.session, season=None, words="Which trade?")

    found = [(each.row._meta.model_name, each.name) for each in translating.texts(slot.session)]

    assert found == [("session", "title"), ("speaker", "role"), ("material", "title"), ("question", "words")]


def test_text_of_another_session_is_not_written(slot):
    other = OccurrenceFactory().session

    translating.store(owner=slot.session, new=[New(f"session-{other.pk}-title", "ar", ARABIC, "")], now=NOW)

    assert translations.words(Session.objects.get(pk=other.pk), "title", "ar") == other.title
