"""Time zones as people know them: a city and an offset.

Zones and old names are those of the tzdata package and of CLDR; cities those of sessions.reference.zone_places.
"""

from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sessions.clocks import dates
from sessions.reference import capitals, zone_places

# The zone has the name of another city than the Secretariat is in.
SECRETARIAT = {"Europe/Zurich": "Geneva"}
UTC_NAMES = frozenset({"UTC", "Etc/UTC"})
# Etc/GMT-3 is the clock three hours before Greenwich, whatever its name seems to say.
FIXED = "Etc/"


@cache
def zone_names() -> frozenset[str]:
    """Every IANA name that can be stored, old spellings included."""
    return frozenset(name for name in available_timezones() if "/" in name or name in UTC_NAMES)


@cache
def city_zones() -> tuple[str, ...]:
    """Every zone of a country, from zone.tab, and UTC: the names under which zones are stored."""
    return (*sorted(zone for zones in _zones_by_country().values() for zone in zones), "UTC")


@cache
def listed() -> tuple[zone_places.ZonePlace, ...]:
    """The zones offered for choice, by country; without those that the present tables do not know."""
    return tuple(place for place in zone_places.places() if place.zone in zone_names())


@cache
def _listed_by_zone() -> dict[str, zone_places.ZonePlace]:
    return {place.zone: place for place in listed()}


@cache
def _current_names() -> dict[str, str]:
    """Old spelling to current name.

    Asia/Calcutta is Asia/Kolkata by the links of tzdata.zi; Africa/Asmera is Nairobi there, and Africa/Asmara in CLDR.
    """
    lines = (line.split() for line in _tzdata("tzdata.zi").splitlines() if line.startswith("L "))
    links = {alias: target for _letter, target, alias in lines}
    of_cldr = {alias: name for alias, name in get_global("zone_aliases").items() if name in _countries_by_zone()}
    return links | of_cldr


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    """ISO 3166 alpha-2 code to its zones, the most populous first as zone.tab orders them."""
    zones: dict[str, tuple[str, ...]] = {}
    for row in _tzdata("zone.tab").splitlines():
        if row and not row.startswith("#"):
            code, _coordinates, name = row.split("\t")[:3]
            zones[code] = (*zones.get(code, ()), name)
    return zones


@cache
def _countries_by_zone() -> dict[str, str]:
    return {zone: country for country, zones in _zones_by_country().items() for zone in zones}


@cache
def zone_of_country(iso2: str) -> str | None:
    """The zone of a country that has one clock only; None where the country leaves a choice."""
    zones = [place.zone for place in listed() if place.country == iso2]
    return zones[0] if len(zones) == 1 else None


def country(name: str) -> str:
    """ISO 3166 alpha-2 code of the country that the zone is in; empty if it is in none."""
    return _countries_by_zone().get(name, "")


def current_name(name: str) -> str | None:
    """The name to store for what a browser or a person gave; None if it is no zone.

    Browsers still send old spellings such as Asia/Calcutta, some names of countries such as Japan.
    """
    if name in _countries_by_zone():
        return name
    current = _current_names().get(name, name)
    if current in UTC_NAMES:
        return "UTC"
    return current if current in zone_names() else None


def usable(name: str) -> str:
    """The name; for one that was stored once and that the present tables do not know any more, its successor or UTC."""
    return name if name in zone_names() else current_name(name) or "UTC"


def season_place(name: str) -> str:
    """What the clock of a season in this zone is called unless somebody says otherwise, in English."""
    return SECRETARIAT.get(name) or _city_in_english(name)


def city(name: str) -> str:
    """The capital or city by which people know the zone, else the place in its name; in the reader's language.

    Asia/Kolkata is New Delhi, America/Argentina/Cordoba is Cordoba, Etc/GMT-3 is UTC+3.
    """
    return in_language(_city_in_english(name))


def in_language(place: str) -> str:
    """The English name of a city in the reader's language; one that nobody knows stays as it is."""
    language = get_language() or dates.ENGLISH
    if language == dates.ENGLISH:
        return place
    # CLDR leaves out some cities and misspells others.
    return _(place) if place in capitals.NAMES else _names_of_cities(language).get(place, place)


@cache
def _names_of_cities(language) -> dict[str, str]:
    """Those of CLDR by their English name, and by the place in the name of the zone: Cuiabá is America/Cuiaba."""
    english, own = dates.locale(dates.ENGLISH).time_zones, dates.locale(language).time_zones
    cities = {zone: names["city"] for zone, names in own.items() if "city" in names}
    by_zone, by_name = ({_in_name(zone, known): cities[zone] for zone in cities} for known in ({}, english))
    return by_zone | by_name


def _in_name(zone, names) -> str:
    return names.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")


def _city_in_english(name) -> str:
    name = current_name(name) or name
    if place := _listed_by_zone().get(name):
        return place.cities[0]
    return _fixed_offset(name) if is_fixed(name) else _in_name(name, {})


def cities(name: str) -> tuple[str, ...]:
    """All that the list names for the zone, the one of `city` first."""
    place = _listed_by_zone().get(name)
    return tuple(map(in_language, place.cities)) if place else (city(name),)


def is_fixed(name: str) -> bool:
    """Whether it is an offset, and no place's clock."""
    return name in UTC_NAMES or name.startswith(FIXED)


def _fixed_offset(name) -> str:
    return offset(name, datetime(2000, 1, 1, tzinfo=ZoneInfo("UTC")))


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
    name = usable(name)
    if is_fixed(name):
        return city(name)
    return _("%(city)s, %(offset)s") % {"city": city(name), "offset": offset(name, moment)}


def _tzdata(file_name: str) -> str:
    return resources.files("tzdata").joinpath("zoneinfo", file_name).read_text(encoding="utf-8")
