"""What keeps robots and mail guns out of the sign-up, and lets people through."""

import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registrations.limits import bots
from registrations.models import Message, Participant, Registration
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.support.registrations.sign_up_form import typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("within_a_minute")]

SENT_SEVERAL = "We have sent several mails to this address within the last hour."


@pytest.fixture
def address(season):
    return reverse("sign_up:form", args=[season.slug])


@pytest.fixture
def send(address, slot):
    """Sends the form of another person each time; `changes` of what they typed."""
    numbers = iter(range(10_000))

    def post(*slots, client=None, at="127.0.0.1", **changes):
        number = next(numbers)
        own = {"name": f"Amina {'x' * number}", "email": f"amina{number}@example.org", "submission": f"form-{number}"}
        return (client or Client()).post(address, typed(*(slots or [slot]), **own | changes), REMOTE_ADDR=at)

    return post


def opened(seconds_ago):
    return bots.signed(time.time() - seconds_ago)


# The mailbox


def test_mailbox_gets_four_mails_an_hour_however_it_is_written(send):
    spellings = [
        "kim@example.org",
        "KIM@example.org",
        "Kim@EXAMPLE.ORG",
        "kim@e\N{FULLWIDTH LATIN SMALL LETTER X}ample.org",
    ] * 2

    answers = [send(email=spelling, at=f"203.0.113.{n}").status_code for n, spelling in enumerate(spellings)]

    assert answers == [302] * 4 + [429] * 4
    assert Message.objects.count() == 4
    assert Registration.objects.count() == 4


@pytest.mark.parametrize(
    "variants",
    [
        [f"kim+{number}@example.org" for number in range(5)],
        ["kim@gmail.com", "k.im@gmail.com", "ki.m@gmail.com", "k.i.m@gmail.com", "kim+x@gmail.com"],
    ],
    ids=["tags", "full stops"],
)
def test_inbox_gets_four_mails_an_hour_whatever_variants_of_its_address_are_written(send, client, variants):
    client.post("/my/send-link/", {"email": variants[0]})

    answers = [send(email=each, at=f"203.0.113.{n}").status_code for n, each in enumerate(variants)]

    assert (answers, Message.objects.count()) == ([302] * 3 + [429] * 2, 4)


def test_fifth_says_when_to_try_again_and_keeps_what_was_typed(send):
    for _ in range(4):
        send(email="amina@example.org")

    answer = send(email="amina@example.org", name="Omar", timezone="Africa/Nairobi")

    assert SENT_SEVERAL in answer.text
    hour = (timezone.now() + timedelta(hours=4, minutes=1)).strftime("%H:")
    assert f"try again after {hour}" in answer.text
    assert "(Nairobi, UTC+3)" in answer.text
    assert 3500 < int(answer["Retry-After"]) <= 3601
    assert [problem.anchor for problem in answer.context["page"].problems] == ["id_email"]
    assert all(words in answer.text for words in ('value="Omar"', "Captions, please", 'value="amina@example.org"'))


def test_answer_does_not_tell_who_is_registered(send, season):
    known = RegistrationFactory(participant__season=season, participant__email="known@example.org")
    for email in (known.participant.email, "unknown@example.org"):
        for _ in range(4):
            send(email=email)

    answers = [send(email=email).text for email in (known.participant.email, "unknown@example.org")]

    assert [SENT_SEVERAL in answer for answer in answers] == [True, True]


def test_mails_asked_for_by_other_forms_count_too(send, client):
    for _ in range(3):
        client.post("/my/send-link/", {"email": "amina@example.org"})

    answers = [send(email="amina@example.org").status_code for _ in range(2)]

    assert answers == [302, 429]


def test_two_colleagues_of_a_mailbox_can_each_take_several_sessions_in_an_hour(send, slot, season):
    slots = [slot, *OccurrenceFactory.create_batch(3, session__season=season)]

    answers = [send(*slots, email="office@example.org").status_code for _ in range(3)]

    assert answers == [302, 302, 429]
    assert Participant.objects.count() == 2


def test_same_form_again_counts_once(send):
    same = {"submission": "form", "name": "Amina", "email": "amina@example.org"}

    answers = [send(**same).status_code for _ in range(6)]

    assert answers == [302] * 6
    assert (Registration.objects.count(), Message.objects.count()) == (1, 1)
    assert send(email="amina@example.org").status_code == 302


def test_form_that_got_no_seat_does_not_count_for_its_mailbox(send, season):
    full = OccurrenceFactory(session__season=season)
    full.capacity = 0
    full.save()
    for _ in range(5):
        assert send(full, email="amina@example.org").status_code == 409

    assert send(email="amina@example.org").status_code == 302


