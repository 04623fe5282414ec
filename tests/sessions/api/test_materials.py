"""What the API says of materials."""

import pytest

from tests.factories import MaterialFactory

pytestmark = pytest.mark.django_db


def test_size_is_that_of_a_file_or_of_what_a_link_leads_to_where_it_is_known(ask, slot):
    link = {"session": slot.session, "kind": "recording", "url": "https://video.example.org/1"}
    MaterialFactory(**link, size=2_500_000, position=1)
    MaterialFactory(**link, position=2)
    MaterialFactory(session=slot.session, kind="slides", file="autumn/air/slides.pdf", size=3000, position=3)

    assert [each["octets"] for each in ask("materials/")["items"]] == [2_500_000, None, 3000]
