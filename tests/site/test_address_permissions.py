"""Who gets which answer at which address; those of the staff's desk are in tests/sessions/staff/test_permissions.py."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.support import site_map
from tests.support.database_dump import whole_database
from tests.support.site_map import KEYED, OWNER, PARTICIPANT, PEOPLE, STRANGER, address, keys_of
from tests.support.staff import sign_in
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
EVERYBODY, NOBODY, LED_ON = (200,) * 7, (404,) * 7, (302,) * 7
TO_PASSWORD_FIRST = (302, 403, 200, 200, 200, 302, 200)
STAFF, STAFF_WITH_A_FACTOR = (302, 403, 200, 200, 200, 200, 200), (302, 403, 404, 404, 404, 404, 404)
# Keys that open nothing any more when the person has erased their details.
FORGOTTEN = {"person", "feed", "stop", "join", "certificate"}
# In the order of PEOPLE. Nobody of them has set up a factor of their own: the pages of one that is not there are 404.
OPEN = {
    "sessions:home": EVERYBODY,
    "sessions:seasons": EVERYBODY,
    "sessions:season": EVERYBODY,
    "sessions:season_figures": EVERYBODY,
    "sessions:season_picture": EVERYBODY,
    "sessions:session": EVERYBODY,
    "sessions:session_picture": EVERYBODY,
    "sessions:slot_calendar": EVERYBODY,
    "sessions:season_feed": EVERYBODY,
    "sessions:stream_feed": EVERYBODY,
    "sessions:session_feed": EVERYBODY,
    "sessions:material_file": EVERYBODY,
    "sessions:poster": EVERYBODY,
    "sessions:poster_sheet": EVERYBODY,
    "sessions:time_zone": EVERYBODY,
    "sessions:privacy": EVERYBODY,
    "sessions:about": EVERYBODY,
    "sessions:accessibility": EVERYBODY,
    **dict.fromkeys(("api:about", "api:start", "api:schema", "api:seasons", "api:season", "api:sessions"), EVERYBODY),
    **dict.fromkeys(("api:session", "api:slots", "api:materials", "api:figures"), EVERYBODY),
    **dict.fromkeys(("widget:about", "widget:script", "widget:fragment"), EVERYBODY),
    "sitemap": EVERYBODY,
    "sign_up:form": EVERYBODY,
    "sign_up:delegation": EVERYBODY,
    "sign_up:delegation_asked": EVERYBODY,
    "sign_up:check_your_mail": EVERYBODY,
    "sign_up:ask_speakers": LED_ON,
    "sign_up:send_link": EVERYBODY,
    "sign_up:link_sent": EVERYBODY,
    "sign_up:check": EVERYBODY,
    # Whatever the number is.
    "sign_up:check_number": EVERYBODY,
    "registrations:key_renewed": EVERYBODY,
    "registrations:erased": EVERYBODY,
    # Whatever the key is.
    "registrations:stop_next_season": EVERYBODY,
    "account_request_login_code": (200, 302, 302, 302, 302, 302, 302),
    "account_confirm_login_code": LED_ON,
    "account_logout": (302, 200, 200, 200, 200, 200, 200),
    "account_inactive": EVERYBODY,
    "account_signup": LED_ON,
    "account_registrations": (302, 200, 200, 200, 200, 200, 200),
    "account_login": (200, 302, 302, 302, 302, 302, 302),
    "account_reauthenticate": (302, 403, 200, 200, 200, 200, 200),
    "account_change_password": STAFF,
    "staff_forgotten_password": EVERYBODY,
    "staff_password_link_sent": EVERYBODY,
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


@pytest.fixture
def rows():
    return site_map.one_of_everything()


@pytest.fixture
def clients(rows):
    return site_map.everybody(rows)


def test_tables_name_every_address():
    named = {name for name, text in site_map.routes().items() if "<str:key>" not in text}

    assert (named, site_map.routes().keys() - named) == (OPEN.keys(), KEYED.keys())


@pytest.mark.thorough
def test_every_open_address_answers_each_as_the_table_says(clients, rows):
    addresses = {name: address(name, rows["values"]) for name in OPEN}

    answers = {
        name: tuple(status_at(addresses[name], clients[who]) for who in PEOPLE)
        for name in OPEN  # one line an address, so that a difference reads like the table
    }

    assert answers == OPEN


def status_at(path, client) -> int:
    """For /readyz both answers mean that it may be asked: it is not well, because no worker runs beside the tests."""
    status = client.get(path).status_code
    return 200 if (path, status) == ("/readyz", 503) else status


@pytest.mark.parametrize("who", first_always([STRANGER, "Viewer", OWNER]))
def test_each_key_opens_its_own_addresses_and_no_other(clients, rows, who):
    keys = keys_of(rows)

    opened = {
        name: [
            what
            for what, key in keys.items()
            if clients[who].get(address(name, rows["values"] | {"key": key})).status_code != 404
        ]
        for name in KEYED
    }

    assert opened == {name: [key] for name, key in KEYED.items()}


@pytest.mark.parametrize("method", first_always(["get", "post"]))
def test_wrong_keys_have_one_answer(rows, method):
    keys, before = keys_of(rows), whole_database()

    for name, right in KEYED.items():
        wrong = [key for what, key in keys.items() if what != right]
        asked = [address(name, rows["values"] | {"key": key}) for key in wrong]
        answers = {(each.status_code, each.text) for each in (getattr(Client(), method)(path) for path in asked)}
        assert len(answers) == 1, name
        assert answers.pop()[0] in (404, 405), name
    assert whole_database() == before


@pytest.mark.parametrize("who", [STRANGER, PARTICIPANT])
def test_pages_of_second_factors_take_nothing_from_who_is_not_staff(clients, rows, who):
    names = [name for name in OPEN if name.startswith("mfa_")] + ["account_change_password"]
    before = whole_database(without=["sessions.Session"])

    sent = {"code": "123456", "action": "x", "password": site_map.PASSWORD, "password1": "new", "credential": "{}"}
    answers = {name: clients[who].post(address(name, rows["values"]), sent).status_code for name in names}

    assert {name: status for name, status in answers.items() if status not in (302, 403, 404, 405)} == {}
    assert whole_database(without=["sessions.Session"]) == before


def test_key_opens_nothing_once_the_person_is_forgotten(rows):
    keys, person = keys_of(rows), rows["registration"].participant
    person.anonymised_at = person.confirmed_at
    person.save()

    opened = [
        name
        for name, key in KEYED.items()
        if key not in ("invitation", "delegation", "new password")
        and Client().get(address(name, rows["values"] | {"key": keys[key]})).status_code != 404
    ]

    assert opened == []


def test_staff_without_a_password_have_none_to_change():
    client = sign_in(Client(), User.objects.create_user("by code", is_staff=True))

    assert client.get(reverse("account_change_password")).status_code == 404
