"""The two lines of HTML that put the coming sessions into a web page, in each language: for who copies them."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Lines:
    """`code` and `name` are of the language; `text` is HTML to copy, `fragment` the address of the list as HTML."""

    code: str
    name: str
    text: str
    fragment: str


def in_all_languages(season=None) -> list[Lines]:
    """For this season, or without one for that which the site opens with."""
    return [_lines(code, name, season) for code, name in settings.LANGUAGES]


def _lines(code, name, season) -> Lines:
    with translation.override(code):
        page = settings.SITE_URL + (season.get_absolute_url() if season else reverse("sessions:home"))
        words = _("Minamata Online: coming sessions")
    script, fragment = (settings.SITE_URL + reverse(f"widget:{each}") for each in ("script", "fragment"))
    of_season = f' season="{season.slug}"' if season else ""
    text = (
        f'<script src="{script}" defer></script>\n'
        f'<minamata-season lang="{code}"{of_season}><a href="{page}">{escape(words)}</a></minamata-season>'
    )
    return Lines(code, name, text, f"{fragment}?lang={code}" + (f"&season={season.slug}" if season else ""))
