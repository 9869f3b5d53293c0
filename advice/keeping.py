"""How the care for readers' data stands: how old the oldest is, when it is looked at next and what goes then, and the log."""

from dataclasses import dataclass
from datetime import datetime

from advice import anchors, retention
from advice.anchors import Anchor
from advice.ports import surroundings
from advice.retention import Due


@dataclass(frozen=True)
class Keeping:
    """`next_purge` is None while no worker has run; `due` is what goes then; `head` ends the log, `anchor` is its last anchor."""

    oldest: datetime | None
    next_purge: datetime | None
    due: tuple[Due, ...]
    head: Anchor
    anchor: Anchor | None


def status(now: datetime, *, with_due: bool = False) -> Keeping:
    """Return how it stands. With `with_due` it looks through whole tables: a second or so for a million requests."""
    next_purge = surroundings().next_run("retention")
    due = retention.find_due(max(now, next_purge or now)) if with_due else []
    known, _ = anchors.read_anchors()
    going = tuple(some for some in due if some.count)
    return Keeping(retention.find_oldest(), next_purge, going, anchors.head(now), known[-1] if known else None)
