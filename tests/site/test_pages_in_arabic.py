"""Pages in Arabic: names keep their order, and what staff wrote in English is marked."""

import re

import pytest
from django.utils.translation import override

from registrations.models import Delegation, Invitation, Participant
from tests.support import site_map
from tests.support.directions import said_in, unisolated_in_page

pytestmark = pytest.mark.django_db
# What staff write about a season, as tests/factories.py makes it up.
OF_STAFF = re.compile(r"Season \d|Session \d|Stream \d|Slides \d|Behind doors|Question \d")
# Titles in sentences of code have no markup: they keep their order, and that is all.
IN_SENTENCES = {"registrations:own_circular", "registrations:own_data", "registrations:stop"}


def pages() -> dict[str, str]:
    """The HTML of every page that somebody sees who has its key, by name."""
    rows = site_map.one_of_everything()
    for model in (Participant, Invitation):
        model.objects.update(language="ar")
    for asked in Delegation.objects.all():
        Delegation.objects.filter(pk=asked.pk).update(details=asked.details | {"language": "ar"})
    client = site_map.everybody(rows)[site_map.PARTICIPANT]
    names, found = list(site_map.routes()), {}
    with override("ar"):
        addresses = {name: site_map.opened_by(rows, name) for name in names}
    for name, address in addresses.items():
        answer = client.get(address)
        if not answer.streaming and '<html lang="ar"' in answer.text:
            found[name] = answer.text
    return found


def test_no_latin_name_turns_the_order_of_an_arabic_page():
    found = pages()

    assert len(found) > 40
    assert {name: wrong for name, html in found.items() if (wrong := unisolated_in_page(html))} == {}


def test_what_staff_wrote_in_english_is_marked():
    found = {name: OF_STAFF.findall(said_in(html, "ar")) for name, html in pages().items() if name not in IN_SENTENCES}

    assert {name: texts for name, texts in found.items() if texts} == {}
