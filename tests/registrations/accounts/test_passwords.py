"""A forgotten password of staff: one answer for all addresses, and a link that does not get round the second factor."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from registrations.models import Message, StaffAction
from registrations.people.staff import behind
from tests.factories import ParticipantFactory
from tests.support.registrations.colleagues import administrator, link_in
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.sessions.audit import recorded
from tests.support.staff import PASSWORD, SECOND_STEP, SECRET, SIGN_IN, sign_in

pytestmark = pytest.mark.django_db

PATH = "/staff/sign-in/forgotten/"
NEW = "another long password"
CHOSEN = {"new_password1": NEW, "new_password2": NEW}


def ask(email, **headers):
    return Client().post(PATH, {"email": email}, follow=True, **headers)


def test_known_and_unknown_addresses_have_one_answer_and_the_known_one_a_mail():
    owner, participant = administrator(), ParticipantFactory()

    answers = [ask(each) for each in (owner.email, "nobody@example.org", participant.email)]

    assert {(each.status_code, each.text, tuple(each.redirect_chain)) for each in answers} == {
        (200, answers[0].text, ((f"{PATH}sent/", 302),))
    }
    assert [mail.recipient for mail in send_waiting_mails()] == [owner.email]


def test_new_password_asks_for_the_second_factor_as_before_and_ends_other_sign_ins(client):
    owner = administrator()
    TOTP.activate(owner, SECRET)
    elsewhere = sign_in(Client(), owner)
    ask(owner.email)

    client.post(link_in("staff_password"), CHOSEN)

    assert client.get("/admin/").status_code == 302
    answer = client.post(SIGN_IN, {"login": owner.username, "password": NEW, "next": "/admin/"})
    assert answer.url.partition("?")[0] == SECOND_STEP
    assert client.get("/admin/").status_code == 302
    assert elsewhere.get("/admin/").status_code == 302


def test_own_new_password_is_on_the_audit_trail_and_ends_other_sign_ins(client):
    owner = administrator()
    elsewhere = sign_in(Client(), owner)
    sign_in(client, owner)
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}

    refused = client.post(reverse("account_change_password"), typed | {"oldpassword": "a wrong one"})
    nothing_recorded = not StaffAction.objects.exists()
    client.post(reverse("account_change_password"), typed)

    assert (refused.status_code, nothing_recorded) == (200, True)
    assert recorded("action", "by_name", "about") == [("password-changed", owner.username, owner.username)]
    assert User.objects.get(pk=owner.pk).check_password(NEW)
    assert [each.get("/admin/").status_code for each in (client, elsewhere)] == [200, 302]


def test_signing_in_makes_the_link_void(client):
    owner = administrator()
    ask(owner.email)
    link = link_in("staff_password")
    before = client.get(link).status_code

    client.post(SIGN_IN, {"login": owner.username, "password": PASSWORD})

    assert (before, Client().get(link).status_code) == (200, 404)


def test_who_was_removed_gets_no_link():
    owner = administrator()
    owner.is_active = False
    owner.save()

    ask(owner.email)

    assert send_waiting_mails() == []


def test_address_that_only_a_database_takes_for_the_same_gets_nothing():
    administrator("mike")

    assert behind("m\N{LATIN SMALL LETTER DOTLESS I}ke@example.org") == []


def test_mailbox_gets_four_mails_an_hour_at_most_and_the_answer_stays_the_same():
    owner = administrator()

    answers = {ask(owner.email).text for _ in range(6)}

    assert (len(answers), Message.objects.count()) == (1, 4)


def test_what_is_no_address_is_said_beside_the_field():
    answer = ask("nobody")

    assert (answer.status_code, 'aria-invalid="true"' in answer.text, "nobody" in answer.text) == (422, True, True)
