"""Pages in Arabic: names keep their order, and turn nothing beside them."""

import pytest

from registrations.models import Participant
from sessions.models import Season, Session, Speaker, Stream
from tests.factories import MaterialFactory, OccurrenceFactory, SpeakerFactory
from tests.support import site_map
from tests.support.directions import turned_in_page, unisolated_in_page
from tests.support.sessions.staff_texts import all_in_arabic, arabic_pages

pytestmark = pytest.mark.django_db


def test_no_latin_name_turns_the_order_of_an_arabic_page():
    rows = site_map.one_of_everything()
    all_in_arabic()

    found = arabic_pages(rows)

    assert len(found) > 40
    assert {name: wrong for name, html in found.items() if (wrong := unisolated_in_page(html))} == {}


def test_what_is_said_of_a_file_keeps_its_order(client):
    """Without isolation “PowerPoint · 2,4” runs from the left, away from the letters of its unit."""
    material = MaterialFactory(file="2030/x/slides.pptx", size=2_516_582, language="ar")
    OccurrenceFactory(session=material.session)

    page = client.get(f"/ar{material.session.get_absolute_url()}").text

    assert "<bdi>العربية</bdi> · <bdi>PowerPoint</bdi> · <bdi>2,4" in page


def test_override_in_a_name_or_title_turns_nothing_beside_it():
    rows, typed = site_map.one_of_everything(), "Gold\u202e"
    SpeakerFactory(session=rows["registration"].session)
    for model in (Season, Stream, Session):
        model.objects.update(title=typed)
    Speaker.objects.update(name=typed, role=typed, affiliation=typed)
    Participant.objects.update(name=typed, organisation=typed)
    all_in_arabic()

    found = arabic_pages(rows)

    assert {name: wrong for name, html in found.items() if (wrong := turned_in_page(html))} == {}
    assert any("\u202e" in html for html in found.values())
    assert turned_in_page("<p>Gold\u202e was added.</p>")
