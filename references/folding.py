"""Text made plain for comparing: no capitals, no accents. Pure."""

import unicodedata

_PLAIN_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})


def fold(text: str) -> str:
    """Return text for comparing: no capitals, no accents. SQLite's own LIKE folds only ASCII."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).translate(_PLAIN_LETTERS)
