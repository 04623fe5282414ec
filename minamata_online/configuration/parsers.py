"""Parsers of settings: what is expected, in words, and how the text becomes a value."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from minamata_online.configuration import languages

SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
NONE = "none"
# RFC 1123 2.1, and the underscore of machines in a private network.
LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
NAME = re.compile(rf"(?=.{{1,253}}\Z){LABEL}(?:\.{LABEL})*", re.IGNORECASE | re.ASCII)

PLACE = re.compile(r"/(?:[a-z0-9_-]+/)+", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Parser:
    """`expected` ends the sentence "NAME must be ..."; `parse` raises ValueError for any other text."""

    expected: str
    parse: Callable[[str], Any]


def require(condition):
    if not condition:
        raise ValueError


def text(expected, least=1) -> Parser:
    def parse(given):
        require(given.isprintable() and len(given) >= least)
        return given

    return Parser(expected, parse)


def whole_number(least, most) -> Parser:
    def parse(given):
        require(re.fullmatch(r"[0-9]{1,9}", given.strip()))
        number = int(given)
        require(least <= number <= most)
        return number

    return Parser(f"a whole number from {least} to {most}", parse)


def number(least, most) -> Parser:
    def parse(given):
        found = float(given)
        require(math.isfinite(found) and least <= found <= most)
        return found

    return Parser(f"a number from {least} to {most}", parse)


def choice(*words) -> Parser:
    def parse(given):
        require(given in words)
        return given

    return Parser(" or ".join(words), parse)


def listing(expected, parse_item) -> Parser:
    """Items with commas between them, spaces around them."""

    def parse(given):
        return [parse_item(item.strip()) for item in given.split(",")]

    return Parser(expected, parse)


def hours(most) -> Parser:
    """Whole hours, the longest first; none of them for the word."""
    one = whole_number(1, most)

    def parse(given):
        if given.strip() == NONE:
            return []
        return sorted({one.parse(item) for item in given.split(",")}, reverse=True)

    return Parser(f"whole hours from 1 to {most} with commas between them, as 72,24,1, or {NONE}", parse)


def is_host(name: str) -> bool:
    """Whether it is a name, or an address of version 4: what has digits alone after its last dot is one, or nothing."""
    if name.rpartition(".")[2].isdecimal():
        return _version(name) == 4
    return bool(NAME.fullmatch(name))


def is_domain(name: str) -> bool:
    return is_host(name) and _version(name) is None


def _version(address) -> int | None:
    try:
        return ip_address(address).version
    except ValueError:
        return None


def _language(given):
    require(given in languages.NAMES)
    return given


def _switch(given):
    require(given.strip().lower() in SWITCHES)
    return SWITCHES[given.strip().lower()]


def _host(given):
    require(is_host(given) or _version(given) == 6)
    return given


def _domain(given):
    require(is_domain(given))
    return given


def _allowed_host(given):
    """A dot in front lets in the names below it, too."""
    bare = given.removeprefix("[").removesuffix("]")
    if _version(bare) == 6 and "%" not in bare:
        return f"[{bare}]"
    require(is_host(given.removeprefix(".")))
    return given


def _email_address(given):
    try:
        validate_email(given)
    except ValidationError:
        raise ValueError from None
    require(given.isascii())
    return given


def _bounce_address(given):
    """The number of a mail and a check follow behind the local part, which has 64 octets (RFC 5321 4.5.3.1.1)."""
    local, _at, _domain = _email_address(given).rpartition("@")
    require(len(local) <= 20 and "+" not in local)
    return given


def _module_and_class(given):
    module, _dot, name = given.rpartition(".")
    try:
        found = find_spec(module)
    except ImportError:
        found = None
    require(name.isidentifier() and found)
    return given


def _folder(given):
    require(given.isprintable() and Path(given).is_absolute())
    return given


def _place_of_files(given):
    """What begins the paths of files in an answer to the proxy: nothing where it sends none."""
    if given.strip().lower() in SWITCHES:
        return "/" if _switch(given) else ""
    require(PLACE.fullmatch(given))
    return given


SECRET = text("a long random text")
LANGUAGES = listing(f"codes of languages with commas between them, of {', '.join(languages.NAMES)}", _language)
SECRETS = listing("the secrets of before, with commas between them", SECRET.parse)
WORDS = text("text without line ends")
SWITCH = Parser("1 or 0 (also: true, false, yes, no, on, off)", _switch)
PLACE_OF_FILES = Parser(
    "0, 1, or the path of an internal location of the proxy, beginning and ending with /, as /_media/", _place_of_files
)
HOST = Parser("the name or the address of a machine, without scheme and port", _host)
HOSTS = listing("names of machines with commas between them, without scheme, port and path", _allowed_host)
DOMAIN = Parser("a name such as online.example.org", _domain)
EMAIL_ADDRESS = Parser("an e-mail address such as events@example.org", _email_address)
BOUNCE_ADDRESS = Parser(
    "an e-mail address such as bounces@example.org, with no + and at most 20 characters before the @", _bounce_address
)
BACKEND = Parser("a class of mail backends that is installed, with its module", _module_and_class)
FOLDER = Parser("the full path of a folder, beginning with /", _folder)
NETWORKS = listing(
    "networks such as 10.0.0.0/8 with commas between them", lambda given: ip_network(given, strict=False)
)
LOG_FORMAT = choice("text", "json")
TOKEN = text("at least 16 characters", least=16)
