"""Numbers for Prometheus: who may read them, and that they are those of the database."""

import re
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.utils import timezone

from registrations.models import Message
from tests.factories import MessageFactory, RegistrationFactory

pytestmark = pytest.mark.django_db(transaction=True)

LINE = re.compile(r'[a-z_]+(\{[a-z]+="[a-z0-9]+"\})? [0-9.e+]+')
TOKEN = "0123456789abcdef-of-the-watcher"


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture
def numbers(client, settings):
    """Call it for a dict of the lines."""
    settings.METRICS_TOKEN = TOKEN

    def read():
        text = client.get("/metrics", headers=bearer(TOKEN)).text
        return dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))

    return read


def test_nobody_reads_them_unless_a_setting_says_so(client):
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers=bearer("")).status_code == 404


def test_token_opens_them_and_another_does_not(client, settings):
    settings.METRICS_TOKEN = TOKEN

    answers = [client.get("/metrics", headers=bearer(told)).status_code for told in (TOKEN, TOKEN + "x", "", "é")]

    assert answers == [200, 404, 404, 404]


def test_allowed_network_opens_them_whatever_a_stranger_says_of_theirs(client, settings):
    settings.METRICS_ALLOWED, settings.TRUSTED_PROXIES = [ip_network("10.1.0.0/16")], 1

    def ask(forwarded):
        return client.get("/metrics", headers={"X-Forwarded-For": forwarded}).status_code

    assert [ask("10.1.2.3"), ask("10.1.2.3, 203.0.113.9"), ask("203.0.113.9, 10.1.2.3"), ask("::1")] == [
        *(200, 404, 200, 404)
    ]


def test_numbers_are_those_of_the_database(numbers):
    for status in ("queued", "queued", "failed", "sent"):
        MessageFactory(status=status)
    RegistrationFactory(registered_at=timezone.now() - timedelta(minutes=6))
    RegistrationFactory(status="cancelled")

    read = numbers()

    mails = {status: read[f'minamata_mails{{state="{status}"}}'] for status in Message.Status.values}
    assert mails == {"queued": "2", "sending": "0", "sent": "1", "failed": "1", "dropped": "0"}
    assert read['minamata_registrations{status="confirmed"}'] == "1"
    assert read["minamata_registrations_lacking_a_mail"] == "1"
    assert float(read["minamata_mail_oldest_due_seconds"]) < 60


def test_every_line_is_of_the_text_format(client, settings):
    settings.METRICS_TOKEN = TOKEN
    mail = MessageFactory()

    answer = client.get("/metrics", headers=bearer(TOKEN))

    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    samples = [line for line in answer.text.splitlines() if not line.startswith("#")]
    assert len(samples) > 8
    assert [line for line in samples if not LINE.fullmatch(line)] == []
    assert mail.recipient not in answer.text
