"""A first visit to any page costs at most 30 KB, all requests together, compressed as they are in production."""

from contextlib import contextmanager
from urllib.request import Request, urlopen

import pytest

from tests.journeys.pages import every_page
from tests.support.weights import weight_in_production

pytestmark = pytest.mark.browser

LIMIT_BYTES = 30_000


def test_first_visit_to_any_page_weighs_at_most_30_kb(open_page, site, seasons):
    open_page.expect_fault("404")
    open_page.expect_fault("410")

    page = open_page(javascript=False)
    # One page for all, since each new one takes a second of CPU: it keeps nothing of what it has asked for.
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    weights = {address.name: first_visit(page, site + address.path) for address in every_page(seasons)}

    assert {name: weight for name, weight in weights.items() if weight > LIMIT_BYTES} == {}
    assert min(weights.values()) > 3_000


def first_visit(page, url):
    """Bytes of every body that an empty browser asks for; a request to another site fails."""
    page.context.clear_cookies()
    with asking(page) as requested:
        page.goto(url)
    assert all(address.startswith(url.partition("/")[0]) and "//localhost" in address for address in requested)
    return sum(compressed(address) for address in requested)


@contextmanager
def asking(page):
    """The addresses that the page asks for meanwhile."""
    requested = []

    def note(request):
        requested.append(request.url)

    page.on("request", note)
    yield requested
    page.remove_listener("request", note)


def compressed(url):
    try:
        answer = urlopen(Request(url, headers={"Accept-Encoding": "gzip"}))
    except OSError as error:
        answer = error
    body = answer.read()
    return len(body) if answer.headers.get("Content-Encoding") == "gzip" else weight_in_production(url, body)
