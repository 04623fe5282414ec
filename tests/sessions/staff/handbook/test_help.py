"""Each page of the desk leads to the chapter that helps with it."""

import pytest
from django.contrib import admin
from django.urls import reverse

from sessions.staff.handbook import chapters
from sessions.staff.handbook.help import HELP, with_page
from tests.support.sessions.staff_addresses import LEAD_ON, all_patterns

pytestmark = pytest.mark.django_db
# They are parts of pages.
NO_PAGES = LEAD_ON | {"jsi18n"}


def test_table_has_a_chapter_for_every_page():
    named = {pattern.name for pattern in all_patterns(admin.site.get_urls()) if pattern.name}

    assert {name for name in named - NO_PAGES if with_page(name) is None} == set()


def test_every_chapter_and_place_of_the_table_is_there():
    wrong = {
        page: (name, place)
        for page, (name, place) in HELP.items()
        if name not in chapters.NAMES or (place and place not in chapters.chapter(name).places)
    }

    assert wrong == {}


@pytest.mark.parametrize(
    ("page", "chapter"),
    [
        ("index", "README/"),
        ("online_sessions_season_changelist", "season/"),
        ("registrations_message_post", "mail-back/#the-page-post"),
        ("auth_user_add", "colleagues/#invite-a-colleague"),
    ],
)
def test_page_leads_to_its_chapter(admin_client, page, chapter):
    shown = admin_client.get(reverse(f"admin:{page}")).content.decode()

    assert f'<a href="/admin/handbook/{chapter}">Help</a>' in shown
