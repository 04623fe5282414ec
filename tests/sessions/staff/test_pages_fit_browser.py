"""Every page of the staff desk fits the screen of a phone, and each list its place.

The addresses are those of the table of permissions.
"""

import pytest
from django.contrib.auth.models import User
from django.urls import resolve, reverse

from tests.support.sessions.desks import signed_in
from tests.support.sessions.staff_addresses import OWNER, PEOPLE, TABLE, address, one_of_everything

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = 360, 1280
# By how much the rows are wider than their place.
TOO_MUCH = "Math.max(0, ...[...document.querySelectorAll('.results')].map(list => list.scrollWidth - list.clientWidth))"
# Without people chosen these lead back.
OF_CHOSEN = ["registration_move_people", "registration_send_mails", "seatremoval_take"]
# Files.
NO_PAGES = {
    "jsi18n",
    "handbook_picture",
    "online_sessions_season_translations_table",
    "online_sessions_session_translations_table",
    "online_sessions_pagetext_translations_table",
}
FAR_TOO_LONG = "x" * 100


@pytest.fixture
def rows():
    """With a name and an address that break nowhere."""
    found = one_of_everything()
    person = found["participant"]
    person.name, person.email = FAR_TOO_LONG, f"{FAR_TOO_LONG[:60]}@example.org"
    person.save()
    return found


def addresses(rows) -> list[str]:
    opened = [name for name, answers in TABLE.items() if answers[PEOPLE.index(OWNER)] == 200 and name not in NO_PAGES]
    chosen = {"query": {"registration": rows["registration"].pk}}
    colleague = User.objects.create_user("luis.ortega", email="luis.ortega@example.org", is_staff=True)
    return [
        *(address(name, rows) for name in opened),
        *(reverse(f"admin:registrations_{name}", **chosen) for name in OF_CHOSEN),
        *(reverse(f"admin:auth_user_{name}") for name in ("changelist", "add")),
        *(reverse(f"admin:auth_user_{name}", args=[colleague.pk]) for name in ("change", "remove")),
    ]


def test_every_page_of_the_desk_fits_a_phone(open_page, site, admin_client, rows):
    desk = signed_in(open_page(width=PHONE), site, admin_client)
    every = addresses(rows)

    found = {}
    for path in every:
        answer = desk.goto(f"{site}{path}")
        found[path] = (answer.status, desk.evaluate("document.documentElement.scrollWidth"))

    assert {path: each for path, each in found.items() if each != (200, PHONE)} == {}


def test_every_list_fits_its_place(open_page, site, admin_client, rows):
    desk = signed_in(open_page(width=DESK), site, admin_client)
    lists = [path for path in addresses(rows) if "changelist" in resolve(path.partition("?")[0]).url_name]

    too_wide = {}
    for path in lists:
        desk.goto(f"{site}{path}")
        for width in (PHONE, DESK):
            desk.set_viewport_size({"width": width, "height": 800})
            too_wide[path, width] = desk.evaluate(TOO_MUCH)

    assert lists
    assert {each: much for each, much in too_wide.items() if much} == {}
