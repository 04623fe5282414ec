"""What happens by itself in a season: at the hours at which it will, to as many people as it will."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.feedback import window
from registrations.mailings import reminders
from registrations.models import Circular, Feedback, Message
from registrations.presenters.staff import timetable
from registrations.privacy import retention
from registrations.rehearsals import moments
from sessions.models import Session
from tests.factories import MessageFactory, OccurrenceFactory, ParticipantFactory, RegistrationFactory
from tests.support.registrations.circulars import SUBJECT, circular_on_pages
from tests.support.staff import member

pytestmark = pytest.mark.django_db
NOW = datetime(2030, 10, 1, tzinfo=UTC)
START = datetime(2030, 10, 8, 7, 0, tzinfo=UTC)


@pytest.fixture
def slot():
    return OccurrenceFactory(starts_at=START, session__title="Air", session__season__reminder_hours="24, 1")


def events(slot, now=NOW):
    return timetable.of_season(slot.session.season, now=now)


def hours_of(found):
    """When something happens, in hours before the start, by its words."""
    return {event.words: (START - event.at) / timedelta(hours=1) for event in found if event.has_hour}


def test_day_of_a_slot_with_two_reminders(slot):
    found = events(slot)

    assert hours_of(found) == {
        "Reminder, 1 day before": 24,
        "Reminder, 1 hour before": 1,
        "The meeting opens for people with a place": 0.25,
        "It begins": 0,
        "It is over; its page says so": -1,
    }
    assert [event.at for event in found] == sorted(event.at for event in found)


def test_what_was_is_left_out(slot):
    assert set(hours_of(events(slot, START))) == {"It is over; its page says so"}


def test_registration_opens_and_closes_and_a_draft_has_to_be_published_first(slot):
    opens, closes = NOW + timedelta(days=1), NOW + timedelta(days=3)
    Session.objects.update(registration_opens_at=opens, registration_closes_at=closes)
    assert [(event.at, event.words) for event in events(slot)[:2]] == [
        (opens, "Registration opens"),
        (closes, "Registration closes"),
    ]

    Session.objects.update(is_published=False)
    assert events(slot)[0].words == "Registration opens once it is published: it is a draft"


def test_slot_that_was_called_off_has_nothing_to_come(slot):
    OccurrenceFactory(session=slot.session, starts_at=START + timedelta(hours=8), called_off_at=NOW)

    assert len(hours_of(events(slot))) == 5


def test_as_many_are_reminded_as_were_counted_before(slot):
    """One wants all, one the last alone, one none; one has left, one waits, and one has not said yes."""
    season = slot.session.season
    for wish in ({}, {"unwanted_leads": [24]}, {"wants_reminders": False}, {"confirmed_at": None}):
        RegistrationFactory(occurrence=slot, participant=ParticipantFactory(season=season, **wish))
    RegistrationFactory(occurrence=slot, status="cancelled")
    RegistrationFactory(occurrence=slot, status="waitlisted", waiting_since=NOW)

    counted = [event.people for event in events(slot) if event.words.startswith("Reminder")]
    posted = [reminders.post_due(now=START - timedelta(hours=hours)) for hours in (24, 1)]

    assert counted == posted == [1, 2]
    assert Message.objects.count() == 3


def test_who_waits_is_counted_at_the_start(slot):
    slot.taken, slot.waiting = 40, 3
    slot.save()

    found = {event.words: event.people for event in events(slot)}

    assert found["The meeting opens for people with a place"] == 40
    assert found["It begins; who waits for a place gets none any more"] == 3


@pytest.mark.parametrize(("role", "is_named"), [("Viewer", False), ("Programme editor", True)])
def test_letter_is_named_to_who_may_read_letters(client, slot, role, is_named):
    circular_on_pages(slot.session, at=timezone.now() + timedelta(minutes=5))
    Circular.objects.update(people=1)

    page = member(client, role).get(reverse("admin:online_sessions_season_timetable", args=[slot.session.season_id]))

    assert ("Your letter leaves" in page.text, SUBJECT in page.text) == (True, is_named)


def test_feedback_closes_at_the_moment_that_is_named_and_a_rehearsal_stops_there_once_somebody_has_answered(slot):
    season, [closing] = slot.session.season, [event for event in events(slot) if "feedback" in event.words]
    before, later = closing.at - timedelta(hours=1), closing.at + timedelta(hours=1)
    nobody = closing.is_stop, moments.following(season, after=before, until=later)

    Feedback.objects.create(session=slot.session)

    [answered] = [event for event in events(slot) if "feedback" in event.words]
    assert nobody == (False, later)
    assert (answered.is_stop, moments.following(season, after=before, until=later)) == (True, closing.at)
    assert [window.has_closed(slot.session, at) for at in (before, closing.at)] == [False, True]


def test_details_are_erased_on_the_day_that_is_named(slot):
    RegistrationFactory(occurrence=slot)

    *_before, over, erasing = events(slot)

    assert (over.has_hour, erasing.has_hour, erasing.people) == (False, False, 1)
    assert retention.preview(now=erasing.at - timedelta(seconds=1)).people == 0
    assert retention.preview(now=erasing.at).people == 1


def test_texts_of_mails_go_in_the_night_that_is_named(slot, settings):
    """Of one person two mails left on the first day and one of another the next day; a third person's mail waits."""
    first, next_day = NOW - timedelta(days=3), NOW - timedelta(days=2)
    settings.MAIL_TERM_DAYS = 30
    ana, ben, eva = RegistrationFactory.create_batch(3, occurrence=slot)
    for registration, at in ((ana, first), (ana, first), (ben, next_day)):
        MessageFactory(registration=registration, status="sent", queued_at=at, sent_at=at)
    MessageFactory(registration=eva, queued_at=first)

    [going] = [event for event in events(slot) if "texts of mails" in event.words]

    assert (going.people, going.has_hour) == (1, False)
    assert retention.preview(now=going.at - timedelta(days=1)).mails == 0
    assert retention.apply(now=going.at).mails == 2
    [next_going] = [event for event in events(slot, going.at) if "texts of mails" in event.words]
    assert (next_going.people, next_going.at - going.at) == (1, timedelta(days=1))


def test_without_a_mail_that_has_left_no_texts_go(slot):
    MessageFactory(registration=RegistrationFactory(occurrence=slot))
    other = RegistrationFactory()
    MessageFactory(registration=other, status="sent", queued_at=NOW, sent_at=NOW)

    assert other.session.season != slot.session.season
    assert not [event for event in events(slot) if "texts of mails" in event.words]
