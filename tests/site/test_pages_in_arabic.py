"""Pages in Arabic: names keep their order."""

import pytest

from tests.support import site_map
from tests.support.directions import unisolated_in_page
from tests.support.sessions.staff_texts import all_in_arabic, arabic_pages

pytestmark = pytest.mark.django_db


def test_no_latin_name_turns_the_order_of_an_arabic_page():
    rows = site_map.one_of_everything()
    all_in_arabic()

    found = arabic_pages(rows)

    assert len(found) > 40
    assert {name: wrong for name, html in found.items() if (wrong := unisolated_in_page(html))} == {}
