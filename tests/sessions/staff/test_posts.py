"""Buttons of the staff's desk, pressed by people whose page does not show them: nothing happens."""

import pytest
from django.test import Client
from django.urls import reverse

from registrations.models import StaffAction
from tests.support import site_map
from tests.support.database_dump import whole_database
from tests.support.sessions.staff_addresses import (
    OWNER,
    PARTICIPANT,
    PEOPLE,
    STRANGER,
    TABLE,
    VIEWER,
    address,
    one_of_everything,
)
from tests.support.thorough import first_always

pytestmark = pytest.mark.django_db
WITHOUT_FACTOR = site_map.WITHOUT_FACTOR
# Of the pages of one's own: what is asked of them concerns nobody else.
OWN = {"password_change", "jsi18n"}
# Signing in and out writes there; nothing that the desk is for does.
OF_BROWSERS = ["sessions.Session"]


@pytest.fixture
def rows():
    return one_of_everything()


@pytest.fixture
def clients(rows):
    return site_map.everybody({"registration": rows["registration"]})


def press(client, rows, name) -> int:
    """Every button at once: of a confirmation, of a list with its rows chosen, of a form."""
    model = name.removeprefix("online_sessions_").removeprefix("registrations_").partition("_")[0]
    chosen = [rows[model].pk] if model in rows else []
    buttons = {"post": "yes", "confirm": "yes", "_save": "1", "grant": "1", "action": "delete_selected"}
    typed = {"why": "x", "title": "Another", "_selected_action": chosen}
    return client.post(address(name, rows), buttons | typed).status_code


@pytest.mark.parametrize("who", first_always([STRANGER, PARTICIPANT, WITHOUT_FACTOR]))
def test_who_is_not_let_in_is_led_to_the_sign_in_from_everywhere(clients, rows, who):
    before = whole_database(without=OF_BROWSERS)

    looked = {name: clients[who].get(address(name, rows)) for name in TABLE}
    pressed = {name: press(clients[who], rows, name) for name in TABLE}

    assert {name: answer.status_code for name, answer in looked.items() if answer.status_code != 302} == {}
    assert {name: status for name, status in pressed.items() if status != 302} == {}
    assert {answer.url.partition("?")[0] for answer in looked.values()} == {"/admin/login/"}
    assert whole_database(without=OF_BROWSERS) == before


class Sent:
    """A body that says whether it was read."""

    is_read = False

    def read(self, *_size):
        self.is_read = True
        return b""

    readline = read


@pytest.mark.parametrize("who", first_always([STRANGER, PARTICIPANT, OWNER]))
def test_what_strangers_send_is_not_even_read(clients, rows, who):
    body = Sent()
    page = address("online_sessions_session_change", rows)

    clients[who].generic("POST", page, "x", content_type="multipart/form-data; boundary=x", **{"wsgi.input": body})

    assert body.is_read == (who == OWNER)


@pytest.mark.parametrize("who", first_always(["Viewer", "Registration officer", "Programme editor"]))
def test_group_that_may_not_see_a_page_may_not_press_its_buttons(clients, rows, who):
    forbidden = [name for name, answers in TABLE.items() if answers[PEOPLE.index(who)] == 403]
    before = whole_database(without=OF_BROWSERS)

    pressed = {name: press(clients[who], rows, name) for name in forbidden}

    assert {name: status for name, status in pressed.items() if status not in (403, 405)} == {}
    assert len(forbidden) > 20
    assert whole_database(without=OF_BROWSERS) == before


@pytest.mark.thorough
def test_viewer_presses_every_button_of_the_desk_and_changes_nothing(clients, rows):
    before = whole_database(without=OF_BROWSERS)

    for name in TABLE.keys() - OWN:
        press(clients[VIEWER], rows, name)

    assert whole_database(without=OF_BROWSERS) == before


def test_same_buttons_do_what_they_say_for_who_may(clients, rows):
    """Without this the tests above could pass because nothing was pressed."""
    for name in ("registrations_registration_export", "registrations_invitation_withdraw"):
        press(clients[OWNER], rows, name)

    assert set(StaffAction.objects.values_list("action", flat=True)) == {
        *("changed", "exported", "withdrawn", "circular-written"),
        "circular-sent",
    }


@pytest.mark.parametrize("who", first_always([STRANGER, PARTICIPANT, VIEWER, WITHOUT_FACTOR]))
def test_pages_about_colleagues_take_nothing_from_others(clients, who):
    before = whole_database(without=OF_BROWSERS)
    intruder = {"name": "intruder", "email": "intruder@example.org", "role": "Administrator"}

    statuses = [
        clients[who].post(reverse(f"admin:{name}"), intruder).status_code
        for name in ("auth_user_add", "auth_user_changelist")
    ]

    assert set(statuses) <= {302, 403}
    assert whole_database(without=OF_BROWSERS) == before


def test_form_from_another_site_is_refused_even_to_the_owner(clients, rows):
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = clients[OWNER].cookies
    before = whole_database(without=OF_BROWSERS)

    pressed = {name: press(careful, rows, name) for name in TABLE.keys() - OWN}

    assert set(pressed.values()) == {403}
    assert whole_database(without=OF_BROWSERS) == before
