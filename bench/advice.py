"""Measures the advice desk with a million stored requests: `python -m bench.advice [--requests N] [--submits N]`.

Readers send the form to the site as the Procfile serves it, 32 at a time; advisers open lists, requests and searches. Writes into
docs/advice-desk.md. DATABASE_URL may name an empty PostgreSQL database; then nothing is written into the docs.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from bench.report import describe_machine, put_between
from bench.servers import ROOT

MARK, PAGE = "desk", ROOT / "docs" / "advice-desk.md"
TURNS = 15


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--requests", type=int, default=1_000_000)
    options.add_argument("--submits", type=int, default=6_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= environment(Path(folder))
        import django

        django.setup()
        from django.db import connection

        text = measure(chosen.requests, chosen.submits)
        print(text)
        if connection.vendor == "sqlite":
            PAGE.write_text(put_between(PAGE.read_text(encoding="utf-8"), text, MARK), encoding="utf-8")


def environment(folder: Path) -> dict[str, str]:
    """Return the settings of the site that is measured: no limit keeps one machine from asking a lot."""
    no_limit = {"ADVICE_MANY_PER_NETWORK": "100000000", "ADVICE_MOST_PER_NETWORK": "100000000"}
    return {"VAR_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "magsite.settings", "ALLOWED_HOSTS": "127.0.0.1", **no_limit}


def measure(requests: int, submits: int) -> str:
    from django.core.management import call_command

    from advice.models import AdviceRequest, Message
    from bench.advice_crowd import make_requests

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    before = os.getloadavg()[0]
    filling = timed(lambda: make_requests(requests))
    pages = [(name, [timed(ask) * 1000 for _ in range(TURNS)]) for name, ask in read_pages()]
    sent = send(submits)
    stored = AdviceRequest.objects.count()
    whole = Message.objects.filter(number=1, request__email__startswith="meting-").count()
    lines = [
        f"Measured on {date.today()} with {describe_database()}: {requests:,} stored requests (made in {filling:.0f} s), "
        f"{describe_machine()} Load average of the machine {before:.1f} before and {os.getloadavg()[0]:.1f} after.",
        "",
        f"{submits:,} questions sent by 32 readers at once: **{sent.rate:.0f} a second**, {sent.refused} refused or failed; "
        f"p50 {sent.share(0.5):.0f} ms, **p95 {sent.share(0.95):.0f} ms**, p99 {sent.share(0.99):.0f} ms. Afterwards there were "
        f"{stored - requests:,} more requests, {whole:,} of them whole.",
        "",
        "| Page of the desk | p50 ms | p95 ms |",
        "|---|--:|--:|",
        *(f"| {name} | {median(times):.0f} | {sorted(times)[int(len(times) * 0.95)]:.0f} |" for name, times in pages),
    ]
    return "\n".join(lines)


def send(submits: int):
    """Serve the site with two processes of four threads, and send forms to it."""
    from bench.advice_load import make_bodies, send_all
    from bench.servers import free_port, stop, wait_until_up

    port, folder = free_port(), Path(os.environ["VAR_DIR"])
    command = [sys.executable, "-m", "gunicorn", "magsite.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    options = ["--worker-class", "gthread", "--log-level", "warning", "--no-control-socket"]
    bodies = make_bodies(submits + 200)
    with open(folder / "servers.log", "wb") as log:
        server = subprocess.Popen([*command, *options], cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_until_up(f"http://127.0.0.1:{port}/robots.txt", server, folder)
        url = f"http://127.0.0.1:{port}/advies/"
        send_all(url, bodies[:200])  # to warm up
        return send_all(url, bodies[200:])
    finally:
        stop(server)


def read_pages() -> list[tuple[str, Callable[[], None]]]:
    """Return everything that an adviser opens, by name."""
    from django.contrib.auth.models import User
    from django.test import Client
    from django.urls import reverse

    from advice.models import AdviceRequest

    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username="adviseur0"))
    queue, search = reverse("admin:advice_advicerequest_changelist"), reverse("admin:advice_advicerequest_search")
    some = AdviceRequest.objects.closed().order_by("pk")[1_000]
    words = some.messages.first().body.lower().split()

    def get(path: str) -> Callable[[], None]:
        return lambda: check(client.get(path))

    def post(typed: str) -> Callable[[], None]:
        return lambda: check(client.post(search, {"q": typed}))

    lists = ("nieuw", "van-mij", "te-laat", "wacht-op-lezer", "quarantaine", "gesloten")
    return [
        *((f"queue: {name}", get(f"{queue}?lijst={name}")) for name in lists),
        ("queue: closed, page 20", get(f"{queue}?lijst=gesloten&pagina=20")),
        ("one request", get(reverse("admin:advice_advicerequest_change", args=[some.pk]))),
        ("search: a common word", post(min(words, key=len))),
        ("search: two words", post(" ".join(words[:2]))),
        ("search: a phrase", post(f'"{" ".join(words[2:5]).replace(".", "")}"')),
        ("search: an address", post(some.email)),
        ("search: nothing", post("bestaatgewoonniet")),
        ("report of a year", get(f"{reverse('admin:advice_advicerequest_report')}?van=2026-01-01&tot=2026-12-31")),
    ]


def check(response) -> None:
    if response.status_code not in (200, 302):
        raise SystemExit(f"{response.request['PATH_INFO']} gave {response.status_code}")


def timed(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def describe_database() -> str:
    from django.db import connection

    if connection.vendor == "postgresql":
        return f"PostgreSQL {connection.pg_version // 10_000}"
    import sqlite3

    return f"SQLite {sqlite3.sqlite_version}"


if __name__ == "__main__":
    main()
