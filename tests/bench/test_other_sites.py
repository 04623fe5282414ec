"""What the bench asks of the API and the widget is there: an address that moved would be measured as its refusal."""

import pytest
from django.test import Client

from bench import other_sites
from tests.factories import OccurrenceFactory

pytestmark = pytest.mark.django_db


def test_addresses_of_the_bench_are_answered():
    OccurrenceFactory(session__season__slug=other_sites.COMING)

    paths = [other_sites.SLOTS, f"{other_sites.SEASON}sessions/", "/widget/season.js", "/widget/season.html?lang=ar"]

    assert {path: Client().get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
