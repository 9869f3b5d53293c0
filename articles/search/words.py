"""Words and their stems. One rule for both databases, at the moment of indexing and of asking. Pure."""

import re
import threading
from functools import lru_cache

import snowballstemmer

from references.folding import fold

LONGEST_WORD = 64
_WORD = re.compile(r"[^\W_]+")
_KRAAIJ_POHLMANN = snowballstemmer.stemmer("dutch")
_PORTER = snowballstemmer.stemmer("dutch_porter")
_ONE_AT_A_TIME = threading.Lock()  # a stemmer keeps the word that it works on
# Words that say nothing on their own. They stay in the index, so that a phrase may hold them.
_STOP_WORDS = (
    "aan al alle als bij daar dan dat de deze die dit doe door dus een en er het hij hoe hun ik in is je jij jouw kan kun maar me "
    "mee meer men met mij mijn na naar niet nog nu of om ons ook op over te tot u uit van veel voor waar waarom wanneer want was "
    "wat we wel welk welke wie wij word worden wordt ze zich zij zijn zo zoals the of and in to for a an on with by"
)
STOP_WORDS = frozenset(_STOP_WORDS.split())


def split_words(text: str) -> list[str]:
    """Return the words of `text` in order, without capitals and accents, each cut at 64 letters."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def split_spans(text: str) -> list[tuple[int, int]]:
    """Return where the words of `text` start and end, as it was typed."""
    return [match.span() for match in _WORD.finditer(text)]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return what a folded word shares with its other forms: spieren and spier, vitamines and vitamine.

    Kraaij and Pohlmann's rules know more Dutch than Porter's, but they also take off ge-, which makes ‘gezond’ a ‘zon’. Then
    Porter's stem is the better one.
    """
    with _ONE_AT_A_TIME:
        found = _KRAAIJ_POHLMANN.stemWord(word)
        return found if found[:2] == word[:2] else _PORTER.stemWord(word)


def stems(text: str) -> list[str]:
    """Return the stem of every word of `text`, in order."""
    return [stem(word) for word in split_words(text)]
