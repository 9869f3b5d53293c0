"""Which core serves and which one asks, and what a process costs: CPU seconds and resident memory, from /proc."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def find_cores() -> tuple[int, int]:
    """Return the core of the servers and that of the load; the same one twice when there is no other."""
    cores = sorted(os.sched_getaffinity(0))
    return cores[0], cores[-1]


def find_workers(master: int) -> list[int]:
    """Return the process ids of a server's workers. The two that look after nginx's cache, one for a minute only, are none."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return [int(pid) for pid in children if b"nginx: cache" not in Path(f"/proc/{pid}/cmdline").read_bytes()]


def read_cpu_seconds(pids: list[int]) -> float:
    """Return user and system time that these processes used so far, all threads together."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(field[11]) + int(field[12]) for field in fields) / TICKS


def read_rss(pids: list[int]) -> float:
    """Return the resident memory of these processes together, in megabytes."""
    lines = [line for pid in pids for line in Path(f"/proc/{pid}/status").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024 / 1e6
