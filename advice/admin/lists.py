"""The lists of the desk: what stands on each, in which order, and how many that are. Each walks one index, from its beginning."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.urls import reverse

from advice.models import AdviceRequest

MOST_COUNTED = 1_000  # a counter that gets so far says "meer dan 999"


@dataclass(frozen=True)
class DeskList:
    """`code` stands in the address; `when` is the heading of the column that tells how long or since when."""

    code: str
    label: str
    when: str
    order: tuple[str, ...]
    find: Callable[[AbstractBaseUser, datetime], QuerySet[AdviceRequest]]
    nothing: str
    is_alarm: bool = False

    def rows(self, user: AbstractBaseUser, now: datetime) -> QuerySet[AdviceRequest]:
        return self.find(user, now).order_by(*self.order)

    @property
    def url(self) -> str:
        return f"{reverse('admin:advice_advicerequest_changelist')}?{urlencode({'lijst': self.code})}"


@dataclass(frozen=True)
class Counter:
    """A list with how many requests stand on it, as people read it."""

    list: DeskList
    count: int

    @property
    def text(self) -> str:
        return str(self.count) if self.count < MOST_COUNTED else f"meer dan {MOST_COUNTED - 1}"

    @property
    def is_alarm(self) -> bool:
        return self.list.is_alarm and self.count > 0


_all = AdviceRequest.objects
_LONGEST_FIRST = ("waiting_since", "pk")
LISTS = (
    DeskList("nieuw", "nieuw", "Wacht", _LONGEST_FIRST, lambda _, now: _all.new(now), "Er is geen nieuwe vraag."),
    DeskList("van-mij", "van mij", "Wacht", _LONGEST_FIRST, lambda by, now: _all.mine(by, now), "Jij hebt geen vraag die wacht."),
    DeskList("te-laat", "te laat", "Wacht", ("due_at", "pk"), lambda _, now: _all.overdue(now), "Geen vraag is te laat.", True),
    DeskList("wacht-op-ons", "wacht op ons", "Wacht", _LONGEST_FIRST, lambda *_: _all.waiting(), "Er wacht geen enkele vraag."),
    DeskList("uitgesteld", "uitgesteld", "Tot", ("snoozed_until", "pk"), lambda _, now: _all.snoozed(now), "Niets uitgesteld."),
    DeskList(
        "wacht-op-lezer",
        "wacht op lezer",
        "Beantwoord",
        ("-updated_at", "-pk"),
        lambda *_: _all.waiting_for_reader(),
        "Er wacht niets op een lezer.",
    ),
    DeskList(
        "mislukte-mail",
        "mislukte mail",
        "Laatste gebeurtenis",
        ("-updated_at", "-pk"),
        lambda *_: _all.failed_mail(),
        "Alle mail is weggekomen.",
        True,
    ),
    DeskList("quarantaine", "quarantaine", "Ontvangen", ("created_at", "pk"), lambda *_: _all.quarantined(), "Niets apart gezet."),
    DeskList("gesloten", "gesloten", "Gesloten", ("-closed_at", "-pk"), lambda *_: _all.closed(), "Er is nog niets gesloten."),
)


def chosen(code: str) -> DeskList:
    """Return the list with this code; the first one for any other."""
    return next((each for each in LISTS if each.code == code), LISTS[0])


def counters(user: AbstractBaseUser, now: datetime) -> tuple[Counter, ...]:
    """Return all lists with their counts: one query for each, over at most MOST_COUNTED entries of an index."""
    return tuple(Counter(each, each.find(user, now).order_by()[:MOST_COUNTED].count()) for each in LISTS)
