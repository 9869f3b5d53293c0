"""Planned publications with real workers: in time, once however many workers there are, and after a kill."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.browser.running import ROOT, Site
from tests.own_database import own_database

COUNT, WORKERS = 20, 4
WORST_DELAY = 5  # seconds between two looks of a worker
PATIENCE = 60

PREPARE = """
import datetime
from django.contrib.auth.models import User
from django.utils import timezone
from articles.drafts import store_source
from articles.rendering.source import ArticleSource, SectionSource
from articles.scheduling import schedule
chief, _ = User.objects.get_or_create(username="chef", is_superuser=True)
for i in range({count}):
    source = ArticleSource(f"Stuk {{i}}", f"stuk-{{i}}", sections=(SectionSource("Kop", "kop", f"Tekst {{i}}."),))
    schedule(store_source(source), due=timezone.now() + datetime.timedelta(seconds={seconds}), by=chief)
"""
# Every process waits for the same moment, far enough away for all of them to have started.
RACE = """
import datetime, time
from articles.scheduling import run_due
while time.time() < {start}:
    time.sleep(0.001)
print("DONE", run_due(datetime.datetime.now(datetime.UTC)))
"""
TELL = """
import json
from articles.models import Article, ArticleEvent, Generation, Publication, ScheduledPublication
rows = ScheduledPublication.objects.order_by("due", "pk")
print("TOLD", json.dumps({
    "numbers": list(Publication.objects.order_by("pk").values_list("number", flat=True)),
    "states": sorted(rows.values_list("state", flat=True)),
    "live": Article.objects.published().count(),
    "failures": ArticleEvent.objects.filter(kind="failed").count(),
    "generation": Generation.current(),
    "delays": [(row.publication.published_at - row.due).total_seconds() for row in rows if row.publication],
}))
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request, tmp_path, django_db_blocker) -> Iterator[Site]:
    """An empty site of its own."""
    with own_database(request.param, tmp_path, django_db_blocker) as url:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "magsite.settings", "VAR_DIR": str(tmp_path), "DATABASE_URL": url}
        yield Site("", tmp_path, environment)


def shell(site: Site, code: str) -> str:
    return site.manage("shell", "--verbosity", "0", "--command", code)


def tell(site: Site) -> dict:
    return json.loads(shell(site, TELL).split("TOLD ", 1)[1])


def start(site: Site, *arguments: str) -> subprocess.Popen:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def wait_until(site: Site, count: int) -> dict:
    """Return what there is once `count` plans are done."""
    deadline = time.monotonic() + PATIENCE
    while (told := tell(site))["states"].count("done") < count and time.monotonic() < deadline:
        time.sleep(0.2)
    return told


def test_several_workers_at_the_same_moment_publish_everything_once(site):
    shell(site, PREPARE.format(count=COUNT, seconds=0.2))

    race = [start(site, "shell", "--verbosity", "0", "--command", RACE.format(start=time.time() + 8)) for _ in range(WORKERS)]
    said = [process.communicate(timeout=PATIENCE)[0] for process in race]

    told = tell(site)
    assert sum(int(text.split("DONE ", 1)[1]) for text in said) == COUNT, said
    assert (told["numbers"], told["states"], told["live"]) == ([1] * COUNT, ["done"] * COUNT, COUNT)
    assert (told["generation"], told["failures"]) == (COUNT, 0)


def test_worker_is_in_time_also_when_it_only_stands_by(site):
    workers = [start(site, "worker") for _ in range(2)]
    try:
        shell(site, PREPARE.format(count=1, seconds=2))
        told = wait_until(site, 1)
    finally:
        for worker in workers:
            worker.terminate()
            worker.communicate(timeout=PATIENCE)

    [delay] = told["delays"]
    assert 0 <= delay <= WORST_DELAY + 1  # a second for a busy machine


def test_killed_worker_leaves_nothing_half_done_and_the_next_one_catches_up(site):
    shell(site, PREPARE.format(count=COUNT, seconds=0.2))
    time.sleep(0.3)
    worker = start(site, "worker")
    deadline = time.monotonic() + PATIENCE
    while not (done := tell(site)["live"]) and time.monotonic() < deadline:
        pass
    worker.send_signal(signal.SIGKILL)
    worker.communicate(timeout=PATIENCE)

    told = tell(site)
    assert 0 < done <= told["states"].count("done") == told["live"] == len(told["numbers"])
    site.manage("worker", "--once")
    told = tell(site)
    assert (told["numbers"], told["states"], told["generation"]) == ([1] * COUNT, ["done"] * COUNT, COUNT)
