"""The caches: one that all processes share where there is a broker, and one of each process for ready answers."""

LOCAL = "django.core.cache.backends.locmem.LocMemCache"


def of(broker_url: str) -> dict:
    """For CACHES; limits count in `default`."""
    shared = {"BACKEND": "minamata_online.cache.SharedCache", "LOCATION": broker_url}
    return {
        "default": shared if broker_url else {"BACKEND": LOCAL},
        # Public pages and feeds as they go out; the state of all that they show is their key.
        "answers": {"BACKEND": LOCAL, "LOCATION": "answers", "OPTIONS": {"MAX_ENTRIES": 1000}},
    }