def test_mistakes_do_not_count(send):
    for _ in range(5):
        assert send(email="amina@example.org", consent=None).status_code == 422

    assert send(email="amina@example.org").status_code == 302


# Clients


@pytest.mark.thorough
def test_office_behind_one_address_signs_up_and_a_robot_is_stopped(send):
    answers = [send().status_code for _ in range(120)]

    assert answers[:50] == [302] * 50
    assert answers[80:] == [429] * 40
    assert Registration.objects.count() == 80


def test_stopped_client_reads_how_long_to_wait_and_loses_nothing(send, settings):
    settings.SIGN_UPS_A_MINUTE_OF_A_CLIENT = 0

    answer = send(name="Omar")

    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert [problem.anchor for problem in answer.context["page"].problems] == ["send"]
    assert "Nothing is lost: please press the button again in" in answer.text
    assert 'value="Omar"' in answer.text


def test_client_that_is_stopped_uses_up_no_mails_of_others(send, settings):
    settings.SIGN_UPS_A_MINUTE_OF_A_CLIENT = 0
    for _ in range(5):
        send(email="amina@example.org")
    settings.SIGN_UPS_A_MINUTE_OF_A_CLIENT = 80

    assert send(email="amina@example.org").status_code == 302


def test_valve_for_everybody_closes(send, settings):
    settings.SIGN_UPS_A_MINUTE = 0

    answer = send(at="198.51.100.7")

    assert (answer.status_code, Registration.objects.count()) == (429, 0)


def test_client_is_told_by_the_trusted_proxy_only(address, slot, settings):
    settings.SIGN_UPS_A_MINUTE_OF_A_CLIENT = 1
    settings.TRUSTED_PROXIES = 1

    def answer(number, forwarded):
        sent = typed(slot, name=f"Amina {'x' * number}", email=f"amina{number}@example.org")
        return Client().post(address, sent, headers={"X-Forwarded-For": forwarded}).status_code

    assert answer(0, "203.0.113.1") == 302
    assert answer(1, "10.0.0.1, 203.0.113.1") == 429
    assert answer(2, "203.0.113.2") == 302


# Robots


@pytest.fixture
def watchful(settings):
    settings.SIGN_UP_SECONDS = 3


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"opened": 0}, 422),
        ({"opened": 2}, 422),
        ({"opened": 4}, 302),
        ({"opened": 3 * 24 * 3600}, 302),
        ({}, 422),
        ({"opened": "1:forged"}, 422),
        ({"opened": "a\0b"}, 422),
        ({"opened": 4, "leave_empty": "http://evil.example"}, 422),
        ({"opened": 4, "leave_empty": ""}, 302),
    ],
)
def test_too_fast_or_too_eager_is_asked_to_press_again(send, watchful, sent, status):
    if isinstance(sent.get("opened"), int):
        sent = sent | {"opened": opened(sent["opened"])}

    answer = send(**sent)

    assert answer.status_code == status
    assert Message.objects.count() == (status == 302)


def test_who_was_too_fast_presses_the_button_again_and_is_in(send, watchful):
    moment = opened(4)

    first = send(name="Omar", email="omar@example.org", opened=moment, leave_empty="a password manager did it")

    assert "Please press the button once more." in first.text
    assert [problem.anchor for problem in first.context["page"].problems] == ["send"]
    assert all(words in first.text for words in ('value="Omar"', "Captions, please"))
    assert 'name="leave_empty"' not in first.text
    again = {"opened": first.context["form"].opened, "leave_empty": "once more"}
    assert send(name="Omar", email="omar@example.org", **again).status_code == 302


def test_nobody_is_asked_twice_however_fast_they_are(send, watchful):
    first = send(opened=opened(0))
    wrong = send(opened=first.context["form"].opened, email="x")

    assert (first.status_code, wrong.status_code) == (422, 422)
    assert send(opened=wrong.context["form"].opened).status_code == 302


def test_page_has_the_moment_and_the_hidden_field(client, address, slot, watchful):
    began = int(time.time())

    page = client.get(address)

    [opened] = re.findall(r'name="opened" value="([^"]+)"', page.text)
    assert '<input name="leave_empty" autocomplete="off" tabindex="-1">' in page.text
    assert began <= bots.opened_at(opened) <= time.time()


def test_button_of_the_time_zone_keeps_the_moment(client, address, slot, watchful):
    moment = opened(100)

    page = client.post(address, typed(slot, show_times="1", opened=moment))

    assert page.status_code == 200
    assert page.context["form"].opened == moment


def test_mistakes_are_said_before_the_second_press_is_asked_for(send, watchful):
    answer = send(consent=None, opened=opened(0))

    assert [problem.anchor for problem in answer.context["page"].problems] == ["id_consent"]
