"""A site of its own with real worker processes, and a process beside them in which a test makes and looks at its rows."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.running import ROOT
from tests.own_database import own_database

PATIENCE = 60
# Runs every line that comes in as Python, and tells what it put in `told`.
BESIDE = """
import json, sys, django
django.setup()
from datetime import UTC, datetime, timedelta
from django.contrib.auth.models import User
from django.db import transaction
from advice.models import *
from advice.answering import undo_answer
from advice.changing import DeskRefused
from advice.outbox import claims
from advice.outbox.delivery import ServerPause, deliver_due
from advice.outbox.queue import enqueue
from tests.advice.factories import make_adviser, make_answer, make_request
names = dict(globals())
for line in sys.stdin:
    names["told"] = None
    exec(json.loads(line), names)
    print(json.dumps(names["told"], default=str), flush=True)
"""
TELL = 'told = list(OutgoingMail.objects.order_by("pk").values_list("rfc_message_id", "state", "attempts", "is_possibly_double"))'


@dataclass
class MailSite:
    folder: Path
    environment: dict[str, str]
    beside: subprocess.Popen | None = None
    workers: list[subprocess.Popen] = field(default_factory=list)

    def run(self, code: str):
        """Run code on the site's database and return what it put in `told`."""
        if self.beside is None:
            self.beside = self._start("-c", BESIDE, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.beside.stdin.write(json.dumps(code) + "\n")
        self.beside.stdin.flush()
        line = self.beside.stdout.readline()
        assert line, f"failed: {code}\n{self.log}"
        return json.loads(line)

    def with_environment(self, **environment: str) -> "MailSite":
        """Return the same site with other settings."""
        return MailSite(self.folder, self.environment | environment)

    def make_mails(self, count: int) -> None:
        """Forget all there was and queue mails, each of a request of its own."""
        now = "datetime.now(UTC)"
        self.run(f"AdviceRequest.objects.all().delete()\nfor _ in range({count}): make_request(now={now})")

    def mails(self) -> dict[str, tuple]:
        """Return the state, attempts and mark of every mail by its Message-ID."""
        return {message_id: tuple(rest) for message_id, *rest in self.run(TELL)}

    def lock(self) -> None:
        """Keep everybody else from writing to the rows of the outbox."""
        self.run("lock = transaction.atomic(); lock.__enter__(); list(OutgoingMail.objects.select_for_update())")

    def unlock(self) -> None:
        self.run("lock.__exit__(None, None, None)")

    def deliver_later(self) -> None:
        """Deliver as a worker does that looks when leases and grace are over."""
        later = "datetime.now(UTC) + claims.lease() + claims.grace()"
        self.run(f"later = {later}; told = deliver_due(lambda: later, pause=ServerPause())")

    def start_worker(self) -> subprocess.Popen:
        worker = self._start("manage.py", "worker")
        self.workers.append(worker)
        return worker

    def kill(self, worker: subprocess.Popen) -> None:
        worker.send_signal(signal.SIGKILL)
        worker.wait(PATIENCE)

    def wait_until_sent(self, count: int) -> dict[str, tuple]:
        deadline = time.monotonic() + PATIENCE
        while True:
            mails = self.mails()
            if [state for state, *_ in mails.values()].count("sent") >= count or time.monotonic() > deadline:
                return mails
            time.sleep(0.1)

    def stop(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                worker.terminate()
        for worker in self.workers:
            worker.wait(PATIENCE)
        self.workers.clear()

    def close(self) -> None:
        self.stop()
        if self.beside:
            self.beside.communicate(timeout=PATIENCE)

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def _start(self, *arguments: str, **pipes) -> subprocess.Popen:
        with open(self.folder / "log", "ab") as log:
            return subprocess.Popen(
                [sys.executable, *arguments], cwd=ROOT, env=self.environment, stderr=log, text=True, **{"stdout": log} | pipes
            )


@contextmanager
def running_mail_site(vendor: str, folder: Path, blocker, **environment: str) -> Iterator[MailSite]:
    """Make an empty site on SQLite, or on PostgreSQL when the tests run on that."""
    with own_database(vendor, folder, blocker) as url:
        own = {"DJANGO_SETTINGS_MODULE": "magsite.settings", "VAR_DIR": str(folder), "DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
        site = MailSite(folder, {**os.environ, **own, **environment})
        try:
            yield site
        finally:
            site.close()
