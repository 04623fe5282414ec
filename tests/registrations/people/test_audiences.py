"""Whom a choice of staff means: one query, nobody where nothing is chosen, and nobody who may not be written to."""

from datetime import timedelta

import pytest

from registrations.models import Registration
from registrations.people import audiences
from registrations.people.audiences import Audience
from tests.factories import AttendanceReportFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db
KENYA, SWITZERLAND, AFRICA = "404", "756", "002"


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=NOW + timedelta(days=3))


def seat(slot, *, status="confirmed", joined_at=None, **person):
    """The person with it, who wants news."""
    more = {f"participant__{name}": value for name, value in ({"wants_announcements": True} | person).items()}
    return RegistrationFactory(occurrence=slot, status=status, joined_at=joined_at, **more).participant


def chosen(slot, now=NOW, **choice):
    return list(audiences.people(slot.session.season, Audience(**choice), now=now))


def of_another_session(slot):
    return OccurrenceFactory(session__season=slot.session.season, session__stream=slot.session.stream)


def test_nothing_chosen_means_nobody(slot):
    seat(slot)

    assert Audience().is_empty
    assert chosen(slot) == []


def test_everybody_is_each_person_of_the_season_with_a_seat_or_a_place_in_a_list_once(slot):
    twice, waiting = seat(slot), seat(slot, status="waitlisted")
    RegistrationFactory(occurrence=of_another_session(slot), participant=twice)
    seat(slot, status="cancelled")
    ParticipantFactory(season=slot.session.season, wants_announcements=True)
    seat(OccurrenceFactory())

    assert chosen(slot, everybody=True) == [twice, waiting]


def test_ticked_registrations_are_their_people_as_long_as_they_take_part(slot):
    ticked = [seat(slot, wants_announcements=False), seat(slot), seat(slot, status="cancelled"), seat(slot)]
    seat(slot)
    ids = tuple(Registration.objects.filter(participant__in=ticked).values_list("pk", flat=True))
    type(ticked[1]).objects.filter(pk=ticked[1].pk).update(anonymised_at=NOW)

    assert chosen(slot, ticked=ids) == [ticked[0], ticked[3]]
    assert chosen(slot, ticked=ids, states=("cancelled",)) == [ticked[2]]
    assert Audience.of(Audience(ticked=ids).to_store()).is_of_sessions


def test_session_and_slot_and_state_are_those_of_one_registration(slot):
    other, person = of_another_session(slot), seat(slot)
    RegistrationFactory(occurrence=other, participant=person, status="waitlisted")
    both = {"sessions": (slot.session_id,)}

    assert chosen(slot, **both, states=("confirmed",)) == [person]
    assert chosen(slot, **both, states=("waitlisted",)) == []
    assert chosen(slot, **both, slots=(other.pk,)) == []
    assert chosen(slot, sessions=(slot.session_id, other.session_id), slots=(slot.pk,)) == [person]


def test_who_cancelled_is_written_to_only_when_chosen_and_not_come_back(slot):
    gone, back = seat(slot, status="cancelled"), seat(slot, status="cancelled")
    RegistrationFactory(occurrence=slot, participant=back)

    assert chosen(slot, states=("cancelled",), sessions=(slot.session_id,)) == [gone]
    assert chosen(slot, sessions=(slot.session_id,)) == [back]


def test_who_came_and_who_did_not_once_the_slot_is_over(slot):
    came, absent = seat(slot, joined_at=slot.starts_at), seat(slot)
    seat(slot, status="waitlisted")
    over = slot.ends_at

    assert chosen(slot, over, sessions=(slot.session_id,), attendance="came") == [came]
    assert chosen(slot, over, sessions=(slot.session_id,), attendance="absent") == [absent]
    assert chosen(slot, slot.starts_at, sessions=(slot.session_id,), attendance="absent") == []


def test_report_of_the_meeting_says_who_came_and_the_click_nothing_more(slot):
    clicked, came, absent = seat(slot, joined_at=slot.starts_at), seat(slot), seat(slot)
    Registration.objects.filter(participant=came).update(attended_seconds=60)
    report = AttendanceReportFactory(occurrence=slot)
    of_session = {"sessions": (slot.session_id,)}

    assert chosen(slot, slot.ends_at, **of_session, attendance="came") == [came]
    assert chosen(slot, slot.ends_at, **of_session, attendance="absent") == [clicked, absent]

    Registration.objects.update(attended_seconds=None)
    type(report).objects.update(undone_at=NOW)
    assert chosen(slot, slot.ends_at, **of_session, attendance="came") == [clicked]


def test_kinds_of_choice_narrow_and_values_of_one_widen(slot):
    kenyan = seat(slot, country=KENYA, stakeholder="party", language="en")
    swiss = seat(slot, country=SWITZERLAND, stakeholder="ngo", language="fr")

    assert chosen(slot, countries=(KENYA, SWITZERLAND)) == [kenyan, swiss]
    assert chosen(slot, regions=(AFRICA,)) == [kenyan]
    assert chosen(slot, groups=("ngo",)) == [swiss]
    assert chosen(slot, languages=("fr",)) == [swiss]
    assert chosen(slot, regions=(AFRICA,), groups=("ngo",)) == []


def test_who_never_opened_their_page_can_be_chosen(slot):
    unread, _read = seat(slot), seat(slot, page_opened_at=NOW)

    assert chosen(slot, sessions=(slot.session_id,), unopened=True) == [unread]


@pytest.mark.parametrize("state", [{"anonymised_at": NOW}, {"confirmed_at": None}])
def test_erased_and_unconfirmed_people_are_left_out(slot, state):
    seat(slot, **state)

    assert chosen(slot, everybody=True) == chosen(slot, sessions=(slot.session_id,)) == []


def test_what_is_about_a_session_of_theirs_needs_no_wish_and_all_else_does(slot):
    person = seat(slot, wants_announcements=False, country=KENYA)

    assert chosen(slot, sessions=(slot.session_id,)) == chosen(slot, slots=(slot.pk,)) == [person]
    assert chosen(slot, everybody=True) == chosen(slot, countries=(KENYA,)) == []
    assert audiences.number_left_out(slot.session.season, Audience(everybody=True), now=NOW) == 1


def test_who_cancelled_a_session_gets_only_news_that_they_asked_for(slot):
    seat(slot, status="cancelled", wants_announcements=False)

    assert chosen(slot, sessions=(slot.session_id,), states=("cancelled",)) == []


def test_choice_is_the_same_after_it_was_stored():
    audience = Audience(sessions=(1, 2), states=(str(Registration.Status.CONFIRMED),), attendance="came")

    assert Audience.of(audience.to_store()) == audience
    assert Audience.of({"of a later version": [1]}).is_empty
