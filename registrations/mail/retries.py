"""When a mail that could not be sent is tried again, and when it is given up."""

from datetime import timedelta

RETRY_SECONDS = (10, 20, 40, 60, 60, 60, 120, 300, 600, 1800)
LAST_RETRY_SECONDS = 3600
GIVE_UP_AFTER = timedelta(days=3)


def delay(attempts: int) -> timedelta:
    """How long to wait after this many attempts; the first minute is short, so that mails follow a repair soon."""
    index = attempts - 1
    return timedelta(seconds=RETRY_SECONDS[index] if index < len(RETRY_SECONDS) else LAST_RETRY_SECONDS)
