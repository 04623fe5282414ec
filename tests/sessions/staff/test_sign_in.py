"""How staff sign in: password, second factor, limits, and nobody in who should not be."""

import logging
import re

import pytest
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests.factories import ParticipantFactory
from tests.support.staff import PASSWORD, SECOND_STEP, SECRET, SIGN_IN, code, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return User.objects.create_superuser("owner", password=PASSWORD)


@pytest.fixture
def owner_with_app(owner):
    TOTP.activate(owner, SECRET)
    return owner


def type_password(client, name="owner", password=PASSWORD, then="/admin/", **headers):
    return client.post(SIGN_IN, {"login": name, "password": password, "next": then}, **headers)


def is_open(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_desk_leads_to_the_sign_in_and_knows_no_other(client):
    response = client.get("/admin/online_sessions/season/", follow=True)

    assert [address.partition("?")[0] for address, _status in response.redirect_chain] == ["/admin/login/", SIGN_IN]
    assert client.post("/admin/login/", {"username": "owner", "password": PASSWORD}).status_code == 302


def test_code_asked_for_as_a_participant_and_not_typed_leads_no_staff_away(client, owner_with_app):
    client.post("/account/sign-in/", {"email": ParticipantFactory().email})

    page = client.get(SIGN_IN)
    after_password = type_password(client)

    assert (page.status_code, 'name="password"' in page.text) == (200, True)
    assert after_password.url.partition("?")[0] == SECOND_STEP
    client.post(SECOND_STEP, {"code": code()})
    assert is_open(client)


@pytest.mark.parametrize("zero", ["\N{FULLWIDTH DIGIT ZERO}", "\N{ARABIC-INDIC DIGIT ZERO}"])
def test_code_of_the_app_may_be_typed_in_other_digits(client, owner_with_app, zero):
    type_password(client)

    client.post(SECOND_STEP, {"code": " ".join(chr(ord(zero) + int(each)) for each in code())})

    assert is_open(client)


def test_password_alone_opens_nothing_but_the_set_up(client, owner):
    type_password(client)

    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0] == reverse("mfa_index")
    assert not is_open(client)


def test_app_is_set_up_after_the_password_and_opens_the_desk(client, owner):
    type_password(client)
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="secret"[^>]*>(\w+)<', page)[1]

    response = client.post(reverse("mfa_activate_totp"), {"code": code(secret)}, follow=True)

    assert "Recovery codes" in response.content.decode()
    assert is_open(client)


def test_wrong_code_sets_up_nothing(client, owner):
    type_password(client)
    client.get(reverse("mfa_activate_totp"))

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert "This code is not right, or it was used before: each code works once." in response.content.decode()
    assert not Authenticator.objects.exists()


def test_code_that_was_used_says_that_the_next_one_is_needed(client, owner_with_app):
    used = code()
    type_password(client)
    client.post(SECOND_STEP, {"code": used})
    elsewhere = Client()
    type_password(elsewhere)

    response = elsewhere.post(SECOND_STEP, {"code": used})

    assert "it was used before: each code works once. Please wait for the next one" in response.text
    assert is_open(client)
    assert not is_open(elsewhere)


def test_password_and_code_open_the_desk(client, owner_with_app):
    assert type_password(client).url.partition("?")[0] == SECOND_STEP
    assert not is_open(client)

    response = client.post(SECOND_STEP, {"code": code()})

    assert response.url == "/admin/"
    assert is_open(client)


def test_code_works_once(owner_with_app):
    first, second = Client(), Client()
    type_password(first)
    type_password(second)
    typed = {"code": code()}
    first.post(SECOND_STEP, typed)

    second.post(SECOND_STEP, typed)

    assert (is_open(first), is_open(second)) == (True, False)


def test_recovery_code_opens_the_desk_once(client, owner_with_app):
    [recovery, *_others] = RecoveryCodes.activate(owner_with_app).get_unused_codes()
    second = Client()
    for browser in (client, second):
        type_password(browser)
        browser.post(SECOND_STEP, {"code": recovery})

    assert (is_open(client), is_open(second)) == (True, False)


