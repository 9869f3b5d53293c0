"""The log of who did what: one chain, whoever writes at the same time, and a change anywhere shows."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from advice import auditing
from advice.auditing import START, Fault, digest_of, find_faults
from advice.models import AuditEvent
from tests.advice.factories import make_request
from tests.advice.tampering import tampering

pytestmark = pytest.mark.django_db
SETTINGS = AuditEvent.Action.SETTINGS


def record(count: int, by=auditing.SYSTEM) -> None:
    with transaction.atomic():
        for number in range(count):
            auditing.record(SETTINGS, by=by, what="test", number=number)


def test_a_row_says_who_did_what_and_holds_the_digest_of_the_one_before(britt):
    request = make_request()
    first = AuditEvent.objects.get()
    second = auditing.record(AuditEvent.Action.READ, by=britt, request=request, page=1)
    second.refresh_from_db()
    assert (first.number, first.actor, first.action, first.previous) == (1, "lezer", "submitted", START)
    assert (second.number, second.actor, second.action, second.reference) == (2, "britt", "read", request.reference)
    assert (second.detail, second.previous, second.digest) == ({"page": 1}, first.digest, digest_of(second))
    assert find_faults() == []


def test_the_digest_stays_what_it_is():
    """Rows of years ago must go on being right: whoever changes the canonical form breaks every log that there is."""
    moment = auditing.datetime(2026, 11, 24, 9, 0, 0, 123456, tzinfo=auditing.UTC)
    detail = {"to": "anna", "é": True, "n": None}
    event = AuditEvent(
        number=7, at=moment, actor="britt", action="assigned", reference="K7MD-3QXA", detail=detail, previous="a" * 64
    )
    known = "83b4324102ccea66b8a4819b70052009fae682f96997ea4a2dad375df895863c"
    assert digest_of(event) == known
    event.detail = dict(reversed(detail.items()))
    assert digest_of(event) == known


@pytest.mark.django_db(transaction=True)
def test_a_row_needs_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        auditing.record(SETTINGS, by=auditing.SYSTEM)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("change", [lambda rows: rows.update(actor="anna"), lambda rows: rows.delete()])
def test_the_database_refuses_to_change_the_log(change):
    record(1)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        change(AuditEvent.objects.all())
    assert [event.actor for event in AuditEvent.objects.all()] == ["systeem"]


@pytest.mark.django_db(transaction=True)
def test_a_test_leaves_an_empty_log_that_still_refuses():
    """About tests/conftest.py: without it the next test would meet the rows of this one, or no trigger."""
    record(3)
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    assert not AuditEvent.objects.exists()
    record(1)
    with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
        AuditEvent.objects.all().delete()


@pytest.mark.parametrize(
    "changed",
    [{"actor": "anna"}, {"action": "read"}, {"reference": "K7MD-3QXA"}, {"detail": {"what": "else"}}, {"at": "2020-01-01T00:00Z"}],
    ids=str,
)
def test_a_changed_row_shows(changed):
    record(5)
    with tampering():
        AuditEvent.objects.filter(number=3).update(**changed)
    assert find_faults() == [Fault(3, "is veranderd")]


def test_a_changed_row_with_a_new_digest_shows_at_the_next_row():
    record(5)
    with tampering():
        event = AuditEvent.objects.get(number=3)
        event.actor = "anna"
        AuditEvent.objects.filter(number=3).update(actor="anna", digest=digest_of(event))
    assert find_faults() == [Fault(4, "sluit niet aan op de vorige regel")]


def test_removed_rows_show():
    record(9)
    with tampering():
        AuditEvent.objects.filter(number__in=[1, 4, 5]).delete()
    assert find_faults() == [Fault(1, "ontbreekt"), Fault(4, "ontbreekt tot en met regel 5")]


def test_rows_that_changed_places_show():
    record(4)
    with tampering():
        AuditEvent.objects.filter(number=2).update(number=20)
        AuditEvent.objects.filter(number=3).update(number=2)
        AuditEvent.objects.filter(number=20).update(number=3)
    assert {fault.number for fault in find_faults()} == {2, 3, 4}


def test_eight_threads_make_one_unbroken_chain(shared_database):
    start = threading.Barrier(8)

    def work(thread: int) -> None:
        start.wait()
        try:
            for _ in range(25):
                record(1, by=f"thread-{thread}")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    actors = list(AuditEvent.objects.values_list("actor", flat=True))
    assert {actor: actors.count(actor) for actor in set(actors)} == {f"thread-{thread}": 25 for thread in range(8)}
    assert find_faults() == []
