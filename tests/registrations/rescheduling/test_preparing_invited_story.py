"""Whatever happens while mails to invited people are being prepared: the last one tells of the slot's last state."""

import pytest

from registrations.mail import slot_change_mails
from registrations.models import Invitation, Message
from registrations.rescheduling import changes, preparing
from tests.support.registrations.inviting import hidden_slot
from tests.support.registrations.preparing import DAY, NOW, invited, move, prepare_everything
from tests.support.thorough import first_always

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many_people")]


@pytest.fixture
def slot():
    return hidden_slot(starts_at=NOW + 30 * DAY)


@pytest.fixture
def other(slot):
    return hidden_slot(session=slot.session, starts_at=NOW + 40 * DAY)


STORIES = [
    ["move", "batch", "move", "batch", "off", "batch", "on"],
    ["move", "batch", "move other", "batch", "move", "leave", "batch", "off"],
    ["off", "batch", "move other", "leave", "batch", "on", "batch", "move", "leave"],
    ["move other", "move", "batch", "batch", "back", "batch", "move other"],
]


@pytest.mark.parametrize("story", first_always(STORIES), ids=" ".join)
def test_whatever_happens_meanwhile_the_last_mail_about_a_slot_tells_of_its_last_state(slot, other, story):
    invited(slot, 5)

    for action in story:
        tell(action, slot, other)
    prepare_everything()

    for each in (slot, other):
        last = each.changes.order_by("pk").last()
        assert last is None or last.prepared_at
    for invitation in Invitation.objects.all():
        for each in (slot, other):
            assert has_heard(invitation, each)


def tell(action, slot, other):
    if action == "batch":
        for change_id in preparing.unprepared():
            preparing.prepare(change_id=change_id, now=NOW, seconds=0)
    elif action == "leave":
        waiting = Message.objects.unsent().filter(invitation__unprepared_since=None)
        waiting.update(status="sent", sent_at=NOW, attempts=1)
    elif action in ("off", "on"):
        {"off": changes.call_off, "on": changes.revive}[action](occurrence_id=slot.pk, now=NOW)
    elif action == "back":
        changes.take_back(change_id=slot.changes.latest("pk").pk, now=NOW)
    else:
        move(other if action == "move other" else slot)


def has_heard(invitation, slot) -> bool:
    """Whether their last mail about the slot is of its last state, or they know that state without one."""
    slot.refresh_from_db()
    mails = Message.objects.filter(invitation=invitation, kind="invitation_changed", change__occurrence=slot)
    last = mails.exclude(status=Message.Status.DROPPED).order_by("pk").last()
    first = slot.changes.order_by("pk").first()
    if last is None:
        return first is None or slot_change_mails.known_before(first) == slot_change_mails.known(slot)
    change = last.change
    after = slot_change_mails.Known(change.starts_at, change.ends_at, change.kind == change.Kind.CALLED_OFF)
    return after == slot_change_mails.known(slot)