def test_session_from_before_the_set_up_proves_the_factor_first(owner):
    old = Client()
    type_password(old)
    TOTP.activate(owner, SECRET)

    shown = [old.get(reverse(name)).status_code for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn")]
    led_to = old.get("/admin/", follow=True).redirect_chain[-1][0]
    old.post(reverse("mfa_reauthenticate"), {"code": code(), "next": "/admin/"})

    assert shown == [302, 302, 302]
    assert led_to.partition("?")[0] == reverse("mfa_reauthenticate")
    assert is_open(old)


def test_app_is_removed_only_by_who_shows_a_factor_again(client, owner_with_app):
    sign_in(client, owner_with_app)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()

    response = client.post(reverse("mfa_deactivate_totp"))

    assert response.status_code == 302
    assert Authenticator.objects.exists()


def test_without_any_factor_left_the_desk_asks_for_a_new_one(client, owner_with_app):
    sign_in(client, owner_with_app)
    client.post(reverse("mfa_deactivate_totp"))
    client.post(reverse("account_logout"))

    type_password(client)

    assert not is_open(client)


@pytest.mark.parametrize("name", ["mfa_index", "mfa_activate_totp", "mfa_list_webauthn", "account_change_password"])
def test_pages_of_the_second_factor_are_for_staff(client, name):
    stranger = client.get(reverse(name))
    client.force_login(User.objects.create_user("participant"))

    assert stranger.url.startswith(SIGN_IN)
    assert client.get(reverse(name)).status_code == 403


def test_guessing_stops_within_twenty_tries(owner_with_app):
    guesses = [type_password(Client(), password=f"guess {number}") for number in range(20)]
    right = type_password(Client())

    assert "Too many tries" in guesses[-1].content.decode()
    assert "Too many tries" in right.content.decode()


def test_guessing_many_names_stops_within_twenty_tries(owner):
    for number in range(20):
        type_password(Client(), name=f"name{number}", password="guess")

    assert "Too many tries" in type_password(Client()).content.decode()


def test_guesses_from_elsewhere_do_not_lock_the_owner_out(client, owner_with_app):
    for number in range(20):
        type_password(Client(), password=f"guess {number}", REMOTE_ADDR="203.0.113.7")

    assert type_password(client).status_code == 302


def test_own_success_is_not_counted(owner_with_app):
    answers = [type_password(Client()).status_code for _ in range(20)]

    assert answers == [302] * 20


def test_client_does_not_choose_its_own_address(owner):
    for number in range(20):
        type_password(Client(), password="guess", HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")

    assert "Too many tries" in type_password(Client()).content.decode()


def test_behind_a_proxy_clients_are_told_apart_by_what_it_adds(owner_with_app, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(20):
        type_password(Client(), password="guess", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 203.0.113.7")

    attacker = type_password(Client(), HTTP_X_FORWARDED_FOR="192.0.2.1, 203.0.113.7")
    other = type_password(Client(), HTTP_X_FORWARDED_FOR="192.0.2.1")

    assert "Too many tries" in attacker.content.decode()
    assert other.status_code == 302


def test_guessing_codes_stops(client, owner_with_app):
    type_password(client)
    for _ in range(20):
        client.post(SECOND_STEP, {"code": "000000"})

    client.post(SECOND_STEP, {"code": code()})

    assert not is_open(client)


def test_failures_are_logged_without_the_password(client, owner_with_app, caplog):
    with caplog.at_level(logging.WARNING):
        type_password(client, name="owner\nforged", password="secret guess")
        type_password(client)
        client.post(SECOND_STEP, {"code": "000000"})

    words = [record.getMessage() for record in caplog.records]
    assert "sign-in as 'owner\\nforged' from 127.0.0.1 failed" in words
    assert "second factor of 'owner' failed" in words
    assert "secret guess" not in caplog.text


def test_name_that_is_not_there_looks_like_a_wrong_password(owner):
    wrong, unknown = (type_password(Client(), name=name, password="guess") for name in ("owner", "nobody"))

    assert body_without_tokens(wrong).replace("owner", "nobody") == body_without_tokens(unknown)


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_sign_in_leads_to_no_other_site(client, owner_with_app, then):
    type_password(client, then=then)

    assert client.post(SECOND_STEP, {"code": code()}).url == "/admin/"


def test_second_factor_can_be_left_out_by_a_setting_of_development_only(client, owner, settings):
    settings.STAFF_SECOND_FACTOR = False
    type_password(client)

    assert is_open(client)


def test_fixture_of_the_tests_is_what_a_sign_in_leaves_behind(client, owner_with_app, rf):
    type_password(client)
    client.post(SECOND_STEP, {"code": code()})
    request = rf.get("/")
    request.session = client.session

    assert get_authentication_records(request, owner_with_app)[-1]["method"] == "mfa"


def body_without_tokens(response) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
