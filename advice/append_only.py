"""Files beside the database to which lines are only ever added. So what they tell survives a restore of the database."""

import os
from pathlib import Path


def append(path: Path, *lines: str) -> None:
    """Add lines, each in one piece, and wait until the disk has them. Only the owner of the site may read the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        start = "" if _ends_well(handle) else "\n"  # a crash left half a line: it stays a line of its own
        os.write(handle, (start + "".join(f"{line}\n" for line in lines)).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        _sync_folder(path.parent)


def read_lines(path: Path):
    """Yield the lines without their ends; nothing when there is no file."""
    if path.exists():
        with open(path, encoding="utf-8", errors="replace") as file:
            for line in file:
                yield line.rstrip("\n")


def _ends_well(handle: int) -> bool:
    size = os.fstat(handle).st_size
    return size == 0 or os.pread(handle, 1, size - 1) == b"\n"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
