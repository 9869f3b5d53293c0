"""Words to what the index keeps of them: a keyed digest of the stem. Pure but for the key, which is the secret key of the site.

Ten characters of base32 are 50 bits: among a million different words the chance that any two meet is one in two thousand.
"""

import base64
import hashlib
import hmac
import re
from functools import lru_cache

from django.conf import settings

from articles.search.words import stem
from references.folding import fold

_SIZE = 10
# An address and a reference are found as a whole, and by their parts.
_WHOLE = re.compile(r"[\w.+-]+@[\w.-]+\w|\b[2-9a-z]{4}-[2-9a-z]{4}\b")
_WORD = re.compile(r"[^\W_]+")
_SALT = "advice.search"


def tokens_of(text: str) -> list[str]:
    """Return the tokens of a text in order: its words, with an address or a reference in front of the words that it is made of."""
    found, folded, end = [], fold(text), 0
    for whole in _WHOLE.finditer(folded):
        found += _words(folded[end : whole.start()])
        found += [token(whole[0], settings.SECRET_KEY), *_words(whole[0])]
        end = whole.end()
    return found + _words(folded[end:])


def phrase_of(typed: str) -> tuple[str, ...]:
    """Return the tokens to look for: one for an address or a reference, else one for each word, which must follow each other."""
    folded = fold(typed).strip()
    return (token(folded, settings.SECRET_KEY),) if _WHOLE.fullmatch(folded) else tuple(_words(folded))


def _words(folded: str) -> list[str]:
    return [token(stem(word[:64]), settings.SECRET_KEY) for word in _WORD.findall(folded)]


@lru_cache(maxsize=50_000)
def token(word: str, key: str) -> str:
    """Return what the index keeps of one stem, or of one address: ten letters and digits."""
    digest = hmac.new(f"{_SALT}{key}".encode(), word.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode()[:_SIZE].lower()
