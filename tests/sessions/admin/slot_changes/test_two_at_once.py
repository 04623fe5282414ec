"""Two members of staff confirm a change of one slot at the same moment: the second looks again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from registrations.models import SlotChange
from registrations.rescheduling import changes
from tests.support.messages import said
from tests.support.races import just_before_the_lock, race
from tests.support.sessions.admin_pages import confirmed, page
from tests.support.sessions.moving import preview, slot_with_two_people

pytestmark = pytest.mark.django_db(transaction=True)
LOOK_AGAIN = "Somebody changed this time slot meanwhile. Please look again."
AT_FIVE = datetime(2030, 10, 8, 15, 0, tzinfo=UTC)


@pytest.fixture
def slot():
    return slot_with_two_people()


def elsewhere(action, **how):
    """Over a connection of its own, as in another process."""
    return lambda: race(1, lambda _number: action(now=timezone.now(), **how))


def colleague_moves(slot):
    times = {"starts_at": AT_FIVE, "ends_at": AT_FIVE + timedelta(hours=1)}
    return elsewhere(changes.reschedule, occurrence_id=slot.pk, **times)


def test_slot_that_a_colleague_moves_at_that_moment_is_not_moved_on(admin_client, slot):
    seen = preview(admin_client, slot)

    with just_before_the_lock(colleague_moves(slot)):
        answer = admin_client.post(page("occurrence_move", slot.pk), confirmed(seen, people=2, why="The hall is taken"))

    slot.refresh_from_db()
    assert (slot.starts_at, SlotChange.objects.count()) == (AT_FIVE, 1)
    assert LOOK_AGAIN in said(answer)
    assert "The hall is taken" in answer.content.decode()
    assert 'value="15:00"' in answer.content.decode()


def test_slot_that_a_colleague_moves_at_that_moment_is_not_called_off(admin_client, slot):
    address = page("occurrence_call_off", slot.pk)
    seen = admin_client.get(address)

    with just_before_the_lock(colleague_moves(slot)):
        answer = admin_client.post(address, confirmed(seen, people=2))

    slot.refresh_from_db()
    assert not slot.is_called_off
    assert LOOK_AGAIN in said(answer)


def test_slot_that_a_colleague_calls_off_at_that_moment_is_not_moved(admin_client, slot):
    seen = preview(admin_client, slot)

    with just_before_the_lock(elsewhere(changes.call_off, occurrence_id=slot.pk)):
        answer = admin_client.post(page("occurrence_move", slot.pk), confirmed(seen, people=2))

    assert said(answer) == ["This time slot is called off already. To undo that, choose “Hold it after all”."]
