"""RFC 8058: one click of a mail program, or of a person, ends a kind of mail; nothing else does."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registrations import links
from registrations.mail import notices
from registrations.models import Participant
from registrations.people.preferences import MAIL_PREFERENCES
from tests.factories import ParticipantFactory, RegistrationFactory
from tests.support.calendars import read_mail

pytestmark = pytest.mark.django_db
WANTS_ALL = dict.fromkeys(MAIL_PREFERENCES, True)
ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
def person():
    return ParticipantFactory(**{preference.column: True for preference in MAIL_PREFERENCES.values()})


def address(person, what):
    return reverse("registrations:stop", args=[what, person.stop_key])


def preferences(person):
    person.refresh_from_db()
    return {what: getattr(person, preference.column) for what, preference in MAIL_PREFERENCES.items()}


@pytest.mark.parametrize("what", MAIL_PREFERENCES)
@pytest.mark.parametrize(
    ("body", "form"),
    [
        (ONE_CLICK, "application/x-www-form-urlencoded"),
        (
            '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        ("", "application/x-www-form-urlencoded"),
        (b"\xff\x00" * 200_000, "nonsense"),
    ],
)
def test_one_click_without_login_cookie_or_token_stops_this_kind_only(person, what, body, form):
    mail_program = Client(enforce_csrf_checks=True)

    response = mail_program.generic("POST", address(person, what), body, content_type=form)

    assert (response.status_code, response.cookies) == (200, {})
    assert preferences(person) == WANTS_ALL | {what: False}


@pytest.mark.parametrize("what", MAIL_PREFERENCES)
@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete", "patch"])
def test_nothing_but_the_post_changes_anything(client, person, what, method):
    getattr(client, method)(address(person, what))

    assert preferences(person) == WANTS_ALL


def test_page_asks_with_one_button_and_answers_with_the_way_back(client, person):
    asked = client.get(address(person, "reminders"))
    done = client.post(address(person, "reminders"))

    assert asked.text.count("<button") == 1
    assert "No more reminders of" in asked.text
    assert "You get no more reminders of" in done.text
    assert "Choose my mails" in done.text


def again(person):
    return reverse("registrations:reminders", args=[person.stop_key])


def test_page_after_the_click_offers_each_reminder_again_and_none_is_ticked(client, person):
    done = client.post(address(person, "reminders"))

    form = done.context["page"].form
    assert [(choice.choice_label, choice.data["selected"]) for choice in form["reminders"]] == [
        ("3 days before each session", False),
        ("1 day before each session", False),
        ("1 hour before each session", False),
    ]
    assert f'action="{again(person)}"' in done.text


@pytest.mark.parametrize(
    ("ticked", "stored", "words"),
    [
        ([1], (True, [72, 24]), "We remind you 1 hour before each session."),
        ([72, 24, 1], (True, []), "We remind you 3 days, 1 day and 1 hour before each session."),
        ([], (False, [72, 24, 1]), "You get no more reminders of"),
    ],
)
def test_reminders_chosen_there_come_again(person, ticked, stored, words):
    browser = Client(enforce_csrf_checks=True)
    browser.post(address(person, "reminders"))

    response = browser.post(again(person), {"reminders": ticked})

    person.refresh_from_db()
    assert (response.status_code, response.cookies) == (200, {})
    assert (person.wants_reminders, person.unwanted_leads) == stored
    assert words in response.text


def test_page_of_reminders_shows_what_comes_and_looking_changes_nothing(client, person):
    Participant.objects.update(unwanted_leads=[72])

    response = client.get(again(person))

    person.refresh_from_db()
    assert [choice.data["selected"] for choice in response.context["form"]["reminders"]] == [False, True, True]
    assert (person.wants_reminders, person.unwanted_leads) == (True, [72])


def test_reminder_that_is_not_offered_is_refused_on_that_page(client, person):
    response = client.post(again(person), {"reminders": ["48"]})

    assert (response.status_code, "This season sends other reminders now." in response.text) == (422, True)


def test_season_that_sends_no_reminders_any_more_offers_none(client, person):
    person.season.reminder_hours = "none"
    person.season.save()

    pages = [client.post(address(person, "reminders")), client.get(again(person))]

    assert [page.text.count('type="checkbox"') for page in pages] == [0, 0]


def test_stopping_twice_is_stopping_once(client, person):
    answers = [client.post(address(person, "reminders")) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("method", ["get", "post"])
def test_page_leads_to_nothing_else_of_the_person_and_is_kept_from_caches_and_search_engines(client, person, method):
    response = getattr(client, method)(address(person, "reminders"))

    assert not any(secret in response.text for secret in (person.key, person.feed_key, person.name, person.email))
    headers = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    assert [response[header] for header in headers] == ["no-store", "noindex", "no-referrer"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_wrong_key_or_kind_has_the_usual_answer_and_stops_nothing(client, person, method):
    wrong = ["/stop/reminders/nobody/", f"/stop/everything/{person.stop_key}/", f"/stop/reminders/{person.key}/"]
    wrong += [f"/stop/reminders/{person.feed_key}/", "/stop/reminders/a%00b/", f"/stop/%00/{person.stop_key}/"]

    answers = [getattr(client, method)(path) for path in wrong]

    assert [answer.status_code for answer in answers] == [404] * len(wrong)
    assert all("This link does not work" in answer.text for answer in answers)
    assert preferences(person) == WANTS_ALL


def test_key_to_stop_opens_no_other_page(client, person):
    paths = [f"/my/{person.stop_key}/", f"/join/{person.stop_key}/", f"/calendars/{person.stop_key}/calendar.ics"]

    assert [client.get(path).status_code for path in paths] == [404, 404, 404]


# The headers


STOPPABLE = {
    "reminders": lambda registration, now: notices.reminder(registration, message_id="<a@minamata.test>", now=now),
    "announcements": lambda registration, now: notices.announcement(registration, now=now),
}


@pytest.mark.parametrize("what", STOPPABLE)
@pytest.mark.parametrize("is_rehearsal", [False, True])
def test_mail_that_nobody_must_get_has_the_headers_and_a_link_to_see(what, is_rehearsal):
    registration = RegistrationFactory()
    registration.session.season.is_rehearsal = is_rehearsal

    message = STOPPABLE[what](registration, timezone.now())

    mail, stop = read_mail(message), links.stop(registration.participant, what)
    assert mail["List-Unsubscribe"] == f"<{stop}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"\nList-Unsubscribe: <{stop}>\r\n".encode() in bytes(message.octets)
    assert stop in mail.get_body(("plain",)).get_content()
    assert f'href="{stop}"' in mail.get_body(("html",)).get_content()
    assert registration.participant.key not in stop


def test_long_host_does_not_break_the_header(settings):
    settings.SITE_URL = f"https://{'online.' * 20}example.org"

    mail = read_mail(STOPPABLE["reminders"](RegistrationFactory(), timezone.now()))

    assert re.fullmatch(r"<https://\S+>", mail["List-Unsubscribe"])


@pytest.mark.parametrize(
    "compose",
    [
        lambda registration, now: notices.confirmation(registration.participant, [registration], now=now)[0],
        lambda registration, now: notices.cancelled(registration, now=now),
        lambda registration, now: notices.called_off(registration, now=now),
        lambda registration, now: notices.already_registered(registration.participant, now=now),
    ],
)
def test_mails_of_the_service_have_no_such_header(compose):
    mail = read_mail(compose(RegistrationFactory(), timezone.now()))

    assert mail["List-Unsubscribe"] is mail["List-Unsubscribe-Post"] is None
    assert Participant.objects.get().stop_key not in mail.as_string()
