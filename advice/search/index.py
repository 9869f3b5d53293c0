"""Keeps what advisers can find the same as what there is. Called in the transaction that changes a request."""

from collections.abc import Iterable
from itertools import islice

from django.db import transaction

from advice.models import AdviceRequest
from advice.search.engine import engine
from advice.search.tokens import tokens_of

TOGETHER = 500


def index_request(request: AdviceRequest, *, said: list[str] | None = None) -> None:
    """Let advisers find `request` by all that is in it now. `said`: tokens of the conversation and the notes, if at hand."""
    engine().put([(request.pk, (tokens_of_texts(_bodies(request)) if said is None else said) + tokens_of_texts(_facts(request)))])


def forget(request: AdviceRequest) -> None:
    engine().remove([request.pk])


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew, after `loaddata` or with another secret key; return how many requests there are."""
    engine().clear()
    rows = AdviceRequest.objects.select_related("topic").prefetch_related("messages", "notes").order_by("pk").iterator(TOGETHER)
    total = 0
    while together := list(islice(rows, TOGETHER)):
        engine().put((request.pk, tokens_of_texts(texts_of(request))) for request in together)
        total += len(together)
    return total


def texts_of(request: AdviceRequest) -> Iterable[str]:
    """Yield every text of a request that advisers search: the conversation first, as it was said."""
    yield from _bodies(request)
    yield from _facts(request)


def _bodies(request: AdviceRequest) -> Iterable[str]:
    yield from (message.body for message in request.messages.all())
    yield from (note.body for note in request.notes.all())


def _facts(request: AdviceRequest) -> tuple[str, ...]:
    origin = (request.topic.name, request.article_title, request.section_heading)
    return request.name, request.email, request.reference, *origin, request.test_result


def tokens_of_texts(texts: Iterable[str]) -> list[str]:
    """Return the tokens of texts; an empty one between two keeps a phrase from running from one into the other."""
    return [token for text in texts for token in [*tokens_of(text), "0"]]
