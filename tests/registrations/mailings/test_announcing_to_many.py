"""An announcement to thousands is stored at once; the worker prepares its mails, a batch at a time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import seed
from registrations.enrolment import preferences
from registrations.mail import batches, health
from registrations.mailings import announcements
from registrations.models import Message, Participant, StaffAction
from registrations.people.preferences import Preferences
from sessions.models import Session
from tests.support.registrations.announcing import NOW, announce, published_session, somebody

pytestmark = pytest.mark.django_db

MANY = pytest.mark.usefixtures("many_people")
MINUTE = timedelta(minutes=1)
TEN_THOUSAND = 10_000


def prepare(session, now=NOW, seconds=60):
    """With no seconds one batch; returns whether some are left."""
    return announcements.prepare(session_id=session.pk, now=now, seconds=seconds)


def announced_to(number):
    session = published_session()
    people = [somebody(session) for _each in range(number)]
    assert announce(session) == number
    session.refresh_from_db()
    return session, people


def recipients():
    return list(Message.objects.order_by("pk").values_list("registration", flat=True))


@MANY
def test_announcement_stores_no_mail_and_says_to_how_many():
    session, _people = announced_to(3)

    assert (session.announced_at, session.announcement_prepared_at, Message.objects.count()) == (NOW, None, 0)
    assert StaffAction.objects.get(action="announced").after == {"mails": 3}


@MANY
def test_worker_prepares_a_batch_at_a_time_and_each_person_has_one_mail():
    session, people = announced_to(5)

    left = [prepare(session, now=NOW + MINUTE, seconds=0) for _turn in range(4)]

    session.refresh_from_db()
    assert left == [True, True, False, False]
    assert recipients() == [each.pk for each in people]
    assert session.announcement_prepared_at == NOW + MINUTE


@MANY
def test_mails_wait_for_the_recall_window_from_the_announcement_on(settings):
    session, _people = announced_to(1)

    prepare(session, now=NOW + 5 * MINUTE)

    assert Message.objects.get().due_at == NOW + timedelta(minutes=settings.RECALL_MINUTES)


@MANY
def test_beat_finds_what_nobody_has_prepared_and_nothing_else():
    session, _people = announced_to(3)
    prepare(session, seconds=0)
    published_session()

    assert announcements.unprepared() == [session.pk]
    prepare(session)
    assert announcements.unprepared() == []


@MANY
def test_announcing_again_while_mails_are_being_prepared_tells_nobody_twice():
    session, people = announced_to(3)
    prepare(session, seconds=0)

    assert announce(session, now=NOW + MINUTE) == 0
    prepare(session)

    assert recipients() == [each.pk for each in people]


@MANY
def test_who_stops_announcements_meanwhile_gets_none():
    session, [first, second, third] = announced_to(3)
    prepare(session, seconds=0)

    unwanted = Preferences("mail", wants_announcements=False)
    preferences.choose(participant=third.participant, preferences=unwanted, now=NOW)
    prepare(session)

    assert recipients() == [first.pk, second.pk]


@MANY
def test_who_asks_after_all_are_prepared_gets_none():
    session, _people = announced_to(1)
    prepare(session)

    somebody(session)

    assert (prepare(session), announcements.number_to_prepare(Session.objects.get())) == (False, 0)
    assert len(recipients()) == 1


@MANY
def test_mails_that_nobody_prepares_are_a_problem_of_the_post_after_five_minutes():
    announced_to(1)

    assert health.report(NOW + 5 * MINUTE).problems == []
    assert health.report(NOW + 6 * MINUTE).problems == ["mails to many have not been prepared for 360 s"]


def test_announcement_to_a_few_needs_no_worker():
    session, _people = announced_to(2)

    assert (session.announcement_prepared_at, len(recipients())) == (NOW, 2)


def test_ten_thousand_people_cost_the_request_no_row_each():
    session = published_session()
    seed.people(session.season, TEN_THOUSAND, slots=[session.occurrences.get()], tag="many-", at=NOW)
    Participant.objects.update(wants_announcements=True)

    with CaptureQueriesContext(connection) as queries:
        people = announce(session)

    assert len(queries) <= 14
    assert (people, Message.objects.count()) == (TEN_THOUSAND, 0)
    assert prepare(session, seconds=0)
    assert Message.objects.count() == batches.PEOPLE_A_BATCH
