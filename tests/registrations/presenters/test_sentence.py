"""The sentence for reports, computed once more by hand from raw rows, and how the page shows it."""

from collections import Counter
from datetime import timedelta

import pytest

from registrations.figures import storing
from registrations.models import AttendanceReport, Participant, Registration
from registrations.presenters import sentence
from sessions.models import Occurrence
from sessions.reference import regional_groups
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations import random_season
from tests.support.registrations.random_season import NOW
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db
GROUPS = {
    **{"africa": "Africa", "asia-pacific": "Asia and the Pacific", "eastern-europe": "Eastern Europe"},
    **{"latin-america-caribbean": "Latin America and the Caribbean"},
    **{"western-europe-others": "Western Europe and other States"},
}


def written(season, now=NOW) -> sentence.Sentence:
    found = storing.figures_of(season, now=now)
    return sentence.of_season(found.tables, found.tables, found.names, until=found.until)


def by_hand(season) -> str:
    """By loops over rows: who came by the report of a slot, or else by the click."""
    held = [
        slot
        for slot in Occurrence.objects.filter(session__season=season)
        if slot.ends_at <= NOW and slot.called_off_at is None
    ]
    reported = set(AttendanceReport.objects.filter(undone_at=None).values_list("occurrence", flat=True))
    came = []
    for row in Registration.objects.filter(occurrence__in=held).select_related("participant", "removal"):
        has_come = row.attended_seconds if row.occurrence_id in reported else row.joined_at
        if has_come and _counts(row):
            came.append(row)
    people = {row.participant_id: row.participant for row in came}
    of_countries = Counter(person.country for person in people.values())
    of_groups = Counter(regional_groups.of(code) for code in of_countries.elements())
    hours = sum((slot.ends_at - slot.starts_at for slot in held), timedelta()) / timedelta(hours=1)
    shares = [
        f"{round(100 * number / len(people))}% from {GROUPS[code]}"
        for code, number in sorted(of_groups.items(), key=lambda each: (-each[1], each[0]))
        if code in GROUPS and number >= 5
    ]
    number_of_countries = len(set(of_countries) - {"", "000"})
    return (
        f"{len({slot.session_id for slot in held})} sessions, {hours:g} hours, {len(came)} attendances of "
        f"{len(people)} people from {number_of_countries} countries, {', '.join(shares[:-1])} and {shares[-1]}."
    )


def _counts(row) -> bool:
    """One of each person and session, the active one or else the last; nobody who has not said yes, and no fakes."""
    if row.participant.confirmed_at is None or _is_nobody(row):
        return False
    others = Registration.objects.filter(participant=row.participant_id, session=row.session_id).exclude(pk=row.pk)
    others = [other for other in others.select_related("removal") if not _is_nobody(other)]
    if row.status != "cancelled":
        return True
    return not any(other.status != "cancelled" or other.pk > row.pk for other in others)


def _is_nobody(row) -> bool:
    return row.removal is not None and row.removal.reason in ("fake", "twice")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sentence_is_what_raw_rows_say(seed):
    season = random_season.make(seed, people=160)
    assert Participant.objects.filter(season=season).count() == 160

    assert written(season).in_languages[0].text == by_hand(season)


def test_page_links_each_number_to_how_it_is_counted_and_has_the_text_to_copy(admin_client):
    slot = OccurrenceFactory(starts_at=NOW - timedelta(days=9))
    for _person in range(6):
        RegistrationFactory(occurrence=slot, participant__country="404")

    text = admin_client.get(page("season_sentence", slot.session.season_id)).text

    for counted in ("sessions", "hours", "people", "countries"):
        assert f'href="#counted-{counted}"' in text
        assert f'id="counted-{counted}"' in text
    assert 'lang="fr" rows="4" readonly>' in text


def test_page_tells_nobody_of_four_people(admin_client):
    slot = OccurrenceFactory(starts_at=NOW - timedelta(days=9))
    for _person in range(4):
        RegistrationFactory(occurrence=slot, participant__country="404", joined_at=slot.starts_at)

    sentence = admin_client.get(page("season_sentence", slot.session.season_id)).context["sentence"]

    assert [each.text for each in sentence.in_languages] == [
        "0 sessions, 0 hours, fewer than 5 registrations of fewer than 5 people from fewer than 5 countries.",
        "0 séance, 0 heure, moins de 5 inscriptions de moins de 5 personnes de moins de 5 pays.",
    ]


def test_page_of_the_figures_leads_to_it_and_an_empty_season_has_one_too(admin_client):
    season = OccurrenceFactory().session.season_id

    assert f'href="{page("season_sentence", season)}"' in admin_client.get(page("season_figures", season)).text
    assert "0 sessions, 0 hours." in admin_client.get(page("season_sentence", season)).text
