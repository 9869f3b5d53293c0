"""kill -9 on web server and worker, again and again, while readers send the form.

What was acknowledged is there and whole, what was not is whole or not there at all, and every mail comes once. Twenty rounds;
KILL_ROUNDS=200 for more.
"""

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing
from urllib.parse import urlencode, urlsplit

import pytest

from bench.servers import free_port
from tests.advice.imap_server import running_server
from tests.advice.outbox.site import PATIENCE, MailSite, running_mail_site
from tests.advice.outbox.smtp_server import running_sink
from tests.browser.running import ROOT

ROUNDS = int(os.environ.get("KILL_ROUNDS", "20"))
READERS = 12
ENOUGH = 10  # questions that are acknowledged before the servers may be killed
QUESTION = "Hoeveel magnesium zit er in een banaan? En wat als ik er twee eet? " * 8
NO_LIMIT = {"ADVICE_MANY_PER_NETWORK": "1000000", "ADVICE_MOST_PER_NETWORK": "1000000"}
PREPARE = "from tests.advice.factories import make_topic, make_consent\nmake_topic(); make_consent()"
SEALS = """
import uuid
from advice.tokens import make_seal
opened = datetime.now(UTC) - timedelta(minutes=1)
forms = [uuid.uuid4() for _ in range({count})]
told = [[str(form), make_seal(form, now=opened)] for form in forms]
"""
STORED = """
from advice.auditing import find_faults
from advice.search.engine import engine
from advice.search.tokens import phrase_of
from django.db import connection
told = {
    "questions": {str(m.request.submission_id): m.body for m in Message.objects.filter(number=1).select_related("request")},
    "requests": AdviceRequest.objects.filter(status="waiting").count(),
    "all": AdviceRequest.objects.count(),
    "receipts": OutgoingMail.objects.filter(kind="receipt").count(),
    "events": AuditEvent.objects.filter(action="submitted").count(),
    "counted": sum(DailyFact.objects.filter(kind="received").values_list("count", flat=True)),
    "found": len(engine().find([phrase_of("banaan")], 10**6)),
    "faults": [str(fault) for fault in find_faults()],
    "integrity": connection.cursor().execute("PRAGMA integrity_check").fetchall() if connection.vendor == "sqlite" else [["ok"]],
}
"""


class Readers:
    """People who send the form, each another question, until the server is gone. `acknowledged` are the forms that it took."""

    def __init__(self, url: str, forms: list[list[str]]):
        self.url, self.forms, self.acknowledged, self.lock = urlsplit(url), forms, set(), threading.Lock()

    def send_until(self, kill) -> None:
        threads = [threading.Thread(target=self._send) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        kill()
        for thread in threads:
            thread.join(PATIENCE)

    def wait_for(self, count: int) -> None:
        deadline = time.monotonic() + PATIENCE
        while len(self.acknowledged) < count and time.monotonic() < deadline:
            time.sleep(0.01)

    def _send(self) -> None:
        connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=20)
        try:
            while form := self._next():
                connection.request("POST", "/advies/", _body(*form), {"Content-Type": "application/x-www-form-urlencoded"})
                answer = connection.getresponse()
                answer.read()
                if answer.status == 303:
                    with self.lock:
                        self.acknowledged.add(form[0])
        except (OSError, http.client.HTTPException):
            return  # the server was killed
        finally:
            connection.close()

    def _next(self) -> list[str] | None:
        with self.lock:
            return self.forms.pop() if self.forms else None


def _body(form: str, seal: str) -> str:
    values = {"submission_id": form, "opened": seal, "consent_number": 1, "consent": "on", "topic": "magnesium"}
    return urlencode(values | {"email": f"{form[:13]}@example.org", "question": f"{form} {QUESTION}"})


def serve(site: MailSite, port: int) -> subprocess.Popen:
    """Start two web processes as a group of their own, so that one signal kills all of them."""
    options = ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--no-control-socket", "--log-level", "critical"]
    command = [sys.executable, "-m", "gunicorn", "magsite.wsgi", "--bind", f"127.0.0.1:{port}", *options]
    with open(site.folder / "web-log", "ab") as log:
        return subprocess.Popen(command, cwd=ROOT, env=site.environment, stdout=log, stderr=log, start_new_session=True)


def wait_until_up(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                connection.request("GET", "/robots.txt")
                connection.getresponse().read()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
    raise AssertionError("The web server did not start.")


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_killed_again_and_again_nothing_is_lost_and_no_mail_comes_twice(vendor, tmp_path, django_db_blocker):
    chance, port = random.Random(9), free_port()
    with running_sink() as sink, running_server() as archive:
        sink.archive, sink.slow["TEXT"] = archive.add, 0.005
        server = {"EMAIL_URL": f"smtp://127.0.0.1:{sink.port}", "EMAIL_TIMEOUT": "5", "MAIL_ARCHIVE": "archief@example.org"}
        own = {"MAIL_LEDGER_URL": archive.url, "PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}", **NO_LIMIT}
        with running_mail_site(vendor, tmp_path, django_db_blocker, **server, **own) as site:
            site.run(PREPARE)
            readers = Readers(f"http://127.0.0.1:{port}", [])
            for _ in range(ROUNDS):
                readers.forms[:] = site.run(SEALS.format(count=2_000))
                web, worker = serve(site, port), site.start_worker()
                wait_until_up(port)

                wanted = len(readers.acknowledged) + ENOUGH

                def kill(web=web, worker=worker, wanted=wanted) -> None:
                    readers.wait_for(wanted)
                    time.sleep(chance.random())
                    os.killpg(web.pid, signal.SIGKILL)
                    site.kill(worker)
                    web.wait(PATIENCE)

                readers.send_until(kill)
            stored = site.run(STORED)
            check(stored, readers.acknowledged)
            assert len(readers.acknowledged) >= ROUNDS * ENOUGH
            site.start_worker()
            site.wait_until_sent(stored["receipts"] - sum(state == "sending" for state, *_ in site.mails().values()))
            site.stop()
            site.deliver_later()
            mails = site.mails()
    assert {state for state, *_ in mails.values()} == {"sent"}
    assert dict(sink.message_ids()) == dict.fromkeys(mails, 1)


def check(stored: dict, acknowledged: set[str]) -> None:
    """Every acknowledged question is there, and whatever is there is whole."""
    assert acknowledged - stored["questions"].keys() == set()
    assert {body == f"{form} {QUESTION}".strip() for form, body in stored["questions"].items()} == {True}
    numbers = {stored[name] for name in ("requests", "all", "receipts", "events", "counted", "found")}
    assert numbers == {len(stored["questions"])}
    assert (stored["faults"], stored["integrity"]) == ([], [["ok"]])
