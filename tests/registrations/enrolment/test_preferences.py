"""What people choose about their mails and calendars, and what their mails then promise."""

from datetime import timedelta

import pytest
from django.db import connection

from registrations import links
from registrations.enrolment import enrolment, preferences
from registrations.models import Message, Participant, Registration
from registrations.people.preferences import Preferences
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.calendars import CalendarStore, calendar_part, read_mail
from tests.support.races import race
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db
MAIL, SUBSCRIPTION, NONE = Participant.CalendarEntries
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def slot():
    return OccurrenceFactory()


@pytest.fixture
def other_slot(slot):
    return OccurrenceFactory(session__season=slot.session.season)


def choose(person, calendar_entries, **more):
    wanted = Preferences(calendar_entries=calendar_entries, **more)
    return preferences.choose(participant=person, preferences=wanted, now=NOW)


def kinds():
    return list(Message.objects.order_by("pk").values_list("kind", flat=True))


def text_of(message):
    return read_mail(message).get_body(("plain",)).get_content()


def html_of(message):
    return read_mail(message).get_body(("html",)).get_content()


# At sign-up


@pytest.mark.parametrize("entries", [SUBSCRIPTION, NONE])
def test_who_wants_no_entries_by_mail_gets_one_mail_for_several_sessions(slot, other_slot, entries):
    registrations = register(slot, other_slot, preferences=Preferences(calendar_entries=entries))

    [summary] = Message.objects.all()
    assert summary.kind == "summary"
    assert calendar_part(read_mail(summary)) is None
    assert not any(registration.entry_was_mailed for registration in registrations)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize(
    ("entries", "promised", "address"),
    [(MAIL, "calendar entry", None), (SUBSCRIPTION, "subscribe", "own_feed"), (NONE, "file", "my_calendar")],
)
def test_first_mail_promises_what_was_chosen_and_nothing_else(slot, other_slot, number, entries, promised, address):
    [registration, *_] = register(*[slot, other_slot][:number], preferences=Preferences(calendar_entries=entries))

    mail = Message.objects.order_by("pk").first()
    for words in (text_of(mail), html_of(mail)):
        section = words.partition("Your calendar")[2].partition("Change or cancel")[0]
        assert promised in section
        if address:
            assert getattr(links, address)(registration.participant) in section
            assert "mail carries" not in section
            assert "one more mail" not in section
            assert "invitation" not in section


def test_preferences_of_a_known_person_are_not_changed_by_a_form(slot, other_slot):
    register(slot)

    register(other_slot, preferences=Preferences(calendar_entries=NONE, wants_announcements=True))

    person = Participant.objects.get()
    assert (person.calendar_entries, person.wants_announcements) == (MAIL, False)
    assert all(Registration.objects.values_list("entry_was_mailed", flat=True))


@pytest.mark.parametrize("entries", [SUBSCRIPTION, NONE])
def test_no_later_mail_promises_an_entry_to_who_has_none(slot, entries):
    later = OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + 6 * HOUR)
    [registration] = register(slot, preferences=Preferences(calendar_entries=entries))
    enrolment.change_occurrence(registration_id=registration.pk, occurrence_id=later.pk, now=NOW)
    changes.reschedule(occurrence_id=later.pk, starts_at=later.starts_at + HOUR, ends_at=later.ends_at + HOUR, now=NOW)
    send_waiting_mails()
    changes.call_off(occurrence_id=later.pk, now=NOW)
    send_waiting_mails()
    changes.revive(occurrence_id=later.pk, now=NOW)
    send_waiting_mails()
    enrolment.cancel(registration_id=registration.pk, now=NOW)

    mails = list(Message.objects.order_by("pk"))
    assert [mail.kind for mail in mails][1:] == ["slot_changed", "rescheduled", "called_off", "revived", "cancelled"]
    for mail in mails[1:]:
        assert calendar_part(read_mail(mail)) is None
        assert not any(words in text_of(mail) for words in ("This mail moves", "This mail takes", "This mail puts"))
        assert ("calendar to which you subscribe" in text_of(mail)) == (entries == SUBSCRIPTION)


def test_who_comes_back_gets_what_is_chosen_now(slot):
    [registration] = register(slot)
    stale = registration.participant
    enrolment.cancel(registration_id=registration.pk, now=NOW)
    Participant.objects.update(calendar_entries=NONE)

    again = enrolment.add_session(participant=stale, occurrence_id=slot.pk, now=NOW)

    assert again.entry_was_mailed is False


# Changing it


