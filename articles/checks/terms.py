"""Words that editors watch: found as whole words with Dutch endings, but not where they are denied or allowed. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from articles.rendering.findings import Level

# Endings that a Dutch noun, adjective or weak verb takes: ziekte-n, migraine-s, sterk-e, boost-te, genezen-de, versterk-t.
ENDINGS = "e|n|en|s|['’]s|t|d|de|den|te|ten|end|ende"
WORDS_BEFORE, WORDS_AFTER = 4, 2  # how far a negation reaches
_NEGATION = re.compile(
    r"\b(?:geen(?!\s+(?:twijfel|wonder)\b)|niet(?!\s+(?:alleen|slechts|enkel|zomaar|voor\s+niets)\b)|nooit|noch|evenmin|nergens)\b",
    re.IGNORECASE,
)
_CLAUSE_BEFORE = re.compile(r"[.!?;:,|()\n](?=\s|$)|\n\s*\n|\b(?:maar|want|dus)\b", re.IGNORECASE)
_CLAUSE_AFTER = re.compile(r"[.!?;:,|()]|\n\s*\n|\b(?:maar|want|dus|en)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """A word or a few words. `exceptions` are phrases in which it is allowed."""

    text: str
    level: Level
    explanation: str = ""
    exceptions: tuple[str, ...] = ()
    is_strengthening: bool = False


def find_term(term: Term, text: str) -> Iterator[re.Match]:
    """Yield every place in `text` where the term stands, is not denied ("geneest geen") and is in no allowed phrase."""
    searched = text
    for phrase in term.exceptions:
        searched = _phrase(phrase).sub(lambda match: "\0" * len(match[0]), searched)
    for match in _inflected(term.text).finditer(searched):
        if not is_denied(text, match.start(), match.end()):
            yield match


def is_denied(text: str, start: int, end: int) -> bool:
    """Tell whether a negation stands shortly before or after `text[start:end]`, in the same clause."""
    before = _CLAUSE_BEFORE.split(text[max(0, start - 200) : start])[-1].split()[-WORDS_BEFORE:]
    after = _CLAUSE_AFTER.split(text[end : end + 200])[0].split()[: WORDS_AFTER + 1]
    found = _NEGATION.search(" ".join(after))
    return bool(_NEGATION.search(" ".join(before))) or bool(found and len(" ".join(after)[: found.start()].split()) < WORDS_AFTER)


@cache
def _inflected(term: str) -> re.Pattern:
    *words, last = term.split()
    doubled = f"{re.escape(last[-1])}?" if last[-1] not in "aeiouy" else ""  # pil, pillen
    body = r"\s+".join(re.escape(word) for word in (*words, last))
    return re.compile(rf"(?<!\w){body}(?:{doubled}(?:{ENDINGS}))?(?!\w)", re.IGNORECASE)


@cache
def _phrase(phrase: str) -> re.Pattern:
    return re.compile(r"(?<!\w)" + r"\s+".join(re.escape(word) for word in phrase.split()) + r"(?!\w)", re.IGNORECASE)
