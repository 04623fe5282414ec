"""Words of 200 letters, as long as a name may be, make no page wider than a phone."""

import pytest

from registrations.models import Participant
from sessions.models import Season, Session, Stream
from tests.journeys.pages import every_page

pytestmark = pytest.mark.browser

# Of the elements that are too wide, the innermost ones.
WIDEST = """() => [...document.querySelectorAll("body *")]
  .filter((each) => each.getBoundingClientRect().right > 361 && !each.firstElementChild)
  .map((each) => each.outerHTML.slice(0, 80)).slice(0, 3)"""
WORD = "Donaudampfschiffahrt" * 10


@pytest.fixture
def pages(seasons):
    pages = every_page(seasons)
    for model, field, longest in [
        (Participant, "name", 200),
        (Session, "title", 200),
        (Stream, "title", 200),
        (Season, "title", 200),
    ]:
        model.objects.update(**{field: WORD[:longest]})
    return pages


def test_long_words_make_no_page_wider_than_a_phone(open_page, site, pages):
    open_page.expect_fault("404")
    open_page.expect_fault("410")
    page = open_page(width=360)

    too_wide = {}
    for address in pages:
        page.goto(site + address.path)
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > 360:
            too_wide[address.name] = needed, page.evaluate(WIDEST)

    assert too_wide == {}
