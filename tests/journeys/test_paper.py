"""Pages on paper: how many sheets they take, in whose time they are, and what stays legible without a screen."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from sessions.models import Session
from sessions.public import snapshot
from tests.factories import SpeakerQuestionFactory

pytestmark = pytest.mark.browser

SHEETS = {"/seasons/2020/": 2, "/seasons/rehearsal/": 2, "/poster/2020/": 1, "/poster/rehearsal/": 1}
PIXELS_OF_A_MILLIMETRE = 96 / 25.4
TIMES = ".poster .slot-time time"


@pytest.fixture
def page(open_page):
    """Of a reader for whom half of all time slots are at night, which says one thing more beside each."""
    return open_page(timezone="Pacific/Auckland")


@pytest.mark.parametrize("path", SHEETS)
def test_a_season_takes_few_sheets(page, site, seasons, path):
    page.goto(site + path)
    expect(page.locator("html.awaits-clock")).to_have_count(0)

    printed = page.pdf(format="A4", prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == SHEETS[path]


def test_night_and_the_address_of_the_page_are_legible_without_backgrounds(page, site, seasons):
    page.goto(f"{site}/seasons/rehearsal/")
    page.emulate_media(media="print")

    address, night = page.locator(".printed"), page.locator(".night").first

    expect(address).to_have_text(f"{site}/seasons/rehearsal/")
    expect(address).to_have_css("display", "table-footer-group")
    expect(night).to_have_css("color", "rgb(0, 0, 0)")


def test_bars_of_the_days_on_the_poster_are_seen_from_before_a_wall(page, site, seasons):
    page.goto(f"{site}/poster/rehearsal/")
    # The first visit loads the page once more, in the reader's time.
    expect(page.locator("html.awaits-clock")).to_have_count(0)
    page.emulate_media(media="print")

    bar = page.locator(".ribbon .frame").first.bounding_box()

    assert bar["height"] > 2 * PIXELS_OF_A_MILLIMETRE


@pytest.fixture
def answered(site, seasons):
    """A session whose page has an answer with a long link and a long word."""
    session = Session.objects.filter(season__slug="2020", access="open").first()
    link = "[the guidance](https://example.org/guidance-on-contaminated-sites)"
    ready = {"answered": "written", "published_at": timezone.now()}
    SpeakerQuestionFactory(session=session, wording="How long?", answer=f"{'Methylmercury' * 4}: {link}.", **ready)
    snapshot.at_once("2020")
    return site + session.get_absolute_url()


def test_answers_are_printed_large_enough_to_read_with_the_addresses_of_their_links(page, answered):
    page.goto(answered)
    page.emulate_media(media="print")

    words, link = page.locator(".question p").first, page.locator(".question a")

    assert words.evaluate("words => parseFloat(getComputedStyle(words).fontSize)") > 9.9 * 96 / 72
    assert "/guidance-on-contaminated-sites" in link.evaluate("link => getComputedStyle(link, '::after').content")


def test_answers_at_twice_the_size_of_text_fit_the_screen(open_page, answered):
    page = open_page(timezone="Europe/Zurich", width=640)
    page.goto(answered)

    page.evaluate("document.documentElement.style.fontSize = '200%'")

    assert page.locator(".question").evaluate("question => question.scrollWidth <= question.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/Lima"])
def test_poster_is_in_the_readers_time_at_the_first_visit(open_page, site, seasons, zone):
    page = open_page(timezone=zone, width=360)

    page.goto(f"{site}/poster/rehearsal/")

    city = zone.partition("/")[2]
    expect(page.locator(".in-clock b")).to_have_text(city)
    expect(page.locator("html.awaits-clock")).to_have_count(0)
    assert hours_on(page) == hours_in(page, zone)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_poster_is_in_the_readers_time_without_scripts_after_they_said_where_they_are(open_page, site, seasons):
    page = open_page(timezone="Asia/Kathmandu", javascript=False, width=360)
    page.goto(f"{site}/poster/rehearsal/")
    assert hours_on(page) == hours_in(page, "Europe/Zurich")

    page.get_by_role("link", name="Change the time zone").click()
    page.select_option("#zone", "Asia/Kathmandu")
    page.get_by_role("button", name="Use this clock").click()

    expect(page.locator(".in-clock b")).to_have_text("Kathmandu")
    assert hours_on(page) == hours_in(page, "Asia/Kathmandu")


def hours_on(page) -> list[str]:
    return [text[:5] for text in page.locator(TIMES).all_inner_texts()]


def hours_in(page, zone) -> list[str]:
    """Of the same time slots, by the moments that stand behind their hours."""
    moments = page.locator(TIMES).evaluate_all("times => times.map(time => time.dateTime)")
    return [f"{datetime.fromisoformat(each).astimezone(ZoneInfo(zone)):%H:%M}" for each in moments]
