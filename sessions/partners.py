"""With whom a season or a session is made, as staff type it: one partner per line, its web address at the end."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

ADDRESS = re.compile(r"https?://", re.IGNORECASE)
web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Partner:
    name: str
    url: str = ""


def of_lines(text: str) -> list[Partner]:
    """In the order in which they are typed."""
    return [_of_line(line) for line in _lines(text)]


def linked(partners: list[Partner], known: list[Partner]) -> list[Partner]:
    """Those without an address of their own have that of a known partner of the same name."""
    addresses = {partner.name: partner.url for partner in known}
    return [Partner(partner.name, partner.url or addresses.get(partner.name, "")) for partner in partners]


def validate_lines(text: str):
    """Raises ValidationError with words for who typed it."""
    for line, partner in zip(_lines(text), of_lines(text), strict=True):
        if not partner.name:
            words = _("“%(line)s” has no name. Write the name of the partner first, then its web address.")
            raise ValidationError(words, params={"line": line}, code="name")
        if "://" in partner.name or (partner.url and not _is_web_address(partner.url)):
            words = _("“%(line)s” does not end with a whole web address, such as https://www.example.org/.")
            raise ValidationError(words, params={"line": line}, code="address")


def _of_line(line) -> Partner:
    """The web address is in the last word, which may begin with an end of the name."""
    last = line.split()[-1]
    found = ADDRESS.search(last)
    url = last[found.start() :] if found else ""
    return Partner(line.removesuffix(url).rstrip(), url)


def _lines(text) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _is_web_address(url) -> bool:
    try:
        web_address(url)
    except ValidationError:
        return False
    return True
