"""What concerns thousands of people is done by the worker, in transactions of a batch each."""

import time

# So many in one transaction: whoever signs up for the time slot waits for one batch at most.
PEOPLE_A_BATCH = 500
# For up to so many it is done in the request itself: no more than a batch.
PEOPLE_AT_ONCE = 500


def work_off(batch, *, seconds) -> bool:
    """Call `batch` for so long, until it says that nothing is left; returns whether something is."""
    ends = time.monotonic() + seconds
    while is_left := batch():
        if time.monotonic() > ends:
            break
    return is_left
