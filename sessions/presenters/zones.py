"""The list of time zones in which a reader finds their own by country and city."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sessions.clocks import dates, zones
from sessions.reference import countries


@dataclass(frozen=True)
class ZoneGroup:
    """Zones for a list of choices: pairs of IANA name and words; `heading` is empty where they need none."""

    heading: str
    choices: list[tuple[str, str]]


def zone_groups(moment, *, zone="", country="") -> list[ZoneGroup]:
    """All zones, by country; those of `country` (an M49 code) come first, before them `zone`, if it is not listed."""
    # Clocks are changed at full quarters of an hour, and there are hundreds of them.
    quarter = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
    language = get_language() or settings.LANGUAGE_CODE
    choices = _choices(quarter, language)
    rare = [ZoneGroup("", [(zone, _words(zone, quarter, language))])] if _is_rare(zone) else []
    if own := _of_country(country, choices):
        name = countries.name(country, language)
        return [*rare, ZoneGroup(name, own), ZoneGroup(_("All countries and areas"), choices)]
    return [*rare, ZoneGroup("", choices)]


def as_choices(groups) -> list:
    """The groups as choices of a field of Django."""
    plain = [choice for group in groups if not group.heading for choice in group.choices]
    return [*plain, *((group.heading, group.choices) for group in groups if group.heading)]


@lru_cache(maxsize=16)
def _choices(moment, language) -> list[tuple[str, str]]:
    order = {name: number for number, (_code, name) in enumerate(countries.choices(language))}
    places = sorted(zones.listed(), key=lambda place: order.get(_country_name(place.country, language), len(order)))
    return [(zone, _words(zone, moment, language)) for zone in [*(place.zone for place in places), "UTC"]]


def _of_country(code, choices):
    found = countries.by_code(code or "")
    return [choice for choice in choices if found and found.iso2 and zones.country(choice[0]) == found.iso2]


def _is_rare(zone) -> bool:
    is_listed = zone == "UTC" or any(place.zone == zone for place in zones.listed())
    return not is_listed and zones.current_name(zone or "") is not None


def _words(zone, moment, language) -> str:
    """India: New Delhi, Mumbai (UTC+5:30); Kenya (UTC+3), where there is nothing else to choose."""
    if zones.is_fixed(zone):
        return zones.city(zone)
    iso2 = zones.country(zone)
    country, cities = _country_name(iso2, language), zones.cities(zone)
    is_alone = country and zones.zone_of_country(iso2) == zone and len(cities) == 1
    cities, offset = country if is_alone else dates.listed(cities, language), zones.offset(zone, moment)
    if country in ("", cities):
        return _("%(cities)s (%(offset)s)") % {"cities": cities, "offset": offset}
    return _("%(country)s: %(cities)s (%(offset)s)") % {"country": country, "cities": cities, "offset": offset}


def _country_name(iso2, language) -> str:
    found = countries.by_iso2(iso2)
    return countries.name(found.code, language) if found else ""
