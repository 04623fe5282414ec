"""What is in an archive of a season and what is not, and that everything in it leads somewhere."""

import hashlib
from collections import deque
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from icalendar import Calendar
from pypdf import PdfReader

from sessions.archive import programme
from sessions.archive.exceptions import CannotArchive
from sessions.archive.making import Making
from sessions.models import Material, Season, Session
from tests.support.sessions.archives import NOW, archive_of, leads_to, pages_of, season_of_everything

PAGES = {
    *("index.html", "figures.html", "poster.html", "about.html", "accessibility.html", "privacy.html"),
    *("streams/science.html", "sessions/air.html", "sessions/con_.html"),
}
CALENDARS = {"calendars/season.ics", "calendars/streams/science.ics", "calendars/sessions/air.ics"}
ELSEWHERE = ("https://", "data:", "mailto:")
NEVER = ["Wanjiru", "meet.example.org", "Behind doors", "Not yet", "csrf", "data-copies", "schema.org"]
# At such an order of marks and joiners typst gives up.
CANNOT_BE_SET = (
    "\u01a0\u20e3\u4128\U0001f3f3\u4128\xe9a\u1527\u200b1\U0001f469\u20e3"
    + "\u200f\U0001f3f3\U0001f3f3 \u20e3\u200fa\u200d\uf953"
)
FORMS = {"form", "script", "input", "button", "select", "iframe", "noscript"}


def test_archive_has_each_page_in_each_language_and_every_link_leads_somewhere(season):
    files = archive_of("autumn")

    pages = pages_of(files)
    folders = {code: "" if code == "en" else f"{code}/" for code, _name in settings.LANGUAGES}
    assert set(pages) == {f"{folder}{page}" for folder in folders.values() for page in PAGES}
    assert {f"{folder}{page}" for folder in folders.values() for page in CALENDARS} <= set(files)
    for path, page in pages.items():
        assert page.tags.isdisjoint(FORMS), path
        for file, place in (leads_to(path, link) for link in page.links if not link.startswith(ELSEWHERE)):
            assert file in files, (path, file)
            assert not place or place in pages[file].ids, (path, file, place)
    for code, folder in folders.items():
        assert pages[f"{folder}sessions/air.html"].language == (code, "rtl" if code == "ar" else "ltr")


def test_nothing_of_people_nothing_hidden_and_the_old_address_as_text_alone(season):
    files = archive_of("autumn")

    no_texts = ("files/", "assets/img")
    texts = {
        path: content.decode()
        for path, content in files.items()
        if not path.startswith(no_texts) and not path.endswith(".pdf")
    }
    # Published figures name a session by invitation that was announced, as they did on the site.
    found = {(word, path) for path, text in texts.items() for word in NEVER if word in text and "figures" not in path}
    assert found == set()
    links = [link for page in pages_of(files).values() for link in page.links]
    assert [link for link in links if "online.example.org" in link and not link.startswith("mailto:")] == []
    assert "What is air?" in texts["sessions/air.html"]
    assert "This page was at" in texts["sessions/air.html"]
    assert "https://online.example.org/seasons/autumn/air/" in texts["sessions/air.html"]


def test_poster_is_a_sheet_in_each_language_without_the_way_to_the_site(season):
    files = archive_of("autumn")

    sheets = {path: PdfReader(BytesIO(files[path])) for path in files if path.endswith("poster.pdf")}
    assert set(sheets) == {"poster.pdf", *(f"{code}/poster.pdf" for code, _name in settings.LANGUAGES if code != "en")}
    english = " ".join(page.extract_text() for page in sheets["poster.pdf"].pages)
    assert "Waste" in english
    assert [word for word in (*NEVER, "sign up", "sign-up", "online.example.org") if word in english] == []
    assert "poster.pdf" in pages_of(files)["poster.html"].links


def test_poster_that_cannot_be_set_is_left_out_and_the_archive_is_made(season):
    Session.objects.filter(slug="Con").update(title=CANNOT_BE_SET)

    files = archive_of("autumn")

    assert "poster.pdf" not in files
    assert "poster.pdf" not in pages_of(files)["poster.html"].links


def test_pages_say_that_they_are_an_archive_and_that_nobody_can_register(season):
    files = archive_of("autumn")

    coming = files["sessions/con_.html"].decode()
    assert "This is an archive of the season, as of Friday 1 November 2030. Registration is closed." in coming
    assert ("Registration closed" in coming, "Sign up" in coming, "some days after" in coming) == (True, False, False)
    russian = "Это архив сезона (дата архива: пятница, 1 ноября 2030\u202fг.). Регистрация закрыта."
    assert russian in files["ru/index.html"].decode()
    assert "الزئبق في الهواء" in files["ar/sessions/air.html"].decode()


