"""What an old phone of 360 by 640 shows before anybody scrolls, with scripts and without."""

import pytest

from tests.journeys.conftest import TWICE

pytestmark = pytest.mark.browser

HEIGHT = 640


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def phone(open_page, site, request):
    page = open_page(javascript=request.param, timezone="Pacific/Auckland", width=360)
    page.set_viewport_size({"width": 360, "height": HEIGHT})
    return page


def test_season_begins_with_its_first_session_in_sight(phone, site, seasons):
    phone.goto(f"{site}/seasons/rehearsal/")

    for what in (".brand", "h1", ".season-head .lead", ".in-clock b", ".programme h3 >> nth=0"):
        assert ends_at(phone, what) <= HEIGHT, what


def test_session_begins_with_its_first_time_slot_in_sight(phone, site, seasons):
    phone.goto(f"{site}/seasons/rehearsal/article-8-emissions/")

    for what in ("h1", ".in-clock b", ".slot-time >> nth=0", ".slot-state a >> nth=0"):
        assert ends_at(phone, what) <= HEIGHT, what


def test_form_for_one_session_asks_who_somebody_is_within_two_screens(phone, site, seasons):
    phone.goto(f"{site}/sign-up/rehearsal/?session=article-8-emissions")

    assert TWICE in phone.locator(".choice .title").first.inner_text()
    assert ends_at(phone, "#id_name") <= 2 * HEIGHT


def test_streams_are_folded_on_a_phone_and_lead_to_one_stream(phone, site, seasons):
    phone.goto(f"{site}/seasons/rehearsal/")

    phone.get_by_text("All streams").first.click()
    phone.get_by_role("link", name="Mercury science").click()

    assert phone.url.endswith("?stream=science")
    assert phone.locator(".streams summary").inner_text().strip().endswith("Mercury science")


def test_streams_stand_in_a_row_on_a_wide_screen(open_page, site, seasons):
    page = open_page(width=1280)
    page.goto(f"{site}/seasons/rehearsal/")

    tops = {link.bounding_box()["y"] for link in page.locator(".filters a").all()}

    assert len(tops) == 1
    assert not page.locator(".streams summary").is_visible()


def ends_at(page, what) -> float:
    page.locator("html:not(.awaits-clock)").wait_for()
    box = page.locator(what).bounding_box()
    return box["y"] + box["height"]
