"""Addresses that open a calendar's own form for a slot; undocumented by their vendors, they carry no updates."""

from dataclasses import dataclass
from datetime import UTC
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class CalendarLink:
    name: str
    url: str


def links(*, title: str, text: str, place: str, starts_at, ends_at) -> list[CalendarLink]:
    """Google, Outlook.com, Office 365 and Yahoo; instants in UTC, values percent-encoded with %20 for a space."""
    basic = [f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}" for moment in (starts_at, ends_at)]
    extended = [f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for moment in (starts_at, ends_at)]
    google = {"action": "TEMPLATE", "text": title, "dates": "/".join(basic), "details": text, "location": place}
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "startdt": extended[0],
        "enddt": extended[1],
        "subject": title,
        "body": text,
        "location": place,
    }
    yahoo = {"v": "60", "TITLE": title, "ST": basic[0], "ET": basic[1], "DESC": text, "in_loc": place}
    return [
        _link("Google Calendar", "https://calendar.google.com/calendar/render", google),
        _link("Outlook.com", "https://outlook.live.com/calendar/deeplink/compose", outlook),
        _link("Office 365", "https://outlook.office.com/calendar/deeplink/compose", outlook),
        _link("Yahoo", "https://calendar.yahoo.com/", yahoo),
    ]


def _link(name: str, address: str, values: dict) -> CalendarLink:
    return CalendarLink(name, f"{address}?{urlencode(values, quote_via=quote, safe='')}")
