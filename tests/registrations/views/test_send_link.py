"""Having one's links sent again: alike for every address."""

import re
import time
from datetime import date, timedelta
from statistics import median

import pytest
from django.test import Client
from django.utils import timezone

from registrations.limits import rates
from registrations.mail import composing
from registrations.mail.exceptions import Outdated
from registrations.mailings import on_request
from registrations.models import Message
from tests.factories import ParticipantFactory, SeasonFactory

pytestmark = pytest.mark.django_db

PATH = "/my/send-link/"


def ask(email, client=None, **headers):
    return (client or Client()).post(PATH, {"email": email}, follow=True, **headers)


def mail_of(message) -> str:
    composing.prepare(message, now=timezone.now())
    # Only who holds the claim may write to the row, so the text is read from the object.
    return bytes(message.octets).decode().replace("=\r\n", "").replace("=3D", "=")


def coming_season(**more):
    today = timezone.now().date()
    return SeasonFactory(starts_on=today, ends_on=today + timedelta(days=60), **more)


def test_mail_lists_the_links_of_everybody_behind_the_mailbox():
    season = coming_season()
    amina = ParticipantFactory(season=season, name="Amina", email="Focal.Point@Example.net")
    omar = ParticipantFactory(season=coming_season(), name="Omar", email="focal.point@example.net")
    other = ParticipantFactory(season=season, name="Zoe")

    ask("FOCAL.POINT@example.NET")

    [message] = Message.objects.all()
    text = mail_of(message)
    assert message.recipient == "focal.point@example.net"
    assert all(f"/my/{person.key}/" in text for person in (amina, omar))
    assert other.key not in text
    assert "Amina" in text


def test_unknown_address_gets_the_same_page_and_no_mail():
    person = ParticipantFactory(season=coming_season())

    known, unknown = ask(person.email), ask("nobody@example.org")

    assert known.redirect_chain == unknown.redirect_chain
    assert without_tokens(known) == without_tokens(unknown)
    message = Message.objects.get(recipient="nobody@example.org")
    with pytest.raises(Outdated):
        composing.prepare(message, now=timezone.now())


def test_season_long_over_is_not_in_the_mail():
    old = SeasonFactory(starts_on=date(2020, 9, 1), ends_on=date(2020, 12, 1))
    person = ParticipantFactory(season=old)

    ask(person.email)

    with pytest.raises(Outdated):
        composing.prepare(Message.objects.get(), now=timezone.now())


def test_links_go_to_the_folded_address_and_to_no_other_spelling():
    """An address that only folds alike may belong to somebody else."""
    ParticipantFactory(season=coming_season(), email="kim@example.net")

    ask("KIM@\N{FULLWIDTH LATIN SMALL LETTER E}xample.net")

    assert Message.objects.get().recipient == "kim@example.net"


def test_mailbox_gets_at_most_four_mails_an_hour_whoever_asks_and_for_what():
    person = ParticipantFactory(season=coming_season())
    for number in range(8):
        ask(person.email.upper(), REMOTE_ADDR=f"203.0.113.{number}")
        Client().post("/account/sign-in/", {"email": person.email}, REMOTE_ADDR=f"198.51.100.{number}")

    assert Message.objects.filter(recipient=person.mailbox).count() == 4


def test_page_is_the_same_when_the_mailbox_has_had_its_mails():
    answers = [ask("nobody@example.org") for _ in range(6)]

    assert without_tokens(answers[0]) == without_tokens(answers[-1])


def test_one_client_cannot_ask_for_ever():
    for _ in range(rates.MAILS_ASKED_BY_A_CLIENT.times):
        rates.take(rates.MAILS_ASKED_BY_A_CLIENT, "127.0.0.1")

    answer = ask("amina@example.net")

    assert answer.status_code == 429
    assert "Too many mails were asked for from your network." in answer.content.decode()
    assert 'value="amina@example.net"' in answer.content.decode()
    assert not Message.objects.exists()


@pytest.mark.parametrize("typed", ["", "amina", "a\0b@example.net", "x" * 300 + "@example.net", '"a b"@example.net'])
def test_address_that_is_none_is_said_beside_the_field(typed):
    answer = ask(typed)

    assert answer.status_code == 422
    assert 'class="error"' in answer.content.decode()
    assert not Message.objects.exists()


def test_looking_asks_for_nothing(client):
    answers = [getattr(client, method)(PATH).status_code for method in ("get", "head")]

    assert answers == [200, 200]
    assert not Message.objects.exists()


def test_mail_that_waits_for_another_attempt_is_not_composed_anew():
    person = ParticipantFactory(season=coming_season())
    ask(person.email)
    message = Message.objects.get()
    first = mail_of(message)
    ParticipantFactory(season=person.season, email=person.email, name="Another")

    assert mail_of(message) == first


def test_answer_takes_the_same_time_for_known_and_unknown_addresses():
    known = [ParticipantFactory(season=coming_season()).email for _ in range(5)]
    times = {"known": [], "unknown": []}
    for number in range(60):
        rates.cache.clear()
        for who, address in (("known", known[number % 5]), ("unknown", f"nobody{number}@example.org")):
            began = time.perf_counter()
            on_request.send_links(mailbox=address, now=timezone.now())
            times[who].append(time.perf_counter() - began)

    assert abs(median(times["known"]) - median(times["unknown"])) < 0.05


def without_tokens(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