def test_choice_of_entries_by_mail_sends_each_missing_one_under_a_new_sequence(slot, other_slot):
    registrations = register(slot, other_slot, preferences=Preferences(calendar_entries=SUBSCRIPTION))
    later = NOW + HOUR

    wanted = Preferences(calendar_entries=MAIL)
    posted = preferences.choose(participant=registrations[0].participant, preferences=wanted, now=later)

    assert (posted, kinds()) == (2, ["summary", "invitation", "invitation"])
    changed = list(Registration.objects.order_by("pk").values_list("sequence", "revised_at", "entry_was_mailed"))
    assert changed == [(1, later, True)] * 2
    calendar = CalendarStore()
    calendar.receive(*Message.objects.filter(kind="invitation"))
    assert calendar.entries == {each.uid: each.occurrence.starts_at for each in registrations}


def test_later_changes_move_the_entry_that_came_late(slot):
    [registration] = register(slot, preferences=Preferences(calendar_entries=NONE))
    choose(registration.participant, MAIL)
    changes.reschedule(occurrence_id=slot.pk, starts_at=slot.starts_at + HOUR, ends_at=slot.ends_at + HOUR, now=NOW)

    calendar = CalendarStore()
    calendar.receive(*send_waiting_mails())

    assert calendar.entries == {registration.uid: slot.starts_at + HOUR}


def test_only_sessions_to_come_without_an_entry_get_an_invitation():
    person = ParticipantFactory(calendar_entries=NONE)
    unmailed = {"participant": person, "entry_was_mailed": False}
    for slot, fields in [
        ({"starts_at": NOW - 2 * HOUR}, {}),
        ({"called_off_at": NOW}, {}),
        ({}, {"status": Registration.Status.CANCELLED}),
        ({}, {"entry_was_mailed": True}),
    ]:
        RegistrationFactory(occurrence=OccurrenceFactory(session__season=person.season, **slot), **unmailed | fields)
    RegistrationFactory(entry_was_mailed=False)
    missing = RegistrationFactory(occurrence=OccurrenceFactory(session__season=person.season), **unmailed)

    assert choose(person, MAIL) == 1
    assert Message.objects.get().registration == missing


def test_choosing_again_sends_nothing_again(slot):
    [registration] = register(slot, preferences=Preferences(calendar_entries=NONE))

    assert [choose(registration.participant, MAIL) for _ in range(3)] == [1, 0, 0]


def test_entries_that_are_in_the_calendar_follow_changes_whatever_is_chosen(slot):
    [registration] = register(slot)
    choose(registration.participant, NONE)
    changes.reschedule(occurrence_id=slot.pk, starts_at=slot.starts_at + HOUR, ends_at=slot.ends_at + HOUR, now=NOW)

    calendar = CalendarStore()
    calendar.receive(*send_waiting_mails())

    assert calendar.entries == {registration.uid: slot.starts_at + HOUR}


@pytest.mark.parametrize("attempts", [0, 1])
def test_change_that_waits_to_be_told_brings_the_entry_itself(slot, attempts):
    [registration] = register(slot, preferences=Preferences(calendar_entries=NONE))
    send_waiting_mails()
    moved_to = slot.starts_at + HOUR
    changes.reschedule(occurrence_id=slot.pk, starts_at=moved_to, ends_at=moved_to + HOUR, now=NOW)
    waiting = Message.objects.get(kind="rescheduled")
    Message.objects.filter(pk=waiting.pk).update(attempts=attempts, octets=b"without an entry" if attempts else b"")

    assert choose(registration.participant, MAIL) == 1

    waiting.refresh_from_db()
    assert waiting.due_at == NOW if attempts == 0 else waiting.due_at > NOW
    mails = send_waiting_mails()
    assert [mail.kind for mail in mails] == ["confirmation", "rescheduled"]
    calendar = CalendarStore()
    calendar.receive(*mails)
    assert calendar.entries == {registration.uid: moved_to}


@pytest.mark.django_db(transaction=True)
def test_six_clicks_at_once_send_each_entry_once(slot, other_slot):
    assert connection.vendor == "postgresql", "SQLite has no row locks"
    person = register(slot, other_slot, preferences=Preferences(calendar_entries=NONE))[0].participant

    posted = race(6, lambda _number: choose(person, MAIL))

    assert sorted(posted) == [0, 0, 0, 0, 0, 2]
    assert kinds() == ["summary", "invitation", "invitation"]
    assert set(Registration.objects.values_list("sequence", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_choice_while_staff_move_the_slot_ends_with_the_new_time_in_the_calendar(slot):
    [registration] = register(slot, preferences=Preferences(calendar_entries=NONE))
    moved_to = slot.starts_at + HOUR

    def act(number):
        if number:
            return choose(registration.participant, MAIL)
        return changes.reschedule(occurrence_id=slot.pk, starts_at=moved_to, ends_at=moved_to + HOUR, now=NOW)

    race(4, act)

    calendar = CalendarStore()
    calendar.receive(*send_waiting_mails())
    assert calendar.entries == {registration.uid: moved_to}
