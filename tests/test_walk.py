"""Who gets which answer at which address. The staff's desk has its own table: tests/sessions/test_staff_access.py."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import get_resolver, reverse

from registrations.accounts.owners import owner_of
from sessions import staff_groups
from tests.factories import InvitationFactory, OccurrenceFactory, RegistrationFactory
from tests.sessions.uploads import material_with_file
from tests.staff import sign_in

pytestmark = pytest.mark.django_db
STRANGER, PARTICIPANT, WITHOUT_FACTOR, OWNER = "stranger", "participant", "without second factor", "owner"
PEOPLE = [STRANGER, PARTICIPANT, "Viewer", "Registration officer", "Programme editor", WITHOUT_FACTOR, OWNER]
EVERYBODY, NOBODY, LED_ON = (200,) * 7, (404,) * 7, (302,) * 7
TO_PASSWORD_FIRST = (302, 403, 200, 200, 200, 302, 200)
STAFF, STAFF_WITH_A_FACTOR = (302, 403, 200, 200, 200, 200, 200), (302, 403, 404, 404, 404, 404, 404)
# In the order of PEOPLE. Nobody of them has set up a factor of their own: the pages of one that is not there are 404.
OPEN = {
    "sessions:home": EVERYBODY,
    "sessions:seasons": EVERYBODY,
    "sessions:season": EVERYBODY,
    "sessions:session": EVERYBODY,
    "sessions:slot_calendar": EVERYBODY,
    "sessions:season_feed": EVERYBODY,
    "sessions:stream_feed": EVERYBODY,
    "sessions:session_feed": EVERYBODY,
    "sessions:material_file": EVERYBODY,
    "sessions:time_zone": EVERYBODY,
    "sessions:privacy": EVERYBODY,
    "registrations:sign_up": EVERYBODY,
    "registrations:delegation": EVERYBODY,
    "registrations:check_your_mail": EVERYBODY,
    "registrations:send_link": EVERYBODY,
    "registrations:link_sent": EVERYBODY,
    "registrations:erased": EVERYBODY,
    "account_request_login_code": (200, 302, 302, 302, 302, 302, 302),
    "account_confirm_login_code": LED_ON,
    "account_logout": (302, 200, 200, 200, 200, 200, 200),
    "account_inactive": EVERYBODY,
    "account_signup": LED_ON,
    "account_registrations": (302, 200, 200, 200, 200, 200, 200),
    "account_login": (200, 302, 302, 302, 302, 302, 302),
    "account_reauthenticate": (302, 403, 200, 200, 200, 200, 200),
    "account_change_password": STAFF,
    "mfa_authenticate": LED_ON,
    "mfa_reauthenticate": (302, 403, 302, 302, 302, 302, 302),
    "mfa_reauthenticate_webauthn": (302, 403, 302, 302, 302, 302, 302),
    "mfa_index": STAFF,
    "mfa_activate_totp": TO_PASSWORD_FIRST,
    "mfa_deactivate_totp": STAFF_WITH_A_FACTOR,
    "mfa_list_webauthn": STAFF,
    "mfa_add_webauthn": TO_PASSWORD_FIRST,
    "mfa_remove_webauthn": (302, 403, 404, 404, 404, 302, 404),
    "mfa_view_recovery_codes": STAFF_WITH_A_FACTOR,
    "mfa_generate_recovery_codes": TO_PASSWORD_FIRST,
    "mfa_download_recovery_codes": STAFF_WITH_A_FACTOR,
    "favicon.ico": LED_ON,
    "robots.txt": EVERYBODY,
    "healthz": EVERYBODY,
    "readyz": EVERYBODY,
    "metrics": NOBODY,
}
# The one key that opens it; whoever has it may come in, and all others are as good as none.
KEYED = {
    "registrations:my_season": "person",
    "registrations:take_part": "person",
    "registrations:details": "person",
    "registrations:mails": "person",
    "registrations:own_data": "person",
    "registrations:own_data_file": "person",
    "registrations:erase": "person",
    "registrations:my_calendar": "person",
    "registrations:change_slot": "person",
    "registrations:cancel": "person",
    "registrations:come_back": "person",
    "registrations:session_calendar": "person",
    "registrations:renew_feed_key": "person",
    "registrations:own_session": "person",
    "registrations:own_file": "person",
    "registrations:invitation": "invitation",
    "registrations:decline_invitation": "invitation",
    "registrations:ask_for_admission": "invitation",
    "registrations:asked_for_admission": "invitation",
    "registrations:own_feed": "feed",
    "registrations:stop": "stop",
    "registrations:join": "join",
}
PASSWORD = "a long password for tests"


@pytest.fixture
def rows():
    registration = RegistrationFactory(occurrence=OccurrenceFactory())
    session = registration.session
    material = material_with_file(session=session)
    return {
        "registration": registration,
        "invitation": InvitationFactory(),
        "values": {
            "season": session.season.slug,
            "stream": session.stream.slug,
            "slug": session.slug,
            "number": registration.occurrence.pk,
            "pk": material.pk,
            "filename": material.file.name.rpartition("/")[2],
            "what": "reminders",
        },
    }


@pytest.fixture
def clients(rows):
    staff_groups.set_up()
    users = {name: User.objects.create_user(name, password=PASSWORD, is_staff=True) for name in staff_groups.GROUPS}
    for name, user in users.items():
        user.groups.add(Group.objects.get(name=name))
    users[OWNER] = User.objects.create_superuser(OWNER, password=PASSWORD)
    users[PARTICIPANT] = owner_of(rows["registration"].participant.mailbox)
    signed_in = {name: sign_in(Client(), user) for name, user in users.items()}
    signed_in[WITHOUT_FACTOR] = Client()
    signed_in[WITHOUT_FACTOR].force_login(User.objects.create_user("new", password=PASSWORD, is_staff=True))
    return signed_in | {STRANGER: Client()}


def routes():
    """Of all addresses outside the staff's desk the name, or the text where it has none, and what stands in it."""
    return dict(_walk(get_resolver().url_patterns, "", ""))


