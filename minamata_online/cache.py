"""The cache that all processes share, and the one of this process while that is away."""

import logging
import time
from contextlib import suppress

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

PAUSE_SECONDS = 10
# The broker is the same server: a page waits for it no longer than this, and asks once only.
TIMEOUTS = {"socket_connect_timeout": 0.25, "socket_timeout": 0.25, "retry": Retry(NoBackoff(), 0)}


class ProcessCache(LocMemCache):
    """Of one process alone."""

    def count(self, key, number, seconds):
        """So many more of a number that ends so many seconds after its beginning; returns how many it is then."""
        # The second time for who lost the race for the first.
        for _ in range(2):
            with suppress(ValueError):
                return self.incr(key, number)
            if self.add(key, number, seconds):
                break
        return number


class OneClient(RedisCacheClient):
    """Django makes a client for each question, which costs more than the question; one serves all threads."""

    def __init__(self, servers, **options):
        super().__init__(servers, **options)
        self._kept = self._client(connection_pool=self._get_connection_pool(write=True))

    def get_client(self, key=None, *, write=False):
        return self._kept

    def count(self, key, number, seconds):
        """In one question, where Django asks first whether the key is there."""
        with self._kept.pipeline(transaction=False) as questions:
            questions.incrby(key, number)
            questions.expire(key, seconds, nx=True)
            return questions.execute()[0]


class SharedCache(RedisCache):
    """Redis; while it does not answer, each process remembers for itself, so that limits hold and pages stay up.

    This is so for the seven operations below, which are those in use.
    """

    _away_until = 0.0

    def __init__(self, server, params):
        super().__init__(server, params | {"OPTIONS": TIMEOUTS | params.get("OPTIONS", {})})
        self._class = OneClient
        self._own = ProcessCache("instead of the shared cache", params)

    def get(self, key, default=None, version=None):
        return self._ask(super().get, self._own.get, key, default, version)

    def get_many(self, keys, version=None):
        return self._ask(super().get_many, self._own.get_many, keys, version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask(super().set, self._own.set, key, value, timeout, version)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask(super().add, self._own.add, key, value, timeout, version)

    def count(self, key, number, seconds):
        return self._ask(self._count, self._own.count, key, number, seconds)

    def _count(self, key, number, seconds):
        return self._cache.count(self.make_and_validate_key(key), number, seconds)

    def delete(self, key, version=None):
        return self._ask(super().delete, self._own.delete, key, version)

    def clear(self):
        """Forget what this cache holds, and nothing of the queue that lives in the same database."""
        self._own.clear()
        return self._ask(self._clear_own_keys, self._own.clear)

    def _clear_own_keys(self):
        client = self._cache.get_client(None, write=True)
        for key in client.scan_iter(self.make_key("*")):
            client.delete(key)

    def _ask(self, shared, own, *args):
        if time.monotonic() < SharedCache._away_until:
            return own(*args)
        try:
            return shared(*args)
        except (RedisError, OSError) as error:
            SharedCache._away_until = time.monotonic() + PAUSE_SECONDS
            log.warning("shared cache is away: %s", type(error).__name__)
            return own(*args)
