"""The list of time zones in which a reader finds their own."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language

from sessions.clocks import zones


@dataclass(frozen=True)
class ZoneGroup:
    """The zones of one part of the world, for a list of choices: pairs of IANA name and words."""

    region: str
    choices: list[tuple[str, str]]


def zone_groups(moment) -> list[ZoneGroup]:
    """The zones by region as the IANA names them, each as city and offset at that moment."""
    # Clocks are changed at full quarters of an hour, and there are hundreds of them.
    quarter = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
    return _zone_groups(quarter, get_language())


@lru_cache(maxsize=16)
def _zone_groups(moment, _language) -> list[ZoneGroup]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in zones.city_zones():
        region = name.partition("/")[0] if "/" in name else "UTC"
        words = zones.label(name, moment)
        groups.setdefault(region, []).append((name, words))
    return [ZoneGroup(region, sorted(choices, key=lambda choice: choice[1])) for region, choices in groups.items()]
