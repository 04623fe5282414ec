"""The poster as PDF: the same as its page, on one sheet, in six languages."""

import io
import re
from datetime import timedelta

import pypdf
import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from sessions.models import Season, Session
from sessions.models.parts import Part
from tests.factories import OccurrenceFactory, SeasonFactory, SessionFactory, StreamFactory
from tests.support.paths import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo():
    """The season of 2020: 13 sessions in 3 streams."""
    call_command("load_season", str(ROOT / "sessions/data/season-2020.toml"))
    return Season.objects.get()


def sheet(client, season, prefix="", zone="Africa%2FNairobi"):
    client.cookies["zone"] = zone
    answer = client.get(f"{prefix}/poster/{season.slug}/poster.pdf")
    assert answer.status_code == 200
    return pypdf.PdfReader(io.BytesIO(answer.content))


def letters(text) -> str:
    """Without spaces and what nobody sees: lines break where there is room."""
    return re.sub(r"[\s\u200b\u2066-\u2069\u00a0\u202f]", "", text)


def text_of(document) -> str:
    return letters("".join(page.extract_text() for page in document.pages))


def slot(season, **more):
    starts_at = timezone.now() + timedelta(days=5)
    return OccurrenceFactory(
        session=SessionFactory(season=season, **more), starts_at=starts_at, ends_at=starts_at + timedelta(hours=1)
    )


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES])
def test_demo_season_is_on_one_sheet_in_each_language(client, demo, code):
    prefix = "" if code == "en" else f"/{code}"

    document = sheet(client, demo, prefix)

    assert len(document.pages) == 1
    shown = text_of(document)
    titles = [letters(session.title) for session in demo.sessions.published()]
    assert len(titles) >= 13
    assert [title for title in titles if title not in shown] == []
    assert f"{letters(settings.SITE_URL.partition('://')[2])}{prefix}/seasons/{demo.slug}" in shown
    assert document.trailer["/Root"]["/Lang"].split("-")[0] == code.split("-")[0]


def test_shows_hours_of_the_reader_and_of_the_season_as_the_page_does(client, demo):
    document = sheet(client, demo)
    page = client.get(f"/poster/{demo.slug}/").text

    hours = [letters(each) for each in re.findall(r'<time datetime="[^"]*">([^<]*)</time>', page)]
    assert len(hours) > 13
    shown = text_of(document)
    assert sorted(set(hours)) == sorted({each for each in hours if each in shown})
    assert "AlltimesarelocaltimeinNairobi." in shown
    assert "Geneva,UTC+" in shown


def test_what_was_called_off_and_what_is_by_invitation_say_so(client):
    season = SeasonFactory()
    off = slot(season, title="Fish")
    slot(season, title="Rice", access=Session.Access.INVITATION)
    type(off).objects.filter(pk=off.pk).update(called_off_at=timezone.now())

    shown = text_of(sheet(client, season))

    assert "Calledoff" in shown
    assert "Byinvitationonly" in shown


def test_each_part_of_a_time_slot_has_its_line(client):
    season = SeasonFactory()
    held = slot(season, title="Briefing")
    held.parts = tuple(
        Part(number, held.starts_at + timedelta(days=number), held.ends_at + timedelta(days=number))
        for number in range(1, 3)
    )
    held.save()

    shown = text_of(sheet(client, season))

    assert shown.index("Part1of2") < shown.index("Part2of2")


def test_long_titles_take_more_room_and_nothing_is_lost(client):
    season = SeasonFactory(title="A season with a long title, " * 7)
    stream = StreamFactory(season=season, title="A stream with a long title, " * 7)
    for number in range(14):
        slot(season, stream=stream, title=f"Number {number}: " + "mercury in products and processes, " * 8)

    document = sheet(client, season, "/ru")

    assert len(document.pages) in (2, 3)
    assert [number for number in range(14) if f"Number{number}:" not in text_of(document)] == []


def test_values_are_as_typed_and_what_no_font_has_is_left_out(client):
    season = SeasonFactory()
    slot(season, title="#Zn $x$ [a] *b* \\ \N{FISH} <i>")

    assert letters("#Zn $x$ [a] *b* \\  <i>") in text_of(sheet(client, season))


def test_season_without_sessions_says_so(client):
    season = SeasonFactory()

    assert "Nosessionisannouncedyet." in text_of(sheet(client, season))


def test_nothing_of_what_is_not_public_is_on_it(client):
    season = SeasonFactory()
    slot(season, title="Hidden topic", is_published=False)

    assert "Hiddentopic" not in text_of(sheet(client, season))
    assert client.get(f"/poster/{SeasonFactory(is_published=False).slug}/poster.pdf").status_code == 404


def test_code_is_drawn_in_lines_and_not_as_a_picture_of_points(client):
    document = sheet(client, SeasonFactory())

    assert list(document.pages[0].images) == []


def test_who_has_the_sheet_is_told_so(client):
    season = SeasonFactory()
    first = client.get(f"/poster/{season.slug}/poster.pdf")

    again = client.get(f"/poster/{season.slug}/poster.pdf", headers={"If-None-Match": first["ETag"]})

    assert (first["Content-Type"], first["Content-Disposition"]) == (
        "application/pdf",
        f'inline; filename="minamata-{season.slug}.pdf"',
    )
    assert (again.status_code, again.content) == (304, b"")


def test_pages_lead_to_it(client):
    season = SeasonFactory()
    slot(season)

    for page in (f"/poster/{season.slug}/", season.get_absolute_url(), f"/ar{season.get_absolute_url()}"):
        prefix = "/ar" if page.startswith("/ar") else ""
        assert f'href="{prefix}/poster/{season.slug}/poster.pdf"' in client.get(page).text
