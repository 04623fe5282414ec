"""The poster of a season: what is on it, and its QR code."""

import re
from datetime import timedelta

import pytest
import qrcode
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from tests.factories import OccurrenceFactory, SeasonFactory, SessionFactory

pytestmark = pytest.mark.django_db


def poster(client, season):
    client.cookies["zone"] = "Africa%2FNairobi"
    return client.get(reverse("sessions:poster", args=[season.slug]))


def slot(title, season, days):
    starts_at = timezone.now() + timedelta(days=days)
    times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1)}
    return OccurrenceFactory(session=SessionFactory(season=season, title=title), **times)


def test_shows_what_is_to_come_in_the_readers_time_and_that_of_the_season(client):
    season = SeasonFactory(timezone="Asia/Dhaka", place="Dhaka")
    slot("Article 3 Trade", season, 5)
    slot("Article 8 Emissions", season, -5)

    shown = poster(client, season).text

    assert "Article 3 Trade" in shown
    assert "Article 8 Emissions" not in shown
    assert "local time in <b>Nairobi</b>" in shown
    assert "Dhaka, UTC+6<br>" in shown


def test_nobody_lives_in_utc(client):
    assert "time zone of the season until you choose yours" in client.get("/time-zone/").text
    client.cookies["zone"] = "UTC"

    season = SeasonFactory()
    shown = [client.get(path).text for path in (f"/poster/{season.slug}/", season.get_absolute_url(), "/time-zone/")]

    assert ["All times are in <b>UTC</b>" in page for page in shown] == [True, True, True]


def test_season_that_is_over_shows_all_that_there_was(client):
    season = SeasonFactory()
    slot("Article 3 Trade", season, -9)
    slot("Article 8 Emissions", season, -5)

    shown = poster(client, season).text

    assert shown.index("Article 3 Trade") < shown.index("Article 8 Emissions")


def test_introduction_of_a_rehearsal_has_its_paragraphs_and_links(client):
    season = SeasonFactory(is_rehearsal=True, introduction="Only **a test**.\n\n[More](https://a.example/)")

    lead = poster(client, season).text.partition('<div class="lead" dir="auto">')[2].partition("</div>")[0]

    assert "<p>Only <strong>a test</strong>.</p>" in lead
    assert '<a href="https://a.example/" rel="noreferrer">More</a>' in lead


def test_hidden_session_is_not_on_it(client):
    season = SeasonFactory()
    hidden = slot("Expert session", season, 5).session
    type(hidden).objects.filter(pk=hidden.pk).update(is_published=False)

    answer = poster(client, season)

    assert "Expert session" not in answer.text
    assert "No session is announced yet" in answer.text


def test_slot_that_was_called_off_says_so(client):
    season = SeasonFactory()
    off = slot("Article 3 Trade", season, 5)
    slot("Article 8 Emissions", season, 6)
    type(off).objects.filter(pk=off.pk).update(called_off_at=timezone.now())

    assert "Called off" in poster(client, season).text


def test_season_that_is_not_published_has_none(client):
    assert poster(client, SeasonFactory(is_published=False)).status_code == 404


def test_qr_code_is_that_of_the_seasons_address(client):
    season = SeasonFactory()
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0)
    code.add_data(settings.SITE_URL + season.get_absolute_url())
    rows = code.get_matrix()

    shown = poster(client, season).text

    svg = re.search(r'<svg class="qr" viewBox="0 0 (\d+) \1".*?d="([^"]+)"', shown, re.DOTALL)
    modules = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg[2])}
    assert modules == {(x, y) for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark}
    assert int(svg[1]) == len(rows)
