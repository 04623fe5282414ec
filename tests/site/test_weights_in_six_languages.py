"""What a first visit weighs in each language, without a browser; `tests/journeys/test_page_size.py` has all pages."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.utils import timezone

from minamata_online.configuration import languages
from sessions.models import Season
from tests.journeys.pages import every_page
from tests.support.weights import weight_in_production

pytestmark = pytest.mark.django_db
FORM = "/sign-up/rehearsal/"
LIMIT_OF_FORM, LIMIT_BYTES = 25_000, 30_000
# The others weigh less than 20 KB.
HEAVY = {"home", "sign-up", "sign-up of a delegation", "invitation, open", "details", "time zone", "my season"}
FILE = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"')


def test_no_page_is_too_heavy_in_any_language(client, capsys):
    seasons = two_seasons()
    forms = {language: weight(client, FORM, language) for language in languages.NAMES}
    # From here on the form has questions of staff.
    heavy = [address for address in every_page(seasons) if address.name in HEAVY]
    pages = {
        (address.name, language): weight(client, address.path, language)
        for address in heavy
        for language in languages.NAMES
    }

    assert len(heavy) == len(HEAVY)
    assert {language: bytes_ for language, bytes_ in forms.items() if bytes_ > LIMIT_OF_FORM} == {}
    assert {which: bytes_ for which, bytes_ in pages.items() if bytes_ > LIMIT_BYTES} == {}
    assert min(pages.values()) > 10_000


def two_seasons():
    call_command("load_season", "sessions/data/season-2020.toml")
    starting = timezone.now().date() + timedelta(days=7)
    call_command("clone_season", "2020", slug="rehearsal", starting=starting, rehearsal=True, publish=True)
    return Season.objects.in_bulk(["2020", "rehearsal"], field_name="slug")


def weight(client, path, language) -> int:
    """Bytes of the page and its files; personal pages have no language in their address."""
    client.cookies["language"] = language
    is_personal = path.startswith(("/my/", "/invitation/"))
    address = path if is_personal or language == "en" else f"/{language}{path}"
    answer = client.get(address)
    assert f'<html lang="{language}"' in answer.text
    files = {file: Path(finders.find(file.removeprefix("/static/"))) for file in FILE.findall(answer.text)}
    return weight_in_production(address, answer.content) + sum(
        weight_in_production(file, path.read_bytes()) for file, path in files.items()
    )
