"""A slot that staff move or call off, and put back before anybody has heard of it, is reminded of all the same."""

from datetime import timedelta

import pytest

from registrations.mailings import reminders
from registrations.models import Message, Registration, SlotChange
from registrations.rescheduling import changes
from tests.factories import ParticipantFactory
from tests.support.registrations.reminding import HOUR, MINUTE, STARTS_AT, leaving, seats

pytestmark = pytest.mark.django_db
DUE = STARTS_AT - 24 * HOUR
CHANGE_LEAVES = timedelta(minutes=11)


def move(slot, by, now):
    slot.refresh_from_db()
    times = {"starts_at": slot.starts_at + by, "ends_at": slot.ends_at + by}
    changes.reschedule(occurrence_id=slot.pk, now=now, **times)


def move_away(slot, now):
    move(slot, 7 * HOUR, now)


def move_back(slot, now):
    move(slot, -7 * HOUR, now)


def call_off(slot, now):
    changes.call_off(occurrence_id=slot.pk, now=now)


def revive(slot, now):
    changes.revive(occurrence_id=slot.pk, now=now)


@pytest.fixture(params=[[0], [0, 3]], ids=["alone", "with another of the day"])
def posted(request):
    """The person's registrations, whose one reminder is in the outbox."""
    registrations = seats(ParticipantFactory(), *request.param)
    reminders.post_due(now=DUE)
    return registrations


@pytest.mark.parametrize(("away", "back"), [(move_away, move_back), (call_off, revive)])
def test_reminder_waits_until_the_change_is_taken_back_and_tells_of_it(posted, away, back):
    slot = posted[-1].occurrence
    away(slot, DUE + MINUTE)
    meanwhile = leaving(DUE + 2 * MINUTE)
    back(slot, DUE + 3 * MINUTE)

    assert (meanwhile, leaving(DUE + 4 * MINUTE)) == ([], [(24, posted)])
    assert set(Message.objects.filter(change__isnull=False).values_list("status", flat=True)) == {"dropped"}


@pytest.mark.parametrize("away", [move_away, call_off])
def test_once_people_have_heard_of_the_change_the_reminder_leaves_without_it(posted, away):
    *others, _last = posted
    away(posted[-1].occurrence, DUE + MINUTE)
    Message.objects.filter(change__isnull=False).update(status="sent", sent_at=DUE + CHANGE_LEAVES)

    assert leaving(DUE + CHANGE_LEAVES) == ([(24, others)] if others else [])


def test_reminder_waits_while_the_mails_of_the_change_are_prepared(posted):
    slot = posted[-1].occurrence
    move_away(slot, DUE + MINUTE)
    SlotChange.objects.update(prepared_at=None)
    Registration.objects.filter(occurrence=slot).update(unprepared_since=0)
    Message.objects.filter(change__isnull=False).delete()

    assert leaving(DUE + 2 * MINUTE) == []
    assert Message.objects.filter(kind__in=["reminder", "reminders"], status="queued").count() == 1


def test_reminder_does_not_wait_for_a_change_that_leaves_when_it_helps_no_more(posted):
    *others, last = posted
    move_away(last.occurrence, DUE + MINUTE)
    Message.objects.filter(change__isnull=False).update(due_at=STARTS_AT + 9 * HOUR)

    assert leaving(DUE + 2 * MINUTE) == ([(24, others)] if others else [])
