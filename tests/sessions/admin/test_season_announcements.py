"""The page on which staff announce a season: preview, number typed, progress, and taking it back."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.utils import timezone

from registrations.models import Message, NextSeasonSubscriber, SeasonAnnouncement
from sessions.models import Season
from sessions.staff import groups
from tests.support.messages import said, said_at_some_hour
from tests.support.registrations.next_seasons import open_season, subscribers
from tests.support.sessions.admin_pages import page
from tests.support.staff import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    """Open, with two people who asked."""
    subscribers(2, consented_at=timezone.now())
    return open_season(now=timezone.now())


def shown(client, season, name="season_announce") -> str:
    return client.get(page(name, season.pk)).text


def announce(client, season, people="2"):
    return client.post(page("season_announce", season.pk), {"people": people})


def take_back(client, season):
    return client.post(page("season_take_back", season.pk))


def test_form_of_the_season_leads_to_the_page_with_the_number_of_people(admin_client, season):
    address = page("season_announce", season.pk)

    assert f'<a href="{address}">Announce it to 2 people</a>' in shown(admin_client, season, "season_change")


def test_who_may_not_change_seasons_is_not_led_to_the_page(client, season):
    groups.set_up()
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.groups.add(Group.objects.get(name="Viewer"))
    sign_in(client, viewer)

    text = shown(client, season, "season_change")

    assert season.title in text
    assert page("season_announce", season.pk) not in text
    assert "Those who asked to hear" not in text
    assert client.get(page("season_announce", season.pk)).status_code == 403


def test_page_shows_people_and_mail_names_nobody_and_changes_nothing(admin_client, season):
    text = shown(admin_client, season)

    asked = NextSeasonSubscriber.objects.first()
    assert "2 people will be told by mail." in text
    assert f"Sign-up is open: {season.title}" in text
    assert "sample.person@example.org" in text
    assert season.get_absolute_url() in text
    assert asked.mailbox not in text
    assert (SeasonAnnouncement.objects.count(), Message.objects.count()) == (0, 0)


def test_confirming_with_the_number_announces_and_shows_how_far_it_is(admin_client, season):
    response = announce(admin_client, season)

    text = shown(admin_client, season)
    assert said_at_some_hour(response) == [
        "The season is announced.",
        "The mails to 2 people leave at hh:mm (Geneva). Until then you can take this back.",
    ]
    assert (response.url, LogEntry.objects.get().object_id) == (page("season_announce", season.pk), str(season.pk))
    assert "to 2 people. A season is announced once." in text
    assert "Waiting until" in text
    assert '<meta http-equiv="refresh"' in text
    assert "Take it back" in text
    assert "Announced on" in shown(admin_client, season, "season_change")


@pytest.mark.parametrize("typed", ["", "3", "two"])
def test_another_number_sends_nothing_and_says_so_beside_the_field(admin_client, season, typed):
    text = announce(admin_client, season, typed).text

    assert "Nothing was sent: the number of people was missing or different." in text
    assert "Type 2 here to confirm" in text
    assert (SeasonAnnouncement.objects.count(), Message.objects.count()) == (0, 0)


def test_second_time_says_when_it_was_done_and_to_how_many(admin_client, season):
    announce(admin_client, season)
    subscribers(1)

    response = announce(admin_client, season, "1")

    assert "to 2 people. A season is announced once." in said(response)[-1]
    assert 'type="submit" name="confirm"' not in shown(admin_client, season)
    assert Message.objects.count() == 2


def test_taking_back_says_what_it_does_and_then_lets_it_be_announced_again(admin_client, season):
    announce(admin_client, season)

    before = shown(admin_client, season, "season_take_back")
    response = take_back(admin_client, season)

    words = "2 mails have not left: these people hear nothing."
    assert words in before
    assert said(response)[-2:] == ["The announcement is taken back.", words]
    assert set(Message.objects.values_list("status", flat=True)) == {"dropped"}
    assert "2 people will be told by mail." in shown(admin_client, season)


@pytest.mark.parametrize("state", ["never announced", "all have left"])
def test_where_nothing_can_be_taken_back_the_page_says_so_and_leads_back(admin_client, season, state):
    if state == "all have left":
        announce(admin_client, season)
        Message.objects.update(status="sent", attempts=1)

    response = take_back(admin_client, season)

    assert said(response)[-1].startswith("There is nothing to take back")
    assert not SeasonAnnouncement.objects.exclude(taken_back_at=None).exists()
    assert "Take it back" not in shown(admin_client, season)


@pytest.mark.parametrize("missing", ["published", "people", "real"])
def test_page_without_anything_to_announce_says_why_and_has_no_button(admin_client, season, missing):
    if missing == "people":
        NextSeasonSubscriber.objects.all().delete()
    else:
        Season.objects.update(**{"published": {"is_published": False}, "real": {"is_rehearsal": True}}[missing])
    reason = "Nobody is waiting" if missing == "people" else "It cannot be announced yet"

    response = announce(admin_client, season)

    assert said(response)[0].startswith(reason)
    assert all(reason in shown(admin_client, season, name) for name in ("season_announce", "season_change"))
    assert 'type="submit" name="confirm"' not in shown(admin_client, season)
    assert Message.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", ["season_announce", "season_take_back"])
def test_only_who_may_change_seasons_may_announce_them(client, season, name, method):
    sign_in(client, User.objects.create_user("reader", is_staff=True))

    assert getattr(client, method)(page(name, season.pk), {"people": "2"}).status_code == 403
    assert Message.objects.count() == 0


def test_form_of_a_new_season_says_to_save_it_first(admin_client):
    assert "Save the season first." in admin_client.get(page("season_add")).text
