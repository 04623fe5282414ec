"""What staff see of a mail that does not leave by itself."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from registrations.admin.base import in_geneva
from registrations.models import Message
from tests.factories import MessageFactory, ParticipantFactory
from tests.support.registrations.reminding import post, seats
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return sign_in(Client(), User.objects.create_superuser("owner"))


def page_of(desk, mail) -> str:
    return desk.get(reverse("admin:registrations_message_change", args=[mail.pk])).text


def test_reminder_of_one_session_leads_to_the_mail_that_tells_of_several(desk):
    seats(ParticipantFactory(), 0, 3)
    post(hours=24)
    mail, first, _second = Message.objects.order_by("pk")

    text = page_of(desk, first)

    address = reverse("admin:registrations_message_change", args=[mail.pk])
    assert f'<a href="{address}">[reminder of several sessions]</a>' in text
    assert len(re.findall("in another mail", text)) == 2


def test_other_mail_leads_to_no_mail_and_is_not_written_yet(desk):
    seats(ParticipantFactory(), 0)
    post(hours=24)

    text = page_of(desk, Message.objects.get())

    assert ("in another mail" in text, "not written yet" in text) == (False, True)


def test_list_says_which_mails_came_back_and_shows_these_alone(desk):
    back = MessageFactory(status="sent", subject="Came", came_back_at=datetime(2030, 9, 8, 9, 0, tzinfo=UTC))
    MessageFactory(status="sent", subject="Stayed")
    mails = reverse("admin:registrations_message_changelist")

    page = desk.get(mails, {"came_back_at__isempty": "0"})
    assert [mail.pk for mail in page.context["cl"].result_list] == [back.pk]
    assert "sent, came back" in page.text
    assert [mail.subject for mail in desk.get(mails, {"came_back_at__isempty": "1"}).context["cl"].result_list] == [
        "Stayed"
    ]
    assert in_geneva(back.came_back_at) in page_of(desk, back)
