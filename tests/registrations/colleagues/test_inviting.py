"""A colleague is invited by mail, and comes in by a link that works once."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client

from registrations.colleagues import inviting, membership
from registrations.models import Message, StaffAction
from sessions.staff import password_links, roles
from tests.support.registrations.colleagues import EMAIL, administrator, invited, link_in, shown, who_came_in
from tests.support.registrations.mail_run import send_waiting_mails
from tests.support.registrations.signing_up import NOW
from tests.support.staff import PASSWORD, SIGN_IN

pytestmark = pytest.mark.django_db

CHOSEN = {"new_password1": PASSWORD, "new_password2": PASSWORD}


def test_link_lets_the_colleague_choose_a_password_once(client):
    user = invited(by=administrator(), role="Registration officer")
    link = link_in("staff_invitation")

    shown = client.get(link)
    chosen = client.post(link, CHOSEN)
    again = [client.get(link).status_code, client.post(link, CHOSEN | {"new_password1": "x"}).status_code]

    user.refresh_from_db()
    assert (shown.status_code, "luis.ortega" in shown.text) == (200, True)
    assert (chosen.status_code, chosen.url, user.check_password(PASSWORD)) == (302, SIGN_IN, True)
    assert again == [404, 404]
    assert "_auth_user_id" not in client.session


def test_after_the_password_the_second_factor_is_set_up_before_the_desk_opens(client):
    invited(by=administrator())
    client.post(link_in("staff_invitation"), CHOSEN)

    client.post(SIGN_IN, {"login": "luis.ortega", "password": PASSWORD})
    page = client.get("/admin/", follow=True)

    assert page.redirect_chain[-1][0] == "/staff/second-factor/"


def test_password_that_is_too_easy_is_refused_beside_its_field(client):
    invited(by=administrator())
    link = link_in("staff_invitation")

    answer = client.post(link, {"new_password1": "short", "new_password2": "short"})

    assert (answer.status_code, 'aria-invalid="true"' in answer.text) == (422, True)


def test_link_ends_with_its_term(client, monkeypatch):
    invited(by=administrator())
    link = link_in("staff_invitation")

    monkeypatch.setitem(password_links.TERMS, password_links.INVITATION, timedelta(seconds=-1))

    assert client.get(link).status_code == 404


def test_invitation_has_its_role_and_is_on_the_audit_trail():
    owner = administrator()

    user = invited(by=owner, role="Registration officer")

    assert (roles.of(user), user.is_staff, user.has_usable_password()) == ("Registration officer", True, False)
    action = StaffAction.objects.get()
    assert (action.action, action.made_by, action.about) == ("colleague-invited", owner, "luis.ortega")
    assert action.after == {"role": "Registration officer", "email": EMAIL}


@pytest.mark.parametrize(
    ("name", "email", "refusal"),
    [("LUIS.Ortega", "other@example.org", inviting.NameTaken), ("other", EMAIL.upper(), inviting.AddressTaken)],
)
def test_nobody_is_on_the_staff_twice(name, email, refusal):
    owner = administrator()
    invited(by=owner)

    with pytest.raises(refusal):
        inviting.invite(name=name, email=email, role="Viewer", by=owner, now=NOW)

    assert User.objects.count() == 2


def test_invitation_of_somebody_who_was_removed_meanwhile_does_not_leave():
    owner = administrator()
    user = invited(by=owner)
    membership.remove(user_id=user.pk, shown=shown(user), by=owner)

    send_waiting_mails()

    mail = Message.objects.get()
    assert (mail.status, bytes(mail.octets)) == ("dropped", b"")


def test_who_was_removed_comes_back_with_the_role_and_a_new_password():
    owner = administrator()
    user = who_came_in(by=owner, role="Programme editor")
    membership.remove(user_id=user.pk, shown=shown(user), by=owner)

    inviting.bring_back(user_id=user.pk, by=owner, now=NOW)

    user.refresh_from_db()
    assert (user.is_active, roles.of(user), user.has_usable_password()) == (True, "Programme editor", False)
    assert Client().get(link_in("staff_invitation")).status_code == 200


def test_who_came_in_is_not_invited_again():
    owner = administrator()
    user = who_came_in(by=owner)

    with pytest.raises(inviting.AlreadyIn):
        inviting.invite_again(user_id=user.pk, by=owner, now=NOW)
