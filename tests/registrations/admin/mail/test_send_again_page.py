"""Staff send a mail once more."""

import pytest
from django.urls import reverse
from django.utils import timezone

from registrations.models import Message
from tests.factories import MessageFactory, OccurrenceFactory
from tests.support.messages import said
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import register

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(smtp_server):
    register(OccurrenceFactory())
    return send_waiting_mails()[0]


def page(mail):
    return reverse("admin:registrations_message_send_again", args=[mail.pk])


def test_page_asks_first(officer, mail):
    shown = officer.get(page(mail))

    assert mail.subject in shown.text
    assert mail.recipient in shown.text
    assert Message.objects.count() == 1


def test_button_sends(officer, mail, smtp_server):
    answer = officer.post(page(mail), {"times": "0"})

    send_waiting_mails()
    assert said(answer) == ["The mail is on its way once more, as of now."]
    assert len(smtp_server.mails) == 2
    assert officer.get(page(mail)).context["times"] == 1


@pytest.mark.parametrize("times", ["0", "", "x", "-1", "٣", "9" * 30, "a\x00"])
def test_old_form_sends_nothing(officer, mail, times):
    officer.post(page(mail), {"times": "0"})

    answer = officer.post(page(mail), {"times": times})

    assert "The mail was not sent again." in said(answer)
    assert Message.objects.count() == 2


def test_code_has_no_page(officer):
    code = MessageFactory(kind="sign_in_code", participant=None, recipient="a@example.org", status="sent")
    Message.objects.update(sent_at=timezone.now())

    assert said(officer.get(page(code))) == [
        "This mail went to a mailbox, not to a person. Codes to sign in are asked for anew."
    ]
