"""What the advice desk asks of the site around it. The site answers with an object that settings.ADVICE_SURROUNDINGS names.

So the desk shows the article that a question came from, and its answers link to articles, without knowing how those are kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Protocol

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from articles.rendering.rendered import NumberedSource
from articles.rendering.source import LinkTarget


@dataclass(frozen=True)
class OriginSection:
    """A part of an article; `html` is what readers see."""

    anchor: str
    heading: str
    html: str


@dataclass(frozen=True)
class Origin:
    """A published article that a question can come from. `slug` is its address of now, `html` its introduction."""

    slug: str
    title: str
    url: str
    html: str
    sections: tuple[OriginSection, ...]

    def heading(self, anchor: str) -> str:
        """Return the heading at `anchor`; "" when the article has no such part."""
        return next((section.heading for section in self.sections if section.anchor == anchor), "")


@dataclass(frozen=True)
class ShownQuestion:
    """A question with its answer as readers see it. `html` links to `sources`; `answered_on` is a date as YYYY-MM-DD."""

    anchor: str
    question: str
    html: str
    answered_on: str
    signed_by: str
    sources: tuple[NumberedSource, ...]


class Surroundings(Protocol):
    def find_article(self, slug: str) -> Origin | None:
        """Return the published article at an address, old addresses included; None when there is none."""

    def link_targets(self, slugs: Iterable[str]) -> Mapping[str, LinkTarget]:
        """Return the published articles among `slugs`, each by the address that was asked for."""

    def addresses_of(self, slug: str) -> frozenset[str]:
        """Return every address of the published article at `slug`, also those that it had; none when there is no such article."""

    def hide_question(self, anchor: str) -> None:
        """Take one question from whichever article it stands under, published or not, as part of the running transaction."""

    def show_questions(self, slug: str, questions: tuple["ShownQuestion", ...]) -> bool:
        """Show readers exactly these questions under an article, as part of the running transaction; False: no such article."""

    def next_run(self, job: str) -> datetime | None:
        """Return when a daily job of the background worker is due; None when no worker ever ran."""

    def network_of(self, request: HttpRequest) -> str:
        """Return the network that a request comes from, wide enough to name nobody; "" when that can't be known."""


@cache
def surroundings() -> Surroundings:
    return import_string(settings.ADVICE_SURROUNDINGS)()
