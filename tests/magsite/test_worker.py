import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as site
from django.core.cache import cache
from django.core.management import call_command

from advice import tombstones
from advice.auditing import SYSTEM
from advice.erasing import erase
from advice.models import AdviceRequest, AuditEvent, OutgoingMail
from advice.outbox.queue import enqueue
from magsite.backup import BackupSkipped
from magsite.management.commands import worker
from magsite.management.commands.worker import JOBS, PUNCTUAL, Agenda, Job, run_due_jobs, work
from tests.advice.factories import make_request
from tests.advice.tampering import tampering

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def agenda(tmp_path):
    return Agenda(tmp_path / "worker.json")


@pytest.fixture
def done():
    return []


def make_job(done, name="job", every=HOUR):
    return Job(name, every, lambda stop: done.append(name) or "done")


def test_jobs_have_different_names_and_are_the_ones_that_the_manual_promises():
    assert [(job.name, job.every) for job in JOBS] == [
        ("backup", timedelta(hours=1)),
        ("inbox", timedelta(minutes=1)),
        ("clear-sessions", timedelta(days=1)),
        ("retention", timedelta(days=1)),
        ("audit", timedelta(days=1)),
        ("erasing", timedelta(hours=1)),
        ("clear-counts", timedelta(hours=1)),
    ]
    assert [(job.name, job.every.total_seconds()) for job in PUNCTUAL] == [("schedule", 5), ("mail", 2)]


def test_counts_that_ended_are_removed_and_others_are_kept(settings):
    cache.set("ended", 1, timeout=-5)
    cache.set("counting", 1, timeout=60)
    assert worker.clear_counts(threading.Event()) == "removed 1 counts that ended"
    assert cache.get("counting") == 1
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert worker.clear_counts(threading.Event()) == ""


def test_due_job_runs_once_and_is_due_again_after_its_interval(agenda, done):
    before = datetime.now(UTC)
    again = run_due_jobs([make_job(done)], agenda=agenda, stop=threading.Event())
    run_due_jobs([make_job(done)], agenda=agenda, stop=threading.Event())
    assert done == ["job"]
    assert before + HOUR <= again <= datetime.now(UTC) + HOUR


def test_due_time_survives_a_restart(agenda, done):
    run_due_jobs([make_job(done)], agenda=agenda, stop=threading.Event())
    run_due_jobs([make_job(done), make_job(done, "new")], agenda=Agenda(agenda.path), stop=threading.Event())
    assert done == ["job", "new"]


def test_overdue_job_runs(agenda, done):
    agenda.postpone(make_job(done), datetime.now(UTC) - timedelta(seconds=1))
    run_due_jobs([make_job(done)], agenda=agenda, stop=threading.Event())
    assert done == ["job"]


def test_clock_that_was_put_back_delays_a_job_by_one_interval_at_most(agenda, done):
    now = datetime.now(UTC)
    agenda.postpone(make_job(done), now + timedelta(days=900))
    assert agenda.due_at(make_job(done), now) == now + HOUR


@pytest.mark.parametrize("text", ["", "[]", "{nonsense", '{"job": 7}', '{"job": "yesterday"}'])
def test_damaged_agenda_means_that_everything_is_due(tmp_path, done, text):
    (tmp_path / "worker.json").write_text(text)
    run_due_jobs([make_job(done)], agenda=Agenda(tmp_path / "worker.json"), stop=threading.Event())
    assert done == ["job"]


def test_job_that_fails_is_logged_and_tried_again_and_the_next_one_runs(agenda, done, caplog):
    def fail(stop):
        raise ValueError("no luck")

    again = run_due_jobs([Job("bad", HOUR, fail), make_job(done)], agenda=agenda, stop=threading.Event())
    assert done == ["job"]
    assert again <= datetime.now(UTC) + timedelta(minutes=5)
    assert [(r.message, r.exc_info[1].args) for r in caplog.records if r.levelname == "ERROR"] == [("bad failed", ("no luck",))]


def test_stop_keeps_the_next_job_from_starting(agenda, done):
    stop = threading.Event()
    run_due_jobs([Job("last", HOUR, lambda s: s.set() or "done"), make_job(done)], agenda=agenda, stop=stop)
    assert done == []
    assert list(Agenda(agenda.path).due) == ["last"]


