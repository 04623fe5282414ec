"""The same data give the same octets, whoever asks, when, and in whatever order the rows were written."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from registrations.calendar import my_feed
from sessions.calendar import feeds
from sessions.models import Occurrence, Season
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SeasonFactory, SessionFactory
from tests.support import catalogues
from tests.support.calendars import STANDARD_LINE, seen_by_ics, seen_by_vobject

pytestmark = pytest.mark.django_db

FIRST = datetime(2030, 9, 2, 7, 0, tzinfo=UTC)
# PostgreSQL stores no null bytes; ics.py takes an escaped backslash before an "n" for the end of a line.
CHARACTERS = st.characters(codec="utf-8", exclude_characters="\0\\")
# The title of a session is never empty.
TITLES = st.text(CHARACTERS, min_size=1, max_size=120)
SUMMARIES = st.text(st.one_of(CHARACTERS, st.just("\n")), max_size=300)
SLOTS = st.lists(
    st.fixed_dictionaries(
        {
            "title": TITLES,
            "summary": SUMMARIES,
            "hour": st.integers(0, 2000),
            "minutes": st.integers(5, 300),
            "sequence": st.integers(0, 9),
            "is_called_off": st.booleans(),
        }
    ),
    min_size=1,
    max_size=5,
    unique_by=lambda slot: slot["hour"],
)
CALLED_OFF = {"title": "Gold", "summary": "", "hour": 3, "minutes": 60, "sequence": 1, "is_called_off": True}
LANGUAGES = st.sampled_from(["en", "fr"])
ZONES = st.sampled_from(["UTC", "Africa/Nairobi", "Pacific/Apia", "America/St_Johns"])
often = runs(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(autouse=True)
def french(settings, tmp_path):
    """So that a feed in the language of who asks would be seen."""
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]
    settings.LOCALE_PATHS = [tmp_path]
    texts = {
        "A session of %(season)s.": "Une session de %(season)s.",
        "time slot\x04Called off: %(title)s": "Annulé : %(title)s",
    }
    catalogues.write(tmp_path, "fr", texts | {"My sessions of %(season)s": "Mes sessions de %(season)s"})


@pytest.fixture
def rolled_back():
    """Hypothesis runs many examples in one test; each leaves the database as it was."""

    def run(story):
        with transaction.atomic():
            story()
            transaction.set_rollback(True)

    return run


def made(season, planned):
    session = SessionFactory(season=season, title=planned["title"], summary=planned["summary"])
    starts_at = FIRST + timedelta(hours=planned["hour"])
    return OccurrenceFactory(
        session=session,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=planned["minutes"]),
        sequence=planned["sequence"],
        called_off_at=FIRST if planned["is_called_off"] else None,
    )


def written_again(slots, order):
    """PostgreSQL writes a row anew with every update, so that unordered queries find it in another place."""
    for slot in random.Random(order).sample(slots, len(slots)):
        Occurrence.objects.filter(pk=slot.pk).update(capacity=order)


def expect_standard(text):
    *lines, end = text.encode().split(b"\r\n")
    assert end == b""
    assert [line for line in lines if len(line) > STANDARD_LINE or b"\r" in line or b"\n" in line] == []
    assert seen_by_vobject(text) == seen_by_ics(text)


def expect_times(text, slots):
    in_order = sorted(slots, key=lambda slot: slot.starts_at)
    assert [(entry["starts_at"], entry["ends_at"], entry["sequence"]) for entry in seen_by_vobject(text)] == [
        (slot.starts_at, slot.ends_at, slot.sequence) for slot in in_order
    ]


@pytest.mark.thorough
@often
@given(planned=SLOTS, language=LANGUAGES, zone=ZONES, order=st.integers(0, 999))
def test_feed_of_a_season(rolled_back, planned, language, zone, order):
    def story():
        season = SeasonFactory()
        slots = [made(season, each) for each in planned]
        with translation.override(language):
            first = feeds.of_season(season)

            written_again(slots, order)
            with timezone.override(zone):
                again = feeds.of_season(Season.objects.get(pk=season.pk))

        assert again == first
        expect_standard(first.text)
        expect_times(first.text, slots)

    rolled_back(story)


@often
@given(planned=SLOTS, language=LANGUAGES, zone=ZONES, order=st.integers(0, 999))
def test_feed_of_a_person(rolled_back, planned, language, zone, order):
    def story():
        person = ParticipantFactory()
        slots = [made(person.season, each) for each in planned]
        for slot in slots:
            RegistrationFactory(participant=person, occurrence=slot, sequence=slot.sequence)
        first = my_feed.of(my_feed.behind(person.feed_key))

        written_again(slots, order)
        with translation.override(language), timezone.override(zone):
            again = my_feed.of(my_feed.behind(person.feed_key))

        assert again == first
        expect_standard(first.text)
        expect_times(first.text, slots)

    rolled_back(story)


def test_own_feed_is_in_the_language_of_the_persons_mails(client):
    person = ParticipantFactory(language="fr", season__title="Season 5")
    RegistrationFactory(participant=person, occurrence=made(person.season, CALLED_OFF))

    answer = client.get(f"/calendars/{person.feed_key}/calendar.ics", headers={"Accept-Language": "en"})

    assert answer["Content-Language"] == "fr"
    assert "X-WR-CALNAME:Mes sessions de Season 5\r\n" in answer.text
    assert [entry["summary"] for entry in seen_by_vobject(answer.text)] == ["Annulé : Gold"]


@pytest.mark.parametrize(
    ("prefix", "language", "summary"), [("", "en", "Called off: Gold"), ("/fr", "fr", "Annulé : Gold")]
)
def test_public_feed_and_pages_are_in_the_language_of_their_address(client, prefix, language, summary):
    slot = made(SeasonFactory(), CALLED_OFF)
    page = prefix + slot.session.season.get_absolute_url()
    asking_for_spanish = {"Accept-Language": "es"}

    feed, shown = (
        client.get(f"{page}calendar.ics", headers=asking_for_spanish),
        client.get(page, headers=asking_for_spanish),
    )

    assert [entry["summary"] for entry in seen_by_vobject(feed.text)] == [summary]
    assert (feed["Content-Language"], feed["Vary"]) == (language, "Accept-Encoding")
    assert (shown["Content-Language"], "Accept-Language" in shown.get("Vary", "")) == (language, False)
