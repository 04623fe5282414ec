"""Whatever is sent to any address, the answer is never a fault of ours."""

import random
import re
import time
from email import message_from_bytes, policy

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import resolve

from registrations.models import Message
from registrations.people.preferences import USUAL
from tests.factories import (
    DelegationFactory,
    InvitationFactory,
    NextSeasonSubscriberFactory,
    OccurrenceFactory,
    RegistrationFactory,
)
from tests.support import site_map
from tests.support.registrations import mail_run
from tests.support.registrations.signing_up import details
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db

JUNK = [
    "",
    "\0",
    "a\0b",
    "x" * 20_000,
    "-1",
    "9" * 30,
    "<script>",
    "\N{TEST TUBE}",
    "../..",
    "%00",
    "' OR 1=1--",
    "{{7*7}}",
]
METHODS = ["GET", "POST", "DELETE", "BREW", "X" * 300, "HEAD", "OPTIONS", "PUT", "PATCH", "TRACE", "PROPFIND", "get"]
BODIES = [
    b"\xff\xfe=\x00",
    b"name=" + b"a" * 1_000_000,
    b"&".join(b"k%d=1" % n for n in range(10_000)),
    b"name=%ff%fe&email=%00",
    b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n' + b"a" * 1_000_000 + b"\r\n--x--\r\n",
    b'--x\r\nContent-Disposition: form-data; name="\xff\x00"; filename="\x00"\r\n\r\n\xff\r\n--x--\r\n',
    "name=\N{KELVIN SIGN}\N{LATIN SMALL LETTER LONG S}".encode("utf-16"),
]
HOSTS = ["evil.example", "localhost:8081@evil.example", "evil.example:80", "", "a b", "[::1", "x" * 900]
# Everything below is answered sooner than this.
SECONDS = 3
FORMS = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json", "nonsense"]
# A body in the form that it has or pretends to have; whatever else it could be said to be.
MATCHING = [(FORMS[body.startswith(b"--x")], body) for body in BODIES] + [(form, BODIES[0]) for form in FORMS[2:]]
OTHERS = [(form, body) for form in FORMS for body in BODIES if (form, body) not in MATCHING]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


OF_NOBODY = [
    "/",
    "/seasons/",
    "/time-zone/",
    "/privacy/",
    "/about/",
    "/accessibility/",
    "/sitemap.xml",
    "/api/",
    "/api/v1/?lang=%00",
    "/api/v1/openapi.json",
    "/api/v1/seasons/?limit=%00",
    "/widget/",
    "/widget/season.js?lang=%FF",
    "/widget/season.html?season=%00&stream=%00",
    "/healthz",
    "/robots.txt",
    "/admin/",
    "/my/%00x/",
    "/my/send-link/",
    "/my/send-link/sent/",
    "/my/new-link/sent/",
    "/my/erased/",
    "/c/",
    "/c/%00/",
    "/certificates/%00x/",
    "/certificates/%00x/erase/",
    "/certificates/%00x/certificate.pdf",
    "/join/%00/",
    "/calendars/%00x/calendar.ics",
    "/delegations/%00x/",
    "/invitation/%00x/",
    "/account/sign-in/",
    "/account/sign-in/code/",
    "/account/sign-out/",
    "/account/registrations/?next=%00",
    "/staff/sign-in/?next=%00",
    "/staff/sign-in/second-factor/",
    "/staff/sign-in/again/",
    "/staff/second-factor/",
    "/staff/second-factor/app/",
]
OF_THE_API = ["", "sessions/?stream=%00", "sessions/x/", "slots/?from=%00", "materials/?language=%00", "figures/"]
OF_A_PERSON = ["", "calendar.ics", "new-calendar-address/", "new-link/", "details/", "questions/", "mails/", "data/"]
OF_A_PERSON += [
    "data/my-data.json",
    "erase/",
    "certificates/",
    "take-part/",
    "add/",
    "recordings/",
    f"messages/{'9' * 25}/",
]
OF_A_REGISTRATION = [
    "calendar.ics",
    "calendar/",
    "time-slot/",
    "cancel/",
    "come-back/",
    "session/",
    "ask/",
    "feedback/",
    f"files/{'9' * 25}/",
]
OF_AN_INVITATION = ["", "decline/", "decline/asked/", "decline/%00/", "ask/", "asked/"]
OF_A_SEASON = ["", "?stream=%00", "figures/", "preview.png", "calendar.ics", "streams/x/calendar.ics"]
OF_A_SESSION = ["", "preview.png", "calendar.ics", f"slot-{'9' * 25}.ics"]
OF_A_SESSION += ["files/0/%00.pdf", f"files/{'9' * 25}/%00.pdf"]
OF_A_SIGN_UP = ["", "check-your-mail/", "check-your-mail/ask/", "delegation/", "delegation/check-your-mail/"]


