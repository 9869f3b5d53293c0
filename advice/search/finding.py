"""The answer to what an adviser looks for: the newest requests that have it all, each with the sentence that shows it best."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from advice import auditing
from advice.models import AdviceRequest, AuditEvent
from advice.permissions import HANDLE, require
from advice.search.engine import engine
from advice.search.index import texts_of
from advice.search.tokens import phrase_of
from articles.search.query import Query, parse
from articles.search.snippets import mark
from articles.search.text import split_sentences
from articles.search.words import STOP_WORDS, stems
from references.folding import fold

PER_PAGE = 25


@dataclass(frozen=True)
class Hit:
    """A request that has every word; `sentence` is safe HTML with the words marked."""

    request: AdviceRequest
    sentence: str


@dataclass(frozen=True)
class Hits:
    """The newest first. `older` is where the next page begins, None when this is the last."""

    query: Query
    hits: tuple[Hit, ...] = ()
    older: int | None = None


def find_requests(typed: str, *, by: AbstractBaseUser, before: int | None = None) -> Hits:
    """Return a page of requests in which everything that was typed occurs. Recorded in the audit log, without what was typed.

    A quoted phrase must stand there word for word; an address or a reference is found as a whole. Raises PermissionDenied.
    """
    require(by, HANDLE)
    query = parse(typed)
    phrases = phrases_of(query)
    if not phrases:
        return Hits(query)
    numbers = engine().find(phrases, PER_PAGE + 1, before)
    found = _load(numbers[:PER_PAGE])
    wanted = {stem for words in _words_of(query) for stem in stems(words)}
    with transaction.atomic():
        auditing.record(AuditEvent.Action.SEARCHED, by=by, found=len(found))
    hits = tuple(Hit(request, _best_sentence(request, wanted)) for request in found)
    return Hits(query, hits, older=numbers[PER_PAGE - 1] if len(numbers) > PER_PAGE else None)


def phrases_of(query: Query) -> tuple[tuple[str, ...], ...]:
    """Return what the index is asked: each term as the tokens that must follow each other."""
    return tuple(phrase for words in _words_of(query) if (phrase := phrase_of(words)))


def _words_of(query: Query) -> tuple[str, ...]:
    """Return the terms as typed. An address or a reference stays whole; the rest is what the site's own search makes of it."""
    if query.is_too_long:
        return ()
    whole = [word for word in query.text.split() if len(phrase_of(word)) == 1 and not word.isalnum()]
    parts = {fold(part) for word in whole for part in _split(word)}
    rest = [" ".join(term) for term in query.terms if not (len(term) == 1 and term[0] in parts)]
    telling = [words for words in rest if words not in STOP_WORDS]
    return tuple(whole + (telling or ([] if whole else rest)))


def _split(word: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in word).split()


def _load(numbers: list[int]) -> list[AdviceRequest]:
    rows = AdviceRequest.objects.select_related("topic", "assignee__adviser").prefetch_related("messages", "notes").in_bulk(numbers)
    return [rows[number] for number in numbers if number in rows]


def _best_sentence(request: AdviceRequest, wanted: set[str]) -> str:
    sentences = [sentence for text in texts_of(request) for line in text.splitlines() for sentence in split_sentences(line)]
    return mark(max(sentences, key=lambda sentence: len(wanted.intersection(stems(sentence))), default=""), wanted)
