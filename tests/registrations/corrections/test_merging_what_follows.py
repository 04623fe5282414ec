"""What comes along with somebody who is merged into another person, and what is left of them."""

from datetime import timedelta

import pytest

from registrations.enrolment import answering
from registrations.models import Invitation, Participant, Registration, StaffAction
from tests.factories import AnswerFactory, OccurrenceFactory, ParticipantFactory, QuestionFactory
from tests.support.registrations.attendance import join, minutes, take
from tests.support.registrations.inviting import accept, hidden_slot, invite
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.merging import KEPT, LATER, LATEST, LOST, merge, person, slots
from tests.support.registrations.signing_up import NOW

pytestmark = pytest.mark.django_db


def test_what_is_over_follows(smtp_server):
    [slot] = slots()
    kept, lost = ParticipantFactory(season=slot.session.season), person(LOST, slot)
    Registration.objects.filter(participant=lost).update(joined_at=slot.starts_at)

    merge(kept, lost, now=slot.ends_at + timedelta(hours=1))

    assert kept.registrations.get().joined_at == slot.starts_at


def test_times_in_a_meeting_that_both_were_in_follow_and_count_once(smtp_server):
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot)
    times, after = (slot.starts_at, slot.ends_at), slot.ends_at + timedelta(hours=1)
    take(slot, join(30, KEPT, slot=times), join(30, LOST, start=20, slot=times), now=after)

    merge(kept, lost, now=after)

    assert minutes(kept.registrations.get()) == 50
    assert {minutes(each) for each in lost.registrations.all()} == {0}


def test_times_in_the_first_slot_follow_who_has_a_place_in_the_later_one(smtp_server):
    [slot] = slots()
    week = timedelta(days=7)
    later = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + week, ends_at=slot.ends_at + week)
    kept, lost = ParticipantFactory(season=slot.session.season), person(LOST, later)
    take(slot, join(30, LOST, slot=(slot.starts_at, slot.ends_at)), now=slot.ends_at + timedelta(hours=1))

    merge(kept, lost, now=slot.ends_at + timedelta(hours=2))

    assert minutes(kept.registrations.get()) == 30


def test_chosen_details_stay(smtp_server):
    [slot] = slots()
    kept = person(KEPT, slot, organisation="Ministry")
    lost = person(LOST, slot, organisation="Museum", timezone="Asia/Manila")

    merge(kept, lost, details=["organisation"])

    kept.refresh_from_db()
    assert (kept.organisation, kept.timezone) == ("Museum", "Africa/Nairobi")
    assert "museum" in kept.search_text


@pytest.mark.parametrize(
    ("of_kept", "of_lost", "then"),
    [(None, LATER, LATER), (LATEST, LATER, LATER), (LATER, None, LATER), (None, None, None), (None, NOW, NOW)],
)
def test_earlier_opening_of_a_page_stays(of_kept, of_lost, then, smtp_server):
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot)
    for someone, opened_at in [(kept, of_kept), (lost, of_lost)]:
        Participant.objects.filter(pk=someone.pk).update(page_opened_at=opened_at)

    merge(kept, lost)

    kept.refresh_from_db()
    assert kept.page_opened_at == then


def test_nothing_says_who_the_other_one_was(smtp_server):
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot, name="Amina O")

    merge(kept, lost)

    lost.refresh_from_db()
    assert (lost.name, lost.email, lost.confirmed_at) == ("", "", None)


def test_invitations_and_named_people_follow(smtp_server):
    slot = hidden_slot()
    invite(slot.session, "Amina Otieno")
    accept(Invitation.objects.get(), slot)
    lost = Registration.objects.get().participant
    kept = ParticipantFactory(season=lost.season)
    named = ParticipantFactory(season=lost.season, named_by=lost)

    merge(kept, lost)

    named.refresh_from_db()
    assert Invitation.objects.get().registration == kept.registrations.get()
    assert named.named_by == kept


def test_sent_mails_follow(smtp_server):
    [slot] = slots()
    kept, lost = person(KEPT, slot), person(LOST, slot)
    send_waiting_mails()

    merge(kept, lost)

    assert {LOST, KEPT} <= set(kept.messages.values_list("recipient", flat=True))


def test_it_is_on_the_record_by_numbers(smtp_server):
    kept, lost = person(KEPT, slot := slots()[0]), person(LOST, slot)

    merge(kept, lost)

    said = dict(StaffAction.objects.values_list("action", "after"))
    assert said["merged"] == {"participant": lost.pk, "places": 0, "earlier_registrations": 0}
    assert said["merged-into"] == {"participant": kept.pk}


def test_answers_that_the_kept_person_lacks_come_along(smtp_server):
    first, second = slots(2)
    kept, lost = person(KEPT, first), person(LOST, second)
    both, alone = QuestionFactory.create_batch(2, season=kept.season)
    AnswerFactory(participant=kept, question=both, value="Kept")
    for question in (both, alone):
        AnswerFactory(participant=lost, question=question, value="Lost")

    merge(kept, lost)

    assert answering.of(kept) == {both.pk: ["Kept"], alone.pk: ["Lost"]}
    assert answering.of(lost) == {}
