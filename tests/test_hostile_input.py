"""Whatever is sent to any address, the answer is never a fault of ours."""

import random

import pytest
from django.test import Client

from registrations.models import Message
from tests.factories import OccurrenceFactory, RegistrationFactory
from tests.registrations.signing_up import details

pytestmark = pytest.mark.django_db

JUNK = [
    "",
    "\0",
    "a\0b",
    "x" * 100_000,
    "-1",
    "9" * 30,
    "<script>",
    "\N{TEST TUBE}",
    "../..",
    "%00",
    "' OR 1=1--",
    "{{7*7}}",
]
METHODS = ["get", "head", "options", "post", "put", "patch", "delete", "trace"]
BODIES = [b"\xff\xfe=\x00", b"a" * 300_000, b"&".join(b"k%d=1" % n for n in range(10_000)), b"name=%ff%fe&email=%00"]
FORMS = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "nonsense"]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.fixture
def addresses():
    registration = RegistrationFactory(occurrence=OccurrenceFactory())
    session, season = registration.session, registration.session.season
    mine = f"/my/{registration.participant.key}/"
    one = f"{mine}{session.slug}/"
    public = [
        "/",
        "/seasons/",
        "/time-zone/",
        "/privacy/",
        "/healthz",
        "/robots.txt",
        "/admin/",
        "/my/send-link/",
        "/my/send-link/sent/",
        "/account/sign-in/",
        "/account/sign-in/code/",
        "/account/sign-out/",
        "/account/registrations/?next=%00",
        "/staff/sign-in/?next=%00",
        "/staff/sign-in/second-factor/",
        "/staff/sign-in/again/",
        "/staff/second-factor/",
        "/staff/second-factor/app/",
        f"{season.get_absolute_url()}?stream=%00",
    ]
    ics = [f"{session.get_absolute_url()}slot-{'9' * 25}.ics", f"{mine}calendar.ics", f"{one}calendar.ics"]
    ics += [f"{season.get_absolute_url()}calendar.ics", f"{season.get_absolute_url()}streams/x/calendar.ics"]
    ics += [f"{session.get_absolute_url()}calendar.ics", "/calendars/%00x/calendar.ics"]
    ics += [f"/calendars/{registration.participant.feed_key}/calendar.ics"]
    ics += [f"{session.get_absolute_url()}files/{number}/%00.pdf" for number in ("0", "9" * 25)]
    personal = [
        mine,
        f"{mine}new-calendar-address/",
        f"{mine}details/",
        f"{mine}mails/",
        f"/stop/reminders/{registration.participant.stop_key}/",
        f"{one}time-slot/",
        f"{one}cancel/",
        f"{one}come-back/",
    ]
    doors = [f"/join/{registration.join_key}/", "/join/%00/", "/my/%00x/"]
    sign_up = [f"/sign-up/{season.slug}/", f"/sign-up/{season.slug}/check-your-mail/"]
    return public + ics + personal + doors + sign_up + [session.get_absolute_url(), season.get_absolute_url()]


@pytest.mark.parametrize("method", METHODS)
def test_any_method_at_any_address(visitor, addresses, method):
    answers = {address: getattr(visitor, method)(address).status_code for address in addresses}

    assert {address: status for address, status in answers.items() if status >= 500} == {}


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("form", FORMS)
def test_any_body_at_any_address(visitor, addresses, body, form):
    answers = {address: visitor.generic("POST", address, body, content_type=form).status_code for address in addresses}

    assert {address: status for address, status in answers.items() if status >= 500} == {}


def test_random_forms_do_no_harm_and_an_ordinary_one_works_afterwards(visitor, addresses):
    chance = random.Random(20201015)
    slot = OccurrenceFactory()
    sign_up = f"/sign-up/{slot.session.season.slug}/"
    fields = [*vars(details()), "email", "consent", "session", "submission", "slot", "show_times", "zone", "next"]
    fields += ["calendar_entries", "wants_reminders", "wants_announcements"]

    for _ in range(300):
        sent = {field: chance.choice(JUNK) for field in chance.sample(fields, chance.randint(1, len(fields)))}
        address = chance.choice([*addresses, sign_up])
        assert visitor.post(address, sent).status_code < 500, (address, sent)

    ordinary = vars(details()) | {"email": "amina@example.org", "consent": "on", "session": slot.session.slug}
    assert visitor.post(sign_up, ordinary).status_code == 302
    assert Message.objects.filter(recipient="amina@example.org").count() == 1
