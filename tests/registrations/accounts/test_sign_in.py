"""Signing in by a code from a mail, and all registrations of a mailbox in one place."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from registrations.accounts.owners import owner_of
from registrations.models import Message
from registrations.people import accounts
from tests.factories import OccurrenceFactory, ParticipantFactory, RegistrationFactory, SeasonFactory
from tests.support.registrations.account_sign_in import CODE_PATH, PATH, PLACE, ask, code_in, code_sent, signed_in
from tests.support.registrations.sign_up_form import typed as typed_in_sign_up

pytestmark = pytest.mark.django_db


def code_stored(client) -> str:
    return client.session["account_login"]["state"]["stages"]["login_by_code"]["data"].get("code", "")


def test_code_from_the_mail_opens_all_registrations_of_the_mailbox(client):
    old, new = SeasonFactory(title="Old"), SeasonFactory(title="New")
    people = [
        ParticipantFactory(season=old, name="Amina", email="amina@example.net"),
        ParticipantFactory(season=new, name="Amina", email="Amina@Example.net"),
        ParticipantFactory(season=new, name="Omar", email="amina@example.net"),
    ]
    stranger = ParticipantFactory(season=new, name="Zoe")

    page = signed_in(client, "AMINA@example.net")

    text = page.content.decode()
    assert page.redirect_chain[-1][0] == PLACE
    assert all(f"/my/{person.key}/" in text for person in people)
    assert stranger.key not in text
    headers = {name: page[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")}
    assert headers == {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "strict-origin"}


def test_place_is_closed_to_strangers(client):
    assert client.get(PLACE).url.partition("?")[0] == PATH


def test_page_costs_the_same_queries_with_one_and_three_people(client, django_assert_max_num_queries):
    first = RegistrationFactory()
    season, email = first.participant.season, first.participant.email
    signed_in(client, email)
    counts = []
    for _ in range(2):
        with django_assert_max_num_queries(20) as queries:
            client.get(PLACE)
        counts.append(len(queries))
        [ParticipantFactory(season=season, email=email) for _ in range(2)]

    assert counts[0] == counts[1]


def test_unknown_address_sees_the_same_and_gets_one_mail_without_a_code():
    person = ParticipantFactory()
    first, second = Client(), Client()

    known, unknown = ask(first, person.email), ask(second, "nobody@example.org")

    assert known.redirect_chain == unknown.redirect_chain
    assert comparable(known, person.email) == comparable(unknown, "nobody@example.org")
    kinds = dict(Message.objects.values_list("recipient", "kind"))
    assert kinds == {person.email: "sign_in_code", "nobody@example.org": "nobody_registered"}
    assert not User.objects.filter(email="nobody@example.org").exists()


def test_address_that_looks_like_a_link_is_in_no_text_of_a_mail(client):
    ask(client, "evil.example.com@example.org")

    [message] = Message.objects.all()
    _head, _blank, text = bytes(message.octets).decode().partition("\r\n\r\n")
    assert message.kind == "nobody_registered"
    assert "evil.example" not in text + message.subject


def other_digits(zero, code) -> str:
    return "".join(chr(ord(zero) + int(each)) if each.isdecimal() else each for each in code)


@pytest.mark.parametrize(
    "write",
    [
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", "\N{NON-BREAKING HYPHEN}"),
        lambda code: code.replace("-", "\N{EN DASH}"),
        lambda code: code.replace("-", " \N{FULLWIDTH HYPHEN-MINUS} "),
        lambda code: f" {code}\N{ZERO WIDTH SPACE}",
        lambda code: other_digits("\N{FULLWIDTH DIGIT ZERO}", code),
        lambda code: other_digits("\N{ARABIC-INDIC DIGIT ZERO}", code),
        lambda code: other_digits("\N{EXTENDED ARABIC-INDIC DIGIT ZERO}", code),
        lambda code: other_digits("\N{DEVANAGARI DIGIT ZERO}", code),
    ],
)
def test_code_may_be_typed_in_other_digits_and_dashes(client, write):
    ask(client, ParticipantFactory().email)

    answer = client.post(CODE_PATH, {"code": write(code_sent())})

    assert (answer.status_code, answer.url) == (302, PLACE)


def test_form_that_is_open_in_another_tab_can_still_be_sent_after_signing_in():
    browser = Client(enforce_csrf_checks=True)
    slot = OccurrenceFactory()
    email = ParticipantFactory(season=slot.session.season).email
    sign_up = f"/sign-up/{slot.session.season.slug}/"
    # Given a form that is open
    token = token_in(browser.get(sign_up))
    # When the same person signs in in another tab
    for path, typed in ((PATH, {"email": email}), (CODE_PATH, {"code": code_sent})):
        own = {name: value() if callable(value) else value for name, value in typed.items()}
        browser.post(path, own | {"csrfmiddlewaretoken": token_in(browser.get(path))})

    answer = browser.post(sign_up, typed_in_sign_up(slot) | {"csrfmiddlewaretoken": token})

    # Then the form is taken
    assert browser.get(PLACE).status_code == 200
    assert (answer.status_code, answer.url) == (302, f"{sign_up}check-your-mail/")


def token_in(page) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]


def test_wrong_code_says_the_same_for_known_and_unknown_addresses():
    person = ParticipantFactory()
    pages = []
    for email in (person.email, "nobody@example.org"):
        client = Client()
        ask(client, email)
        pages.append([client.post(CODE_PATH, {"code": typed}, follow=True) for typed in ("0", "", "1", "2")])

    known, unknown = pages
    assert [comparable(page, person.email) for page in known] == [
        comparable(page, "nobody@example.org") for page in unknown
    ]


def test_three_wrong_codes_end_the_code(client):
    person = ParticipantFactory()
    ask(client, person.email)
    right = code_sent()
    for typed in ("1111-1111", "2222-2222", "3333-3333"):
        client.post(CODE_PATH, {"code": typed})

    client.post(CODE_PATH, {"code": right})

    assert client.get(PLACE).status_code == 302


def test_code_that_no_mail_brings_is_there_for_nobody_to_guess():
    person = ParticipantFactory()
    guessers = [Client() for _ in range(6)]
    for guesser in guessers:
        ask(guesser, person.email)

    can_be_guessed = [bool(code_stored(guesser)) for guesser in guessers]

    assert Message.objects.filter(kind="sign_in_code").count() == 4
    assert can_be_guessed == [True] * 4 + [False] * 2


def test_code_of_another_browser_opens_nothing(client):
    person = ParticipantFactory()
    ask(Client(), person.email)
    ask(client, "nobody@example.org")

    client.post(CODE_PATH, {"code": code_in(Message.objects.get(kind="sign_in_code"))})

    assert client.get(PLACE).status_code == 302


def test_code_works_for_a_quarter_of_an_hour_and_its_mail_too(client, monkeypatch):
    person = ParticipantFactory()
    ask(client, person.email)
    later = time.time() + 16 * 60
    message = Message.objects.get()
    monkeypatch.setattr(time, "time", lambda: later)

    client.post(CODE_PATH, {"code": code_sent()})

    assert client.get(PLACE).status_code == 302
    assert (message.expires_at - message.queued_at).total_seconds() == 900


def test_staff_cannot_read_the_code_in_the_list_of_mails(admin_client):
    person = ParticipantFactory()
    ask(Client(), person.email)

    shown = admin_client.get("/admin/registrations/message/").content.decode()

    assert "Your code to sign in" in shown
    assert code_sent() not in shown


def test_code_never_signs_in_a_member_of_staff(client):
    person = ParticipantFactory()
    owner_of(person.mailbox)
    User.objects.update(is_staff=True)

    ask(client, person.email)

    assert Message.objects.get().kind == "nobody_registered"


def test_staff_with_the_same_address_stay_another_user(client):
    person = ParticipantFactory()
    staff = User.objects.create_superuser("staff", email=person.email, password="a long password")

    signed_in(client, person.email)

    assert client.session["_auth_user_id"] != str(staff.pk)
    assert client.get("/admin/", follow=True).status_code == 403


def test_link_in_the_mailbox_of_another_spelling_is_no_way_in(client):
    ParticipantFactory(email="kim@example.net")

    ask(client, "KIM@\N{FULLWIDTH LATIN SMALL LETTER E}xample.net")

    assert Message.objects.get().recipient == "kim@example.net"


def test_signing_out_closes_the_place(client):
    person = ParticipantFactory()
    signed_in(client, person.email)

    client.get("/account/sign-out/")
    still = client.get(PLACE).status_code
    client.post("/account/sign-out/")

    assert (still, client.get(PLACE).status_code) == (200, 302)


def test_forgotten_mailbox_has_no_account_any_more(client):
    person = ParticipantFactory()
    signed_in(client, person.email)

    accounts.forget([person.mailbox])

    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    assert client.get(PLACE).status_code == 302


@pytest.mark.parametrize(
    "path", ["/account/sign-up/", "/account/login/", "/accounts/signup/", "/account/password/reset/"]
)
def test_nobody_makes_an_account_with_a_password(client, path):
    answer = client.post(path, {"username": "x", "password1": "a long password", "password2": "a long password"})

    assert answer.status_code in (302, 404, 405)
    assert not User.objects.exists()


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example"])
def test_sign_in_leads_to_no_other_site(client, then):
    person = ParticipantFactory()
    client.post(PATH, {"email": person.email, "next": then})

    answer = client.post(f"{CODE_PATH}?next={then}", {"code": code_sent(), "next": then})

    assert answer.url == PLACE


def test_answer_takes_the_same_time_for_known_and_unknown_addresses():
    times = {"known": [], "unknown": []}
    for number in range(15):
        cache.clear()
        known = ParticipantFactory().email
        for who, address in (("known", known), ("unknown", f"nobody{number}@example.org")):
            client = Client()
            began = time.perf_counter()
            client.post(PATH, {"email": address})
            times[who].append(time.perf_counter() - began)

    # The quickest of each: whatever else the machine does only adds to the others.
    assert abs(min(times["known"]) - min(times["unknown"])) < 0.05


def comparable(response, email) -> str:
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return text.replace(email, "address")
