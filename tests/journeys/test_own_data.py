"""Seeing, taking along and erasing what is stored about oneself: nobody is asked, and the calendar gets its mail."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from registrations.models import Message, Participant
from tests.support.accessibility import RULES
from tests.support.waiting import wait_until

pytestmark = pytest.mark.browser


def taken_along(page) -> dict:
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as a file (JSON)").click()
    return json.loads(download.value.path().read_text())


@pytest.mark.parametrize("javascript", [True, False], ids=["scripts on", "scripts off"])
def test_see_download_and_erase(registered, open_page, javascript):
    # Given somebody registered, with the entry in the calendar
    open_page.expect_fault("404")
    open_page.expect_fault("422")
    somebody = registered(javascript)
    assert len(somebody.calendar.entries) == 1

    # When they look at what is stored, then the page says it
    page = somebody.opens_my_season()
    somebody.follows("See, download or erase all that is stored about me")
    expect(page.get_by_role("heading", level=1)).to_have_text("My data")
    expect(page.get_by_text("amina@ministry.example").first).to_be_visible()

    # When they take it along, then the file holds it
    assert taken_along(page)["details"]["name"] == "Amina Otieno"

    # When they erase without the tick, then nothing happens and the page says why
    somebody.follows("Erase my data")
    somebody.presses("Erase my data")
    expect(page.get_by_role("alert")).to_be_visible()
    if javascript:
        assert Axe().run(page, options=RULES).response["violations"] == []

    # When they tick and erase, then it is gone
    page.get_by_label("I understand. Erase my data.").check()
    somebody.presses("Erase my data")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your data are erased")
    assert Participant.objects.get().name == ""

    # And one mail takes the entry out of the calendar
    link = somebody.season_page
    mails = somebody.receives(2)
    assert somebody.calendar.entries == {}
    assert mails[1].rcpt_tos == ("amina@ministry.example",)

    # And the address is stored no more, and the link opens nothing
    wait_until(lambda: set(Message.objects.values_list("recipient", flat=True)) == {""})
    somebody.opens(link)
    expect(page.get_by_role("heading", level=1)).to_have_text("This link does not work")
