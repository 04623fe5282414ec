"""The pages on which administrators invite, change and remove colleagues."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from sessions.staff import roles
from tests.support.registrations.colleagues import administrator, shown, who_came_in
from tests.support.staff import registration_officer, sign_in

pytestmark = pytest.mark.django_db

TYPED = {"name": "ana.souza", "email": "ana@example.org", "role": "Viewer"}


@pytest.fixture
def desk(client):
    return sign_in(client, administrator())


def page(name, *args):
    return reverse(f"admin:auth_user_{name}", args=args)


def test_colleague_is_invited_from_the_list(desk):
    assert page("add") in desk.get(page("changelist")).text

    answer = desk.post(page("add"), TYPED, follow=True)

    assert "The invitation of ana.souza is on its way to ana@example.org." in answer.text
    assert roles.of(User.objects.get(username="ana.souza")) == "Viewer"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "ana souza"}, "Use letters, digits, full stops and hyphens only"),
        ({"name": "claire.dubois"}, "Somebody has this name already."),
        # In the form in which Django stores names, other letters and more of them.
        ({"name": "\uff43laire.dubois"}, "Somebody has this name already."),
        ({"name": "\ufdfa" * 150}, "Ensure this value has at most 150 characters"),
        ({"email": "claire.dubois@example.org"}, "Somebody on the staff has this address already."),
        ({"email": "ana"}, "ana.souza"),
        ({"role": "Emperor"}, "Select a valid choice"),
        ({"name": ""}, "Write a name for your colleague."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk, typed, words):
    answer = desk.post(page("add"), TYPED | typed)

    assert (answer.status_code, words in answer.text) == (200, True)
    assert all(value in answer.text for value in (TYPED | typed).values() if value != "Emperor")
    assert User.objects.count() == 1


def test_role_is_changed_on_the_page_of_the_colleague(desk):
    user = who_came_in(by=User.objects.get())

    desk.post(page("change", user.pk), {"shown": shown(user), "email": user.email, "role": "Programme editor"})

    assert roles.of(User.objects.get(pk=user.pk)) == "Programme editor"


def test_form_that_is_too_old_stores_nothing_keeps_what_was_typed_and_can_be_sent_again(desk):
    user = who_came_in(by=User.objects.get())
    typed = {"shown": "old", "email": "new@example.org", "role": "Administrator"}

    answer = desk.post(page("change", user.pk), typed)

    assert "Somebody has changed something of this colleague meanwhile." in answer.text
    assert 'value="new@example.org"' in answer.text
    assert roles.of(User.objects.get(pk=user.pk)) == "Viewer"
    form = answer.context["form"]
    desk.post(page("change", user.pk), typed | {"shown": form["shown"].value()})
    assert roles.of(User.objects.get(pk=user.pk)) == "Administrator"


def test_last_administrator_is_told_why_they_stay(desk):
    owner = User.objects.get()

    answer = desk.post(page("change", owner.pk), {"shown": shown(owner), "email": owner.email, "role": "Viewer"})
    removed = desk.post(page("remove", owner.pk), {"shown": shown(owner)}, follow=True)

    assert "Nobody else on the staff is an administrator who can sign in." in answer.text
    assert "Nobody else on the staff is an administrator who can sign in." in removed.text


def test_buttons_of_administrators_do_nothing_for_others(client):
    user = who_came_in(by=administrator())
    officer = registration_officer(client)
    typed = {"shown": shown(user), "email": user.email, "role": "Administrator"}

    pages = [page("add"), *(page(name, user.pk) for name in ("change", "remove", "second_factor", "invite_again"))]
    answers = {officer.post(each, TYPED | typed).status_code for each in pages}

    user.refresh_from_db()
    assert (answers, user.is_active, roles.of(user), User.objects.count()) == ({403}, True, "Viewer", 3)


def test_last_sign_in_is_on_the_clock_of_geneva(desk):
    assert "(Geneva)" in desk.get(page("changelist")).text


def test_participants_who_signed_in_are_no_colleagues(desk):
    participant = User.objects.create_user("mailbox-1", email="amina@example.org")

    assert "amina@example.org" not in desk.get(page("changelist")).text
    assert desk.get(page("change", participant.pk)).status_code == 404
    assert [desk.get(page("change", pk)).status_code for pk in ("x", "9" * 30)] == [404, 404]
