"""Mails of a change to many are prepared by the worker, a batch at a time; another change may come meanwhile."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from registrations.enrolment import enrolment
from registrations.mail import health, slot_change_mails
from registrations.models import Message, Registration
from registrations.presenters.staff import progress
from registrations.rescheduling import changes, impact, preparing
from tests.factories import MessageFactory
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.preparing import MINUTE, NOW, move, people_of, prepare, prepare_everything, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many_people")]


# The change itself


@pytest.mark.parametrize("number", [3, 30])
def test_change_stores_nothing_for_a_single_person(slot, number):
    people_of(slot, number)

    with CaptureQueriesContext(connection) as queries:
        change = move(slot)

    assert len(queries) <= 25
    assert (change.people, Message.objects.count()) == (number, 0)
    assert set(Registration.objects.values_list("sequence", "revised_at")) == {(1, NOW)}


def test_new_sequence_of_all_writes_no_index(slot):
    """HOT: half of each page of the table is free, else 14 indexes have a new entry a person."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reloptions FROM pg_class WHERE relname = 'registrations_registration'")
        assert cursor.fetchone() == (["fillfactor=50"],)


def test_worker_prepares_a_batch_at_a_time_and_each_person_has_one_mail(slot):
    people = people_of(slot, 5)
    change = move(slot)

    left = [prepare(change, seconds=0) for _turn in range(4)]

    change.refresh_from_db()
    assert left == [True, True, False, False]
    assert list(change.messages.order_by("pk").values_list("registration", flat=True)) == [each.pk for each in people]
    assert (change.people, change.prepared_at) == (5, NOW)


def test_batch_writes_only_the_rows_of_its_people(slot):
    people = people_of(slot, 5)
    change = move(slot)

    prepare(change, seconds=0)

    left = Registration.objects.unprepared().order_by("pk")
    assert list(left) == people[2:]
    assert set(Message.objects.values_list("registration", flat=True)) == {each.pk for each in people[:2]}


def test_mails_wait_for_the_recall_window_from_the_change_on(slot):
    people_of(slot, 1)
    change = move(slot)

    prepare(change)

    assert Message.objects.get().due_at == change.mails_leave_at == NOW + 10 * MINUTE


# Another change before the mails of the first are prepared


def test_second_change_takes_over_those_whose_mail_is_not_prepared(slot):
    before = slot.starts_at
    people_of(slot, 3)
    first = move(slot)
    prepare(first, seconds=0)

    second = move(slot)
    prepare_everything()

    first.refresh_from_db()
    assert first.prepared_at == NOW
    assert (second.people, preparing.unprepared()) == (3, [])
    waiting = Message.objects.filter(status=Message.Status.QUEUED)
    assert set(waiting.values_list("change", "known_starts_at")) == {(second.pk, before)}
    assert (waiting.count(), first.messages.dropped().count()) == (3, 2)


def test_taken_back_while_mails_are_being_prepared_tells_nobody(slot):
    people_of(slot, 3)
    change = move(slot)
    prepare(change, seconds=0)
    expected = impact.audience(slot, slot_change_mails.known_before(change)).recipients

    undone = changes.take_back(change_id=change.pk, now=NOW + MINUTE)
    prepare_everything()

    undone.refresh_from_db()
    assert (expected, undone.people, sent()) == (0, 0, [])


def test_taken_back_when_some_mails_have_left_tells_these_people_only(slot):
    informed, *_others = people_of(slot, 4)
    change = move(slot)
    prepare(change, seconds=0)
    Message.objects.filter(registration=informed).update(status="sent", sent_at=NOW, attempts=1)
    slot.refresh_from_db()
    expected = impact.audience(slot, slot_change_mails.known_before(change)).recipients

    undone = changes.take_back(change_id=change.pk, now=NOW + MINUTE)
    prepare_everything()

    assert (expected, undone.people) == (1, 1)
    assert [mail.registration for mail in undone.messages.all()] == [informed]


def test_called_off_and_revived_before_anything_was_prepared_tells_nobody(slot):
    people_of(slot, 3)
    changes.call_off(occurrence_id=slot.pk, now=NOW)
    change = changes.revive(occurrence_id=slot.pk, now=NOW)

    prepare_everything()

    assert (change.people, sent()) == (0, [])


