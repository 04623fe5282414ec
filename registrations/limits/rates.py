"""How often something may be asked for, counted in the cache that all processes share."""

import ipaddress
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
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


class Taken(Enum):
    NOW = "now"
    BEFORE = "before, for the same action"
    TOO_MANY = "too many"


MAILS_TO_A_MAILBOX = Limit("mails", 4, HOUR)
# A ministry has one address for everybody in it.
MAILS_ASKED_BY_A_CLIENT = Limit("asked", 60, HOUR)
SIGN_INS_OF_A_CLIENT = Limit("sign-ins", 15, 600)
# By name and client together: who tries a name from elsewhere does not lock its owner out.
SIGN_INS_UNDER_A_NAME = Limit("names", 8, 600)
# Somebody with a forwarded invitation must not find out by trying to whom it was sent.
ADDRESSES_TRIED = Limit("addresses", 10, HOUR)
REQUESTS_OF_A_CLIENT = Limit("requests", 10, HOUR)
# On the page after a sign-up, by somebody who need not be who they say.
QUESTIONS_OF_A_CLIENT = Limit("speaker-questions", 20, HOUR)
# Whoever holds a certificate checks it once; who tries names out needs more.
CERTIFICATES_CHECKED = Limit("certificates", 10, 60)
# Each takes up to 0.3 s of the processor; those that are kept in the process already do not count.
POSTERS_OF_A_CLIENT = Limit("posters", 30, 600)
# With one's personal link only; cancelling is never limited.
CHANGES_OF_A_PERSON = Limit("changes", 60, HOUR)


def take(limit, whom) -> bool:
    """Use one of the times; False when none is left. Holds for any span, not only between full hours."""
    return take_for("", limit, whom) is Taken.NOW


def take_for(action, limit, whom, times=1) -> Taken:
    """Use so many of the times for an action, or none of them; once only, however often and at once it is asked for."""
    use = (int(time.time()) + limit.seconds, action)
    mine = []
    for key in _keys(limit, whom):
        if cache.add(key, use, limit.seconds):
            mine.append(key)
        elif action and _action_of(key) == action:
            return _undone(mine, Taken.BEFORE)
        if len(mine) == times:
            return Taken.NOW
    return _undone(mine, Taken.TOO_MANY)


def would_take_for(action, limit, whom, times=1) -> Taken:
    """What `take_for` would answer at this moment; uses none."""
    uses = _uses(limit, whom).values()
    if any(use[1] == action for use in uses):
        return Taken.BEFORE
    return Taken.NOW if len(uses) + times <= limit.times else Taken.TOO_MANY


def give_back(limit, whom):
    """The last use does not count."""
    any(cache.delete(key) for key in reversed(_keys(limit, whom)))


def give_back_of(action, limit, whom):
    """The uses for this action do not count."""
    _undone([key for key, use in _uses(limit, whom).items() if use[1] == action])


def free_at(limit, whom, times=1) -> datetime | None:
    """When so many of the times can be used; None where they can be used now."""
    ends = sorted(use[0] for use in _uses(limit, whom).values())
    missing = times - (limit.times - len(ends))
    return datetime.fromtimestamp(ends[missing - 1], UTC) if missing > 0 else None


def passes(limit, whom, times=1) -> bool:
    """Whether these are among the first so many times in the present minute or hour, counted in one number.

    For limits with many times: in the worst case twice as many pass within a span that begins between two full ones.
    """
    span = int(time.time()) // limit.seconds
    key = f"passes:{limit.what}:{_digest(whom)}:{span}"
    return limit.times > 0 and cache.count(key, times, limit.seconds) <= limit.times


def span_ends_in(limit) -> int:
    """Seconds until `passes` begins to count anew."""
    return limit.seconds - int(time.time()) % limit.seconds


def _uses(limit, whom) -> dict:
    """By key when each ends, in seconds, and for which action it was taken."""
    return cache.get_many(_keys(limit, whom))


def _action_of(key) -> str | None:
    use = cache.get(key)
    return use[1] if use else None


def _undone(keys, outcome=None):
    for key in keys:
        cache.delete(key)
    return outcome


def client_of(request) -> str:
    """Where the request comes from, an IPv6 network of 64 bits as one."""
    return _network(address_of(request))


def address_of(request) -> str:
    """The address that the request comes from.

    `TRUSTED_PROXIES` says how many proxies of ours each add an entry to X-Forwarded-For; the entries before those are
    the client's own words.
    """
    hops = request.headers.get("X-Forwarded-For", "").split(",")
    forwarded = hops[-settings.TRUSTED_PROXIES].strip() if 0 < settings.TRUSTED_PROXIES <= len(hops) else ""
    return forwarded or request.META.get("REMOTE_ADDR") or "unknown"


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return str(found)
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False).network_address)


def _keys(limit, whom) -> list[str]:
    digest = _digest(whom)
    return [f"limit:{limit.what}:{digest}:{number}" for number in range(limit.times)]


def _digest(whom) -> str:
    """Addresses of people do not belong in the cache, and not all of their characters may be in its keys."""
    return sha256(whom.encode("utf-8", "replace")).hexdigest()
