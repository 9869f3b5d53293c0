"""Where the log stood, written down outside of the database.

The chain of the log shows a changed row. Only an anchor shows that its end was cut off, or that all of it was written anew. Whoever
can write in the folder of the site can change the anchors too: take them elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from advice import append_only
from advice.auditing import START, Fault, find_faults
from advice.models import AuditEvent

NAME = "audit-anchors"
_RESTORED = "restored"


@dataclass(frozen=True)
class Anchor:
    """The newest row at a moment; 0 is an empty log. `is_restore`: older anchors with a higher number were lost knowingly."""

    at: datetime
    number: int
    digest: str
    is_restore: bool = False

    def __str__(self) -> str:
        mark = f" {_RESTORED}" if self.is_restore else ""
        return f"{self.at.astimezone(UTC).isoformat(timespec='seconds')} {self.number} {self.digest}{mark}"


def anchors_file() -> Path:
    return settings.VAR_DIR / NAME


def head(now: datetime) -> Anchor:
    """Return where the log stands now."""
    last = AuditEvent.objects.order_by("-number").values_list("number", "digest").first()
    return Anchor(now, *(last or (0, START)))


def write_anchor(now: datetime) -> Anchor:
    """Write down where the log stands now, unless that was written down already, and return it."""
    anchor = head(now)
    anchors, _ = read_anchors()
    if anchor.number and (not anchors or anchors[-1].number != anchor.number):
        append_only.append(anchors_file(), str(anchor))
    return anchor


def write_restore(now: datetime) -> bool:
    """Write down that an older database was put back; return whether the log is shorter than it was."""
    anchors, _ = read_anchors()
    anchor = replace(head(now), is_restore=True)
    append_only.append(anchors_file(), str(anchor))
    return any(earlier.number > anchor.number for earlier in without_lost(anchors))


def was_restored() -> bool:
    """Whether an older database was ever put back: then what the database doesn't know may have been lost, and not erased."""
    return any(anchor.is_restore for anchor in read_anchors()[0])


def read_anchors() -> tuple[list[Anchor], list[int]]:
    """Return the anchors, oldest first, and the numbers of the lines of the file that can't be read."""
    anchors, unreadable = [], []
    for number, line in enumerate(append_only.read_lines(anchors_file()), start=1):
        try:
            anchors.append(_parse(line))
        except ValueError:
            unreadable.append(number)
    return anchors, unreadable


def without_lost(anchors: list[Anchor]) -> list[Anchor]:
    """Return the anchors that must still hold: not those of rows that a restore took away."""
    kept: list[Anchor] = []
    for anchor in anchors:
        if anchor.is_restore:
            kept = [earlier for earlier in kept if earlier.number <= anchor.number]
        kept.append(anchor)
    return kept


def find_anchor_faults(anchors: list[Anchor]) -> Iterator[Fault]:
    """Yield every row that was there when an anchor was written, and is gone or isn't what it was."""
    for start in range(0, len(anchors), 500):
        some = anchors[start : start + 500]
        rows = AuditEvent.objects.filter(number__in=[anchor.number for anchor in some])
        digests = dict(rows.values_list("number", "digest")) | {0: START}
        for anchor in some:
            day = f"{anchor.at:%d-%m-%Y}"
            if anchor.number not in digests:
                yield Fault(anchor.number, f"ontbreekt, maar stond er op {day}")
            elif digests[anchor.number] != anchor.digest:
                yield Fault(anchor.number, f"is niet de regel die er op {day} stond")


def find_all_faults() -> list[Fault]:
    """Return what is wrong with the log: in its chain, and against the anchors. Reads all of it; 20 seconds for a million rows."""
    return [*find_faults(), *find_anchor_faults(without_lost(read_anchors()[0]))]


def _parse(line: str) -> Anchor:
    at, number, digest, *rest = line.split(" ")
    if len(digest) != len(START) or rest not in ([], [_RESTORED]):
        raise ValueError(line)
    return Anchor(datetime.fromisoformat(at), int(number), digest, bool(rest))
