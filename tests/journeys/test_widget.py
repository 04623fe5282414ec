"""The widget in a page of another site that has a strict policy: in its language, on the clock of who reads."""

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from sessions.models import Part
from tests.factories import OccurrenceFactory
from tests.support.accessibility import RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = """<!doctype html><html lang="{lang}" dir="{dir}"><head><meta charset="utf-8"><title>Convention</title>
<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body><main><h1>Convention</h1>{lines}</main></body></html>"""
DAY = datetime(timezone.now().year + 1, 7, 1, 22, 30, tzinfo=UTC)


class OtherSite:
    """A web server of somebody else at an origin of its own, with one page and its policy."""

    def __init__(self, policy):
        self.policy, self.page = policy, ""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                is_page = self.path == "/"
                octets = outer.page.encode() if is_page else b""
                self.send_response(200 if is_page else 204)
                self.send_header("Content-Security-Policy", outer.policy)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(octets)))
                self.end_headers()
                self.wfile.write(octets)

            def log_message(self, *_arguments):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def strict(site):
    """Its policy forbids all styles, frames and pictures."""
    other = OtherSite(f"default-src 'none'; script-src {site}; connect-src {site}; style-src 'none'")
    yield other
    other.close()


@pytest.fixture
def slot():
    return OccurrenceFactory(
        starts_at=DAY,
        session__title="Mercury in air",
        session__season__slug="autumn",
        session__season__starts_on=DAY.date(),
        session__season__ends_on=DAY.date() + timedelta(days=1),
    )


def lines(site, lang, more="") -> str:
    """As the page /widget/ has them."""
    return (
        f'<script src="{site}/widget/season.js" defer></script>\n'
        f'<minamata-season lang="{lang}" {more}><a href="{site}/">The sessions</a></minamata-season>'
    )


def opened(page, other, site, lang="en", direction="ltr", more=""):
    other.page = PAGE.format(lang=lang, dir=direction, lines=lines(site, lang, more))
    page.goto(other.url)
    return page.locator("minamata-season")


def test_list_stands_in_the_place_of_the_link_on_the_clock_of_who_reads(open_page, strict, site, slot):
    page = open_page(timezone="Africa/Nairobi", width=320)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    widget = opened(page, strict, site)

    widget.get_by_role("heading", name="Coming sessions", level=2).wait_for()
    item = widget.get_by_role("listitem")
    assert item.locator("time").inner_text() == "01:30\N{EN DASH}02:30"
    assert "UTC+3" in item.inner_text()
    assert f"2 July {DAY.year}" in item.inner_text()
    link = widget.get_by_role("link", name="Sign up Mercury in air")
    assert link.get_attribute("href") == f"{site}/sign-up/autumn/?slot={slot.pk}"
    assert not page.get_by_text("The sessions", exact=True).is_visible()
    assert asked[1:] == [f"{site}/widget/season.js", f"{site}/api/v1/seasons/current/slots/?coming=true&lang=en"]
    assert page.context.cookies() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    # It has its style though the policy forbids all styles of documents.
    assert item.evaluate("item => getComputedStyle(item).borderTopWidth") == "1px"
    link.click()
    page.get_by_role("heading", level=1).wait_for()
    assert page.url.startswith(f"{site}/sign-up/")


def test_arabic_runs_from_the_right_and_breaks_no_rule_in_light_and_dark(open_page, strict, site, slot):
    page = open_page(timezone="Asia/Kathmandu", width=320)

    widget = opened(page, strict, site, "ar", "rtl", 'heading="3" limit="1"')

    widget.get_by_role("heading", name="الجلسات المقبلة", level=3).wait_for()
    assert "UTC+5:45" in widget.get_by_role("listitem").inner_text()
    assert widget.get_by_role("listitem").evaluate("item => getComputedStyle(item).direction") == "rtl"
    title = widget.get_by_role("link", name="Mercury in air", exact=True).locator("span")
    assert (title.get_attribute("lang"), title.get_attribute("dir")) == ("en", "ltr")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=RULES).response["violations"]
        # Of the page around it: one that skips from its first heading to the third.
        assert [each for each in found if each["id"] != "heading-order"] == []


def test_place_for_two_days_has_a_line_for_each(open_page, strict, site, slot):
    parts = [Part(n + 1, DAY + timedelta(days=n), DAY + timedelta(days=n, hours=2)) for n in range(2)]
    type(slot).objects.update(ends_at=parts[1].ends_at, parts=parts)

    item = opened(open_page(), strict, site).get_by_role("listitem")

    item.get_by_role("link", name="Sign up").wait_for()
    assert item.locator("time").all_inner_texts() == ["01:30\N{EN DASH}03:30"] * 2
    assert [f"{number} July" in item.inner_text() for number in (2, 3)] == [True, True]


def test_without_scripts_the_link_is_there(open_page, strict, site, slot):
    page = open_page(javascript=False)

    opened(page, strict, site)

    assert page.get_by_role("link", name="The sessions").is_visible()


def test_page_that_lets_nothing_be_asked_keeps_the_link_and_says_so(open_page, strict, site, slot):
    open_page.expect_fault("Content Security Policy")
    strict.policy = f"default-src 'none'; script-src {site}"
    page = open_page()

    widget = opened(page, strict, site)

    widget.get_by_text("The sessions cannot be shown here. This link leads to them:").wait_for()
    assert page.get_by_role("link", name="The sessions").is_visible()


def test_who_is_offline_reads_so_and_has_the_list_as_soon_as_there_is_a_network(open_page, strict, site, slot):
    open_page.expect_fault("ERR_INTERNET_DISCONNECTED")
    page = open_page()
    strict.page = PAGE.format(lang="en", dir="ltr", lines=f'<script src="{site}/widget/season.js"></script>')
    page.goto(strict.url)
    page.context.set_offline(True)
    page.evaluate(
        """site => {
          const made = document.createElement("minamata-season"), link = document.createElement("a");
          link.href = site; link.textContent = "The sessions";
          made.append(link); document.querySelector("main").append(made);
        }""",
        site,
    )

    page.get_by_text("You seem to be offline. This link leads to the sessions:").wait_for()
    assert page.get_by_role("link", name="The sessions").is_visible()
    page.context.set_offline(False)

    page.get_by_role("link", name="Sign up Mercury in air").wait_for()
