"""From a season to its pages: the same ways from the list, its form, its programme and the start page."""

import re

import pytest
from django.test import Client

from tests.factories import SeasonFactory
from tests.support import staff
from tests.support.sessions.admin_pages import page

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a href="([^"]*)">([^<]*)</a>')
FOR_ALL = ["Figures", "What happens when", "On other web pages"]
FOR_SOME = ["Certificates", "Feedback", "Questions to speakers", "Take an archive …"]
OF_A_REHEARSAL = ["Clock of the rehearsal", "Mails of the rehearsal"]
PLACES = {
    "list": lambda season: page("season_changelist"),
    "form": lambda season: page("season_change", season.pk),
    "programme": lambda season: page("season_overview", season.pk),
    "start": lambda season: "/admin/",
}
EVERYWHERE = pytest.mark.parametrize("place", PLACES)


def links_on(client, place, season) -> dict[str, str]:
    """Addresses by the words of the links."""
    shown = client.get(PLACES[place](season)).content.decode()
    return {words: address for address, words in LINK.findall(shown)}


@EVERYWHERE
def test_every_page_of_a_season_is_one_press_away(admin_client, place):
    links = links_on(admin_client, place, SeasonFactory())

    assert links.keys() >= {*FOR_ALL, *FOR_SOME}
    assert links.keys().isdisjoint(OF_A_REHEARSAL)


@EVERYWHERE
def test_rehearsal_leads_to_its_clock_and_its_mails_too(admin_client, place):
    links = links_on(admin_client, place, SeasonFactory(is_rehearsal=True))

    assert links.keys() >= {*FOR_ALL, *FOR_SOME, *OF_A_REHEARSAL}


@EVERYWHERE
def test_who_may_only_look_is_led_to_nothing_that_is_refused(place):
    viewer = staff.member(Client(), "Viewer")

    links = links_on(viewer, place, SeasonFactory(is_rehearsal=True))

    assert links.keys() >= {*FOR_ALL}
    assert links.keys().isdisjoint([*FOR_SOME, *OF_A_REHEARSAL])


def test_lists_have_rows_of_the_season_alone(admin_client):
    season = SeasonFactory()

    links = links_on(admin_client, "form", season)

    assert links["Questions to speakers"] == f"{page('speakerquestion_changelist')}?season={season.pk}"
    assert links["List of its sessions"] == f"{page('session_changelist')}?season__id__exact={season.pk}"
