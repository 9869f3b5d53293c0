"""Run by test_killed: poll in a process that is killed at a moment of chance, round after round. Prints what it saw as JSON.

The process that polls is a fork of one that has loaded everything: twenty times starting Python would take longer than the test.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.db import connections  # noqa: E402  (settings must be loaded first)

from advice.inbox.fetch import poll  # noqa: E402
from advice.models import IncomingMail  # noqa: E402

ROUNDS, PER_ROUND = int(sys.argv[1]), int(sys.argv[2])
chance = random.Random(20_261_124)


def main() -> None:
    from tests.advice.inbox.posting import written

    sent, folder = sys.argv[3], sys.argv[4]
    at_work = between = 0
    for number in range(ROUNDS):
        for i in range(PER_ROUND):
            put(folder, written(f"mail {number * PER_ROUND + i:03}", answers=sent))
        alive = kill_while_polling(later=timedelta(hours=number))
        at_work += alive
        between += IncomingMail.objects.filter(state="stored").exists()
    seen = {"at_work": at_work, "between": between}
    poll(lambda: datetime.now(UTC) + timedelta(hours=ROUNDS))
    print("SEEN", json.dumps(seen))


def put(folder: str, mail: bytes) -> None:
    """Deliver a mail as a mail server does: written whole, then named."""
    name = f"{time.time_ns()}.{os.getpid()}.test"
    with open(f"{folder}/tmp/{name}", "wb") as file:
        file.write(mail)
    os.chmod(f"{folder}/tmp/{name}", 0o666)  # the server may run as somebody else
    os.rename(f"{folder}/tmp/{name}", f"{folder}/new/{name}")


def kill_while_polling(*, later: timedelta) -> bool:
    """Poll in a process of its own and kill it; return whether it was at work. `later` is past the lease of the one before."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            while True:
                poll(lambda: datetime.now(UTC) + later)
        finally:
            os._exit(0)
    wait_for_a_moment()
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def wait_for_a_moment() -> None:
    """Wait until something was stored, and then for as long as storing and reading a few mails takes, or less."""
    deadline = time.monotonic() + 10
    count = IncomingMail.objects.count()
    while IncomingMail.objects.count() == count and time.monotonic() < deadline:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.15))


main()
