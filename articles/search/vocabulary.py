"""What the words of a query lead to, from the list of all words that readers can find."""

from dataclasses import dataclass, replace

from django.db.models.functions import Length

from articles.models import SearchWord
from articles.search.engine import Clause, engine
from articles.search.nearest import errors_allowed, nearest
from articles.search.words import STOP_WORDS, stem

SHORTEST_START, SHORTEST_END = 4, 5  # letters that must be there to look for longer words around them
MOST_LONGER = 8
MOST_COMPARED = 1_000


@dataclass(frozen=True)
class Meant:
    """What a term of a query leads to: `exact` its stems, `wide` also the longer words around it.

    `corrected` is the word that was taken instead, because nothing has the one that was typed.
    """

    exact: Clause
    wide: Clause
    corrected: str = ""


def look_up(term: tuple[str, ...], *, correct: bool) -> Meant:
    """Return what a term leads to. Only a single word gets longer words and, with `correct`, another one when nothing has it."""
    exact = (tuple(stem(word) for word in term),)
    if len(term) > 1:
        return Meant(exact, exact)
    (word,) = term
    longer = () if word in STOP_WORDS else longer_words(word)
    wide = exact + tuple((other,) for other in longer if (other,) not in exact)
    if len(wide) > 1 or not correct or SearchWord.objects.filter(stem=exact[0][0]).exists():
        return Meant(exact, wide)
    other = nearest_word(word)
    return Meant(exact, wide) if other is None else replace(look_up((other,), correct=False), corrected=other)


def longer_words(word: str) -> list[str]:
    """Return the stems of words that start with `word` or its stem, or end with it.

    Dutch writes compounds as one word, the kind of thing last.
    """
    starts, found = engine().starts, []
    if len(word) >= SHORTEST_START:
        stemmed = stem(word)
        found += _most_found(starts("word", word) | starts("word", stemmed if len(stemmed) >= SHORTEST_START else word))
    if len(word) >= SHORTEST_END:
        found += _most_found(starts("backwards", word[::-1]))
    return list(dict.fromkeys(found))


def _most_found(condition) -> list[str]:
    return list(SearchWord.objects.filter(condition).order_by("-entries", "word").values_list("stem", flat=True)[:MOST_LONGER])


def nearest_word(word: str) -> str | None:
    """Return the word that readers can find and that is nearest to `word`, if any is near.

    One error leaves the first or the second half of a word whole, two errors mostly the first or the last third. So the index on
    the word or on the word backwards leads to the candidates.
    """
    for most in range(1, errors_allowed(word) + 1):
        part = len(word) // (most + 1)
        starts = engine().starts
        near = SearchWord.objects.alias(length=Length("word")).filter(length__range=(len(word) - most, len(word) + most))
        candidates = set()
        for condition in (starts("word", word[:part]), starts("backwards", word[: -part - 1 : -1])):
            candidates |= set(near.filter(condition).order_by("-entries", "word").values_list("word", "entries")[:MOST_COMPARED])
        if found := nearest(word, candidates, most=most):
            return found
    return None
