"""How many rows a table has, and a digest of all their values, to be compared between two databases."""

import hashlib
import json
from dataclasses import dataclass

MODULUS = 2**256


@dataclass
class Tally:
    """The digest is a sum over the rows: their order, which follows the language of a database, does not count."""

    rows: int = 0
    digest: int = 0

    def add(self, values):
        text = json.dumps(list(values), sort_keys=True, default=_as_text)
        self.rows += 1
        self.digest = (self.digest + int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")) % MODULUS


def _as_text(value) -> str:
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
