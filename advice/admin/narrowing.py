"""Narrowing a list to a topic, an adviser or an article. It looks through the first few thousand of the list and says so."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Max, QuerySet
from django.http import QueryDict

from advice.admin.lists import DeskList
from advice.models import AdviceRequest, Topic
from advice.names import name_of
from advice.permissions import HANDLE

LOOKED_THROUGH = 2_000  # requests of a list: the whole of what waits, and the newest of what is done
OFFERED_FROM = 500  # requests of a list whose articles are offered
MOST_ARTICLES = 200
NOBODY = "niemand"
_BACKEND = "django.contrib.auth.backends.ModelBackend"  # has the roles; others may only sign people in


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Narrowing:
    """What a list is narrowed to; an empty value means everything."""

    topic: str = ""
    adviser: str = ""
    article: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> "Narrowing":
        return cls(*(query.get(name, "")[:200] for name in ("onderwerp", "adviseur", "artikel")))

    @property
    def is_on(self) -> bool:
        return bool(self.topic or self.adviser or self.article)

    @property
    def query(self) -> str:
        """Return it as part of an address, with "&" before it; "" when it is off."""
        values = {"onderwerp": self.topic, "adviseur": self.adviser, "artikel": self.article}
        filled = {name: value for name, value in values.items() if value}
        return f"&{urlencode(filled)}" if filled else ""

    def apply(self, rows: QuerySet[AdviceRequest]) -> QuerySet[AdviceRequest]:
        """Return those of the first LOOKED_THROUGH rows that fit, in the order of `rows`."""
        if not self.is_on:
            return rows
        found = _first(rows, LOOKED_THROUGH).order_by(*rows.query.order_by)
        if self.topic:
            found = found.filter(topic__slug=self.topic)
        if self.adviser:
            found = found.filter(assignee=None) if self.adviser == NOBODY else found.filter(assignee__username=self.adviser)
        return found.filter(article_slug=self.article) if self.article else found


def topics(chosen: str) -> list[Choice]:
    return [Choice(slug, name, slug == chosen) for slug, name in Topic.objects.values_list("slug", "name")]


def advisers(chosen: str) -> list[Choice]:
    people = [Choice(user.get_username(), name_of(user), user.get_username() == chosen) for user in handlers()]
    return [Choice(NOBODY, "nog niemand", chosen == NOBODY), *people]


def articles(desk_list: DeskList, user: AbstractBaseUser, now: datetime, chosen: str) -> list[Choice]:
    """Return the articles that the first requests of a list came from, each with one of the titles that it had."""
    rows = _first(desk_list.rows(user, now), OFFERED_FROM).exclude(article_slug="").values("article_slug").order_by("article_slug")
    found = rows.annotate(title=Max("article_title"))[:MOST_ARTICLES]
    return [Choice(row["article_slug"], row["title"] or row["article_slug"], row["article_slug"] == chosen) for row in found]


def is_cut_off(rows: QuerySet[AdviceRequest]) -> bool:
    """Whether a list is longer than what narrowing looks through."""
    return rows[LOOKED_THROUGH : LOOKED_THROUGH + 1].exists()


def handlers() -> list[AbstractBaseUser]:
    """Return who may handle requests, by name. One query."""
    found = get_user_model().objects.with_perm(HANDLE, backend=_BACKEND, include_superusers=False)
    return sorted(found.select_related("adviser"), key=lambda user: name_of(user).casefold())


def _first(rows: QuerySet[AdviceRequest], most: int) -> QuerySet[AdviceRequest]:
    return AdviceRequest.objects.filter(pk__in=rows.values("pk")[:most])