@pytest.fixture
def addresses():
    registration = RegistrationFactory(occurrence=OccurrenceFactory())
    session, season, person = registration.session, registration.session.season, registration.participant
    invitation = InvitationFactory(opened_at=registration.registered_at)
    OccurrenceFactory(session=invitation.session)
    asked = DelegationFactory(season=season, occurrences=[registration.occurrence_id])
    found = [
        *OF_NOBODY,
        *(f"/my/{person.key}/{rest}" for rest in OF_A_PERSON),
        *(f"/my/{person.key}/{session.slug}/{rest}" for rest in OF_A_REGISTRATION),
        *(f"/invitation/{invitation.key}/{rest}" for rest in OF_AN_INVITATION),
        *(f"{season.get_absolute_url()}{rest}" for rest in OF_A_SEASON),
        *(f"/poster/{season.slug}/", f"/poster/{season.slug}/poster.pdf"),
        *(f"/api/v1/seasons/{season.slug}/{path}" for path in OF_THE_API),
        *(f"{session.get_absolute_url()}{rest}" for rest in OF_A_SESSION),
        *(f"/sign-up/{season.slug}/{rest}" for rest in OF_A_SIGN_UP),
        *(f"/calendars/{person.feed_key}/calendar.ics", f"/stop/reminders/{person.stop_key}/"),
        *(f"/reminders/{person.stop_key}/", f"/stop/next-season/{NextSeasonSubscriberFactory().stop_key}/"),
        *(f"/join/{registration.join_key}/", f"/join/{registration.join_key}/ask/", f"/delegations/{asked.key}/"),
        *(site_map.address(name, {"pk": 1, "key": "%00x"}) for name in site_map.routes() if ":" not in name),
    ]
    return list(dict.fromkeys(found))


def test_every_route_is_among_the_addresses(addresses):
    paths = [address.partition("?")[0].replace("%00", "x") for address in addresses]

    assert set(site_map.routes().values()) - {resolve(path).route for path in paths} == set()


@pytest.mark.parametrize("method", first_always(METHODS))
def test_any_method_at_any_address(visitor, addresses, method):
    answers = {address: timed(visitor.generic, method, address) for address in addresses}

    assert faults(answers) == {}


@pytest.mark.parametrize(("form", "body"), first_always(MATCHING + OTHERS), ids=range(28))
def test_any_body_at_any_address(visitor, addresses, body, form):
    answers = {address: timed(visitor.generic, "POST", address, body, content_type=form) for address in addresses}

    assert faults(answers) == {}


# The second is less than what a form may have in all.
@pytest.mark.parametrize("huge", ["x" * 1_000_000, "a." * 100_000], ids=["a million", "as much as passes"])
@pytest.mark.parametrize("field", first_always(["session", "email", *vars(details())], 2))
def test_huge_field_is_refused_at_once(visitor, field, huge):
    slot = OccurrenceFactory()
    ordinary = vars(details()) | {"email": "amina@example.org", "consent": "on", "session": slot.session.slug}

    status, seconds = timed(visitor.post, f"/sign-up/{slot.session.season.slug}/", ordinary | {field: huge})

    assert status in (400, 413, 422)
    assert seconds < SECONDS


