"""The time zone in which a visitor reads: their own word in a cookie, else the season's."""

from dataclasses import dataclass
from urllib.parse import quote, unquote

from django.conf import settings

from sessions import translations
from sessions.clocks import zones

ZONE_COOKIE = "zone"
YEAR_SECONDS = 365 * 24 * 3600


@dataclass(frozen=True)
class Reader:
    """`is_known` is False while nobody has said or guessed the zone, and that of the season is used."""

    zone: str
    is_known: bool

    @property
    def is_on_offset(self) -> bool:
        """Times are in UTC or so many hours from it, and no local time of a place."""
        return zones.is_fixed(self.zone)


def reader_of(request, season) -> Reader:
    zone = zones.current_name(unquote(request.COOKIES.get(ZONE_COOKIE, "")))
    return Reader(zone or season.timezone, is_known=zone is not None)


def place_of(reader: Reader, season) -> str:
    """What the reader's clock is called: the season's own word for its zone, else the city."""
    return words_of_place(season) if reader.zone == season.timezone else zones.city(reader.zone)


def words_of_place(season) -> str:
    """What the season calls its clock, in the language of who reads it."""
    return zones.in_language(translations.words(season, "place"))


def remember_zone(response, zone: str):
    """The cookie is readable by script, which sets the same one when it guesses."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(ZONE_COOKIE, quote(zone, safe=""), max_age=YEAR_SECONDS, samesite="Lax", secure=secure)
