"""The log of who read and did what. Every row carries the digest of the row before it, so that a change anywhere shows.

A digest is SHA-256 over the previous digest and the row as canonical JSON (keys sorted, no spaces, UTF-8, times in UTC with
microseconds). The database refuses to change or delete a row (migration 0002).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, transaction
from django.utils import timezone

from advice.inserting import insert
from advice.models import AdviceRequest, AuditEvent

READER, SYSTEM = "lezer", "systeem"
START = "0" * 64
_LOCK = 7_240_114  # of PostgreSQL, for one writer at a time; SQLite has one writer anyway


def record(
    action: AuditEvent.Action,
    *,
    by: AbstractBaseUser | str,
    request: AdviceRequest | None = None,
    reference: str = "",
    **detail: str | int | bool | None,
) -> AuditEvent:
    """Add a row, in the transaction of what it tells. `by` is a user, READER or SYSTEM; `detail` must hold no personal data.

    Call it last: on PostgreSQL everybody else's rows wait until this transaction ends.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An audit event belongs to a transaction.")
    number, previous = _last()
    event = AuditEvent(
        number=number + 1,
        at=timezone.now(),
        actor=by if isinstance(by, str) else by.get_username(),
        action=action,
        reference=reference or (request.reference if request else ""),
        detail=detail,
        previous=previous,
    )
    event.digest = digest_of(event)
    return insert(event)


def _last() -> tuple[int, str]:
    """Return number and digest of the last row. On PostgreSQL nobody else adds one until this transaction ends."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(f"SELECT number, digest FROM {AuditEvent._meta.db_table} ORDER BY number DESC LIMIT 1")  # noqa: S608
        return cursor.fetchone() or (0, START)


def digest_of(event: AuditEvent) -> str:
    """Return the digest that the row should have. 64 hexadecimal digits."""
    row = [event.number, _written(event.at), event.actor, str(event.action), event.reference, event.detail]
    text = json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{event.previous}{text}".encode()).hexdigest()


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Fault:
    """A row that isn't what it was, or that is missing."""

    number: int
    why: str


def find_faults() -> list[Fault]:
    """Read the whole log and return every row at which the chain breaks. Memory is constant; time grows with the log."""
    faults, previous, expected = [], START, 1
    for event in AuditEvent.objects.order_by("number").iterator(chunk_size=2_000):
        if event.number != expected:
            until = f" tot en met regel {event.number - 1}" if event.number > expected + 1 else ""
            faults.append(Fault(expected, f"ontbreekt{until}"))
        elif event.previous != previous:
            faults.append(Fault(event.number, "sluit niet aan op de vorige regel"))
        if event.digest != digest_of(event):
            faults.append(Fault(event.number, "is veranderd"))
        previous, expected = event.digest, event.number + 1
    return faults
