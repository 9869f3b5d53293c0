"""`manage.py worker`: the one process that works in the background. What it does and how often is in JOBS."""

import fcntl
import json
import logging
import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import close_old_connections, connection
from django.utils import timezone

from advice import anchors, retention, tombstones
from advice.inbox.fetch import poll
from advice.outbox.delivery import ServerPause, deliver_due
from advice.outbox.forgetting import forget_copies
from articles.scheduling import run_due
from magsite.backup import BackupSkipped, back_up_site
from magsite.sqlite_file import empty_write_ahead_log

logger = logging.getLogger("magsite.worker")

LONGEST_NAP = timedelta(minutes=1)
STANDBY_NAP = timedelta(seconds=5)
RETRY = timedelta(minutes=5)


@dataclass(frozen=True)
class Job:
    """`run` gets an event that is set when the worker has to stop, and returns a line for the log, or nothing to say."""

    name: str
    every: timedelta
    run: Callable[[threading.Event], str]


def back_up(stop: threading.Event) -> str:
    try:
        return f"made {back_up_site(stop=stop)}"
    except BackupSkipped as reason:
        return str(reason)


def clear_sessions(stop: threading.Event) -> str:
    call_command("clearsessions")
    return "removed expired sessions"


def clear_counts(stop: threading.Event) -> str:
    """Remove what the limits no longer count: Django's database cache does so only when it is full."""
    store = caches["default"]
    if not isinstance(store, DatabaseCache):
        return ""
    with connection.cursor() as cursor:
        now = connection.ops.adapt_datetimefield_value(timezone.now().replace(microsecond=0))
        cursor.execute(f"DELETE FROM {connection.ops.quote_name(store._table)} WHERE expires < %s", [now])  # noqa: S608
        return f"removed {cursor.rowcount} counts that ended"


def publish_due(stop: threading.Event) -> str:
    done = run_due(datetime.now(UTC))
    return f"did what was due: {done}" if done else ""


def keep_no_longer(stop: threading.Event) -> str:
    taken = [f"{taken.rule.name} {taken.count}" for taken in retention.purge(datetime.now(UTC), stop=stop) if taken.count]
    return f"what was kept long enough: {', '.join(taken)}" if taken else ""


def look_after_audit(stop: threading.Event) -> str:
    if faults := anchors.find_all_faults():
        logger.error("The log of the advice desk has %d faults: see manage.py verify_audit.", len(faults))
    anchor = anchors.write_anchor(datetime.now(UTC))
    return f"line {anchor.number} of the log of the advice desk is {anchor.digest}" if anchor.number else ""


def finish_erasing(stop: threading.Event) -> str:
    """Do what an erasure could not do at once: copies in an archive that was away, lines that a crash kept from their file, and
    SQLite's own log."""
    now = datetime.now(UTC)
    deleted, added = forget_copies(now), tombstones.complete_file(now)
    empty_write_ahead_log()
    return f"deleted {deleted} copies of mails, wrote down {added} erased requests" if deleted or added else ""


def send_mail(stop: threading.Event) -> str:
    sent = deliver_due(lambda: datetime.now(UTC), pause=MAIL_PAUSE, stop=stop)
    return f"sent {sent}" if sent else ""


def read_inbox(stop: threading.Event) -> str:
    return poll(lambda: datetime.now(UTC), stop=stop)


# How long this worker leaves a mail server alone that is away.
MAIL_PAUSE = ServerPause()
# What promises a moment to people runs in a thread of its own, in every worker: no other job keeps it waiting.
PUNCTUAL = (
    Job("schedule", timedelta(seconds=5), publish_due),
    Job("mail", timedelta(seconds=2), send_mail),
)
JOBS = (
    Job("backup", timedelta(hours=1), back_up),
    Job("inbox", timedelta(minutes=1), read_inbox),
    Job("clear-sessions", timedelta(days=1), clear_sessions),
    Job("retention", timedelta(days=1), keep_no_longer),
    Job("audit", timedelta(days=1), look_after_audit),
    Job("erasing", timedelta(hours=1), finish_erasing),
    Job("clear-counts", timedelta(hours=1), clear_counts),
)


class Agenda:
    """When each job is due, kept in a small file so that a restart neither skips nor repeats work. Unknown means now."""

    def __init__(self, path: Path):
        self.path = path
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            self.due = {name: datetime.fromisoformat(time).astimezone(UTC) for name, time in kept.items()}
        except (FileNotFoundError, ValueError, AttributeError, TypeError):
            self.due = {}

    def due_at(self, job: Job, now: datetime) -> datetime:
        """Return when `job` is due; never further away than its interval, also after the clock was put back."""
        return min(self.due.get(job.name, now), now + job.every)

    def postpone(self, job: Job, until: datetime) -> None:
        self.due[job.name] = until
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps({name: time.isoformat() for name, time in self.due.items()}, indent=1), encoding="utf-8")
        draft.replace(self.path)


def run_due_jobs(jobs: Iterable[Job], *, agenda: Agenda, stop: threading.Event) -> datetime:
    """Run what is due and return when to look again. A job that fails is logged and tried again in five minutes."""
    now = datetime.now(UTC)
    for job in jobs:
        if stop.is_set():
            break
        if agenda.due_at(job, now) <= now:
            wait = job.every if run_job(job, stop) else min(job.every, RETRY)
            agenda.postpone(job, now + wait)
    return min([agenda.due_at(job, now) for job in jobs], default=now + LONGEST_NAP)


def run_job(job: Job, stop: threading.Event) -> bool:
    """Run one job and tell whether it went well."""
    close_old_connections()
    try:
        if line := job.run(stop):
            logger.info("%s: %s", job.name, line)
    except Exception:
        if stop.is_set():
            logger.info("%s: cut short", job.name)
        else:
            logger.exception("%s failed", job.name)
        return False
    finally:
        close_old_connections()
    return True


def work(jobs: Iterable[Job], *, folder: Path, stop: threading.Event, once: bool = False) -> None:
    """Run the jobs until `stop` is set, or a single round. Of several workers one works; the others stand by to take over."""
    folder.mkdir(parents=True, exist_ok=True)
    with closing(open(folder / "worker.lock", "w")) as lock:
        while not stop.is_set():
            if not take(lock):
                nap = STANDBY_NAP
            else:
                agenda = Agenda(folder / "worker.json")
                nap = min(run_due_jobs(jobs, agenda=agenda, stop=stop) - datetime.now(UTC), LONGEST_NAP)
            if once:
                return
            stop.wait(max(nap.total_seconds(), 0))


def keep_time(job: Job, *, stop: threading.Event) -> None:
    """Run `job` again and again until `stop` is set. Every worker does, also one that stands by: the job must bear that."""
    while not stop.is_set():
        run_job(job, stop)
        stop.wait(job.every.total_seconds())


def take(lock) -> bool:
    """Take the lock, or say that another worker has it. The system releases it when its holder ends, however that happens."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


class Command(BaseCommand):
    help = "Do the background work: mail out and in, planned publications, verified backups of SQLite, a daily clean-up."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")

    def handle(self, *args, once: bool, **options) -> None:
        stop = threading.Event()
        if once:
            for job in PUNCTUAL:
                run_job(job, stop)
            return work(JOBS, folder=settings.VAR_DIR, stop=stop, once=True)
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        clocks = [threading.Thread(target=keep_time, args=[job], kwargs={"stop": stop}, name=job.name) for job in PUNCTUAL]
        for clock in clocks:
            clock.start()
        try:
            work(JOBS, folder=settings.VAR_DIR, stop=stop)
        finally:
            stop.set()
            for clock in clocks:
                clock.join()
