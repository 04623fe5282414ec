"""Addresses that open a calendar's own form, for one slot or to subscribe; their vendors document none of them."""

from dataclasses import dataclass
from datetime import UTC
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from sessions import translations
from sessions.clocks import slot_clocks


@dataclass(frozen=True)
class CalendarLink:
    name: str
    url: str


def name_of_stream(season, stream) -> str:
    """Of the calendar with the sessions of one stream."""
    return _("%(season)s: %(stream)s") % {
        "season": translations.words(season, "title"),
        "stream": translations.words(stream, "title"),
    }


@dataclass(frozen=True)
class Subscription:
    """A feed to subscribe to; `url` is its full https address, which is all that any other program needs."""

    name: str
    url: str

    @classmethod
    def to_season(cls, season, stream=None):
        """To one stream of the season, if there is one."""
        if stream is None:
            return cls(
                translations.words(season, "title"),
                settings.SITE_URL + reverse("sessions:season_feed", args=[season.slug]),
            )
        address = reverse("sessions:stream_feed", args=[season.slug, stream.slug])
        return cls(name_of_stream(season, stream), settings.SITE_URL + address)

    @classmethod
    def to_session(cls, session):
        address = reverse("sessions:session_feed", args=[session.season.slug, session.slug])
        return cls(translations.words(session, "title"), settings.SITE_URL + address)

    @property
    def links(self) -> list[CalendarLink]:
        webcal = "webcal" + self.url[self.url.index(":") :]
        by_address = {"url": self.url, "name": self.name}
        return [
            CalendarLink(_("Apple Calendar, Thunderbird"), webcal),
            _link(_("Google Calendar"), "https://calendar.google.com/calendar/r", {"cid": webcal}),
            _link("Outlook.com", "https://outlook.live.com/calendar/0/addfromweb", by_address),
            _link("Office 365", "https://outlook.office.com/calendar/0/addfromweb", by_address),
        ]


def links(*, title: str, text: str, place: str, starts_at, ends_at) -> list[CalendarLink]:
    """Google, Outlook.com, Office 365 and Yahoo; entries made this way get no updates.

    Instants in UTC, values percent-encoded with %20 for a space.
    """
    basic = [f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in (starts_at, ends_at)]
    begins, ends = (f"{moment.astimezone(UTC):%Y-%m-%dT%H%%3A%M%%3A%SZ}" for moment in (starts_at, ends_at))
    # Each value is quoted once, for all four.
    title, text, place = _quoted(title), _quoted(text), _quoted(place)
    google = f"action=TEMPLATE&text={title}&dates={basic[0]}%2F{basic[1]}&details={text}&location={place}"
    compose = f"path=%2Fcalendar%2Faction%2Fcompose&rru=addevent&startdt={begins}&enddt={ends}"
    outlook = f"calendar/deeplink/compose?{compose}&subject={title}&body={text}&location={place}"
    yahoo = f"v=60&TITLE={title}&ST={basic[0]}&ET={basic[1]}&DESC={text}&in_loc={place}"
    return [
        CalendarLink(_("Google Calendar"), f"https://calendar.google.com/calendar/render?{google}"),
        CalendarLink("Outlook.com", f"https://outlook.live.com/{outlook}"),
        CalendarLink("Office 365", f"https://outlook.office.com/{outlook}"),
        CalendarLink("Yahoo", f"https://calendar.yahoo.com/?{yahoo}"),
    ]


def links_of_slot(slot, *, title: str, text: str, place: str) -> list[CalendarLink]:
    """`links` for the slot, or for each of its parts that is held, with the part in their names."""
    if not slot.parts:
        return links(title=title, text=text, place=place, starts_at=slot.starts_at, ends_at=slot.ends_at)
    found = []
    for stretch in slot.held_stretches:
        part, times = stretch.part, {"starts_at": stretch.starts_at, "ends_at": stretch.ends_at}
        for link in links(title=slot_clocks.title_of_part(title, part), text=text, place=place, **times):
            name = slot_clocks.name_of(part.position, part.total)
            found.append(CalendarLink(_("%(program)s, %(part)s") % {"program": link.name, "part": name}, link.url))
    return found


def _quoted(value) -> str:
    return quote(value, safe="")


def _link(name: str, address: str, values: dict) -> CalendarLink:
    return CalendarLink(name, f"{address}?{urlencode(values, quote_via=quote, safe='')}")
