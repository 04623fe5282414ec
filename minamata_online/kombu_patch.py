"""The way to Valkey, with a fault of kombu 5.7.0 mended that ends a worker whose broker goes away while it works."""

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
