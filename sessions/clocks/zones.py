"""Time zones as people know them: a city and an offset, from the zone tables of the tzdata package."""

from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

# The zone has the name of another city than the Secretariat is in.
SECRETARIAT = {"Europe/Zurich": "Geneva"}
UTC_NAMES = frozenset({"UTC", "Etc/UTC"})


@cache
def zone_names() -> frozenset[str]:
    """Every IANA name that can be stored, old spellings included."""
    return frozenset(name for name in available_timezones() if "/" in name or name in UTC_NAMES)


@cache
def city_zones() -> tuple[str, ...]:
    """The names offered for choice: one a populated place, from zone.tab, and UTC."""
    rows = _tzdata("zone.tab").splitlines()
    return (*sorted(row.split("\t")[2] for row in rows if row and not row.startswith("#")), "UTC")


@cache
def _current_names() -> dict[str, str]:
    """Old spelling to current name (Asia/Calcutta to Asia/Kolkata), from the link lines of tzdata.zi."""
    links = (line.split() for line in _tzdata("tzdata.zi").splitlines() if line.startswith("L "))
    return {alias: target for _letter, target, alias in links}


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    """ISO 3166 alpha-2 code to its zones, the most populous first as zone.tab orders them."""
    zones: dict[str, tuple[str, ...]] = {}
    for row in _tzdata("zone.tab").splitlines():
        if row and not row.startswith("#"):
            code, _coordinates, name = row.split("\t")[:3]
            zones[code] = (*zones.get(code, ()), name)
    return zones


def zone_of_country(iso2: str) -> str | None:
    """The zone of a country that has only one; None where the country leaves a choice."""
    zones = _zones_by_country().get(iso2, ())
    return zones[0] if len(zones) == 1 else None


def current_name(name: str) -> str | None:
    """The name to store for what a browser or a person gave; None if it is no zone.

    Browsers still send old spellings such as Asia/Calcutta.
    """
    if name in UTC_NAMES:
        return "UTC"
    if name not in zone_names():
        return None
    return name if name in city_zones() else _current_names().get(name, name)


def usable(name: str) -> str:
    """The name, or UTC for a zone that was stored once and that the present tables do not know any more."""
    return name if name in zone_names() else "UTC"


def season_place(name: str) -> str:
    """What the clock of a season in this zone is called unless somebody says otherwise."""
    return SECRETARIAT.get(name) or city(name)


def city(name: str) -> str:
    """The place in a zone's name: America/Argentina/Buenos_Aires gives Buenos Aires."""
    return name.rpartition("/")[2].replace("_", " ")


def offset(name: str, moment: datetime) -> str:
    """The offset at that moment as UTC+5:45, UTC−3 or UTC, with a true minus sign."""
    minutes = round(moment.astimezone(ZoneInfo(usable(name))).utcoffset() / timedelta(minutes=1))
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "\N{MINUS SIGN}"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def label(name: str, moment: datetime) -> str:
    """City and offset at that moment: Nairobi, UTC+3."""
    if usable(name) in UTC_NAMES:
        return "UTC"
    return _("%(city)s, %(offset)s") % {"city": city(name), "offset": offset(name, moment)}


def _tzdata(file_name: str) -> str:
    return resources.files("tzdata").joinpath("zoneinfo", file_name).read_text(encoding="utf-8")
