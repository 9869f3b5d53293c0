"""The words by which a source is found again. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from references import csl
from references.folding import fold

LONGEST_WORD = 60
KEY_MARK = "@"  # stands before a whole key, as in a text; no other word begins with it
_WORD = re.compile(r"[^\W_]+")


def split_words(text: str) -> list[str]:
    """Return the different words of a text, folded, in their order. Punctuation parts words and is dropped."""
    return list(dict.fromkeys(word[:LONGEST_WORD] for word in _WORD.findall(fold(text))))


def words_of(columns: Mapping[str, Any]) -> list[str]:
    """Return the words of a source by its columns: key, titles, authors, year and container."""
    names = [str(part) for name in csl.as_names(columns["authors"]) for part in name.values() if isinstance(part, str)]
    parts = (*(columns[name] for name in ("key", "title", "public_title", "issued_year", "container_title")), *names)
    return split_words("\n".join(str(part) for part in parts if part))


def key_word(text: str) -> str:
    """Return the word that stands for a whole key, or for its beginning."""
    return KEY_MARK + fold(text)


def as_search_text(words: list[str]) -> str:
    """Return words as one text in which a search for a space and the beginning of a word finds every one."""
    return "".join(f" {word}" for word in words)
