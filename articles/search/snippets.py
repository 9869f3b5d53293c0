"""The sentence that answers a query best, with the words that were found marked. Pure; every byte of HTML is made here."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from articles.search.entries import Passage
from articles.search.words import split_spans, stems

Clauses = tuple[tuple[tuple[str, ...], ...], ...]
LONGEST_SNIPPET = 280  # characters
BEFORE = 80  # characters before the first mark of a sentence that is cut
MOST_PLACES = 4


@dataclass(frozen=True)
class Place:
    """A part of an article that has something of the query."""

    heading: str
    anchor: str


@dataclass(frozen=True)
class Found:
    """The best sentence as safe HTML, where it stands, and the parts of the article that have something of the query, in order."""

    sentence: str
    anchor: str
    places: tuple[Place, ...]


def best_of(passages: Iterable[Passage], clauses: Clauses) -> Found:
    """Return what to show of an entry. A sentence in a chapter is better than one at the start, where the title leads to already.

    Without a sentence that has anything, the first one stands there unmarked.
    """
    needles = [[f" {' '.join(phrase)} " for phrase in clause] for clause in clauses]
    counted = [(passage, [_count(stemmed, needles) for _, stemmed in passage.sentences]) for passage in passages]
    scored = [(_score(passage, counts, needles), passage) for passage, counts in counted]
    named = sorted((item for item in scored if item[0] and item[1].heading), key=lambda item: -item[0])[:MOST_PLACES]
    chosen = {passage.anchor for _, passage in named}
    places = tuple(Place(passage.heading, passage.anchor) for _, passage in scored if passage.anchor in chosen)
    sentences = [
        (count, bool(count and passage.anchor), text, passage.anchor)
        for passage, counts in counted
        for count, (text, _) in zip(counts, passage.sentences, strict=True)
    ]
    count, _, text, anchor = max(sentences, key=lambda item: item[:2], default=(0, False, "", ""))
    marked = {stem for clause in clauses for phrase in clause for stem in phrase} if count else ()
    return Found(mark(text, marked), anchor if count else "", places)


def _score(passage: Passage, counts: list[int], needles: list[list[str]]) -> int:
    """The terms in a heading count most, then how many terms there are at all, then how often."""
    heading = _count(" ".join(stems(passage.heading)), needles)
    return 100 * heading + 10 * max(counts, default=0) + min(9, sum(map(bool, counts)))


def _count(stemmed: str, needles: list[list[str]]) -> int:
    """Return how many clauses a line of stems answers; a needle is a phrase with a space at both ends."""
    line, count = f" {stemmed} ", 0
    for choice in needles:
        for needle in choice:
            if needle in line:
                count += 1
                break
    return count


def mark(text: str, marked: Iterable[str]) -> str:
    """Return `text` as HTML with `<mark>` around every word whose stem is in `marked`; a long text is cut around the first."""
    spans = [(start, end) for start, end in split_spans(text) if not set(stems(text[start:end])).isdisjoint(marked)]
    begin, finish = _window(text, spans[0][0] if spans else 0)
    html, at = ["… " if begin else ""], begin
    for start, end in spans:
        if begin <= start and end <= finish:
            html += [escape(text[at:start]), f"<mark>{escape(text[start:end])}</mark>"]
            at = end
    return "".join([*html, escape(text[at:finish]).rstrip(), " …" if finish < len(text) else ""])


def _window(text: str, first: int) -> tuple[int, int]:
    """Return which part of a text to show: whole words, and `first` is among them."""
    begin = 0
    if len(text) > LONGEST_SNIPPET and first > BEFORE:
        begin = text.rfind(" ", 0, first - BEFORE + 1) + 1 or first
    finish = begin + LONGEST_SNIPPET
    if finish >= len(text):
        return begin, len(text)
    return begin, max(text.rfind(" ", begin, finish), first) if " " in text[begin:finish] else finish
