"""What the list says of a request. It reads no text, no name and no address of a reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from advice.admin.moments import say
from advice.changing import opening_hours
from advice.models import AdviceRequest
from advice.names import name_of
from advice.presence import Present, who_else
from advice.waiting import Waiting, describe

COLUMNS = (
    "reference", "status", "outcome", "suspicion", "article_slug", "article_title", "section_heading", "has_failed_mail",
    "snoozed_until", "waiting_since", "due_at", "created_at", "updated_at", "closed_at",
    "topic__name", "assignee__username", "assignee__first_name", "assignee__last_name", "assignee__adviser__name",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """`when` says since or until when, `waiting` for how long and how much is left; `holder` is "" for nobody."""

    request: AdviceRequest
    when: str
    waiting: Waiting | None
    holder: str
    is_mine: bool
    others: tuple[Present, ...]

    @property
    def may_claim(self) -> bool:
        return self.request.is_open and self.request.assignee_id is None


def narrow(found: QuerySet[AdviceRequest]) -> QuerySet[AdviceRequest]:
    """Return the requests with the columns that the list shows, in one query."""
    return found.select_related("topic", "assignee__adviser").only(*COLUMNS)


def make_rows(requests: Sequence[AdviceRequest], *, by: AbstractBaseUser, now: datetime) -> list[Row]:
    """Return the rows of the list; one query, for who has them open."""
    present = who_else([request.pk for request in requests], but=by, now=now)
    return [
        Row(
            request=request,
            when=_when(request, now),
            waiting=waiting_of(request, now),
            holder=name_of(request.assignee),
            is_mine=request.assignee_id == by.pk,
            others=present.get(request.pk, ()),
        )
        for request in requests
    ]


def waiting_of(request: AdviceRequest, now: datetime) -> Waiting | None:
    """Return how long a request waits for an answer; None when it doesn't."""
    if request.waiting_since is None:
        return None
    return describe(since=request.waiting_since, due=request.due_at, now=now, hours=opening_hours())


def _when(request: AdviceRequest, now: datetime) -> str:
    """Return the moment that matters: until when it rests, or when it last changed hands."""
    if request.snoozed_until and request.snoozed_until > now:
        return f"uitgesteld tot {say(request.snoozed_until, now)}"
    if request.status == AdviceRequest.Status.WAITING:
        return ""
    if request.status == AdviceRequest.Status.CLOSED:
        return f"{say(request.closed_at, now)}, {request.get_outcome_display()}"
    if request.status == AdviceRequest.Status.QUARANTINE:
        return f"{say(request.created_at, now)}: {request.suspicion}"
    return say(request.updated_at, now)
