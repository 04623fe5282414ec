"""Parsers of settings that are URLs: of the site, the database, the broker and others."""

from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import environ

from minamata_online.configuration.parsers import Parser, is_host, require

USUAL_PORTS = {"http": 80, "https": 443}


def _parts(given, *schemes) -> SplitResult:
    """Without white space and fragment; `port` of what this returns is a number or None."""
    require(given.isprintable() and given.isascii() and " " not in given and "#" not in given)
    parts = urlsplit(given)
    require(parts.scheme in schemes and parts.port != 0)
    return parts


def _require_host(parts):
    host = parts.hostname or ""
    require(is_host(host) or (":" in host and "%" not in host))


def _site(given) -> str:
    """Scheme, host and port alone, as browsers send it in Origin: small letters, the usual port left out."""
    parts = _parts(given, *USUAL_PORTS)
    require(parts.path in ("", "/") and "?" not in given and "@" not in parts.netloc and "_" not in parts.netloc)
    _require_host(parts)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in (None, USUAL_PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def _database(given) -> dict:
    if given == "sqlite://:memory:":
        return environ.Env.db_url_config(given)
    parts = _parts(given, "postgres", "postgresql", "sqlite")
    if parts.scheme == "sqlite":
        require(not parts.netloc and parts.path.startswith("//"))
    else:
        require(parts.path.strip("/"))
        if parts.hostname:
            _require_host(parts)
    return environ.Env.db_url_config(given)


def _broker(given) -> str:
    parts = _parts(given, "redis", "rediss")
    _require_host(parts)
    require(parts.path in ("", "/") or parts.path[1:].isdecimal())
    return given


def _replies(given) -> str:
    """The folder or the account is looked at when it is read; docs/calendar-replies.md."""
    parts = _parts(given, "maildir", "imap", "imaps")
    if parts.scheme == "maildir":
        require(not parts.netloc and Path(unquote(parts.path)).is_absolute())
    else:
        _require_host(parts)
        require(parts.username and parts.password and not parts.query)
    return given


def _error_server(given) -> str:
    parts = _parts(given, "http", "https")
    _require_host(parts)
    require(parts.username and parts.path.rpartition("/")[2].isdecimal())
    return given


SITE = Parser("the public address, as https://online.example.org, without a path", _site)
DATABASE = Parser(
    "postgres://user:password@host:5432/name, with characters other than letters and digits in the password as %XX, "
    "or sqlite:////full/path",
    _database,
)
BROKER = Parser("redis://host:6379/0", _broker)
REPLIES = Parser(
    "maildir:///path or imaps://user:password@host/INBOX, with characters other than letters and digits in the "
    "password as %XX, see docs/calendar-replies.md",
    _replies,
)
ERROR_SERVER = Parser("the DSN of a project, as https://key@sentry.example.org/1", _error_server)
