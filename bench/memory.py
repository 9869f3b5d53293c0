"""The room for finished pages: what stays in memory of 2,000 different ones. A process of its own measures it."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.cores import read_rss
from bench.servers import ROOT

PAGES = 2_000
LENGTH = 6_000  # bytes of the article that a page takes; compressing all of it 2,000 times would take minutes
ROOM = 4_000_000  # bytes: less than the default, so that the room is full long before the last page


@dataclass(frozen=True)
class Memory:
    """In bytes: the room, the most that was ever kept, what all pages would take. RSS in megabytes, at four moments."""

    room: int
    most_kept: int
    pages_kept: int
    offered: int
    rss: list[float]


def measure_memory(page: Path) -> Memory:
    """Fill a store with variations of this page in a fresh process and return what it saw."""
    environment = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "magsite.settings", "VAR_DIR": str(page.parent)}
    done = subprocess.run(
        [sys.executable, "-m", "bench.memory", str(page)], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return Memory(**json.loads(done.stdout))


def fill(page: bytes) -> Memory:
    """Ask once for each of 2,000 pages; look at the memory at the start and after a quarter, a half and all of them."""
    import django

    django.setup()
    from articles.published import MARK
    from magsite.page_store import PageStore
    from magsite.pages import PublishedPages

    def app(environ, start_response):
        environ[MARK] = True
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return Pieces([page.replace(b"</title>", environ["PATH_INFO"].encode() + b"</title>", 1)])

    store = PageStore(ROOM)
    pages = PublishedPages(app, read_generation=lambda: 1, store=store)
    most_kept, offered, rss = 0, 0, [read_rss([os.getpid()])]
    for number in range(1, PAGES + 1):
        path = f"/{number}/"
        pages({"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": "127.0.0.1"}, lambda status, headers, exc_info=None: None)
        most_kept, offered = max(most_kept, store.bytes_kept), offered + store.get(path, 1).size
        if number in (PAGES // 4, PAGES // 2, PAGES):
            rss.append(read_rss([os.getpid()]))
    return Memory(ROOM, most_kept, len(store), offered, rss)


class Pieces(list):
    """A body as WSGI wants it."""

    def close(self) -> None:
        """There is nothing to close."""


if __name__ == "__main__":
    print(json.dumps(asdict(fill(Path(sys.argv[1]).read_bytes()[:LENGTH]))))
