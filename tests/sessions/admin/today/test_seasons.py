"""The seasons on the start page, and the ways to the pages of one."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from sessions.models import Season
from sessions.staff import groups
from tests.factories import SeasonFactory
from tests.support import staff

pytestmark = pytest.mark.django_db
PLAIN = ["figures", "timetable", "widget"]


def season_of(title, days, **more):
    begins = timezone.now().date() + timedelta(days=days)
    return SeasonFactory(title=title, starts_on=begins, ends_on=begins + timedelta(days=30), **more)


def pages_of(season) -> dict[str, str]:
    names = {name: f"admin:online_sessions_season_{name}" for name in [*PLAIN, "overview", "feedback", "clock"]}
    names |= {"certificates": "admin:registrations_season_certificates", "mails": "admin:registrations_message_box"}
    return {name: reverse(address, args=[season.pk]) for name, address in names.items()}


def test_two_current_seasons_and_two_rehearsals_are_shown(admin_client):
    for number in range(3):
        season_of(f"Real {number}", 10 + 40 * number)
        season_of(f"Practice {number}", 10 + 40 * number, is_rehearsal=True)

    shown = admin_client.get("/admin/").context["seasons"]

    assert [season.title for season, pages in shown] == ["Real 0", "Real 1", "Practice 2", "Practice 1"]


def test_clock_of_a_rehearsal_is_named_while_it_is_ahead(admin_client):
    season = season_of("Practice", 10, is_rehearsal=True)
    assert admin_client.get("/admin/").context["rehearsals"] == []
    Season.objects.set_ahead(season.pk, timedelta(days=1))

    [sentence] = admin_client.get("/admin/").context["rehearsals"]

    assert sentence.startswith("In the rehearsal “Practice” it is ")


def test_start_page_and_programme_lead_to_every_page_of_a_season(admin_client):
    season = season_of("Practice", 10, is_rehearsal=True)
    programme = reverse("admin:online_sessions_season_overview", args=[season.pk])

    for address in ("/admin/", programme):
        html = admin_client.get(address).content.decode()
        missing = [name for name, page in pages_of(season).items() if f'href="{page}"' not in html]
        assert missing == (["overview"] if address == programme else [])


@pytest.mark.parametrize(
    ("role", "closed"),
    [("Programme editor", {"certificates", "mails"}), ("Viewer", {"certificates", "mails", "clock"})],
)
def test_nothing_leads_to_a_page_that_does_not_open(client, role, closed):
    season = season_of("Practice", 10, is_rehearsal=True)
    groups.set_up()
    user = User.objects.create_user(role, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    staff.sign_in(client, user)

    html = client.get("/admin/").content.decode()

    pages = pages_of(season)
    shown = {name for name, page in pages.items() if f'href="{page}"' in html}
    assert not shown & closed
    assert {client.get(pages[name]).status_code for name in shown} == {200}
    assert set(PLAIN) <= shown
