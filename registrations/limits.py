"""How often something may be asked for, counted in the cache that all processes share."""

import ipaddress
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache

HOUR = 3600


@dataclass(frozen=True)
class Limit:
    """So many times in any such span; kept low, because each time costs a question to the cache."""

    what: str
    times: int
    seconds: int


MAILS_TO_A_MAILBOX = Limit("mails", 4, HOUR)
# A ministry has one address for everybody in it.
MAILS_ASKED_BY_A_CLIENT = Limit("asked", 60, HOUR)
SIGN_INS_OF_A_CLIENT = Limit("sign-ins", 15, 600)
# By name and client together: who tries a name from elsewhere does not lock its owner out.
SIGN_INS_UNDER_A_NAME = Limit("names", 8, 600)


def take(limit, whom) -> bool:
    """Use one of the times; False when none is left. Holds for any span, not only between full hours."""
    return any(cache.add(key, 1, limit.seconds) for key in _keys(limit, whom))


def give_back(limit, whom):
    """The last use does not count."""
    any(cache.delete(key) for key in reversed(_keys(limit, whom)))


def client_of(request) -> str:
    """Where the request comes from, an IPv6 network of 64 bits as one.

    `TRUSTED_PROXIES` says how many proxies of ours each add an entry to X-Forwarded-For; the entries before those are
    the client's own words.
    """
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    told = hops[-settings.TRUSTED_PROXIES].strip() if 0 < settings.TRUSTED_PROXIES <= len(hops) else ""
    return _network(told or request.META.get("REMOTE_ADDR") or "unknown")


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False).network_address)


def _keys(limit, whom) -> list[str]:
    # A digest: addresses of people do not belong into the cache, nor do their signs into its keys.
    digest = sha256(whom.encode("utf-8", "replace")).hexdigest()
    return [f"limit:{limit.what}:{digest}:{number}" for number in range(limit.times)]
