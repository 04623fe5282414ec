"""Roles, lost second factors and removing, all of it on the audit trail."""

from functools import partial
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.test import Client

from registrations.colleagues import membership
from registrations.models import StaffAction
from sessions.staff import roles
from tests.support.registrations.colleagues import EMAIL, administrator, invited, shown, who_came_in
from tests.support.sessions.audit import recorded
from tests.support.staff import SECRET, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return administrator()


def change(user, *, role, by, email=EMAIL):
    membership.change(user_id=user.pk, shown=shown(user), role=role, email=email, by=by)
    return User.objects.get(pk=user.pk)


def test_role_is_all_that_somebody_may_do(owner):
    user = who_came_in(by=owner, role="Programme editor")
    user.groups.add(Group.objects.create(name="Something else"))

    user = change(user, role="Viewer", by=owner)

    assert (roles.of(user), user.has_perm("online_sessions.change_session")) == ("Viewer", False)


def test_making_somebody_an_administrator_is_on_the_audit_trail(owner):
    user = who_came_in(by=owner)
    StaffAction.objects.all().delete()

    change(user, role="Administrator", by=owner)

    assert recorded("action", "by_name", "about", "before", "after") == [
        ("changed", "claire.dubois", "luis.ortega", {"role": "Viewer"}, {"role": "Administrator"})
    ]


def test_nothing_changed_is_nothing_recorded(owner):
    user = who_came_in(by=owner)
    before = StaffAction.objects.count()

    change(user, role="Viewer", by=owner)

    assert StaffAction.objects.count() == before


DEMOTE = partial(membership.change, role="Viewer", email="claire.dubois@example.org")


@pytest.mark.parametrize("act", [DEMOTE, membership.remove])
def test_last_administrator_stays(owner, act):
    invited(by=owner, role="Administrator")

    with pytest.raises(membership.LastAdministrator):
        act(user_id=owner.pk, shown=shown(owner), by=owner)

    owner.refresh_from_db()
    assert (owner.is_superuser, owner.is_active) == (True, True)


def test_one_of_two_administrators_may_go(owner):
    other = administrator("amara.diallo")

    membership.remove(user_id=owner.pk, shown=shown(owner), by=owner)

    assert list(User.objects.filter(is_active=True)) == [other]


def test_who_is_removed_is_signed_out_and_the_history_keeps_the_name(owner):
    user = who_came_in(by=owner, role="Viewer")
    theirs = sign_in(Client(), user)
    before = theirs.get("/admin/").status_code

    membership.remove(user_id=user.pk, shown=shown(user), by=owner)

    assert (before, theirs.get("/admin/").status_code) == (200, 302)
    assert recorded("action", "about")[-1] == ("colleague-removed", "luis.ortega")


def test_form_opened_before_a_colleague_changed_it_stores_nothing(owner):
    user = who_came_in(by=owner)
    seen = shown(user)
    change(user, role="Programme editor", by=owner)

    with pytest.raises(membership.ChangedMeanwhile):
        membership.change(user_id=user.pk, shown=seen, role="Administrator", email=EMAIL, by=owner)

    assert roles.of(User.objects.get(pk=user.pk)) == "Programme editor"


def test_reset_second_factor_is_gone_and_on_the_audit_trail(owner):
    user = who_came_in(by=owner)
    TOTP.activate(user, SECRET)

    membership.reset_second_factor(user_id=user.pk, shown=shown(user), by=owner)

    assert not Authenticator.objects.exists()
    assert recorded("action", "about")[-1] == ("second-factor-reset", "luis.ortega")


def test_reset_second_factor_ends_their_sign_ins_and_nobody_elses(owner):
    user = who_came_in(by=owner)
    TOTP.activate(user, SECRET)
    theirs, elsewhere, owners = (sign_in(Client(), who) for who in (user, user, owner))
    before = theirs.get("/admin/").status_code

    membership.reset_second_factor(user_id=user.pk, shown=shown(user), by=owner)

    after = [client.get("/admin/").status_code for client in (theirs, elsewhere, owners)]
    assert (before, after) == (200, [302, 302, 200])


def test_commands_leave_a_line_too(monkeypatch):
    call_command("createsuperuser", "--noinput", "--username=amara.diallo", "--email=", stdout=StringIO())

    assert recorded("action", "by_name", "about", "after") == [("added", "", "amara.diallo", {"role": "Administrator"})]
