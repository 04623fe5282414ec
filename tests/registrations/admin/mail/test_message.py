"""What staff see of a mail that does not leave by itself."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from registrations.models import Message
from tests.factories import ParticipantFactory
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
