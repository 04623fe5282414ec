"""The line above a page at the desk that says where one is."""

import re

import pytest
from django.urls import reverse

from tests.factories import OccurrenceFactory
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
PAGES = {
    "its form": lambda slot: page("session_change", slot.session_id),
    "a page beside it": lambda slot: page("session_withdraw", slot.session_id),
    "its questions": lambda slot: page("speakerquestion_of_session", slot.session_id),
    "a time slot": lambda slot: page("occurrence_change", slot.pk),
    "a page beside a time slot": lambda slot: page("occurrence_move", slot.pk),
    "its certificates": lambda slot: reverse("admin:registrations_session_certificates", args=[slot.session_id]),
    "reports of a meeting": lambda slot: reverse("admin:registrations_occurrence_attendance", args=[slot.pk]),
}


@pytest.mark.parametrize("name", PAGES)
def test_season_of_a_session_stands_before_it_and_leads_to_its_programme(admin_client, name):
    slot = OccurrenceFactory(session__title="Air", session__season__title="Season of 2030")

    shown = admin_client.get(PAGES[name](slot)).content.decode()

    [line] = re.findall(r'<div class="breadcrumbs">.*?</div>', shown, re.DOTALL)
    way = [("/admin/", "Home"), (page("season_changelist"), "Seasons")]
    way += [(page("season_overview", slot.session.season_id), "Season of 2030")]
    assert LINK.findall(line)[:3] == way


@pytest.mark.parametrize("name", ["a page beside it", "its questions", "a time slot", "reports of a meeting"])
def test_session_stands_before_what_belongs_to_it(admin_client, name):
    slot = OccurrenceFactory(session__title="Air")

    shown = admin_client.get(PAGES[name](slot)).content.decode()

    assert re.search(rf'&rsaquo; <a href="{page("session_change", slot.session_id)}">(<bdi>)?Air<', shown)
