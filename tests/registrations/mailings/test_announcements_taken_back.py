"""An announcement of what is published is taken back until its mails have left; nobody is told twice."""

from datetime import timedelta

import pytest

from registrations.mail import batches
from registrations.mailings import announcements
from registrations.models import Message, StaffAction
from tests.support.registrations.announcing import NOW, announce, published_session, somebody, take_back

pytestmark = pytest.mark.django_db

LATER, HOUR = NOW + timedelta(minutes=5), timedelta(hours=1)


@pytest.fixture
def session():
    return published_session()


@pytest.fixture
def people(session):
    return [somebody(session) for _each in range(3)]


def has_left(*registrations):
    theirs = Message.objects.filter(status=Message.Status.QUEUED, registration__in=registrations)
    theirs.update(status=Message.Status.SENT)


def told() -> list:
    """Who has had a mail, or will have one."""
    mails = Message.objects.exclude(status=Message.Status.DROPPED).order_by("registration")
    return list(mails.values_list("registration", flat=True))


def state(session):
    session.refresh_from_db()
    return session.announced_at


def test_nobody_hears_of_what_is_taken_back_in_time(session, people):
    announce(session)

    assert take_back(session, now=LATER) == 3

    assert told() == []
    assert StaffAction.objects.filter(action="materials-taken-back").get().after == {"mails_not_sent": 3}


def test_announced_once_more_it_goes_to_those_who_had_no_mail(session, people):
    announce(session)
    has_left(people[0])
    take_back(session, now=LATER)

    assert announce(session, now=LATER, seen=state(session)) == 2

    assert told() == [each.pk for each in people]


def test_taken_back_twice_it_still_tells_nobody_twice(session, people):
    announce(session)
    has_left(people[0])
    take_back(session, now=LATER)
    announce(session, now=LATER, seen=state(session))
    has_left(people[1])
    take_back(session, now=LATER)

    assert announce(session, now=LATER + HOUR, seen=state(session)) == 1

    assert told() == [each.pk for each in people]


def test_second_announcement_that_is_taken_back_leaves_the_first_as_it_was(session, people):
    announce(session)
    has_left(*people)
    announce(session, now=NOW + HOUR, seen=NOW)

    take_back(session, now=NOW + HOUR)
    assert told() == [each.pk for each in people]

    assert announce(session, now=NOW + 2 * HOUR, seen=state(session)) == 3


def test_worker_prepares_no_more_of_what_is_taken_back(session, people, monkeypatch):
    monkeypatch.setattr(batches, "PEOPLE_AT_ONCE", 1)
    monkeypatch.setattr(batches, "PEOPLE_A_BATCH", 1)
    announce(session)
    announcements.prepare(session_id=session.pk, now=NOW, seconds=0)

    assert take_back(session, now=LATER) == 3

    assert announcements.unprepared() == []
    assert announcements.prepare(session_id=session.pk, now=LATER, seconds=0) is False
    assert told() == []


def test_nothing_is_taken_back_twice_or_too_late(session, people):
    with pytest.raises(announcements.TooLate):
        take_back(session)
    announce(session)
    has_left(*people)
    with pytest.raises(announcements.TooLate):
        take_back(session)


def test_another_number_than_the_one_shown_tells_nobody(session, people):
    with pytest.raises(announcements.OtherNumber):
        announcements.announce(session_id=session.pk, people=2, now=NOW)

    assert told() == []
