"""What a reader typed, as terms to look for. Pure; takes anything."""

import re
from dataclasses import dataclass

from articles.search.words import STOP_WORDS, split_words

LONGEST_QUERY = 100  # characters
LONGEST_KEPT = 500  # characters that stay in the field when that is too long
MOST_TERMS = 8
_QUOTED = re.compile(r"[\"“”„]([^\"“”„]*)[\"“”„]")


@dataclass(frozen=True)
class Query:
    """The words to look for: a term of one word, or of several that must follow each other.

    `text` is what was typed, on one line. `is_too_long` and `has_more_terms` say what was not looked for.
    """

    text: str
    terms: tuple[tuple[str, ...], ...]
    is_too_long: bool = False
    has_more_terms: bool = False


def parse(typed: str) -> Query:
    """Return the query that `typed` means; without terms when there is nothing to look for."""
    text = " ".join("".join(letter if letter.isprintable() else " " for letter in typed).split())
    if len(text) > LONGEST_QUERY:
        return Query(text[:LONGEST_KEPT], (), is_too_long=True)
    phrases = [tuple(split_words(quoted)) for quoted in _QUOTED.findall(text)]
    loose = [(word,) for word in split_words(_QUOTED.sub(" ", text))]
    telling = [term for term in loose if term[0] not in STOP_WORDS]
    found = [term for term in phrases if term] + telling
    terms = tuple(dict.fromkeys(found or loose))
    return Query(text, terms[:MOST_TERMS], has_more_terms=len(terms) > MOST_TERMS)
