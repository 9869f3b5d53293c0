"""What the form offers: topics, the text to agree to, how long an answer takes. What was last known helps out.

A reader who presses the button while the database is busy must get the form back with their text in it, so the form can't depend on
a query. Each process remembers what it last read, and reads it once a second at most.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from django.db import InterfaceError, OperationalError

from advice.expectation import expected_wait
from advice.models import ConsentText, Topic

FRESH = 1.0  # seconds for which what was read is good
BUSY = (OperationalError, InterfaceError)  # what a database raises that can't be asked now: locked, full, restarting, gone


@dataclass(frozen=True)
class Choices:
    topics: tuple[Topic, ...] = ()
    consent: ConsentText | None = None

    @property
    def can_ask(self) -> bool:
        """Whether the desk is set up so far that somebody can ask something."""
        return bool(self.topics and self.consent)

    def topic(self, slug: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.slug == slug), None)


_last_known = Choices()
_last_read = float("-inf")
_last_wait = ""


def read_choices() -> Choices:
    """Return what the form offers now, or offered less than a second ago. Raises one of BUSY."""
    global _last_known, _last_read
    now = monotonic()
    if now - _last_read >= FRESH or not _last_known.can_ask:
        topics = tuple(Topic.objects.filter(is_active=True))
        _last_known, _last_read = Choices(topics, ConsentText.objects.order_by("-number").first()), now
    return _last_known


def choices_at_hand() -> Choices:
    """Return what the form offers, or what this process last knew of it; empty when it never knew."""
    try:
        return read_choices()
    except BUSY:
        return _last_known


def wait_at_hand(now: datetime) -> str:
    """Return how long an answer takes, or what this process last knew of it; "" when it never knew."""
    global _last_wait
    with suppress(*BUSY):
        _last_wait = expected_wait(now)
    return _last_wait