def test_links_of_staff_to_what_is_not_kept_are_words(season):
    page = archive_of("autumn")["fr/index.html"].decode()

    assert '<a href="sessions/air.html#published" rel="noreferrer">Air</a>' in page
    assert "<span>sign up</span>, <span>last year</span>, <span>secret</span>, <span>nowhere</span>" in page


STATIC = ["nothing.png", "", "img/", "%2e%2e/manage.py", "img/%2e%2e/css/site.css", "%00", "a%0ab", "%2fetc/passwd"]


def test_links_of_staff_to_no_file_of_the_site_are_words(season, two_languages):
    text = " ".join(f"[x{number}](/static/{name})" for number, name in enumerate(STATIC))
    Season.objects.update(introduction=text, translations={})

    files = archive_of("autumn")

    assert " ".join(f"<span>x{number}</span>" for number in range(len(STATIC))) in files["index.html"].decode()
    assert [path for path in files if ".." in path] == []


def test_files_are_kept_whole_under_plain_names_and_listed_with_their_digests(season, two_languages):
    files = archive_of("autumn")

    [air, waste] = Material.objects.filter(session__slug__in=["air", "Con"]).exclude(file="").order_by("session")
    kept = {path: content for path, content in files.items() if path.startswith("files/")}
    assert kept == {f"files/{air.pk}-air_slides.pdf": b"air" * 1000, f"files/{waste.pk}-con_slides.pdf": b"Con" * 1000}
    lines = files.pop("MANIFEST.sha256").decode().splitlines()
    assert lines == [f"{hashlib.sha256(files[path]).hexdigest()}  {path}" for path in sorted(files)]


def test_calendars_can_be_read_and_lead_nowhere(season, two_languages):
    files = archive_of("autumn")

    text = files["ar/calendars/season.ics"].decode()
    assert [str(event["SUMMARY"]) for event in Calendar.from_ical(text).walk("VEVENT")] == ["الزئبق في الهواء", "Waste"]
    assert "http" not in text
    assert len(Calendar.from_ical(files["calendars/sessions/air.ics"].decode()).walk("VEVENT")) == 1


def test_same_state_on_the_same_day_gives_the_same_octets(season, two_languages):
    first, second = archive_of("autumn"), archive_of("autumn", now=NOW + timedelta(hours=2))

    assert list(first) == list(second)
    assert first == second


def test_rehearsal_is_marked_on_each_page(db, media, two_languages):
    season_of_everything(is_rehearsal=True)

    files = archive_of("autumn")

    pages = {path: content for path, content in files.items() if path.endswith(".html") and "/" not in path}
    assert all(b"This is an archive of a rehearsal" in content for content in pages.values())
    assert "This season was a rehearsal." in files["README.txt"].decode()


def test_clock_of_a_rehearsal_is_on_no_page_of_its_archive(db, media, two_languages, client):
    ahead = "In this rehearsal it is"
    season = season_of_everything(is_rehearsal=True, clock_ahead=timedelta(days=3))
    assert ahead in client.get(season.get_absolute_url()).text

    assert [path for path, content in archive_of("autumn").items() if ahead.encode() in content] == []


def test_season_that_nobody_sees_has_no_archive(season):
    Season.objects.update(is_published=False)

    for slug in ("autumn", "nowhere"):
        with pytest.raises(CannotArchive, match=f"no published season '{slug}'"):
            archive_of(slug)


def test_file_that_is_missing_is_named_before_anything_is_made(season):
    material = Material.objects.get(session__slug="air", kind="slides")
    material.file.storage.delete(material.file.name)

    with pytest.raises(CannotArchive, match=r"The file “Slides” of the session “Mercury in <air>” is not where"):
        next(Making(programme.of("autumn", now=NOW)).entries())


def test_page_that_was_taken_back_while_the_archive_is_made_is_said(season):
    entries = Making(programme.of("autumn", now=NOW)).entries()
    list(next(entries).content)
    season.figures.all().delete()

    with pytest.raises(CannotArchive, match=r"changed meanwhile: /api/v1/seasons/autumn/figures/.* is gone"):
        deque(list(entry.content) for entry in entries)