def test_moved_and_called_off_before_anything_was_prepared_is_told_as_called_off(slot):
    people_of(slot, 3)
    move(slot)
    changes.call_off(occurrence_id=slot.pk, now=NOW)

    prepare_everything()

    assert [kind for kind, _registration in sent()] == ["called_off"] * 3


def test_mails_of_the_first_change_do_not_leave_while_those_of_the_second_are_being_prepared(slot):
    people_of(slot, 3)
    prepare(move(slot))
    second = move(slot)

    assert sent() == []
    prepare(second)
    assert [mail.change for mail in send_waiting_mails()] == [second] * 3


def test_change_can_be_taken_back_and_sent_at_once_while_its_mails_are_being_prepared(slot):
    people_of(slot, 3)
    change = move(slot)
    prepare(change, seconds=0)

    assert changes.can_be_taken_back(change, slot)
    assert changes.send_now(change_id=change.pk, now=NOW + MINUTE) == 3
    prepare_everything()
    assert set(Message.objects.values_list("due_at", flat=True)) == {NOW + MINUTE}


def test_change_without_people_needs_no_worker(slot, monkeypatch):
    monkeypatch.undo()

    change = move(slot)

    assert (change.people, change.prepared_at) == (0, NOW)


# What staff see


def test_staff_see_how_far_the_preparing_is(slot):
    people_of(slot, 5)
    change = move(slot)
    change.refresh_from_db()
    before = progress.of(change).in_words(NOW)

    prepare(change, seconds=0)

    change.refresh_from_db()
    assert before == "mails are being prepared: 0 of 5"
    assert progress.of(change).in_words(NOW) == "mails are being prepared: 2 of 5"
    assert progress.of(change).rows[0] == ("Being prepared", "3")


def test_staff_see_that_a_later_change_took_over_what_was_not_prepared(slot):
    people_of(slot, 3)
    first = move(slot)

    second = move(slot)
    prepare_everything()

    first.refresh_from_db()
    second.refresh_from_db()
    assert progress.of(first).in_words(NOW) == "taken over by a later change"
    assert progress.of(second).in_words(NOW).startswith("waiting until")


def test_mail_to_who_has_cancelled_leaves_whatever_was_being_prepared_before(slot):
    """As a process of the version before would leave it, which knows of no preparing."""
    [registration] = people_of(slot, 1)
    move(slot)
    enrolment.cancel(registration_id=registration.pk, now=NOW)
    Registration.objects.update(unprepared_since=0)

    assert sent() == [("cancelled", registration.pk)]


def test_mails_that_nobody_prepares_are_a_problem_of_the_post_after_five_minutes(slot):
    people_of(slot, 1)
    move(slot)
    MessageFactory(registration=slot.registrations.get(), kind="confirmation", status="sent", sent_at=NOW)

    assert health.report(NOW + 5 * MINUTE).problems == []
    assert health.report(NOW + 6 * MINUTE).problems == ["mails to many have not been prepared for 360 s"]


def test_number_shown_before_a_change_is_the_number_told_while_earlier_mails_are_being_prepared(slot):
    people_of(slot, 5)
    first = move(slot)
    prepare(first, seconds=0)
    slot.refresh_from_db()

    shown = impact.audience(slot, slot_change_mails.Known(slot.starts_at, slot.ends_at, True)).recipients
    change = changes.call_off(occurrence_id=slot.pk, now=NOW)
    informed = change.people
    prepare_everything()

    change.refresh_from_db()
    assert shown == informed == change.people == 5


def test_mark_of_a_change_of_another_slot_keeps_nobody_from_being_told(slot):
    """The version before left it on people who chose another slot."""
    person, *_others = people_of(slot, 2)
    change = move(slot)
    Registration.objects.filter(pk=person.pk).update(unprepared_since=99)

    prepare_everything()

    assert set(change.messages.values_list("registration", flat=True)) == set(
        Registration.objects.values_list("pk", flat=True)
    )
