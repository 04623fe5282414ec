"""Changes that overtake each other, and changes that staff take back before their mails have left."""

from datetime import UTC, datetime, timedelta

import pytest

from registrations.enrolment import enrolment
from registrations.mail import outbox
from registrations.models import Message, SlotChange
from registrations.rescheduling import changes
from sessions.seasons import rewording
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.mail_run import send_waiting_mails

pytestmark = pytest.mark.django_db

NOW = datetime(2030, 9, 2, 12, 0, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def move(slot, hours, now=NOW):
    slot.refresh_from_db()
    starts_at, ends_at = slot.starts_at + hours * HOUR, slot.ends_at + hours * HOUR
    return changes.reschedule(occurrence_id=slot.pk, starts_at=starts_at, ends_at=ends_at, now=now)


def states():
    return list(Message.objects.order_by("pk").values_list("kind", "status"))


def sent_kinds():
    return [mail.kind for mail in send_waiting_mails()]


def test_mails_of_a_change_wait_for_the_recall_window(settings):
    settings.RECALL_MINUTES = 7
    slot = RegistrationFactory().occurrence

    change = move(slot, 1)

    assert change.mails_leave_at == NOW + 7 * MINUTE
    assert Message.objects.get().due_at == NOW + 7 * MINUTE


@pytest.mark.parametrize("hours", [-2, 1])
def test_mails_about_a_slot_that_is_near_leave_at_once(hours):
    slot = RegistrationFactory().occurrence
    shortly_before = min(slot.starts_at, slot.starts_at + hours * HOUR) - 2 * HOUR

    change = move(slot, hours, now=shortly_before)

    assert change.mails_leave_at == shortly_before


def test_second_change_drops_the_waiting_mails_of_the_first():
    slot = RegistrationFactory().occurrence
    move(slot, 1)

    move(slot, 1, now=NOW + MINUTE)

    assert states() == [("rescheduled", "dropped"), ("rescheduled", "queued")]
    assert sent_kinds() == ["rescheduled"]


def test_slot_moved_there_and_back_while_the_mails_wait_is_told_to_nobody():
    slot = RegistrationFactory().occurrence
    move(slot, 1)

    change = move(slot, -1)

    assert (change.people, sent_kinds()) == (0, [])


def test_slot_moved_there_and_back_after_the_mails_left_is_told_both_times():
    slot = RegistrationFactory().occurrence
    move(slot, 1)
    send_waiting_mails()

    change = move(slot, -1)

    assert (change.people, sent_kinds()) == (1, ["rescheduled", "rescheduled"])


def test_moved_then_called_off_while_the_mails_wait_is_told_as_called_off_only():
    slot = RegistrationFactory().occurrence
    move(slot, 1)

    changes.call_off(occurrence_id=slot.pk, now=NOW)

    assert sent_kinds() == ["called_off"]


def test_called_off_revived_and_moved_is_told_once_as_taking_place_at_the_new_time():
    slot = RegistrationFactory().occurrence
    known = slot.starts_at
    changes.call_off(occurrence_id=slot.pk, now=NOW)
    send_waiting_mails()
    changes.revive(occurrence_id=slot.pk, now=NOW)

    move(slot, 2)

    _off, mail = send_waiting_mails()
    assert (mail.kind, mail.known_starts_at, mail.knew_called_off) == ("revived", known, True)


def test_mail_that_somebody_has_tried_to_send_is_not_dropped_and_its_reader_is_told_again():
    slot = RegistrationFactory().occurrence
    move(slot, 1)
    Message.objects.update(attempts=1)

    change = move(slot, -1)

    assert change.people == 1
    assert states()[1] == ("rescheduled", "queued")


def test_who_cancels_while_the_mail_waits_hears_of_the_cancelling_only():
    registration = RegistrationFactory()
    move(registration.occurrence, 1)

    enrolment.cancel(registration_id=registration.pk, now=NOW)

    assert sent_kinds() == ["cancelled"]
    assert Message.objects.get(kind="rescheduled").status == Message.Status.DROPPED


def test_taking_back_restores_the_slot_and_nobody_hears_of_it():
    registration = RegistrationFactory()
    slot = registration.occurrence
    before = slot.starts_at
    change = move(slot, 1)

    undone = changes.take_back(change_id=change.pk, now=NOW + MINUTE)

    slot.refresh_from_db()
    registration.refresh_from_db()
    change.refresh_from_db()
    assert (slot.starts_at, slot.sequence, registration.sequence) == (before, 2, 2)
    assert (change.taken_back_at, undone.people, sent_kinds()) == (NOW + MINUTE, 0, [])


def test_taking_back_half_way_writes_to_those_who_knew():
    slot = OccurrenceFactory()
    informed, not_informed = (RegistrationFactory(occurrence=slot) for _ in range(2))
    change = move(slot, 1)
    Message.objects.filter(registration=informed).update(status=Message.Status.SENT, attempts=1, sent_at=NOW)

    changes.take_back(change_id=change.pk, now=NOW + MINUTE)

    [again] = Message.objects.unsent()
    assert (again.registration, again.due_at) == (informed, NOW + MINUTE)
    assert not Message.objects.unsent().filter(registration=not_informed).exists()


def test_taking_back_a_calling_off_and_a_revival():
    slot = RegistrationFactory().occurrence
    off = changes.call_off(occurrence_id=slot.pk, now=NOW)
    changes.take_back(change_id=off.pk, now=NOW)
    slot.refresh_from_db()
    assert (slot.called_off_at, sent_kinds()) == (None, [])

    changes.call_off(occurrence_id=slot.pk, now=NOW)
    send_waiting_mails()
    on = changes.revive(occurrence_id=slot.pk, now=NOW)
    changes.take_back(change_id=on.pk, now=NOW)

    slot.refresh_from_db()
    assert (slot.is_called_off, sent_kinds()) == (True, ["called_off"])


def test_change_whose_mails_have_left_is_not_taken_back():
    slot = RegistrationFactory().occurrence
    change = move(slot, 1)
    send_waiting_mails()

    with pytest.raises(changes.TooLate):
        changes.take_back(change_id=change.pk, now=NOW)


def test_failed_mail_that_staff_send_again_does_not_open_a_change_anew():
    RegistrationFactory(occurrence=(slot := OccurrenceFactory()))
    change = move(slot, 24)
    Message.objects.update(status=Message.Status.FAILED)

    outbox.requeue_failed(mails=Message.objects.all(), now=NOW)

    with pytest.raises(changes.TooLate):
        changes.take_back(change_id=change.pk, now=NOW)


def test_change_that_was_overtaken_is_not_taken_back():
    slot = RegistrationFactory().occurrence
    first = move(slot, 1)
    move(slot, 1)

    with pytest.raises(changes.TooLate):
        changes.take_back(change_id=first.pk, now=NOW)


def test_new_words_in_the_entry_do_not_keep_a_change_from_being_taken_back():
    slot = RegistrationFactory().occurrence
    before = slot.starts_at
    change = move(slot, 1)
    rewording.session_saved(session=slot.session, changed={"title"}, now=NOW)

    changes.take_back(change_id=change.pk, now=NOW)

    slot.refresh_from_db()
    assert slot.starts_at == before


def test_old_time_that_another_slot_has_taken_is_not_taken_back():
    slot = RegistrationFactory().occurrence
    before = slot.starts_at
    change = move(slot, 3)
    other = OccurrenceFactory(session=slot.session, starts_at=before)

    with pytest.raises(changes.SlotInTheWay) as refused:
        changes.take_back(change_id=change.pk, now=NOW)

    change.refresh_from_db()
    assert (refused.value.slot, change.taken_back_at) == (other, None)


def test_waiting_mails_can_be_sent_at_once():
    change = move(RegistrationFactory().occurrence, 1)

    hurried = changes.send_now(change_id=change.pk, now=NOW + MINUTE)

    change.refresh_from_db()
    assert (hurried, change.mails_leave_at) == (1, NOW + MINUTE)
    assert Message.objects.get().due_at == NOW + MINUTE


def test_revival_of_a_slot_that_is_held_changes_nothing():
    slot = RegistrationFactory().occurrence

    assert changes.revive(occurrence_id=slot.pk, now=NOW) is None
    assert SlotChange.objects.count() == 0


def test_revival_over_another_slot_of_the_session_is_refused():
    slot = RegistrationFactory().occurrence
    changes.call_off(occurrence_id=slot.pk, now=NOW)
    OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + 30 * MINUTE)

    with pytest.raises(changes.SlotInTheWay):
        changes.revive(occurrence_id=slot.pk, now=NOW)


def test_change_is_not_taken_back_into_the_past():
    slot = RegistrationFactory().occurrence
    before = slot.starts_at
    change = move(slot, 24 * 7)

    with pytest.raises(changes.InThePast):
        changes.take_back(change_id=change.pk, now=before)

    slot.refresh_from_db()
    assert slot.starts_at == before + 24 * 7 * HOUR
    assert states() == [("rescheduled", "queued")]


def test_shorter_end_of_a_slot_that_is_being_held_is_taken_back():
    slot = RegistrationFactory().occurrence
    ends_at = slot.ends_at
    times = {"starts_at": slot.starts_at, "ends_at": ends_at - HOUR / 2}
    change = changes.reschedule(occurrence_id=slot.pk, now=NOW, **times)

    changes.take_back(change_id=change.pk, now=slot.starts_at + MINUTE)

    slot.refresh_from_db()
    assert slot.ends_at == ends_at


def test_calling_off_is_not_taken_back_once_the_slot_would_be_over():
    slot = RegistrationFactory().occurrence
    change = changes.call_off(occurrence_id=slot.pk, now=NOW)

    with pytest.raises(changes.InThePast):
        changes.take_back(change_id=change.pk, now=slot.ends_at)
