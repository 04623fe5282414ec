"""The lists of seasons, sessions and time slots: in words, and narrowed by them."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import SeasonFactory, SessionFactory, StreamFactory

pytestmark = pytest.mark.django_db


def listed(client, model, **filters):
    return client.get(reverse(f"admin:online_sessions_{model}_changelist"), filters)


def test_list_of_seasons_says_when_they_are_and_who_sees_them(admin_client):
    SeasonFactory(starts_on=date(2030, 9, 1), ends_on=date(2030, 12, 15), is_published=True, is_rehearsal=True)

    page = listed(admin_client, "season").text

    assert "<h1>Seasons</h1>" in page
    assert 'data-heading="First day">1 September 2030</td>' in page
    assert 'data-heading="Who sees it">everybody, as a rehearsal</td>' in page


def test_streams_of_one_name_are_one_choice(admin_client):
    streams = [StreamFactory(title="Mercury science") for _season in range(2)]
    SessionFactory(title="Elsewhere")
    found = [SessionFactory(stream=stream, season=stream.season) for stream in streams]

    page = listed(admin_client, "session", stream="Mercury science")

    assert set(page.context["cl"].result_list) == set(found)
    assert page.text.count('">Mercury science</a>') == 1


def test_empty_list_says_whether_anything_was_left_out(admin_client):
    assert "There is nothing in this list yet." in listed(admin_client, "session").text

    SessionFactory(title="Waste")

    assert "Nothing in this list fits what you look for." in listed(admin_client, "session", q="emissions").text
