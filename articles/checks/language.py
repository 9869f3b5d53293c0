"""Is the language allowed, careful and readable?"""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt

from articles.checks.places import Text, bodies, plain, public_texts
from articles.checks.readability import HARD, LONGEST_SENTENCE, score, sentences_of
from articles.checks.registry import Checked, Fault, rule
from articles.checks.terms import find_term
from articles.rendering import Library
from articles.rendering.findings import Level


@rule("forbidden-term", Level.ERROR, "Een verboden woord staat in een openbare tekst (Woordenlijst, met een niveau per woord).")
def no_forbidden_term(checked: Checked) -> Iterator[Fault]:
    yield from _terms(checked, strengthening=False, message="‘{word}’ mag niet in een openbare tekst staan.")


@rule(
    "strengthening-term", Level.WARNING, "Een woord belooft meer dan een bron kan dragen (Woordenlijst, met een niveau per woord)."
)
def no_strengthening_term(checked: Checked) -> Iterator[Fault]:
    yield from _terms(checked, strengthening=True, message="‘{word}’ belooft veel.")


def _terms(checked: Checked, *, strengthening: bool, message: str) -> Iterator[Fault]:
    """One fault for every term and line, however often it stands there."""
    terms, seen = [term for term in checked.terms if term.is_strengthening is strengthening], set()
    for text in public_texts(checked.source, checked.library) if terms else ():
        for term in terms:
            for match in find_term(term, text.text):
                place = (text.field, text.line_at(match.start()))
                if (term, *place) not in seen:
                    seen.add((term, *place))
                    words = f"{message.format(word=' '.join(match[0].split()))} {term.explanation}".strip()
                    yield Fault(words, text.field, text.heading, place[1], level=term.level)


@rule("long-sentence", Level.HINT, f"Een zin heeft meer dan {LONGEST_SENTENCE} woorden.")
def no_long_sentence(checked: Checked) -> Iterator[Fault]:
    for paragraph in prose(checked):
        for sentence in sentences_of(paragraph.text):
            if (count := len(sentence.words)) > LONGEST_SENTENCE:
                start = " ".join(sentence.text.split()[:5])
                message = f"De zin ‘{start} …’ heeft {count} woorden. Maak er twee van, elk korter dan {LONGEST_SENTENCE}."
                yield Fault(message, paragraph.field, paragraph.heading, paragraph.line_at(sentence.start))


@rule("readability", Level.HINT, f"De leesbaarheid (Flesch-Douma) is lager dan {HARD}.")
def is_readable(checked: Checked) -> Iterator[Fault]:
    found = score([paragraph.text for paragraph in prose(checked)])
    if found is not None and found < HARD:
        message = (
            f"De leesbaarheid is {found:.0f} op de schaal van Flesch-Douma; mik op {HARD} of meer (60 is gewoon). "
            "Kortere zinnen en kortere woorden helpen."
        )
        yield Fault(message, field="intro")


def prose(checked: Checked) -> Iterator[Text]:
    """Yield every paragraph and list item of the running text: no headings, tables, captions or code."""
    for typed in bodies(checked.source):
        if typed.line:
            yield from _paragraphs(typed, checked.library)


def _paragraphs(typed: Text, library: Library) -> Iterator[Text]:
    tokens = _engine().parse(typed.text)
    for opening, inline in pairwise(tokens):
        if opening.type == "paragraph_open" and inline.map and not inline.content.startswith((": ", "![")):
            yield Text(typed.field, typed.heading, plain(inline.content, library), inline.map[0] + 1)


@cache
def _engine() -> MarkdownIt:
    """Blocks only: what a paragraph is does not depend on what stands in it."""
    return MarkdownIt("commonmark").enable("table").disable("inline")
