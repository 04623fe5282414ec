"""Whose times they are: the address decides, a name is a proposal."""

import csv
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from registrations.attendance import matching
from registrations.attendance.matching import Kind
from registrations.models import Registration
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations.attendance import FILES, SLOT, register, report_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=SLOT[0], ends_at=SLOT[1])


@pytest.fixture
def registrants(slot):
    """The people of the file, by name; one of them is in the other slot of the session."""
    other = OccurrenceFactory(
        session=slot.session, starts_at=SLOT[0] - timedelta(hours=6), ends_at=SLOT[1] - timedelta(hours=6)
    )
    rows = csv.DictReader((FILES / "registrants.csv").open())
    return {row["name"]: register(slot if row["slot"] == "15:00" else other, row["name"], row["email"]) for row in rows}


def visitors_of(name, slot):
    return {visitor.key: visitor for visitor in matching.visitors(report_of(name).joins, slot)}


def test_people_are_matched_by_their_address(slot, registrants):
    found = visitors_of("teams-2026-utf16le.csv", slot)

    matched = {each.candidates[0].participant.name for each in found.values() if each.kind is Kind.MATCHED}
    assert matched == {"Amina Example", "محمد عبد الله", "李小龙", "Seán O'Brien", "Rejoiner Many"}
    assert Counter(each.kind for each in found.values()) == {
        Kind.MATCHED: 5,
        Kind.PROPOSED: 1,
        Kind.STAFF: 2,
        Kind.TELEPHONE: 1,
        Kind.UNKNOWN: 1,
        Kind.OUTSIDE: 1,
    }


def test_who_sits_in_the_other_slot_is_matched(slot, registrants):
    found = visitors_of("webex-event-2021.csv", slot)["rejoin@example.org"]

    assert (found.kind, found.candidates) == (Kind.MATCHED, [registrants["Rejoiner Many"]])
    assert found.seconds == 57 * 60 + 30


def test_two_people_behind_one_mailbox_are_a_question(slot, registrants):
    found = visitors_of("webex-event-2021.csv", slot)["focal.point@ministry.example"]

    assert found.kind is Kind.PROPOSED
    assert {each.participant.name for each in found.candidates} == {"Focal Point", "Deputy Focal Point"}


def test_name_tells_who_behind_the_mailbox_it_was(slot, registrants):
    there = [matching.Join(1, "deputy  FOCAL point", "Focal.Point@ministry.example", "attendee", *SLOT)]

    [found] = matching.visitors(there, slot)

    assert (found.kind, found.candidates) == (Kind.MATCHED, [registrants["Deputy Focal Point"]])


@pytest.mark.parametrize("name", ["iPhone (Luis Example)", "luis example", "Luis Example (Unverified)"])
def test_name_alone_is_a_proposal(slot, registrants, name):
    [found] = matching.visitors([matching.Join(1, name, "", "attendee", *SLOT)], slot)

    assert (found.kind, found.candidates) == (Kind.PROPOSED, [registrants["Luis Example"]])


@pytest.mark.parametrize("name", ["Luis Exampel", "Luis", "L. Example", ""])
def test_similar_name_is_nobody(slot, registrants, name):
    [found] = matching.visitors([matching.Join(1, name, "", "attendee", *SLOT)], slot)

    assert (found.kind, found.candidates) == (Kind.UNKNOWN, [])


def test_colleague_is_staff_and_no_proposal(slot, registrants):
    User.objects.create_user("luis", email="Luis.Example@unep.example", is_staff=True)

    [found] = matching.visitors(
        [matching.Join(1, "Luis Example", "luis.example@UNEP.example", "attendee", *SLOT)], slot
    )

    assert found.kind is Kind.STAFF


def test_panel_who_is_registered_is_matched(slot, registrants):
    register(slot, "Panelist A", "panel.a@example.org")

    found = visitors_of("zoom-webinar-2020.csv", slot)["panel.a@example.org"]

    assert (found.kind, found.part) == (Kind.MATCHED, "panel")


def test_active_registration_goes_before_a_cancelled_one(slot):
    person = ParticipantFactory(season=slot.session.season, email="amina@example.org")
    active = RegistrationFactory(participant=person, occurrence=slot)
    RegistrationFactory(participant=person, occurrence=slot, status=Registration.Status.CANCELLED)

    found = visitors_of("webex-event-2021.csv", slot)["amina@example.org"]

    assert found.candidates == [active]


def test_who_cancelled_and_came_is_matched(slot):
    cancelled = register(slot, "Amina", "amina@example.org", status=Registration.Status.CANCELLED)

    assert visitors_of("webex-event-2021.csv", slot)["amina@example.org"].candidates == [cancelled]


def test_erased_people_and_other_sessions_are_not_asked_for(slot, django_assert_num_queries):
    gone = register(slot, "Amina", "amina@example.org")
    gone.participant.anonymised_at = datetime(2020, 9, 18, tzinfo=UTC)
    gone.participant.save()
    register(OccurrenceFactory(session__season=slot.session.season), "Li", "li@example.cn")

    with django_assert_num_queries(3):
        found = visitors_of("webex-event-2021.csv", slot)

    assert {found[key].kind for key in ("amina@example.org", "li@example.cn")} == {Kind.UNKNOWN}
