"""Circulars to everybody of a session, a slot or the season are on their pages, also for who registered later."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registrations.models import Circular, Participant, Registration
from registrations.people import audiences
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations.circulars import SUBJECT, circular_on_pages

pytestmark = pytest.mark.django_db
LATE_IN_UTC = datetime(2025, 10, 2, 23, 0, tzinfo=UTC)


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=timezone.now() + timedelta(days=3), session__title="Mercury in air")


@pytest.fixture
def person(slot):
    """Who registered when the circular had been sent."""
    return RegistrationFactory(
        occurrence=slot, participant__country="404", participant__stakeholder="party"
    ).participant


def my_season(client, person) -> str:
    return client.get(reverse("registrations:my_season", args=[person.key])).text


def letter(client, person, circular):
    return client.get(reverse("registrations:own_circular", args=[person.key, circular.pk]))


def is_shown(client, person, circular) -> bool:
    """On both pages, or on neither."""
    is_listed, status = SUBJECT in my_season(client, person), letter(client, person, circular).status_code
    assert status == (200 if is_listed else 404)
    return is_listed


def test_who_registers_later_finds_it_under_the_session_and_opens_it(client, slot, person):
    circular = circular_on_pages(slot.session)

    listed, page = my_season(client, person), letter(client, person, circular)

    assert f'<a href="/my/{person.key}/messages/{circular.pk}/">Message of' in listed
    for words in (SUBJECT, "For everybody in Mercury in air", "The meeting <strong>begins</strong> as planned."):
        assert words in page.text
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")


def test_its_day_is_the_one_where_the_person_is(client, slot, person):
    circular = circular_on_pages(slot.session, at=LATE_IN_UTC)
    Participant.objects.update(timezone="Africa/Nairobi")

    assert "Message of 3 October 2025" in my_season(client, person)
    assert "Message of 3 October 2025" in letter(client, person, circular).text


def other_session(slot):
    """With somebody in it."""
    other = OccurrenceFactory(session__season=slot.session.season, starts_at=slot.starts_at)
    return RegistrationFactory(occurrence=other)


@pytest.mark.parametrize(
    "chosen",
    [
        lambda slot: {"sessions": (slot.session_id, other_session(slot).session_id)},
        lambda slot: {"slots": (slot.pk,)},
        lambda slot: {"sessions": (slot.session_id,), "slots": (slot.pk,)},
        lambda slot: {"sessions": (slot.session_id,), "states": ("waitlisted", "confirmed")},
        lambda slot: {"everybody": True},
    ],
    ids=["sessions", "slot", "session and its slot", "all states of a seat", "season"],
)
def test_what_goes_to_everybody_of_something_is_shown_to_who_belongs_to_it(client, slot, person, chosen):
    assert is_shown(client, person, circular_on_pages(slot.session, **chosen(slot)))


@pytest.mark.parametrize(
    "personal",
    [
        {"states": ("confirmed",)},
        {"states": ("cancelled",)},
        {"attendance": "came"},
        {"attendance": "absent"},
        {"unopened": True},
        {"countries": ("404",)},
        {"regions": ("002",)},
        {"groups": ("party",)},
        {"languages": ("en",)},
    ],
    ids=str,
)
def test_what_goes_to_people_of_a_kind_is_on_no_page_even_of_theirs(client, slot, person, personal):
    assert not is_shown(client, person, circular_on_pages(slot.session, sessions=(slot.session_id,), **personal))


def test_what_goes_to_people_who_were_ticked_is_on_no_page(client, slot, person):
    assert not is_shown(client, person, circular_on_pages(slot.session, ticked=(person.registrations.get().pk,)))


def test_choice_that_this_version_does_not_know_is_a_personal_one():
    assert audiences.is_for_all({"sessions": [1]})
    assert not audiences.is_for_all({"sessions": [1], "organisations": ["Ministry"]})
    assert not audiences.is_for_all({})


def cancelled(slot, person, circular):
    Registration.objects.update(status="cancelled", cancelled_at=timezone.now())


def named_by_somebody_else(slot, person, circular):
    Participant.objects.update(confirmed_at=None)


def taken_back(slot, person, circular):
    Circular.objects.update(taken_back_at=timezone.now())


def not_left_yet(slot, person, circular):
    Circular.objects.update(mails_leave_at=timezone.now() + timedelta(minutes=5))


def draft(slot, person, circular):
    Circular.objects.update(made_at=None, mails_leave_at=None, prepared_at=None)


@pytest.mark.parametrize("but", [cancelled, named_by_somebody_else, taken_back, not_left_yet, draft])
def test_it_is_not_shown_to_who_is_not_in_it_nor_before_it_is_sent(client, slot, person, but):
    circular = circular_on_pages(slot.session)
    assert is_shown(client, person, circular)

    but(slot, person, circular)

    assert not is_shown(client, person, circular)


def test_it_is_not_shown_in_another_session_slot_or_season(client, slot):
    of_session, of_slot = circular_on_pages(slot.session), circular_on_pages(slot.session, slots=(slot.pk,))
    elsewhere = other_session(slot).participant
    later = OccurrenceFactory(session=slot.session, starts_at=slot.ends_at + timedelta(hours=8))
    of_later_slot = RegistrationFactory(occurrence=later).participant
    of_next_season = RegistrationFactory().participant
    to_all = circular_on_pages(slot.session, everybody=True)

    seen = {
        name: [letter(client, person, circular).status_code for circular in (of_session, of_slot, to_all)]
        for name, person in [("other", elsewhere), ("later", of_later_slot), ("season", of_next_season)]
    }

    assert seen == {"other": [404, 404, 200], "later": [200, 404, 200], "season": [404, 404, 404]}


def test_it_is_in_the_words_of_the_person_s_language(client, slot):
    circular = circular_on_pages(slot.session)
    circular.words.create(language="fr", subject="Une autre adresse", text="Bonjour **à tous**")
    person = ParticipantFactory(season=slot.session.season, language="fr")
    RegistrationFactory(occurrence=slot, participant=person)

    assert "Une autre adresse" in my_season(client, person)
    assert "Bonjour <strong>à tous</strong>" in letter(client, person, circular).text


def test_more_of_them_need_no_more_queries(client, slot, person):
    counts = []
    my_season(client, person)
    for number in (1, 2):
        for _each in range(number):
            circular_on_pages(slot.session)
        with CaptureQueriesContext(connection) as queries:
            assert my_season(client, person).count(SUBJECT) == 1 + len(counts) * 2
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_it_is_on_the_page_of_the_session_too(client, slot, person):
    circular_on_pages(slot.session)

    assert SUBJECT in client.get(reverse("registrations:own_session", args=[person.key, slot.session.slug])).text
