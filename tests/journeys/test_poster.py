"""The poster on paper."""

import re

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("season", ["2020", "rehearsal"])
def test_a_season_of_thirteen_sessions_is_one_sheet(open_page, site, seasons, season):
    page = open_page(timezone="Africa/Nairobi")
    page.goto(f"{site}/poster/{season}/")

    sheets = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1
