"""A stranger with a forwarded invitation asks to be let in."""

import re

import pytest
from django.test import Client

from registrations.limits import rates
from registrations.models import AdmissionRequest, Message
from tests.factories import InvitationFactory
from tests.support.registrations.inviting import hidden_slot, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot():
    return hidden_slot(session__title="Mercury behind doors")


@pytest.fixture
def invited(slot):
    return InvitationFactory(session=slot.session, name="Amina Otieno", email="Amina@ministry.example")


def test_stranger_asks_and_the_answer_is_the_same_for_every_address(invited):
    answers = []
    for email in ("zoe@example.org", "zoe@example.org", "amina@ministry.example"):
        sent = {"name": "Zoe", "email": email, "organisation": "NGO", "words": "I work on it."}
        answers.append(Client().post(page_of(invited, "ask/"), sent, follow=True))

    assert len({re.sub(r"csrf\S+", "", answer.text) for answer in answers}) == 1
    assert "Your request is sent" in answers[0].text
    assert [asked.email for asked in AdmissionRequest.objects.order_by("pk")] == [
        "zoe@example.org",
        "amina@ministry.example",
    ]
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [{"name": "Buy at evil.example"}, {"name": "<b>"}, {"organisation": "http://x"}, {"email": "zoe"}, {"words": "\0"}],
)
def test_words_of_a_stranger_carry_no_links(client, invited, wrong):
    sent = {"name": "Zoe", "email": "zoe@example.org", "organisation": "NGO", "words": ""} | wrong

    response = client.post(page_of(invited, "ask/"), sent)

    assert response.status_code == 422
    assert 'class="error"' in response.text
    assert not AdmissionRequest.objects.exists()


def test_one_network_cannot_ask_for_ever(client, invited):
    for number in range(rates.REQUESTS_OF_A_CLIENT.times):
        client.post(page_of(invited, "ask/"), {"name": "Zoe", "email": f"zoe{number}@example.org"})

    response = client.post(page_of(invited, "ask/"), {"name": "Zoe", "email": "zoe@example.org"})

    assert response.status_code == 429
    assert 'value="zoe@example.org"' in response.text
