"""Staff say that nothing more is to be done about a failure."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User

from registrations.mail import health, outbox, settling
from registrations.mail.bounces import recording
from registrations.mail.bounces.statuses import Verdict
from registrations.models import Mailbox, Message, StaffAction
from tests.factories import MessageFactory, OccurrenceFactory
from tests.support.registrations.signing_up import NOW, register

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=6)


@pytest.fixture
def staff():
    return User.objects.create_user("luis")


@pytest.fixture
def failed():
    """The confirmation of somebody who mistyped their address."""
    register(OccurrenceFactory())
    Message.objects.update(status="failed", last_error="SMTPRecipientsRefused: 550 5.1.1 User unknown")
    return Message.objects.get()


@pytest.fixture
def came_back(failed):
    """The same, where another mail server says so after ours had taken the mail."""
    Message.objects.update(status="sent", sent_at=NOW, came_back_at=NOW, last_error="550 5.1.1 User unknown")
    return Message.objects.get()


def settle(mail, by=None):
    return settling.settle(mails=[mail.pk], mailboxes=[], by=by, now=LATER)


@pytest.mark.parametrize("trouble", ["failed", "came_back"])
def test_person_whose_mail_is_settled_lacks_nothing_any_more(request, trouble, staff):
    mail = request.getfixturevalue(trouble)
    assert health.report(LATER).lacking == 1

    assert settle(mail, by=staff) == 1

    report = health.report(LATER)
    assert (report.lacking, report.problems, report.failed) == (0, [], 0)
    action = StaffAction.objects.get()
    assert (action.action, action.by_name, action.after) == ("failures-settled", "luis", {"mails": 1, "mailboxes": 0})


@pytest.mark.parametrize("kind", ["summary", "delegation"])
def test_settled_mail_about_several_sessions_counts_for_each(failed, kind):
    person = failed.registration.participant
    Message.objects.update(kind=kind, participant=person, registration=None)
    assert health.report(LATER).lacking == 1

    settle(failed)

    assert health.report(LATER).lacking == 0


def test_opened_again_it_counts_as_before(failed, staff):
    settle(failed)

    assert settling.open_again(mails=[failed.pk], mailboxes=[], by=staff) == 1

    report = health.report(LATER)
    assert (report.lacking, report.failed) == (1, 1)
    assert StaffAction.objects.latest("pk").action == "failures-opened"


def test_mail_that_came_back_is_opened_again(came_back, staff):
    settle(came_back)

    assert settling.open_again(mails=[came_back.pk], mailboxes=[], by=staff) == 1

    assert health.report(LATER).lacking == 1


def test_mail_that_fails_after_it_counts(failed):
    settle(failed)
    about = {"registration": failed.registration, "participant": failed.registration.participant}

    MessageFactory(kind="rescheduled", status="failed", queued_at=NOW, **about)

    assert health.report(LATER).lacking == 1


def test_mail_that_is_sent_again_is_not_settled_any_more(failed, staff):
    settle(failed, by=staff)

    outbox.requeue_failed(mails=Message.objects.all(), now=LATER)

    failed.refresh_from_db()
    assert (failed.status, failed.settled_at, failed.settled_by) == (Message.Status.QUEUED, None, None)


@pytest.mark.parametrize("status", ["queued", "sending", "sent", "dropped"])
def test_only_failures_are_settled(failed, status):
    Message.objects.update(status=status)

    assert settle(failed) == 0
    assert not StaffAction.objects.exists()


def test_mailbox_is_settled_until_it_fails_again():
    recording.record("ana@example.net", Verdict.BAD, "5.1.1", "User unknown", now=NOW)
    [mailbox] = Mailbox.objects.to_see_to()

    assert settling.settle(mails=[], mailboxes=[mailbox.pk], by=None, now=LATER) == 1
    assert not Mailbox.objects.to_see_to().exists()
    assert list(Mailbox.objects.in_trouble()) == [mailbox]

    recording.record("ana@example.net", Verdict.BAD, "5.1.1", "User unknown", now=LATER)
    assert list(Mailbox.objects.to_see_to()) == [mailbox]


def test_mailbox_is_opened_again():
    recording.record("ana@example.net", Verdict.BAD, "5.1.1", "User unknown", now=NOW)
    pks = list(Mailbox.objects.values_list("pk", flat=True))
    settling.settle(mails=[], mailboxes=pks, by=None, now=LATER)

    assert settling.open_again(mails=[], mailboxes=pks, by=None) == 1
    assert Mailbox.objects.to_see_to().exists()
