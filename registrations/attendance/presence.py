"""How long somebody was there: what several times of joining and leaving come to."""

from datetime import datetime, timedelta

# Who loses the connection is back within a minute, and was there all the time.
BRIDGED = timedelta(seconds=60)


def seconds(intervals, *, between: tuple[datetime, datetime]) -> int:
    """Whole seconds inside two moments, each of them once; gaps of up to a minute count as there.

    `intervals` are pairs of joining and leaving in any order, which may overlap: two devices are one person.
    """
    begin, end = between
    there = timedelta()
    for joined, left in _joined_up(intervals):
        there += max(timedelta(), min(left, end) - max(joined, begin))
    return int(there.total_seconds())


def seconds_in(slot, intervals) -> int:
    """Those inside the slot, or inside its parts that are held."""
    held = slot.held_stretches or slot.stretches
    return sum(seconds(intervals, between=(stretch.starts_at, stretch.ends_at)) for stretch in held)


def _joined_up(intervals) -> list[tuple[datetime, datetime]]:
    united = []
    for joined, left in sorted(intervals):
        if united and joined - united[-1][1] <= BRIDGED:
            united[-1] = (united[-1][0], max(united[-1][1], left))
        elif left > joined:
            united.append((joined, left))
    return united
