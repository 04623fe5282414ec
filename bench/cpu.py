"""CPU time of processes with all their children, living and gone, read from /proc."""

import os
from pathlib import Path

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
# Of the fields after the name in parentheses (proc_pid_stat(5)): parent; user, system, and both of children waited for.
PARENT, OWN_AND_CHILDREN = 1, slice(11, 15)


def seconds(roots) -> float:
    """User and system time that these processes and all below them have used up to now."""
    stats = _all_stats()
    return sum(_ticks(stats[pid]) for pid in _below(roots, stats)) / TICKS_A_SECOND


def resident_octets(roots) -> int:
    """Memory of the processes as the system counts it, shared pages once for each."""
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in _below(roots, _all_stats()))
    return pages * os.sysconf("SC_PAGE_SIZE")


def _all_stats() -> dict[int, list[str]]:
    stats = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                stats[int(folder.name)] = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # It ended meanwhile; its parent has its time.
    return stats


def _below(roots, stats) -> set[int]:
    found, new = set(), {pid for pid in roots if pid in stats}
    while new:
        found |= new
        new = {pid for pid, stat in stats.items() if int(stat[PARENT]) in new} - found
    return found


def _ticks(stat) -> int:
    return sum(int(field) for field in stat[OWN_AND_CHILDREN])
