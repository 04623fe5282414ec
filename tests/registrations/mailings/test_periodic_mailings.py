"""Each mailing that a periodic task starts: posted once, to those whom it is for, as long as it is of use.

A new module of `registrations/mailings` is a row of `MAILINGS`, or it is excepted with a reason.
"""

import pkgutil
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from registrations import mailings, tasks
from registrations.mail import composing
from registrations.mail.exceptions import Outdated
from registrations.mail.kinds import MAIL_KINDS
from registrations.mailings import reminders
from registrations.models import Message
from registrations.people.preferences import MAIL_PREFERENCES
from sessions.models import Occurrence
from tests.factories import RegistrationFactory
from tests.support.races import race

pytestmark = pytest.mark.django_db

STARTS_AT = datetime(2030, 10, 8, 7, 0, tzinfo=UTC)
# A mail that is due a day before or after its session still leaves when nothing ran for so long.
OUTAGE = timedelta(hours=6)
# Its function `post_due(now=…)`, and a moment at which it posts mails about a slot that starts at STARTS_AT.
MAILINGS = {"reminders": (reminders.post_due, STARTS_AT - timedelta(hours=24))}
# The task that calls this function.
TASKS = {"reminders": tasks.post_reminders}
NOT_PERIODIC = {
    "announcements": "Staff press a button, and the worker prepares the mails; nothing is due.",
    "on_request": "Each mail answers somebody who typed an address.",
}
PEOPLE_WITHOUT_MAIL = {
    "cancelled": {"status": "cancelled"},
    "waiting": {"status": "waitlisted"},
    "named and not confirmed": {"participant__confirmed_at": None},
    "in a slot that was called off": {"occurrence__called_off_at": STARTS_AT - timedelta(days=3)},
    "not wanting it": {f"participant__{preference.column}": False for preference in MAIL_PREFERENCES.values()},
}


def seat(**more):
    wanted = {f"participant__{preference.column}": True for preference in MAIL_PREFERENCES.values()}
    return RegistrationFactory(**wanted | {"occurrence__starts_at": STARTS_AT} | more)


def test_each_module_is_in_the_table_or_not_periodic_for_a_reason():
    modules = {module.name for module in pkgutil.iter_modules(mailings.__path__)}

    assert modules == {*MAILINGS, *NOT_PERIODIC}, f"add a row to MAILINGS in {__name__}, or say why there is none"


@pytest.mark.parametrize("name", MAILINGS)
def test_beat_starts_the_task_that_posts_the_mail(name):
    _post_due, due = MAILINGS[name]
    # So that it is due now: tasks ask the clock by themselves.
    begins = timezone.now() + (STARTS_AT - due)
    gets_it = seat(occurrence__starts_at=begins, registered_at=begins - timedelta(days=30))

    TASKS[name]()

    assert TASKS[name].name in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert [mail.registration for mail in Message.objects.all()] == [gets_it]


@pytest.mark.parametrize("name", MAILINGS)
def test_mail_is_posted_once_however_often_the_task_runs(name):
    post_due, due = MAILINGS[name]
    seat()

    numbers = [post_due(now=due), post_due(now=due), post_due(now=due + timedelta(minutes=1))]

    assert (numbers, Message.objects.count()) == ([1, 0, 0], 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", MAILINGS)
def test_mail_is_posted_once_when_two_tasks_run_at_once(name):
    post_due, due = MAILINGS[name]
    seat()

    race(4, lambda _number: post_due(now=due))

    assert Message.objects.count() == 1


@pytest.mark.parametrize("who", PEOPLE_WITHOUT_MAIL)
@pytest.mark.parametrize("name", MAILINGS)
def test_mail_is_for_people_who_want_it_and_have_a_seat_in_a_session_that_is_held(name, who):
    post_due, due = MAILINGS[name]
    seat(**PEOPLE_WITHOUT_MAIL[who])
    gets_it = seat()

    post_due(now=due)

    assert [mail.registration for mail in Message.objects.all()] == [gets_it]


@pytest.mark.parametrize("name", MAILINGS)
def test_kind_of_the_mail_can_be_stopped(name):
    post_due, due = MAILINGS[name]
    seat()

    post_due(now=due)

    assert MAIL_KINDS[Message.objects.get().kind].preference in MAIL_PREFERENCES


@pytest.mark.parametrize("name", MAILINGS)
def test_mail_does_not_leave_once_its_slot_is_at_a_later_time(name):
    post_due, due = MAILINGS[name]
    seat()
    post_due(now=due)
    later = STARTS_AT + timedelta(days=30)

    Occurrence.objects.update(starts_at=later, ends_at=later + timedelta(hours=1))

    with pytest.raises(Outdated, match="another time"):
        composing.prepare(Message.objects.get(), now=due)


@pytest.mark.parametrize("name", MAILINGS)
def test_task_that_runs_after_an_outage_still_posts_the_mail(name):
    post_due, due = MAILINGS[name]
    seat()

    assert post_due(now=due + OUTAGE) == 1


@pytest.mark.parametrize("name", MAILINGS)
def test_mail_waits_for_the_mail_server_during_an_outage_and_not_for_ever(name):
    post_due, due = MAILINGS[name]
    seat()
    post_due(now=due)
    mail = Message.objects.get()

    composing.prepare(mail, now=due + OUTAGE)

    assert mail.subject
    assert mail.expires_at is not None, "say until when the mail is of use"
    with pytest.raises(Outdated, match="Too late"):
        composing.prepare(mail, now=mail.expires_at + timedelta(seconds=1))
