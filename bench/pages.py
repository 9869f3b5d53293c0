"""`make bench`: what the article page costs, beside the smallest app, WhiteNoise, Django and nginx. Writes docs/performance.md."""

import argparse
import gzip
import json
import os
import tempfile
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from bench.cores import find_cores
from bench.load import GENERATOR
from bench.measure import Peer, make_rows, run_round
from bench.memory import measure_memory
from bench.report import write_report
from bench.servers import Server, find_nginx, gunicorn, make_site, nginx

ARTICLE = "/artikelen/waar-is-magnesium-goed-voor/"
GZIP = {"Accept-Encoding": "gzip"}
PAGE_WORKER = "magsite.page_worker.PageWorker"
OF_THE_SERVER = {"server", "date", "connection"}


def main() -> None:
    options = _read_options()
    serving, asking = find_cores()
    if GENERATOR != "wrk":
        print(f"No wrk here, so {GENERATOR} asks. Get it with: apt-get install wrk")
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        make_site(folder)
        os.sched_setaffinity(0, {asking})
        peers = start_peers(folder, running, core=serving)
        for turn in range(options.rounds + 1):
            run_round(peers, seconds=options.seconds)
            print(f"round {turn} of {options.rounds}", *(f"{peer.name}: {peer.costs[-1]:.0f} µs" for peer in peers), sep="\n  ")
            if turn == 0:  # everybody is warm now
                for peer in peers:
                    peer.costs.clear()
                    peer.loads.clear()
        rows = make_rows(peers)
        memory = measure_memory(folder / "page" / "article.html")
    write_report(
        rows,
        memory,
        rounds=options.rounds,
        seconds=options.seconds,
        cores=(serving, asking),
        generator=GENERATOR,
        load=(before, os.getloadavg()[0]),
    )


def start_peers(folder: Path, running: ExitStack, *, core: int) -> list[Peer]:
    """Start every server and check that each gives the same page. The smallest app comes first: ratios are to that."""
    site = running.enter_context(gunicorn("magsite.wsgi", folder, core=core))
    etag = keep_page(site, folder / "page")
    in_loop = running.enter_context(gunicorn("magsite.wsgi", folder, core=core, worker=PAGE_WORKER))
    smallest = running.enter_context(gunicorn("bench.smallest", folder, core=core))
    all_headers = running.enter_context(gunicorn("bench.smallest:with_all_headers", folder, core=core))
    whitenoise = running.enter_context(gunicorn("bench.static", folder, core=core))
    uncached = running.enter_context(gunicorn("magsite.wsgi:django", folder, core=core))
    peers = [
        Peer("smallest WSGI app, 3 headers", smallest, "/article.html", GZIP),
        Peer("smallest WSGI app, all headers of the page", all_headers, "/article.html", GZIP),
        Peer("**published article page**", site, ARTICLE, GZIP),
        Peer("**published article page, 304**", site, ARTICLE, GZIP | {"If-None-Match": etag}),
        Peer("**published article page, page worker**", in_loop, ARTICLE, GZIP),
        Peer("**published article page, page worker, 304**", in_loop, ARTICLE, GZIP | {"If-None-Match": etag}),
        Peer("WhiteNoise, the same page as a file", whitenoise, "/article.html", GZIP),
        Peer("article view without the published bytes", uncached, ARTICLE, GZIP),
    ]
    if find_nginx():
        files = running.enter_context(nginx(folder, core=core))
        in_front = running.enter_context(nginx(folder, core=core, upstream=site.url))
        peers += [
            Peer("nginx, the same page as a file", files, "/article.html", GZIP),
            Peer("nginx in front, keeping pages a second", in_front, ARTICLE, GZIP),
        ]
    else:
        print("Skipped: nginx. Get it with: apt-get install nginx-light")
    page = (folder / "page" / "article.html").read_bytes()
    for peer in peers:
        check(peer, page)
    return peers


def keep_page(site: Server, folder: Path) -> str:
    """Write the page, its gzip and its headers where the other servers find them; return its ETag."""
    folder.mkdir()
    status, headers, body = fetch(site.url + ARTICLE, GZIP)
    if status != 200:
        raise RuntimeError(f"The article page gave {status}")
    (folder / "article.html").write_bytes(gzip.decompress(body))
    (folder / "article.html.gz").write_bytes(body)
    kept = [(name, value) for name, value in headers if name.lower() not in OF_THE_SERVER]
    (folder / "headers.json").write_text(json.dumps(kept), encoding="utf-8")
    return dict(headers)["ETag"]


def check(peer: Peer, page: bytes) -> None:
    """Raise unless this peer answers with exactly this page, or says that it has not changed."""
    status, headers, body = fetch(peer.server.url + peer.path, peer.headers)
    found = gzip.decompress(body) if dict(headers).get("Content-Encoding") == "gzip" else body
    expected = (304, b"") if "If-None-Match" in peer.headers else (200, page)
    if (status, found) != expected:
        raise RuntimeError(f"{peer.name} gave {status} and {len(found)} bytes instead of {expected[0]} and {len(expected[1])}")


def fetch(url: str, headers: dict[str, str]) -> tuple[int, list[tuple[str, str]], bytes]:
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.getheaders(), answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, list(error.headers.items()), error.read()


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="rounds that count, after one to warm up")
    parser.add_argument("--seconds", type=int, default=2, help="seconds per turn")
    return parser.parse_args()


if __name__ == "__main__":
    main()
