"""A recording plays on the page of its session after a click, and nothing is asked of its site before."""

import pytest
from playwright.sync_api import expect

from minamata_online.configuration import content_security
from tests.factories import MaterialFactory
from tests.support.sessions.uploads import session_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOST = "player.example.org"
FILM = f"https://{HOST}/embed/1"
PLAYER = "<!doctype html><title>Player</title><button>Start</button>"


@pytest.fixture
def film(settings):
    settings.PLAYER_HOST, settings.PLAYER_POLICY = HOST, content_security.player(HOST)
    return MaterialFactory(session=session_over(), kind="recording", title="Recording", url=FILM)


def watched(page, site, address):
    """Requests of the page to other sites; that of the player answers."""
    asked = []
    page.on("request", lambda request: None if request.url.startswith((site, "data:")) else asked.append(request))
    page.context.route(f"https://{HOST}/**", lambda route: route.fulfill(body=PLAYER, content_type="text/html"))
    page.goto(f"{site}{address}")
    page.wait_for_load_state("networkidle")
    return asked


def test_plays_after_a_click_with_the_keyboard_inside(open_page, site, film):
    page = open_page(width=360)
    asked = watched(page, site, film.session.get_absolute_url())
    assert asked == []

    button = page.get_by_role("button", name="Play it on this page")
    button.focus()
    page.keyboard.press("Enter")

    expect(page.frame_locator("iframe").get_by_role("button", name="Start")).to_be_visible()
    assert [request.url for request in asked] == [FILM]
    # Which session it is, the other site is not told.
    assert asked[0].headers.get("referer") == f"{site}/"
    assert page.evaluate("document.activeElement.title") == "Recording"
    page.keyboard.press("Tab")
    assert page.frames[1].evaluate("document.activeElement.textContent") == "Start"
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_without_scripts_there_is_the_link(open_page, site, film):
    page = open_page(javascript=False)
    asked = watched(page, site, film.session.get_absolute_url())

    expect(page.get_by_role("link", name="Recording")).to_have_attribute("href", FILM)
    expect(page.get_by_role("button", name="Play it on this page")).to_be_hidden()
    assert asked == []
