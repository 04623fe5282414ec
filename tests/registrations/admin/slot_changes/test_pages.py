"""What staff can still do about a change of a time slot, and who may."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.urls import reverse
from django.utils import timezone

from registrations.models import Message, SlotChange
from registrations.rescheduling import changes
from sessions.models import Occurrence
from tests.factories import OccurrenceFactory
from tests.support.messages import said
from tests.support.races import just_before_the_lock
from tests.support.registrations.changes import HOUR, move, page, set_states, slot_with_people
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    """Somebody on the staff who may change time slots, and nothing else."""
    user = User.objects.create_user("officer", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_occurrence"))
    sign_in(client, user)
    return client


@pytest.fixture
def reader(client):
    """Somebody on the staff who may see changes and not make them."""
    user = User.objects.create_user("reader", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_slotchange"))
    sign_in(client, user)
    return client


def test_looking_changes_nothing(admin_client):
    change = move(slot_with_people())

    names = ("slotchange_change", "slotchange_take_back", "slotchange_send_now")
    answers = [admin_client.get(page(name, change.pk)) for name in names]

    change.refresh_from_db()
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert (change.taken_back_at, Message.objects.unsent().filter(due_at__lte=timezone.now()).count()) == (None, 0)


def test_page_before_taking_back_says_who_hears_what(admin_client):
    change = move(slot_with_people(3))
    set_states(change, sent=1, queued=2)

    shown = admin_client.get(page("slotchange_take_back", change.pk)).content.decode()

    assert "2 mails have not left: these people hear nothing." in shown
    assert "1 mail has left or is leaving: this person is told at once that the change is undone." in shown


def test_change_is_taken_back_and_leads_to_the_mails_that_say_so(admin_client):
    slot = slot_with_people(3)
    before = slot.starts_at
    change = move(slot)
    set_states(change, sent=1, queued=2)

    response = admin_client.post(page("slotchange_take_back", change.pk))

    slot.refresh_from_db()
    change.refresh_from_db()
    undone = SlotChange.objects.order_by("pk").last()
    assert (slot.starts_at, change.taken_back_at is not None) == (before, True)
    assert response.url == page("slotchange_change", undone.pk)
    assert said(response)[0].startswith("Taken back: the time slot is at its old time again, ")
    assert said(response)[1:] == ["1 person is told by mail."]
    assert LogEntry.objects.get().object_id == str(slot.pk)


def test_change_that_is_taken_back_in_time_is_told_to_nobody_and_says_so(admin_client):
    change = move(slot_with_people())

    response = admin_client.post(page("slotchange_take_back", change.pk))

    assert response.url == page("slotchange_change", change.pk)
    assert said(response)[1:] == ["Nobody had to be told."]
    shown = admin_client.get(page("slotchange_change", change.pk)).content.decode()
    assert "This change was taken back." in shown
    assert 'http-equiv="refresh"' not in shown
    assert Message.objects.unsent().count() == 0


@pytest.mark.parametrize("kind", ["called off", "revived"])
def test_other_kinds_of_change_are_taken_back_too(admin_client, kind):
    slot = slot_with_people()
    change = changes.call_off(occurrence_id=slot.pk, now=timezone.now())
    if kind == "revived":
        send_waiting_mails()
        change = changes.revive(occurrence_id=slot.pk, now=timezone.now())

    admin_client.post(page("slotchange_take_back", change.pk))

    slot.refresh_from_db()
    assert slot.is_called_off == (kind == "revived")
    assert Message.objects.unsent().count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_change_whose_mails_have_left_is_not_taken_back(admin_client, method):
    slot = slot_with_people()
    change = move(slot)
    send_waiting_mails()

    response = getattr(admin_client, method)(page("slotchange_take_back", change.pk))

    slot.refresh_from_db()
    assert slot.sequence == 1
    assert said(response)[0].startswith("It cannot be taken back any more")


def test_mails_that_leave_at_the_last_moment_are_said(admin_client):
    change = move(slot_with_people())

    with just_before_the_lock(lambda: Message.objects.update(status=Message.Status.SENT, attempts=1)):
        response = admin_client.post(page("slotchange_take_back", change.pk))

    assert SlotChange.objects.count() == 1
    assert said(response)[0].startswith("It cannot be taken back any more")


def test_change_is_not_taken_back_over_another_slot(admin_client):
    slot = slot_with_people()
    before = slot.starts_at
    change = move(slot, 3)
    OccurrenceFactory(session=slot.session, starts_at=before)

    response = admin_client.post(page("slotchange_take_back", change.pk))

    change.refresh_from_db()
    assert change.taken_back_at is None
    assert said(response)[0].startswith("It cannot be taken back, because the session has another time slot then: ")


def test_waiting_mails_are_sent_now(admin_client):
    change = move(slot_with_people())

    response = admin_client.post(page("slotchange_send_now", change.pk))

    assert Message.objects.due(timezone.now()).count() == 2
    assert said(response) == ["2 mails leave now."]
    assert LogEntry.objects.get().object_id == str(change.occurrence_id)


def test_button_that_hurries_mails_and_the_one_that_takes_back_are_on_two_pages(admin_client):
    change = move(slot_with_people())
    hurry = "Send the waiting mails now"

    pages = [admin_client.get(page(f"slotchange_{name}", change.pk)).text for name in ("change", "send_now")]

    assert [("Take it back" in text, hurry in text) for text in pages] == [(True, False), (False, True)]
    assert "2 mails leave now and cannot be held back any more." in pages[1]


def test_mails_that_wait_no_longer_are_not_hurried(admin_client):
    change = move(slot_with_people())
    send_waiting_mails()

    asked = admin_client.get(page("slotchange_send_now", change.pk))
    pressed = admin_client.post(page("slotchange_send_now", change.pk))

    assert [said(answer)[-1] for answer in (asked, pressed)] == ["No mail was waiting for its time any more."] * 2


def test_who_may_change_slots_sees_changes_and_may_press_the_buttons(officer):
    change = move(slot_with_people())

    seen = [
        officer.get(page(name, *args))
        for name, args in [("slotchange_changelist", []), ("slotchange_change", [change.pk])]
    ]
    officer.post(page("slotchange_send_now", change.pk))

    assert [answer.status_code for answer in seen] == [200, 200]
    assert page("slotchange_take_back", change.pk) in seen[1].content.decode()
    assert page("message_changelist") not in seen[1].content.decode()
    assert "Changes of time slots" in officer.get(reverse("admin:index")).content.decode()
    assert Message.objects.due(timezone.now()).count() == 2


def test_who_may_only_look_has_no_buttons_and_is_refused(reader):
    change = move(slot_with_people())

    shown = reader.get(page("slotchange_change", change.pk))
    answers = [reader.post(page(f"slotchange_{name}", change.pk)) for name in ("take_back", "send_now")]
    asked = reader.get(page("slotchange_take_back", change.pk))

    assert page("slotchange_take_back", change.pk) not in shown.content.decode()
    assert [answer.status_code for answer in [shown, *answers, asked]] == [200, 403, 403, 403]
    assert SlotChange.objects.count() == 1
    assert Message.objects.due(timezone.now()).count() == 0


def test_staff_without_any_right_see_nothing(client):
    change = move(slot_with_people())
    sign_in(client, User.objects.create_user("nobody", is_staff=True))
    addresses = [page("slotchange_changelist"), page("slotchange_change", change.pk)]

    assert [client.get(address).status_code for address in addresses] == [403, 403]


def test_change_back_into_the_past_is_refused_in_words(admin_client):
    slot = slot_with_people(1)
    Occurrence.objects.filter(pk=slot.pk).update(starts_at=timezone.now() - HOUR, ends_at=timezone.now() + HOUR)
    change = move(slot, 24 * 7)

    answer = admin_client.post(page("slotchange_take_back", change.pk))

    assert "people would be invited to a time that has passed" in said(answer)[0]
    assert page("slotchange_take_back", change.pk) not in admin_client.get(answer.url).content.decode()