def test_second_worker_stands_by_while_the_first_one_works(tmp_path, done):
    def try_a_second(stop):
        work([make_job(done, "second")], folder=tmp_path, stop=threading.Event(), once=True)
        return "done"

    work([Job("first", HOUR, try_a_second)], folder=tmp_path, stop=threading.Event(), once=True)
    assert done == []
    work([make_job(done, "second")], folder=tmp_path, stop=threading.Event(), once=True)
    assert done == ["second"]


def test_worker_goes_on_until_it_is_stopped(tmp_path):
    stop, runs = threading.Event(), []

    def count(event):
        runs.append(1)
        if len(runs) == 3:
            event.set()
        return "done"

    work([Job("often", timedelta(milliseconds=1), count)], folder=tmp_path, stop=stop)
    assert len(runs) == 3


def test_what_promises_a_moment_waits_for_no_other_job_and_says_nothing_when_there_is_nothing(caplog):
    stop, runs = threading.Event(), []

    def look(event):
        runs.append(1)
        if len(runs) == 3:
            stop.set()
        return "" if len(runs) < 3 else "did something"

    with caplog.at_level("INFO", logger="magsite.worker"):
        worker.keep_time(Job("look", timedelta(milliseconds=1), look), stop=stop)
    assert [record.message for record in caplog.records] == ["look: did something"]
    assert len(runs) == 3


def test_backup_that_is_not_ours_to_make_is_no_failure(monkeypatch):
    def skip(stop):
        raise BackupSkipped("use pg_dump")

    monkeypatch.setattr(worker, "back_up_site", skip)
    assert worker.back_up(threading.Event()) == "use pg_dump"


def test_mail_that_is_due_is_sent_and_the_log_says_how_much():
    enqueue(OutgoingMail.Kind.LINK, make_request(now=datetime.now(UTC)), key="1", now=datetime.now(UTC))
    assert (worker.send_mail(threading.Event()), worker.send_mail(threading.Event())) == ("sent 2", "")


def test_once_runs_every_job_on_a_new_site(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    call_command("worker", once=True)
    assert sorted(Agenda(tmp_path / "worker.json").due) == [
        "audit",
        "backup",
        "clear-counts",
        "clear-sessions",
        "erasing",
        "inbox",
        "retention",
    ]


@pytest.fixture
def var(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def test_what_was_kept_long_enough_goes_and_the_log_says_how_much(var):
    request = make_request(suspicions=("veel links",), now=datetime.now(UTC) - timedelta(days=31))
    assert worker.keep_no_longer(threading.Event()) == "what was kept long enough: quarantine 1"
    assert worker.keep_no_longer(threading.Event()) == ""
    assert not AdviceRequest.objects.filter(pk=request.pk).exists()


def test_the_log_of_the_desk_is_anchored_and_a_fault_in_it_is_an_error(var, caplog):
    assert worker.look_after_audit(threading.Event()) == ""
    make_request()
    event = AuditEvent.objects.get()
    assert worker.look_after_audit(threading.Event()) == f"line 1 of the log of the advice desk is {event.digest}"
    with tampering():
        AuditEvent.objects.update(actor="anna")
    worker.look_after_audit(threading.Event())
    assert [record.message for record in caplog.records if record.levelname == "ERROR"] == [
        "The log of the advice desk has 1 faults: see manage.py verify_audit."
    ]


def test_what_a_crash_kept_out_of_the_list_of_erased_requests_is_added(var):
    erase(make_request(), by=SYSTEM, now=datetime.now(UTC), because="test")
    assert worker.finish_erasing(threading.Event()) == "deleted 0 copies of mails, wrote down 1 erased requests"
    assert len(list(tombstones.read_file())) == 1
    assert worker.finish_erasing(threading.Event()) == ""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_real_worker_stops_within_a_second_of_a_signal(tmp_path, name):
    # SIGINT is ignored by what starts in the background of a shell, this test included: give the worker a clean slate.
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=site.BASE_DIR,
        env={**os.environ, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "magsite.settings"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 30
    while not (tmp_path / "worker.json").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    start = time.monotonic()
    process.send_signal(getattr(signal, name))
    assert process.wait(timeout=10) == 0
    assert time.monotonic() - start < 1
