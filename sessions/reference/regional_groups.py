"""The regional groups of Member States of the United Nations, and the observers that are in none.

Staff are to check the table against the list of the Department for General Assembly and Conference Management. The
European Union has no M49 code, so that no country here stands for it.
"""

import csv
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

TABLE = Path(__file__).parent / "un-regional-groups.csv"
# The words of the table, and the codes that stand for them.
CODES = {
    "African States": "africa",
    "Asia-Pacific States": "asia-pacific",
    "Eastern European States": "eastern-europe",
    "Latin American and Caribbean States": "latin-america-caribbean",
    "Western European and other States": "western-europe-others",
}
OBSERVERS, NONE = "observers", "none"
NAMES = {
    "africa": _("African States"),
    "asia-pacific": _("Asia-Pacific States"),
    "eastern-europe": _("Eastern European States"),
    "latin-america-caribbean": _("Latin American and Caribbean States"),
    "western-europe-others": _("Western European and other States"),
    OBSERVERS: _("Observer States"),
    NONE: _("In no group: territories, international organisations"),
}
# Those for which a session can be made, as choices of a field.
REGIONS = [(code, NAMES[code]) for code in CODES.values()]
# The Holy See and the State of Palestine.
OBSERVER_STATES = ("336", "275")


def of(country: str) -> str:
    """A code of NAMES for an M49 code; empty for no country at all."""
    if not country:
        return ""
    return OBSERVERS if country in OBSERVER_STATES else _table().get(country, NONE)


@cache
def _table() -> dict[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as rows:
        return {row["m49"]: CODES[row["group"]] for row in csv.DictReader(rows)}
