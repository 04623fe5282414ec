"""Forms that do something to people who are registered say so, and ask, before anything is saved."""

from datetime import date

import pytest

from registrations.models import Message, StaffAction
from sessions.models import Material
from tests.factories import MaterialFactory, OccurrenceFactory, RegistrationFactory, SpeakerFactory
from tests.support.messages import said
from tests.support.sessions.admin_pages import page, sent_by
from tests.support.sessions.desks import two_at
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
MEETING = "https://meet.example.org/1"


def slot_with_people(number=2, **more):
    slot = OccurrenceFactory(meeting_url=MEETING, **more)
    RegistrationFactory.create_batch(number, occurrence=slot)
    OccurrenceFactory(session=slot.session)
    MaterialFactory(session=slot.session, title="Slides", url="https://example.org/slides")
    return slot


CHANGES = {
    "last day": ("season", {"ends_on": "2031-01-31"}, "The details of people are removed after"),
    "first day": ("season", {"starts_on": "2030-08-01"}, "The season runs from 1 August 2030 to 15 December 2030"),
    "reminders": ("season", {"reminder_hours": "48, 2"}, "Reminders leave 48 and 2 hours before each session."),
    "no reminders": ("season", {"reminder_hours": "none"}, "Nobody who is registered gets a reminder any more."),
    "by invitation": ("session", {"access": "invitation"}, "Nobody else can register without an invitation."),
    "address": ("session", {"occurrences__0__meeting_url": ""}, "2 people with a place find no way into the meeting."),
    "slot": ("session", {"occurrences__1__DELETE": "on"}, "is deleted: nobody is registered for it"),
    "material": ("session", {"materials__0__DELETE": "on"}, "“Slides” is deleted: people who were registered"),
    "address of the slot": ("occurrence", {"meeting_url": ""}, "2 people with a place find no way into the meeting."),
}


def desk_at(kind, slot):
    model, changes, words = CHANGES[kind]
    row = {"season": slot.session.season, "session": slot.session, "occurrence": slot}[model]
    return two_at(f"{model}_change", row), changes, words


def confirmed(desk, **more):
    return desk.save(**dict([desk.answer.context["effects_entry"]]), confirm="x", **more)


@pytest.mark.parametrize("kind", first_always(CHANGES, len(CHANGES)))
def test_effect_is_shown_and_confirmed_with_the_number_before_it_is_saved(kind):
    (desk, _other), changes, words = desk_at(kind, slot_with_people())

    shown = desk.save(**changes)

    assert words in shown.text
    assert "2 people are registered." in shown.text
    assert (shown.status_code, StaffAction.objects.count()) == (200, 0)

    # A browser sends the ticks that it shows; the desk lifts those of rows to be deleted.
    again = [confirmed(desk, **changes), confirmed(desk, **changes, people="3")]
    assert ([answer.status_code for answer in again], StaffAction.objects.count()) == ([200, 200], 0)

    assert confirmed(desk, **changes, people="2").status_code == 302
    assert (StaffAction.objects.count(), Message.objects.count()) == (1, 0)


@pytest.mark.parametrize("kind", first_always(CHANGES, 2))
def test_without_people_nothing_is_asked(kind):
    (desk, _other), changes, _words = desk_at(kind, slot_with_people(0))

    assert desk.save(**changes).status_code == 302


def test_nothing_else_that_was_typed_is_lost():
    slot = slot_with_people()
    SpeakerFactory(session=slot.session)
    [desk, _other] = two_at("session_change", slot.session)

    desk.save(access="invitation", title="Of Anna", speakers__0__role="Chair", speakers__TOTAL_FORMS=1)
    slot.session.refresh_from_db()
    assert (slot.session.access, slot.session.title) == ("open", slot.session.title)
    confirmed(desk, people="2")

    slot.session.refresh_from_db()
    assert (slot.session.access, slot.session.title) == ("invitation", "Of Anna")
    assert slot.session.speakers.get().role == "Chair"


def test_who_registers_meanwhile_is_counted_before_it_is_saved():
    slot = slot_with_people()
    [desk, _other] = two_at("session_change", slot.session)
    desk.save(access="invitation")

    RegistrationFactory(occurrence=slot)
    answer = confirmed(desk, people="2")

    assert "Meanwhile this has changed." in answer.text
    assert "3 people are registered." in answer.text
    assert confirmed(desk, people="3").status_code == 302


def test_what_a_colleague_saved_meanwhile_is_asked_about_as_well():
    slot = slot_with_people()
    anna, ben = two_at("session_change", slot.session)
    anna.save(access="invitation", title="Of Anna")

    ben.save(title="Of Ben")
    confirmed(anna, people="2")
    assert anna.questions == [("Title", "Of Ben", "Of Anna")]
    anna.choose("mine")
    confirmed(anna, people="2")

    slot.session.refresh_from_db()
    assert (slot.session.access, slot.session.title) == ("invitation", "Of Anna")


def test_emptied_address_of_a_slot_gives_nobody_a_place_before_it_is_confirmed(admin_client):
    slot = slot_with_people(1, capacity=1)
    RegistrationFactory(occurrence=slot, status="waitlisted")
    address = page("occurrence_change", slot.pk)

    answer = admin_client.post(address, sent_by(admin_client.get(address)) | {"meeting_url": "", "capacity": 5})

    slot.refresh_from_db()
    assert (slot.capacity, slot.taken, Message.objects.count(), said(answer)) == (1, 1, 0, [])


@pytest.mark.parametrize("kind", ["session", "occurrence"])
def test_larger_capacity_asks_before_it_moves_anybody_up(kind):
    slot = slot_with_people(2, capacity=2)
    waiting = RegistrationFactory.create_batch(3, occurrence=slot, status="waitlisted")
    row, name = (slot.session, "occurrences__0__capacity") if kind == "session" else (slot, "capacity")
    desk, _other = two_at(f"{kind}_change", row)

    shown = desk.save(**{name: "4"})

    assert "2 people on the waiting list get a place, and a mail that says so." in shown.text
    assert Message.objects.count() == 0
    assert confirmed(desk, people="5").status_code == 302
    slot.refresh_from_db()
    assert (slot.capacity, slot.taken, Message.objects.filter(kind="promoted").count()) == (4, 4, 2)
    waiting[2].refresh_from_db()
    assert waiting[2].is_waiting


def test_larger_capacity_that_moves_nobody_up_asks_nothing():
    slot = slot_with_people(2, capacity=2)
    desk, _other = two_at("occurrence_change", slot)

    assert desk.save(capacity="4").status_code == 302


def test_material_that_nobody_could_open_goes_without_a_question():
    slot = slot_with_people()
    Material.objects.update(url="")
    [desk, _other] = two_at("session_change", slot.session)

    assert desk.save(materials__0__DELETE="on").status_code == 302


def test_new_days_of_a_season_never_leave_a_slot_out(admin_client):
    slot = slot_with_people()
    [desk, _other] = two_at("season_change", slot.session.season)

    answer = desk.save(ends_on=date(2030, 10, 1))

    assert list(answer.context["adminform"].form.errors) == ["ends_on"]
    assert "effects" not in answer.context
