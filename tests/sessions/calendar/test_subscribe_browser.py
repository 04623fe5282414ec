"""The address of a calendar in a real browser: copied by a button, or by hand where scripts are off."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.factories import OccurrenceFactory
from tests.support.accessibility import RULES

pytestmark = pytest.mark.browser


@pytest.fixture
def season_page(open_page, site, transactional_db):
    """Call it for the season's page with its calendar box opened."""
    address = OccurrenceFactory().session.season.get_absolute_url()

    def opened(**options):
        page = open_page(**options)
        page.goto(f"{site}{address}")
        page.get_by_text("Subscribe to the season in your calendar").click()
        return page, f"{site}{address}calendar.ics"

    return opened


def test_button_copies_the_address_and_says_so(season_page):
    page, address = season_page()

    page.get_by_role("button", name="Copy").click()

    expect(page.get_by_role("status")).to_have_text("Copied")
    box = page.get_by_label("For any other calendar")
    box.evaluate("element => { element.readOnly = false; element.value = '' }")
    box.press("Control+V")
    expect(box).to_have_value(address)


def test_without_scripts_the_address_is_shown_and_no_button_pretends(season_page):
    page, address = season_page(javascript=False)

    expect(page.get_by_label("For any other calendar")).to_have_value(address)
    expect(page.locator("[data-copies]")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 1280])
def test_opened_box_breaks_no_rule_of_access_and_fits(season_page, width):
    page, _address = season_page(width=width)

    assert Axe().run(page, options=RULES).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