def test_form_of_ten_thousand_fields_is_refused_at_once(visitor):
    slot = OccurrenceFactory()
    many = {f"slot-{number}": number for number in range(10_000)}

    status, seconds = timed(visitor.post, f"/sign-up/{slot.session.season.slug}/", many)

    assert (status, seconds < SECONDS) == (400, True)


@pytest.mark.parametrize("host", first_always(HOSTS))
def test_foreign_host_is_refused_everywhere_and_is_in_no_mail(visitor, addresses, host):
    slot = OccurrenceFactory()
    ordinary = vars(details()) | {"email": "amina@example.org", "consent": "on", "session": slot.session.slug}
    headers = {"Host": host, "X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}

    answers = {address: timed(visitor.get, address, headers=headers) for address in addresses}
    refused = visitor.post(f"/sign-up/{slot.session.season.slug}/", ordinary, headers=headers).status_code

    assert faults(answers) == {}
    assert (refused, Message.objects.count()) == (400, 0)


def test_links_in_mails_come_from_the_setting(visitor, settings):
    slot = OccurrenceFactory()
    ordinary = vars(details()) | {"email": "amina@example.org", "consent": "on", "session": slot.session.slug}
    headers = {"Host": "127.0.0.1", "X-Forwarded-Host": "evil.example"}

    visitor.post(f"/sign-up/{slot.session.season.slug}/", ordinary, headers=headers)

    mail = message_from_bytes(bytes(Message.objects.get().octets), policy=policy.default)
    text = mail.get_body(("plain",)).get_content()
    links = re.findall(r"https?://[^/\s]+", text + mail.get_body(("html",)).get_content())
    assert set(links) == {settings.SITE_URL}
    assert len(links) > 5


@pytest.mark.parametrize("forms", first_always([60, 1_000]))
def test_random_forms_do_no_harm_and_an_ordinary_one_works_afterwards(visitor, addresses, smtp_server, forms):
    chance = random.Random(20201015)
    slot = OccurrenceFactory()
    sign_up = f"/sign-up/{slot.session.season.slug}/"
    fields = [*vars(details()), "email", "consent", "session", "submission", "slot", "show_times", "zone", "next"]
    fields += [*vars(USUAL), "reminders", "opened", "leave_empty"]
    fields += [f"slot-{slot.session.pk}", "lines", "takes_part", "person-0-name", "person-0-email", "person-1-email"]

    for number in range(forms):
        sent = {field: chance.choice(JUNK) for field in chance.sample(fields, chance.randint(1, len(fields)))}
        # Some are nearly right, so that they come further than the first check.
        if number % 6 == 0:
            sent, address = ordinary_but(sent, slot, chance), chance.choice([sign_up, f"{sign_up}delegation/"])
        else:
            address = chance.choice(addresses)
        assert visitor.post(address, sent).status_code < 500, (address, sent)

    cache.clear()
    ordinary = vars(details()) | {"email": "juma@example.org", "consent": "on", "session": slot.session.slug}
    assert visitor.post(sign_up, ordinary).status_code == 302
    mail_run.send_waiting_mails()
    assert [mail.rcpt_tos for mail in smtp_server.mails].count(("juma@example.org",)) == 1


def ordinary_but(wrong, slot, chance) -> dict:
    """A form as people send it, with one or two of the fields from `wrong`."""
    ordinary = vars(details()) | {"email": "amina@example.org", "consent": "on", "session": slot.session.slug}
    return ordinary | {field: wrong[field] for field in chance.sample(list(wrong), min(2, len(wrong)))}


def timed(send, *args, **more) -> tuple[int, float]:
    """Status and seconds of the processor, because a busy machine keeps us waiting; of the clock a tenth counts."""
    began, busy = time.monotonic(), time.process_time()
    status = send(*args, **more).status_code
    return status, max(time.process_time() - busy, (time.monotonic() - began) / 10)


def faults(answers) -> dict:
    return {
        address: (status, seconds)
        for address, (status, seconds) in answers.items()
        if site_map.is_a_fault(address, status) or seconds > SECONDS
    }
