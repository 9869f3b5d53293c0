"""Looks at the machine before anything is installed: `make` runs it with the system's own Python, outside .venv.

Only the standard library, nothing of the project, and no syntax newer than Python 3.6: an old Python must get as far as saying so.
Prints one line and exits with 1 when something is in the way; says nothing when all is well.
"""

import argparse
import importlib.util
import shutil
import socket
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
ROOM_NEEDED = 500_000_000  # bytes: .venv takes about 200 MB, the rest is for data and pip's own work


class NotReady(Exception):
    """The machine can't run the site yet; the message says why and what to do."""


def check_python(version):
    """`version` is a tuple such as `sys.version_info`."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        found = ".".join(str(part) for part in version[:3])
        raise NotReady(f"Python 3.11 or later is needed, this is {found}. Have a newer one? Name it: make run PYTHON=python3.12")


def check_venv():
    """Debian ships Python without the part that makes virtual environments."""
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise NotReady(
            "Python can't make a virtual environment here: install the package python3-venv (apt-get install python3-venv)."
        )


def check_folder(folder):
    """Really write a file: permission bits say nothing about a read-only disk, nor to root."""
    try:
        with tempfile.TemporaryFile(dir=str(folder)) as probe:
            probe.write(b"x")
    except OSError as error:
        raise NotReady(
            f"Can't write in {folder} ({error.strerror}): use a folder that you own, on a disk that isn't read-only."
        ) from error


def check_room(folder, needed):
    """`needed` is in bytes."""
    free = shutil.disk_usage(str(folder)).free
    if free < needed:
        raise NotReady(f"Only {free // 1_000_000} MB free in {folder}, {needed // 1_000_000} MB needed: make room on the disk.")


def check_port(port):
    """Bind for a moment, as the server will."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise NotReady(f"PORT={port} is not a port number: PORT=8123 make run")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except PermissionError as error:
            raise NotReady(f"Port {port} is not allowed for this user: take one above 1023 (PORT=8123 make run).") from error
        except OSError as error:
            raise NotReady(f"Port {port} is busy: stop what runs there, or take another one (PORT=8123 make run).") from error


def check_machine(root, port):
    """Run every check that applies; `port` is None when nothing will be served."""
    check_python(sys.version_info)
    check_folder(root)
    for folder in (root / ".venv", root / "var"):
        if folder.exists():
            check_folder(folder)
    if not (root / ".venv" / "bin" / "python").exists():
        check_venv()
        check_room(root, ROOM_NEEDED)
    if port is not None:
        check_port(port)


def main(arguments=None, root=ROOT):
    parser = argparse.ArgumentParser(description="Say in one line what keeps the site from starting on this machine.")
    parser.add_argument("--port", help="also see whether this port is free")
    options = parser.parse_args(arguments)
    try:
        check_machine(root, options.port)
    except NotReady as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
