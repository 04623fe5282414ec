"""The mail server refuses the sender: the post is paused and goes on by itself, and no mail is lost for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registrations.mail import delivery, health
from registrations.models import Message, PostPause
from tests.factories import MessageFactory
from tests.support.registrations.mail_run import deliver

pytestmark = pytest.mark.django_db

QUEUED, SENT, FAILED = Message.Status.QUEUED, Message.Status.SENT, Message.Status.FAILED
OF_SENDER = [
    ("answer_sender", "550 5.4.5 Daily user sending limit exceeded"),
    ("answer_sender", "530 5.7.57 Client not authenticated to send mail"),
    ("answer_sender", "554 5.7.1 Your sending has been suspended, reputation"),
    ("answer_recipient", "550 5.7.708 Access denied, traffic not accepted from this IP"),
    ("answer_recipient", "530 5.7.0 Authentication required"),
    ("answer_mail", "550 5.4.5 Daily sending quota exceeded"),
]
OF_MAIL = [
    ("answer_sender", "552 5.3.4 Message size exceeds the limit"),
    ("answer_recipient", "550 5.1.1 User unknown"),
    ("answer_recipient", "550 5.7.1 You may not write to this list"),
    ("answer_mail", "554 5.6.0 Not a message"),
    ("answer_mail", "550 5.7.512 Message is not as in RFC 5322"),
]


def over():
    """The time until the next try."""
    past = timezone.now() - timedelta(seconds=1)
    PostPause.objects.update(until=past)
    Message.objects.filter(status=QUEUED, due_at__gt=past).update(due_at=past)


def relay():
    delivery.deliver_due(batch=100, seconds=5)


@pytest.mark.parametrize(("stage", "answer"), OF_SENDER)
def test_refusal_of_the_sender_pauses_the_post_and_counts_against_no_mail(smtp_server, stage, answer):
    setattr(smtp_server, stage, lambda _: answer)

    mails = deliver(MessageFactory(), MessageFactory())

    assert [(mail.status, mail.attempts, mail.refused_since) for mail in mails] == [(QUEUED, 0, None)] * 2
    [pause] = PostPause.objects.all()
    assert answer[4:] in pause.reason
    assert answer.startswith(pause.code)


@pytest.mark.parametrize(("stage", "answer"), OF_MAIL)
def test_refusal_of_one_mail_is_final_and_pauses_nothing(smtp_server, stage, answer):
    setattr(smtp_server, stage, lambda _: answer)

    [mail] = deliver(MessageFactory())

    assert (mail.status, PostPause.objects.count()) == (FAILED, 0)


def test_login_that_is_refused_pauses_the_post(smtp_server, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "events", "wrong"

    [mail] = deliver(MessageFactory())

    assert (mail.status, mail.attempts) == (QUEUED, 0)
    assert "SMTPAuthenticationError: 535 " in PostPause.objects.get().reason


def test_nothing_is_tried_in_a_pause(smtp_server):
    asked = []
    smtp_server.answer_sender = lambda sender: asked.append(sender) or "550 5.4.5 limit"
    deliver(MessageFactory())

    deliver(MessageFactory())
    relay()

    assert len(asked) == 1


def test_pauses_grow_and_end_with_the_first_mail_that_leaves(smtp_server):
    smtp_server.answer_sender = lambda sender: "550 5.4.5 limit"
    mails, lengths = [MessageFactory() for _ in range(30)], []
    for _ in range(10):
        before = timezone.now()
        deliver(*mails)
        lengths.append(round((PostPause.objects.get().until - before).total_seconds(), -1))
        over()
    assert lengths == [10, 20, 40, 60, 60, 60, 120, 300, 600, 600]

    smtp_server.answer_sender = lambda sender: None
    relay()

    assert len(smtp_server.mails) == len(mails)
    assert PostPause.objects.count() == 0


def test_one_address_with_such_an_answer_holds_up_nobody_for_long(smtp_server):
    bad, *good = [MessageFactory(recipient=f"person{number}@example.net") for number in range(4)]
    smtp_server.answer_recipient = lambda address: "550 5.7.708 no" if address == bad.recipient else None
    deliver(bad, *good)
    assert smtp_server.mails == []

    over()
    deliver(*good)
    [bad] = deliver(bad)

    assert len(smtp_server.mails) == len(good)
    assert (bad.status, PostPause.objects.count()) == (FAILED, 0)


def test_server_of_a_stranger_cannot_pause_the_post(smtp_server):
    deliver(MessageFactory(recipient="first@example.net"))
    of_stranger = [MessageFactory(recipient=f"person{number}@evil.example") for number in range(5)]
    honest = MessageFactory(recipient="amina@example.org")
    smtp_server.answer_recipient = lambda address: "550 5.7.708 no" if address.endswith("evil.example") else None

    *refused, left = deliver(*of_stranger, honest)

    assert (left.status, PostPause.objects.count()) == (SENT, 0)
    assert {(mail.status, mail.attempts) for mail in refused} == {(QUEUED, 1)}
    assert {mail.status for mail in deliver_again(refused)} == {FAILED}


def test_server_that_takes_nobody_else_pauses_the_post(smtp_server):
    deliver(MessageFactory(recipient="first@example.net"), MessageFactory(recipient="desk@minamata.test"))
    # Without a login many servers still take what is for their own domain, here the sender's.
    smtp_server.answer_recipient = lambda address: None if address.endswith("minamata.test") else "530 5.7.0 Sign in"

    [mail] = deliver(MessageFactory(recipient="amina@example.org"))

    assert (mail.status, mail.attempts, PostPause.objects.count()) == (QUEUED, 0, 1)
    assert len(smtp_server.mails) == 2


def test_server_that_refuses_the_envelope_sender_of_mails_pauses_the_post(smtp_server, settings):
    deliver(MessageFactory(recipient="first@example.net"))
    settings.BOUNCE_ADDRESS = "bounces@minamata.test"
    senders = []
    smtp_server.answer_sender = senders.append
    smtp_server.answer_recipient = lambda _: "550 5.7.60 Not as this sender" if "bounces+" in senders[-1] else None

    [mail] = deliver(MessageFactory(recipient="amina@example.org"))

    assert (mail.status, mail.attempts, PostPause.objects.count()) == (QUEUED, 0, 1)


def deliver_again(messages):
    Message.objects.unsent().update(due_at=timezone.now())
    return deliver(*messages)


def test_mail_that_paused_the_post_leaves_after_those_that_are_due(smtp_server):
    first, second = MessageFactory(), MessageFactory()
    smtp_server.answer_mail = lambda mail: "550 5.4.5 quota"
    deliver(first, second)

    assert Message.objects.get(pk=first.pk).due_at > PostPause.objects.get().until
    assert Message.objects.get(pk=second.pk).due_at < PostPause.objects.get().until


def test_report_and_page_say_why(smtp_server, admin_client):
    smtp_server.answer_sender = lambda sender: "550 5.4.5 Limit of events@minamata.test exceeded"
    deliver(MessageFactory())

    problems = health.report(timezone.now()).problems
    page = admin_client.get("/admin/registrations/message/post/").text

    assert problems == ["sending is paused, the mail server refuses the sender: 550 5.4.5"]
    assert "SMTPSenderRefused: 550 5.4.5 Limit of (address) exceeded" in page
    assert "Sending is paused since" in page


def test_days_without_a_connection_and_days_before_it_was_put_off_do_not_count(smtp_server):
    smtp_server.answer_recipient = lambda address: "451 4.7.1 greylisted"
    days_ago = timezone.now() - timedelta(days=4)
    mail = MessageFactory(queued_at=days_ago, attempts=9)

    [put_off] = deliver(mail)

    assert (put_off.status, put_off.refused_since > days_ago) == (QUEUED, True)


def test_mail_that_staff_send_again_has_three_days_anew(smtp_server):
    smtp_server.answer_recipient = lambda address: "451 4.7.1 greylisted"
    days_ago = timezone.now() - timedelta(days=4)
    mail = MessageFactory(status=FAILED, queued_at=days_ago, refused_since=days_ago)
    Message.objects.all().requeue(timezone.now())

    [put_off] = deliver(mail)

    assert put_off.status == QUEUED
