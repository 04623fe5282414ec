"""Fixes kombu 5.7.0, whose Redis transport fails on a connection that Celery has taken apart, which ends the worker.

To be removed when a newer kombu passes tests/faults/test_broker_killed.py without it.
"""

from kombu.transport import TRANSPORT_ALIASES, redis
from redis.exceptions import ConnectionError as ConnectionLost


class Channel(redis.Channel):
    def _connparams(self, asynchronous=False):
        # Celery takes a lost connection apart before its channel is closed and its running tasks are acknowledged.
        # Those then fail with an AttributeError that nobody expects; a lost connection is expected everywhere.
        if self.connection.client is None:
            raise ConnectionLost("the broker went away")
        return super()._connparams(asynchronous)


class Transport(redis.Transport):
    Channel = Channel


def be_survived():
    """From now on, by every connection to redis:// or rediss://."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:Transport"
