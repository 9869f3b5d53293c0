"""A disk that is really full: a small file system of its own, which only the server sees, and a file that takes the rest of it."""

import shutil
import sqlite3
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from bench.servers import free_port
from tests.browser.running import ROOT, wait_until_up, web_command
from tests.server.test_advice import open_form, send

ROOM = 48  # megabytes
START = f'mount -t tmpfs -o size={ROOM}m tmpfs "$1" && cp -r "$2" "$3" "$4" "$1" && shift 4 && exec "$@"'
APART = ["unshare", "--user", "--map-root-user", "--mount"]


@pytest.fixture
def small_disk(plain, tmp_path):
    """The site served from a small disk: its address, and that disk as this process sees it."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not shutil.which("unshare") or subprocess.run([*APART, "mount", "-t", "tmpfs", "tmpfs", folder], check=False).returncode:
        pytest.skip("this machine lets nobody but its owner make a small file system")
    with _serving(plain, folder) as site:
        yield site


@contextmanager
def _serving(plain, folder: Path) -> Iterator[tuple[str, Path]]:
    port = free_port()
    own = {
        "VAR_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "SQLITE_TIMEOUT": "1",
        "CACHE_URL": "locmem://",
    }
    site = replace(
        plain, url=f"http://127.0.0.1:{port}", environment=plain.environment | own | {"PORT": str(port), "WEB_PORT": str(port)}
    )
    with closing(sqlite3.connect(plain.folder / "db.sqlite3")) as database:
        database.execute("VACUUM INTO ?", [str(folder.parent / "db.sqlite3")])
    files = [folder.parent / "db.sqlite3", plain.folder / "secret-key", plain.folder / "static"]
    command = [*APART, "sh", "-c", START, "sh", folder, *files, *web_command()]
    server = subprocess.Popen(command, cwd=ROOT, env=site.environment)
    try:
        wait_until_up(site, server)
        yield site.url, Path(f"/proc/{server.pid}/root{folder}")
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Take all the room that is left on `disk` while the block runs."""
    ballast = disk / "ballast"
    with open(ballast, "wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        file.writelines(b"\0" * 4096 for _ in count())
    yield
    ballast.unlink()


def stored(disk: Path, folder: Path, *forms: dict) -> tuple[list[str | None], str]:
    """Return the text that is stored of each of these forms, None for none, and what SQLite says of its file.

    It is read from a copy: SQLite takes /proc/…/root for a link to the root of this process.
    """
    for file in disk.glob("db.sqlite3*"):
        shutil.copy(file, folder)
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        sql = "SELECT r.submission_id, m.body FROM advice_advicerequest r JOIN advice_message m ON m.request_id = r.id"
        bodies = dict(database.execute(sql).fetchall())
        found = [bodies.get(form["submission_id"].replace("-", "")) for form in forms]
        return found, database.execute("PRAGMA integrity_check").fetchone()[0]


def test_on_a_full_disk_the_reader_is_told_the_truth_and_nothing_is_lost(small_disk, tmp_path):
    url, disk = small_disk
    before, during = open_form(url), open_form(url)
    assert send(url, before)[0] == 303
    with full(disk):
        for _ in range(3):
            status, page = send(url, during)
            assert status == 503
            assert "Je vraag is nog niet verstuurd" in page
            assert "Hoeveel magnesium zit er in een banaan?" in page
            assert 'value="jan@example.org"' in page
        for path in ("/", "/artikelen/waar-is-magnesium-goed-voor/", "/advies/"):
            with urllib.request.urlopen(url + path) as response:
                assert response.status == 200
        assert stored(disk, tmp_path, before, during) == ([before["question"], None], "ok")
    assert send(url, during)[0] == 303
    assert send(url, during)[0] == 303
    assert stored(disk, tmp_path, before, during) == ([before["question"], during["question"]], "ok")
