"""An archive of a season, opened from a folder by a browser without scripts."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from playwright.sync_api import expect

from sessions.archive import folder, programme
from sessions.archive.making import Making
from sessions.models import Material, Season, Session, Speaker, Stream
from tests.support.sessions.archives import NOW, season_of_everything

pytestmark = pytest.mark.browser
WORD = "Donaudampfschiffahrt" * 10
NAMES = {Season: "title", Session: "title", Stream: "title", Speaker: "name", Material: "title"}


def test_somebody_reads_the_archive_in_two_languages_without_a_server(open_page, settings, tmp_path, transactional_db):
    settings.MEDIA_ROOT, settings.LANGUAGES = tmp_path / "media", [("ar", "العربية"), ("en", "English")]
    season_of_everything()
    folder.write(Making(programme.of("autumn", now=NOW)), tmp_path / "kept")
    page, failed = open_page(javascript=False, width=360), []
    page.on("requestfailed", lambda request: failed.append(request.url))

    page.goto((tmp_path / "kept" / "index.html").as_uri())
    page.locator("details.past summary").click()
    page.get_by_role("link", name="Mercury in <air>", exact=True).click()
    page.get_by_role("link", name="العربية").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("الزئبق في الهواء")
    assert page.url == (tmp_path / "kept" / "ar" / "sessions" / "air.html").as_uri()
    # The style sheet was found.
    expect(page.locator(".masthead")).to_have_css("border-bottom-width", "1px")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    slides = page.get_by_role("link", name="شرائح").evaluate("link => link.href")
    assert Path(url2pathname(urlsplit(slides).path)).read_bytes() == b"air" * 1000
    assert failed == []


def test_no_page_of_an_archive_is_wider_than_a_phone(open_page, settings, tmp_path, transactional_db):
    settings.MEDIA_ROOT, settings.LANGUAGES = tmp_path / "media", [("ar", "العربية"), ("en", "English")]
    season_of_everything()
    for model, field in NAMES.items():
        model.objects.update(**{field: WORD})
    folder.write(Making(programme.of("autumn", now=NOW)), tmp_path / "kept")
    pages, page = sorted((tmp_path / "kept").rglob("*.html")), open_page(javascript=False)

    too_wide = {}
    for path in pages:
        page.goto(path.as_uri())
        for width in (320, 360):
            page.set_viewport_size({"width": width, "height": 800})
            needed = page.evaluate("document.documentElement.scrollWidth")
            if needed > width:
                too_wide[path.name, width] = needed

    assert len(pages) >= 6
    assert too_wide == {}
