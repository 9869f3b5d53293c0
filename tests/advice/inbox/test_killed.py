"""Twenty times `kill -9` of the process that polls: every mail is with its request, once."""

import json
import os
import subprocess
import sys

import pytest

from tests.advice.imap_server import running_server
from tests.browser.running import ROOT, _environment
from tests.own_database import own_database

ROUNDS, PER_ROUND = 20, 6
PREPARE = """
from tests.advice.factories import NOW, make_adviser, make_answer, make_request
request = make_request()
make_answer(request, by=make_adviser("britt").user)
print("SENT", request.mails.get(kind="answer").rfc_message_id)
"""
TELL = """
import json
from advice.models import IncomingMail, Message
print("TOLD", json.dumps({
    "states": sorted(IncomingMail.objects.values_list("state", flat=True)),
    "bodies": sorted(Message.objects.filter(via="mail").values_list("body", flat=True)),
    "linked": IncomingMail.objects.filter(message__isnull=False, raw__isnull=False).count(),
}))
"""


def run(environment: dict, *command: str) -> str:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def shell(environment: dict, code: str) -> str:
    return run(environment, "manage.py", "shell", "--verbosity", "0", "--command", code)


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_poller_that_is_killed_at_any_moment(vendor, tmp_path, django_db_blocker):
    with running_server() as server, own_database(vendor, tmp_path, django_db_blocker) as url:
        environment = _environment(tmp_path, 8000) | {
            "DATABASE_URL": url,
            "INBOX_URL": server.url,
            "INBOX_ADDRESS": "advies@magsite.example",
            "INBOX_MOST_REPLIES_A_DAY": "1000",
            "PYTHONPATH": str(ROOT),
            "LC_ALL": os.environ.get("LC_ALL", "C.UTF-8"),
        }
        sent = shell(environment, PREPARE).split("SENT ", 1)[1].strip()
        rounds = [str(ROUNDS), str(PER_ROUND), sent, str(server.folder / "mail")]
        seen = json.loads(run(environment, "-m", "tests.advice.inbox.killed_poller", *rounds).split("SEEN ", 1)[1])
        told = json.loads(shell(environment, TELL).split("TOLD ", 1)[1])

    count = ROUNDS * PER_ROUND
    assert told["bodies"] == [f"mail {number:03}" for number in range(count)]
    assert (told["states"], told["linked"]) == (["added"] * count, count)
    assert seen["at_work"] == ROUNDS
    assert seen["between"] >= 3, "the kills hardly ever fell between storing and reading"
