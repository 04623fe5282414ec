"""The page about privacy names each cookie that we set, and how long it is kept."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from registrations.views.support import reading_language, typed_form
from sessions.clocks import reader
from sessions.staff import unsent_forms

ROOT = Path(settings.BASE_DIR)
SETS_COOKIES = re.compile(r"\.set_(?:signed_)?cookie\(|document\.cookie = \"(\w+)=")
# By the file that sets it; the others are Django's own.
OURS = {
    "registrations/views/support/reading_language.py": ("the language that you chose", reading_language.KEPT_FOR),
    "registrations/views/support/typed_form.py": ("after a sign-up, what you typed", typed_form.KEPT_FOR),
    "sessions/clocks/reader.py": ("your time zone", timedelta(seconds=reader.YEAR_SECONDS)),
    "sessions/staff/unsent_forms.py": ("for staff, that they had a form open", timedelta(days=unsent_forms.DAYS)),
    "static/js/site.js": ("your time zone", timedelta(days=365)),
}
OF_DJANGO = [
    ("a random text that protects the forms", timedelta(days=365)),
    ("that you are signed in", timedelta(seconds=settings.SESSION_COOKIE_AGE)),
    ("a message for the next page", None),
]
IN_WORDS = {
    timedelta(days=365): "for a year",
    timedelta(days=7): "for 7 days",
    timedelta(hours=12): "for 12 hours",
    timedelta(minutes=15): "for 15 minutes",
    None: "until it was shown",
}


@pytest.mark.parametrize(("words", "kept_for"), [*OURS.values(), *OF_DJANGO])
def test_page_about_privacy_says_which_cookies_there_are_and_for_how_long(client, words, kept_for):
    page = " ".join(client.get("/privacy/").content.decode().partition("<h2>Cookies</h2>")[2].split())

    cookie = next(item for item in page.split("<li>") if words in item)
    assert IN_WORDS[kept_for] in cookie


def test_no_other_file_of_ours_sets_cookies():
    code = [path for room in ("minamata_online", "registrations", "sessions") for path in (ROOT / room).rglob("*.py")]
    scripts = [path for path in (ROOT / "static").rglob("*.js") if "admin" not in path.parts]

    found = {str(path.relative_to(ROOT)) for path in [*code, *scripts] if SETS_COOKIES.search(path.read_text())}

    assert found == set(OURS)
