"""The columns of a table of guests in a real browser: with a real worker, on a telephone, without scripts."""

import pytest

from registrations.models import Invitation
from tests.support.paths import TABLES
from tests.support.registrations.inviting import hidden_slot
from tests.support.sessions.admin_pages import page as address
from tests.support.sessions.desks import signed_in
from tests.support.sessions.workbooks import EMPTY, workbook

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def session():
    return hidden_slot(session__title="Behind doors").session


def choose(desk, site, session, file):
    desk.goto(f"{site}{address('session_invite', session.pk)}")
    desk.get_by_label("Or a file, CSV or XLSX").set_input_files(file)
    desk.get_by_role("button", name="See what becomes of each line").click()
    desk.get_by_role("heading", name="What is in each column?").wait_for()


@pytest.mark.parametrize("width", [360, 1280])
def test_workbook_becomes_invitations_without_scripts(open_page, site, admin_client, session, worker, width, tmp_path):
    file = tmp_path / "guests.xlsx"
    file.write_bytes(workbook([["Vorname", "Nachname", "E-Mail"], ["Jörg", "Müller", "joerg@amt.example"]]))
    desk = signed_in(open_page(javascript=False, width=width), site, admin_client)

    choose(desk, site, session, file)
    desk.get_by_label("Vorname").select_option("Given name")
    desk.get_by_label("Nachname").select_option("Family name")
    desk.get_by_role("button", name="See what becomes of each line").click()
    desk.get_by_label("Type the number of people who get an invitation").fill("1")
    desk.get_by_role("button", name="Invite 1 person").click()

    desk.get_by_text("1 person is invited.").wait_for()
    assert Invitation.objects.get().name == "Jörg Müller"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["excel-russian.csv", "excel-arabic.csv", "google-contacts.csv"])
def test_columns_fit_on_the_screen_in_any_script(open_page, site, admin_client, session, name, width):
    desk = signed_in(open_page(width=width), site, admin_client)

    choose(desk, site, session, TABLES / name)
    columns_are_too_wide = desk.evaluate(WIDER)
    desk.get_by_role("button", name="See what becomes of each line").click()
    desk.get_by_role("heading", name="What this does").wait_for()

    assert not columns_are_too_wide
    assert not desk.evaluate(WIDER)


def test_workbook_that_never_ends_is_refused_in_words(open_page, site, admin_client, session, worker, tmp_path):
    file = tmp_path / "guests.xlsx"
    file.write_bytes(EMPTY["fonts"](3_500_000))
    desk = signed_in(open_page(javascript=False, width=360), site, admin_client)

    desk.goto(f"{site}{address('session_invite', session.pk)}")
    desk.get_by_label("Or a file, CSV or XLSX").set_input_files(file)
    desk.get_by_role("button", name="See what becomes of each line").click()

    desk.get_by_text("There is too much formatting in this file.").wait_for(timeout=30_000)
