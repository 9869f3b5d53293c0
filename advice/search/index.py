"""Keeps what advisers can find the same as what there is. Called in the transaction that changes a request."""

from collections.abc import Iterable
from itertools import islice
from typing import Protocol

from django.db import transaction

from advice.models import AdviceRequest, Topic
from advice.search.engine import engine
from advice.search.tokens import tokens_of

TOGETHER = 500


class Described(Protocol):
    """What a question has in common before and after it is stored."""

    name: str
    email: str
    topic: Topic
    article_title: str
    section_heading: str
    test_result: str


def index_request(request: AdviceRequest) -> None:
    """Let advisers find `request` by all that is in it now."""
    engine().put([(request.pk, _tokens_of_texts(texts_of(request)))])


def index_new(request: AdviceRequest, *, tokens: list[str]) -> None:
    """Let advisers find a request that was stored just now. `tokens`: what `tokens_of_question` made of it beforehand."""
    engine().add(request.pk, tokens + _tokens_of_texts([request.reference]))


def tokens_of_question(question: str, about: Described) -> list[str]:
    """Return the tokens of a question that will be stored: everything but its reference."""
    return _tokens_of_texts([question, *_facts(about)])


def forget(request: AdviceRequest) -> None:
    engine().remove([request.pk])


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew, after `loaddata` or with another secret key; return how many requests there are."""
    engine().clear()
    rows = AdviceRequest.objects.select_related("topic").prefetch_related("messages", "notes").order_by("pk").iterator(TOGETHER)
    total = 0
    while together := list(islice(rows, TOGETHER)):
        engine().put((request.pk, _tokens_of_texts(texts_of(request))) for request in together)
        total += len(together)
    return total


def texts_of(request: AdviceRequest) -> Iterable[str]:
    """Yield every text of a request that advisers search: the conversation first, as it was said."""
    yield from (message.body for message in request.messages.all())
    yield from (note.body for note in request.notes.all())
    yield from _facts(request)
    yield request.reference


def _facts(about: Described) -> tuple[str, ...]:
    return about.name, about.email, about.topic.name, about.article_title, about.section_heading, about.test_result


def _tokens_of_texts(texts: Iterable[str]) -> list[str]:
    """Return the tokens of texts; an empty one between two keeps a phrase from running from one into the other."""
    return [token for text in texts for token in [*tokens_of(text), "0"]]
