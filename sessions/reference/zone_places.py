"""Countries, their cities and the time zones of these: capitals and large cities of GeoNames (geonames.org, CC BY 4.0).

`python -m script.zone_places` makes the table.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent / "time-zones.csv"


@dataclass(frozen=True)
class ZonePlace:
    """One clock of a country: ISO 3166 alpha-2 code, IANA name, and cities in English, the capital first."""

    country: str
    zone: str
    cities: tuple[str, ...]


@cache
def places() -> tuple[ZonePlace, ...]:
    """By country, the clock of its capital first."""
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return tuple(
            ZonePlace(row["country"], row["zone"], tuple(row["cities"].split("|"))) for row in csv.DictReader(rows)
        )
