"""Pages on paper: how many sheets they take, and what stays legible without a screen."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SHEETS = {"/seasons/2020/": 2, "/seasons/rehearsal/": 2, "/poster/2020/": 1, "/poster/rehearsal/": 1}


@pytest.fixture
def page(open_page):
    """Of a reader for whom half of all time slots are at night, which says one thing more beside each."""
    return open_page(timezone="Pacific/Auckland")


@pytest.mark.parametrize("path", SHEETS)
def test_a_season_takes_few_sheets(page, site, seasons, path):
    page.goto(site + path)

    printed = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == SHEETS[path]


def test_night_and_the_address_of_the_page_are_legible_without_backgrounds(page, site, seasons):
    page.goto(f"{site}/seasons/rehearsal/")
    page.emulate_media(media="print")

    address, night = page.locator(".printed"), page.locator(".night").first

    expect(address).to_have_text(f"{site}/seasons/rehearsal/")
    expect(address).to_have_css("display", "table-footer-group")
    expect(night).to_have_css("color", "rgb(0, 0, 0)")
