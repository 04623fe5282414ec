"""Changes of time slots in the audit log, with the reason that staff gave."""

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import Message, SlotChange, StaffAction
from tests.factories import (
    RegistrationFactory,
)
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.sessions.admin_pages import confirmed, page
from tests.support.sessions.audit import kept, recorded
from tests.support.sessions.moving import move, preview, slot_with_two_people
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


def test_move_is_kept_with_its_reason_and_leads_to_its_mails(admin_client, admin_user):
    slot = slot_with_two_people()

    move(admin_client, slot, why="The speaker is ill.")

    action = StaffAction.objects.get()
    assert (action.action, action.why, action.made_by) == ("moved", "The speaker is ill.", admin_user)
    assert (action.before["starts_at"], action.after["starts_at"]) == ("2030-10-08T07:00:00Z", "2030-10-08T13:00:00Z")
    assert action.change == SlotChange.objects.get()


def test_calling_off_reviving_and_taking_back_are_kept_with_their_reasons(admin_client):
    slot = slot_with_two_people()

    for name, why in (("call_off", "No room."), ("revive", "A room.")):
        address = page(f"occurrence_{name}", slot.pk)
        admin_client.post(address, confirmed(admin_client.get(address), people=2, why=why))
        # The two have heard of it, or the next change would have nobody to tell.
        Message.objects.update(status="sent", sent_at=timezone.now(), attempts=1)
    move(admin_client, slot, why="A slip.")
    last = SlotChange.objects.latest("pk")
    admin_client.post(reverse("admin:registrations_slotchange_take_back", args=[last.pk]), {"why": "It was a slip."})

    assert recorded("action", "why") == [
        ("called-off", "No room."),
        ("revived", "A room."),
        ("moved", "A slip."),
        ("taken-back", "It was a slip."),
    ]


def test_sending_the_waiting_mails_at_once_is_kept(admin_client):
    slot = slot_with_two_people()
    move(admin_client, slot)
    change = SlotChange.objects.get()

    admin_client.post(reverse("admin:registrations_slotchange_send_now", args=[change.pk]))

    action = kept()
    assert (action.action, action.after, action.change) == ("sent-now", {"mails": 2}, change)


def test_reason_is_not_lost_when_the_number_was_wrong(admin_client):
    slot = slot_with_two_people()
    address = page("occurrence_move", slot.pk)

    answer = admin_client.post(address, confirmed(preview(admin_client, slot), people=7, why="The speaker is ill."))

    assert "The speaker is ill.</textarea>" in answer.text
    assert recorded() == []


def test_reason_is_not_lost_when_somebody_registered_meanwhile(admin_client):
    slot = slot_with_two_people()
    sent = confirmed(preview(admin_client, slot), people=2, why="The speaker is ill.")
    RegistrationFactory(occurrence=slot)

    answer = admin_client.post(page("occurrence_move", slot.pk), sent)

    assert "The speaker is ill.</textarea>" in answer.text


@pytest.mark.parametrize("why", first_always(["a\0b", "x" * 501]))
def test_reason_that_cannot_be_kept_is_an_error_beside_it(admin_client, why):
    slot = slot_with_two_people()

    answer = admin_client.post(
        page("occurrence_move", slot.pk), confirmed(preview(admin_client, slot), people=2, why=why)
    )

    assert answer.context["confirm"].errors.keys() == {"why"}
    assert "the number of people was missing" not in answer.text
    move(admin_client, slot)
    last = SlotChange.objects.get()
    answer = admin_client.post(reverse("admin:registrations_slotchange_take_back", args=[last.pk]), {"why": why})
    assert answer.context["form"].errors.keys() == {"why"}
    assert SlotChange.objects.count() == 1


def test_people_are_not_told_the_reason(admin_client):
    slot = slot_with_two_people()

    move(admin_client, slot, why="Wanjiru is in hospital.")
    mails = send_waiting_mails()
    assert len(mails) == 2
    assert [mail for mail in mails if b"hospital" in bytes(mail.octets)] == []