def _walk(patterns, space, before):
    for pattern in patterns:
        text = before + str(pattern.pattern)
        if not hasattr(pattern, "url_patterns"):
            yield (f"{space}{pattern.name}" if pattern.name else text), text
        elif pattern.namespace != "admin":
            yield from _walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space, text)


def address(name, text, values) -> str:
    needed = re.findall(r"<\w+:(\w+)>", text)
    return reverse(name, kwargs={each: values[each] for each in needed}) if name != text else f"/{text}"


def keys_of(rows) -> dict[str, str]:
    registration, person = rows["registration"], rows["registration"].participant
    return {
        "person": person.key,
        "feed": person.feed_key,
        "stop": person.stop_key,
        "join": registration.join_key,
        "invitation": rows["invitation"].key,
        "the number": str(person.pk),
        "nobody": "A" * 24,
        "nothing sound": "%00%FF",
    }


def test_tables_name_every_address():
    named = {name for name, text in routes().items() if "<str:key>" not in text}

    assert (named, routes().keys() - named) == (OPEN.keys(), KEYED.keys())


def test_every_open_address_answers_each_as_the_table_says(clients, rows):
    addresses = {name: address(name, routes()[name], rows["values"]) for name in OPEN}

    answers = {
        name: tuple(clients[who].get(addresses[name]).status_code for who in PEOPLE)
        for name in OPEN  # one line an address, so that a difference reads like the table
    }

    assert answers == OPEN


@pytest.mark.parametrize("who", [STRANGER, "Viewer", OWNER])
def test_each_key_opens_its_own_addresses_and_no_other(clients, rows, who):
    keys = keys_of(rows)

    opened = {
        name: [
            what
            for what, key in keys.items()
            if clients[who].get(address(name, routes()[name], rows["values"] | {"key": key})).status_code != 404
        ]
        for name in KEYED
    }

    assert opened == {name: [key] for name, key in KEYED.items()}


@pytest.mark.parametrize("method", ["get", "post"])
def test_wrong_keys_have_one_answer(rows, method):
    keys = keys_of(rows)

    for name, right in KEYED.items():
        wrong = [key for what, key in keys.items() if what != right]
        asked = [address(name, routes()[name], rows["values"] | {"key": key}) for key in wrong]
        answers = {(each.status_code, each.text) for each in (getattr(Client(), method)(path) for path in asked)}
        assert len(answers) == 1, name
        assert answers.pop()[0] in (404, 405), name


def test_key_opens_nothing_once_the_person_is_forgotten(rows):
    keys, person = keys_of(rows), rows["registration"].participant
    person.anonymised_at = person.confirmed_at
    person.save()

    opened = [
        name
        for name, key in KEYED.items()
        if key != "invitation"
        and Client().get(address(name, routes()[name], rows["values"] | {"key": keys[key]})).status_code != 404
    ]

    assert opened == []


def test_staff_without_a_password_have_none_to_change():
    client = sign_in(Client(), User.objects.create_user("by code", is_staff=True))

    assert client.get(reverse("account_change_password")).status_code == 404
