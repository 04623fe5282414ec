"""What people on a waiting list are told, read back from the mails."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from registrations import links
from registrations.enrolment import enrolment, preferences
from registrations.people.preferences import Preferences
from registrations.rescheduling import changes
from tests.factories import OccurrenceFactory
from tests.support.calendars import CalendarStore, calendar_part, method_of, read_mail, seen_by_vobject, text_of
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW, register
from tests.support.registrations.waiting import full_slot, join_list, join_list_in_turn, kinds_to, seated

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def slot():
    """At 10:00 in Nairobi."""
    return full_slot(starts_at=datetime(2030, 10, 10, 7, 0, tzinfo=UTC), session__title="Emissions")


@pytest.fixture
def other(slot):
    """At 16:00 in Nairobi, with free places."""
    return OccurrenceFactory(session=slot.session, starts_at=slot.starts_at + timedelta(hours=6))


def bodies(mail):
    parsed = read_mail(mail)
    return [parsed.get_body((kind,)).get_content() for kind in ("plain", "html")]


def text(mail):
    return bodies(mail)[0]


def leave(registration):
    return enrolment.cancel(registration_id=registration.pk, now=LATER)


def move(slot, by):
    times = {"starts_at": slot.starts_at + by, "ends_at": slot.ends_at + by}
    return changes.reschedule(occurrence_id=slot.pk, now=LATER, **times)


def mails_to(registration):
    return [mail for mail in send_waiting_mails() if mail.participant_id == registration.participant_id]


def newest_to(registration):
    return mails_to(registration)[-1]


def test_mail_to_who_waits_says_the_number_what_comes_next_and_how_to_leave(slot):
    _first, second = join_list_in_turn(slot, "Ana Lima", "Juma Otieno")

    mail = newest_to(second)

    assert mail.subject == "Waiting list, number 2: Emissions, Thu 10 Oct, 10:00 (UTC+3)"
    for body in bodies(mail):
        assert "You are number 2 on the waiting list" in body
        assert "the first person on the list gets the place at once" in body
        assert links.cancel(second) in body
        assert links.join(second) not in body
        assert links.change_slot(second) not in body
    assert calendar_part(read_mail(mail)) is None


def test_mail_to_who_waits_offers_the_free_other_slot_first(slot, other):
    waiting = join_list(slot)

    for body in bodies(newest_to(waiting)):
        assert body.index("Take the other time slot: it has free places") < body.index("What happens next")
        assert "16:00" in body
        assert links.change_slot(waiting) in body


def test_other_slot_that_is_full_is_not_offered(slot, other):
    other.capacity = 0
    other.save()

    assert "Take the other time slot" not in text(newest_to(join_list(slot)))


def test_freed_place_comes_with_the_invitation_as_the_first_entry_of_its_uid(slot):
    waiting = join_list(slot)
    leave(seated(slot)[0])

    mail = newest_to(waiting)

    assert mail.subject == "You have a place: Emissions, Thu 10 Oct, 10:00 (UTC+3)"
    assert all(links.join(waiting) in body and links.cancel(waiting) in body for body in bodies(mail))
    calendar = text_of(calendar_part(read_mail(mail)))
    [event] = seen_by_vobject(calendar)
    assert method_of(calendar) == "REQUEST"
    assert (event["uid"], event["starts_at"]) == (waiting.uid, slot.starts_at)


def test_freed_place_answers_the_mail_of_the_list(slot):
    waiting = join_list(slot)
    send_waiting_mails()
    leave(seated(slot)[0])

    listed, moved_up = (read_mail(mail) for mail in mails_to(waiting))

    assert moved_up["In-Reply-To"] == listed["Message-ID"]


def test_who_wants_no_entries_moves_up_without_one(slot):
    waiting = join_list(slot, preferences=Preferences(calendar_entries="none"))
    leave(seated(slot)[0])

    assert calendar_part(read_mail(newest_to(waiting))) is None


def test_who_left_the_list_is_told_without_a_calendar_part(slot):
    waiting = join_list(slot)
    leave(waiting)

    mail = newest_to(waiting)

    assert mail.subject.startswith("You left the waiting list: Emissions")
    assert all(links.my_season(waiting.participant) in body for body in bodies(mail))
    assert calendar_part(read_mail(mail)) is None


def test_who_cancels_before_the_mail_of_the_freed_place_has_left_does_not_get_it(slot):
    waiting = join_list(slot)
    send_waiting_mails()
    leave(seated(slot)[0])
    leave(waiting)

    assert [mail.kind for mail in mails_to(waiting)] == ["waitlisted", "cancelled"]


# One sign-up for several sessions


def test_summary_says_for_which_sessions_one_waits(slot):
    free = OccurrenceFactory(session__season=slot.session.season, session__title="Trade")
    registrations = register(free, slot, waits_for={slot.pk})
    waiting = next(registration for registration in registrations if registration.is_waiting)

    summary, *invitations = mails_to(waiting)

    for body in bodies(summary):
        registered, listed = body.split("are taken. You are on its waiting list:")
        assert "registered for 1 session" in registered
        assert ("Trade" in registered, "Emissions" in registered) == (True, False)
        assert "You are number 1 on the waiting list." in listed
        assert links.join(waiting) not in body
    assert [mail.registration.occurrence for mail in invitations] == [free]


def test_summary_of_lists_only_has_no_calendar(slot):
    second = full_slot(session__season=slot.session.season)
    [first, _other] = register(slot, second, waits_for={slot.pk, second.pk})

    [summary] = mails_to(first)

    assert summary.subject == "You are on 2 waiting lists"
    assert "Your calendar" not in text(summary)


# Changes by staff


def test_who_waits_is_told_of_a_move_without_a_calendar_part(slot):
    waiting = join_list(slot)

    change = move(slot, DAY)

    mail = newest_to(waiting)
    assert change.people == 2
    assert mail.subject == "Moved to Fri 11 Oct, 10:00 (UTC+3): Emissions"
    assert "You stay on its waiting list, now as number 1." in text(mail)
    assert re.findall(r"^  .*your time.*", text(mail), re.MULTILINE)[1].startswith("  Thursday 10 October 2030, 10:00")
    assert calendar_part(read_mail(mail)) is None


def test_who_waits_is_told_that_the_slot_is_called_off_and_held_after_all(slot):
    waiting = join_list(slot)

    changes.call_off(occurrence_id=slot.pk, now=LATER)
    off = newest_to(waiting)
    changes.revive(occurrence_id=slot.pk, now=LATER)
    held = newest_to(waiting)

    assert off.subject.startswith("Called off: Emissions")
    assert "for which you are on the waiting list" in text(off)
    assert held.subject.startswith("Takes place after all, on Thu 10 Oct, 10:00 (UTC+3)")
    assert "You are number 1 on its waiting list." in text(held)


def test_change_taken_back_in_time_tells_who_waits_nothing(slot):
    waiting = join_list(slot)
    change = move(slot, DAY)

    changes.take_back(change_id=change.pk, now=LATER)

    assert [mail.kind for mail in mails_to(waiting)] == ["waitlisted"]


def test_who_moves_up_while_the_mail_of_a_move_waits_reads_the_new_time_in_one_mail(slot):
    waiting = join_list(slot)
    send_waiting_mails()
    move(slot, DAY)
    leave(seated(slot)[0])

    assert [mail.kind for mail in mails_to(waiting)] == ["waitlisted", "promoted"]
    [event] = seen_by_vobject(text_of(calendar_part(read_mail(newest_to(waiting)))))
    assert event["starts_at"] == slot.starts_at + DAY


def test_slot_called_off_before_the_mail_of_the_freed_place_has_left_leaves_no_entry(slot):
    waiting = join_list(slot)
    send_waiting_mails()
    leave(seated(slot)[0])
    changes.call_off(occurrence_id=slot.pk, now=LATER)

    mails = mails_to(waiting)

    assert [mail.kind for mail in mails] == ["waitlisted", "called_off"]
    calendar = CalendarStore()
    calendar.receive(*mails)
    assert calendar.entries == {}


def test_waiting_people_get_no_entry_when_they_choose_entries_by_mail(slot):
    waiting = join_list(slot, preferences=Preferences(calendar_entries="none"))

    sent = preferences.choose(participant=waiting.participant, preferences=Preferences(), now=LATER)
    assert (sent, kinds_to(waiting.participant)) == (0, ["waitlisted"])

    leave(seated(slot)[0])
    assert calendar_part(read_mail(newest_to(waiting))) is not None
