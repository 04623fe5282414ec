"""The page on which staff move a time slot."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from registrations.models import Message, Registration, SlotChange
from registrations.rescheduling import changes
from sessions.models import Occurrence, Season
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.messages import said, said_at_some_hour
from tests.support.registrations.inviting import hidden_slot, invite
from tests.support.sessions.admin_pages import confirmed, page
from tests.support.sessions.moving import AT_THREE, move, preview, slot_with_two_people, state, typed
from tests.support.staff import sign_in
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return slot_with_two_people()


def test_page_is_filled_with_the_present_times(admin_client, slot):
    shown = admin_client.get(page("occurrence_move", slot.pk)).content.decode()

    assert 'value="2030-10-08"' in shown
    assert 'value="09:00"' in shown
    assert 'Tuesday 8 October 2030, <span class="hours">07:00–08:00</span> <small>(UTC)</small>' in shown


def test_preview_says_what_the_change_does_and_changes_nothing(admin_client, slot):
    before = state(slot)

    shown = admin_client.post(page("occurrence_move", slot.pk), typed("12:00", "13:00")).content.decode()

    assert "2 people will be told by mail." in shown
    assert "The hour is by day (06:00 to 22:00) for 1 of them, and at night for 1." in shown
    assert 'Tuesday 8 October 2030, <span class="hours">12:00–13:00</span> <small>(Geneva, UTC+2)</small>' in shown
    assert 'value="Move it and tell 2 people"' in shown
    assert state(slot) == before


def test_preview_says_for_whom_it_becomes_night_and_who_has_another_session(admin_client, slot):
    person = slot.registrations.confirmed().last().participant
    other = OccurrenceFactory(session__season=person.season, starts_at=datetime(2030, 10, 8, 20, 0, tzinfo=UTC))
    RegistrationFactory(occurrence=other, participant=person)

    facts = preview(admin_client, slot, begins="22:00", ends="23:00").context["effect"].facts

    assert facts == [
        "The hour is by day (06:00 to 22:00) for 1 of them, and at night for 1.",
        "It becomes night for 1 person who had it by day until now.",
        "1 of them is registered for another session at that time.",
    ]


def test_preview_shows_one_of_the_mails_without_its_keys(admin_client, slot):
    first = slot.registrations.confirmed().order_by("pk").first()

    response = preview(admin_client, slot)

    mail, shown = response.context["effect"].mail, response.content.decode()
    assert first.participant.email in mail.recipient
    assert mail.subject in shown
    assert "The time before was:" in shown
    assert "and the calendar entry." in mail.other_parts
    assert "/my/\N{HORIZONTAL ELLIPSIS}/" in mail.text
    assert [key for key in (first.participant.key, first.join_key) if key in shown] == []


def test_preview_says_that_a_mail_has_no_calendar_entry(admin_client, slot):
    slot.registrations.update(entry_was_mailed=False)

    mail = preview(admin_client, slot).context["effect"].mail

    assert "and no calendar entry" in mail.other_parts


def test_preview_counts_and_shows_invited_people_who_have_not_answered(admin_client):
    hidden = hidden_slot(starts_at=datetime(2030, 10, 8, 7, 0, tzinfo=UTC))
    invite(hidden.session)
    Message.objects.update(status=Message.Status.SENT, sent_at=timezone.now())

    shown = preview(admin_client, hidden).text

    assert "1 person will be told by mail." in shown
    assert "1 of them is invited and has not answered" in shown
    assert "New time: " in shown


def test_preview_says_when_the_mails_leave(admin_client, slot):
    leave = preview(admin_client, slot).context["effect"].leave

    assert leave.startswith("If you confirm now, the mails leave at ")
    assert leave.endswith(" (Geneva). Until then you can take the change back.")


def test_preview_says_that_mails_about_a_near_slot_leave_at_once(admin_client, slot):
    soon = timezone.now() + timedelta(hours=1)
    Season.objects.update(starts_on=soon.date() - timedelta(days=1), ends_on=date(2031, 1, 1))
    Occurrence.objects.update(starts_at=soon, ends_at=soon + timedelta(hours=1))

    leave = preview(admin_client, slot).context["effect"].leave

    assert leave == "The mails leave at once, because the time slot is near."


def test_number_of_queries_of_the_preview_does_not_grow_with_the_people(
    admin_client, slot, django_assert_max_num_queries
):
    counts = []
    for more in (0, 3):
        RegistrationFactory.create_batch(more, occurrence=slot)
        with django_assert_max_num_queries(40) as captured:
            preview(admin_client, slot)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_confirming_moves_the_slot_and_tells_each_confirmed_person_once(admin_client, slot):
    response = move(admin_client, slot)

    assert state(slot) == (AT_THREE, 1, 2)
    assert set(Registration.objects.values_list("status", "sequence")) == {("confirmed", 1), ("cancelled", 0)}
    assert set(Message.objects.values_list("registration__status", "kind")) == {("confirmed", "rescheduled")}
    assert said_at_some_hour(response) == [
        "Moved from Tuesday 8 October 2030, 09:00–10:00 (Geneva, UTC+2) to "
        "Tuesday 8 October 2030, 15:00–16:00 (Geneva, UTC+2).",
        "The mails to 2 people leave at hh:mm (Geneva). Until then you can take this back.",
    ]


def test_staff_land_on_the_page_of_the_change_when_people_are_told(admin_client, admin_user, slot):
    response = move(admin_client, slot)

    change = SlotChange.objects.get()
    assert response.url == reverse("admin:registrations_slotchange_change", args=[change.pk])
    assert (change.made_by, change.people) == (admin_user, 2)


def test_slot_without_people_is_moved_without_a_number_and_leads_to_its_session(admin_client):
    slot = OccurrenceFactory(starts_at=datetime(2030, 10, 8, 7, 0, tzinfo=UTC))
    seen = preview(admin_client, slot)
    assert "Nobody is registered for it, so nobody will be told." in seen.content.decode()

    response = admin_client.post(page("occurrence_move", slot.pk), confirmed(seen))

    assert state(slot) == (AT_THREE, 1, 0)
    assert response.url == page("session_change", slot.session_id)


@pytest.mark.parametrize("number", first_always(["3", "two", "", "1", "\0", "9" * 30, "\N{SUPERSCRIPT TWO}"], 2))
def test_wrong_number_of_people_changes_nothing_and_is_said_beside_the_field(admin_client, slot, number):
    before = state(slot)

    response = move(admin_client, slot, people=number)

    assert response.context["confirm"].errors["people"]
    assert 'aria-invalid="true"' in response.content.decode()
    assert response.context["hidden"]["begins"].value() == "15:00"
    assert state(slot) == before


@pytest.mark.parametrize("number", [" 2 ", "2."])
def test_number_may_be_typed_with_spaces_and_separators(admin_client, slot, number):
    move(admin_client, slot, people=number)

    assert state(slot)[1] == 1


def test_somebody_who_registers_meanwhile_makes_staff_look_again(admin_client, slot):
    seen = preview(admin_client, slot)
    RegistrationFactory(occurrence=slot)
    before = state(slot)

    again = admin_client.post(page("occurrence_move", slot.pk), confirmed(seen, people=2))

    assert "Meanwhile somebody has registered or cancelled" in again.content.decode()
    assert again.context["effect"].recipients == 3
    assert state(slot) == before
    admin_client.post(page("occurrence_move", slot.pk), confirmed(again, people=3))
    assert state(slot)[1:] == (1, 3)


def test_people_whose_earlier_mail_has_not_left_are_not_counted_when_the_slot_moves_back(admin_client, slot):
    move(admin_client, slot)

    seen = preview(admin_client, slot, begins="09:00", ends="10:00")
    admin_client.post(page("occurrence_move", slot.pk), confirmed(seen))

    assert seen.context["effect"].headline == "Nobody will be told."
    assert seen.context["effect"].facts[0].startswith("2 people hear nothing")
    assert SlotChange.objects.order_by("pk").last().people == 0


def test_move_is_in_the_history_of_the_slot(admin_client, slot):
    move(admin_client, slot)

    entry = LogEntry.objects.get()
    assert entry.object_id == str(slot.pk)
    assert "2 people are told by mail." in entry.get_change_message()


def test_same_times_change_nothing_and_tell_nobody(admin_client, slot):
    before = state(slot)

    response = preview(admin_client, slot, begins="09:00", ends="10:00")

    assert state(slot) == before
    assert said(response) == ["The time is the same as before: nothing was changed, nobody is told."]


def test_confirmation_of_an_old_preview_shows_the_new_state_first(admin_client, slot):
    old = confirmed(preview(admin_client, slot), people=2)
    hour = timedelta(hours=1)
    later = {"starts_at": slot.starts_at + hour, "ends_at": slot.ends_at + hour, "now": slot.changed_at}
    changes.reschedule(occurrence_id=slot.pk, **later)
    before = state(slot)

    shown = admin_client.post(page("occurrence_move", slot.pk), old).content.decode()

    assert "Somebody changed this time slot meanwhile." in shown
    assert state(slot) == before


def test_confirmation_without_a_preview_changes_nothing(admin_client, slot):
    before = state(slot)

    response = admin_client.post(page("occurrence_move", slot.pk), typed(confirm="yes", people=2))

    assert response.context["effect"].recipients == 2
    assert state(slot) == before


def test_slot_called_off_cannot_be_moved(admin_client, slot):
    seen = confirmed(preview(admin_client, slot), people=2)
    changes.call_off(occurrence_id=slot.pk, now=slot.changed_at)
    before = state(slot)

    response = admin_client.post(page("occurrence_move", slot.pk), seen)

    assert state(slot) == before
    assert said(response) == ["This time slot is called off already. To undo that, choose “Hold it after all”."]


@pytest.mark.parametrize("name", ["occurrence_move", "occurrence_call_off", "occurrence_revive"])
def test_staff_without_the_right_to_change_slots_are_refused(client, slot, name):
    sign_in(client, User.objects.create_user("reader", is_staff=True))
    before = state(slot)

    response = client.post(page(name, slot.pk), typed(confirm="yes", people=2, sequence=0, shown=2))

    assert response.status_code == 403
    assert state(slot) == before
