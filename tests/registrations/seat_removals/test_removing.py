"""Places taken away: who loses them, who gets them, what they hear, and that it happens all or not at all."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from registrations.enrolment import enrolment
from registrations.models import Message, Registration, StaffAction
from registrations.privacy import erasure
from registrations.seat_removals import plan, removing
from registrations.seats import counters
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.calendars import CalendarStore, calendar_part, read_mail
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.removing import FAKE, OTHER, take_away
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db


def sign_up(slot, number, waits=False, **more):
    name = f"{'Waiting' if waits else 'Seated'} {'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number]}"
    email = f"{name.replace(' ', '').lower()}@example.org"
    later = NOW - timedelta(hours=1) + timedelta(seconds=number)
    waits_for = {slot.pk} if waits else frozenset()
    [registration] = register(slot, name=name, email=email, waits_for=waits_for, now=later, **more)
    return registration


def full_slot(seats, waiting):
    slot = OccurrenceFactory(capacity=seats)
    seated = [sign_up(slot, number) for number in range(seats)]
    listed = [sign_up(slot, number, waits=True) for number in range(waiting)]
    return slot, seated, listed


def states(registrations):
    return [Registration.objects.get(pk=each.pk).status for each in registrations]


def test_twenty_fakes_leave_and_fifteen_who_wait_move_up(smtp_server):
    slot, fakes, listed = full_slot(20, 15)
    send_waiting_mails()
    smtp_server.forget()

    removal = take_away(*fakes, reason=FAKE, is_told=False)

    send_waiting_mails()
    slot.refresh_from_db()
    assert (slot.taken, slot.waiting) == (15, 0)
    assert states(fakes) == ["cancelled"] * 20
    assert states(listed) == ["confirmed"] * 15
    assert sorted(mail.rcpt_tos[0] for mail in smtp_server.mails) == sorted(each.participant.email for each in listed)
    assert removal.registrations.count() == 20


def test_people_who_are_told_get_the_reason_the_words_and_the_end_of_their_entry(smtp_server):
    _slot, [seated], _listed = full_slot(1, 0)
    send_waiting_mails()

    take_away(seated, words="The session is for Parties.\nWrite to us.", may_return=True)

    sent = send_waiting_mails()
    mail = smtp_server.mails[-1].message
    text = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert mail["Subject"].startswith("Cancelled by the Secretariat")
    assert "The session is for Parties.\nWrite to us." in text
    assert "You may register for this session again." in text
    store = CalendarStore()
    store.receive(*sent)
    assert (len(sent), store.entries) == (2, {})


def test_mail_waits_so_that_staff_can_change_their_mind():
    _slot, [seated], [listed] = full_slot(1, 1)

    take_away(seated)

    taken, given = (Message.objects.get(kind=kind) for kind in ("place_taken_away", "promoted"))
    assert (taken.due_at > NOW, given.due_at) == (True, NOW)
    assert given.registration == listed


@pytest.mark.parametrize(
    ("reason", "is_told", "entry", "mails"),
    [
        (OTHER, True, True, 1),
        (OTHER, True, False, 1),
        (OTHER, False, True, 1),
        (OTHER, False, False, 0),
        (FAKE, False, True, 0),
        (FAKE, True, True, 1),
    ],
)
def test_who_gets_a_mail(reason, is_told, entry, mails):
    registration = RegistrationFactory(entry_was_mailed=entry)

    take_away(registration, reason=reason, is_told=is_told, words="Why it is so.")

    sent = Message.objects.filter(kind="place_taken_away")
    assert sent.count() == mails
    assert not mails or (b"Why it is so." in bytes(sent[0].octets)) == is_told
    assert not mails or (calendar_part(read_mail(sent[0])) is not None) == entry


def test_what_waits_for_somebody_who_is_not_told_never_leaves(smtp_server):
    _slot, [seated], _listed = full_slot(1, 0)

    take_away(seated, reason=FAKE, is_told=False)

    assert send_waiting_mails() == []


def test_seats_and_lists_of_two_sessions_at_once():
    _slot, [one, two], [first, second] = full_slot(2, 2)
    other = RegistrationFactory()

    take_away(one, first, other)

    assert states([one, two, first, second, other]) == [
        *("cancelled", "confirmed", "cancelled", "confirmed", "cancelled")
    ]
    assert list(counters.wrong(Occurrence.objects.all())) == []


def test_somebody_who_cancels_meanwhile_makes_staff_look_again():
    _slot, [one, two], _listed = full_slot(2, 0)
    shown = plan.of([one.pk, two.pk], now=NOW).fingerprint
    enrolment.cancel(registration_id=one.pk, now=NOW)

    with pytest.raises(removing.ChangedMeanwhile):
        removing.take_away(
            registration_ids=[one.pk, two.pk], terms=removing.Terms(OTHER), shown=shown, by=None, now=NOW
        )

    assert states([two]) == ["confirmed"]


def test_place_in_a_session_that_is_over_stays():
    registration = RegistrationFactory()
    over = registration.occurrence.ends_at

    with pytest.raises(removing.ChangedMeanwhile):
        take_away(registration, now=over)

    assert states([registration]) == ["confirmed"]


def test_who_did_it_and_why_is_on_record():
    _slot, [seated], _listed = full_slot(1, 0)
    user = User.objects.create_user("zoe")

    removal = take_away(seated, by=user, reason=FAKE, why="Typed by a robot.")

    of_person = StaffAction.objects.get(action="place-taken-away")
    of_all = StaffAction.objects.get(action="places-taken-away")
    assert (of_person.object_id, of_person.before, of_person.after, of_person.why) == (
        *(seated.pk, {"status": "confirmed"}, {"status": "cancelled"}, "Typed by a robot."),
    )
    assert (of_all.object_id, of_all.by_name, of_all.after["people"]) == (removal.pk, "zoe", 1)


def test_reason_for_colleagues_goes_with_who_is_erased():
    _slot, [one, two], _listed = full_slot(2, 0)
    take_away(one, two, reason=FAKE, why="Amina typed them.")

    erasure.erase(participant_id=one.participant_id, now=NOW)

    with_reason = StaffAction.objects.exclude(why="")
    assert list(with_reason.values_list("object_id", "why")) == [(two.pk, "Amina typed them.")]
