"""How hard a Dutch text reads: the Flesch-Douma score. Pure.

206.84 - 0.93 × (words per sentence) - 77 × (syllables per word), after W.H. Douma, *De leesbaarheid van landbouwbladen*
(Bulletin 17, Afdeling Sociologie en Sociografie, Landbouwhogeschool Wageningen, 1960): Flesch's Reading Ease with weights for
Dutch. High is easy: 100 is very easy, 60 ordinary, below 30 very hard.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_SENTENCE = 30  # words
HARD = 45  # ordinary Dutch scores about 60; health words are long, so only well below that is worth a hint
FEWEST_WORDS = 100  # a shorter text says nothing

# Letters that make one vowel sound; longest first. Whatever is left (a single vowel, or one with a trema) starts a syllable.
_VOWELS = re.compile("aai|ooi|oei|eeuw|ieuw|eau|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|au|ou|[aeiouyàáâäèéêëìíîïòóôöùúûü]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_END = re.compile(r"[.!?…]{1,5}[\"'”’)]{0,3}(?=\s{1,9}[\"'“‘(]{0,3}[A-ZÀ-Þ0-9])|[.!?…]{1,5}[\"'”’)]{0,3}\s{0,9}$")
_ABBREVIATION = re.compile(r"(?:\b(?:bijv|bv|ca|o\.a|d\.w\.z|m\.n|t\.o\.v|enz|dr|prof|nr|blz|p)\.)$", re.IGNORECASE)


@dataclass(frozen=True)
class Sentence:
    start: int
    text: str

    @property
    def words(self) -> list[str]:
        return words_of(self.text)


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def sentences_of(text: str) -> Iterator[Sentence]:
    """Yield the sentences of one paragraph with the place where each starts. An abbreviation ends none."""
    start = 0
    for match in _END.finditer(text):
        if match.end() < len(text.rstrip()) and _ABBREVIATION.search(text[start : match.end()]):
            continue
        yield from _sentence(text, start, match.end())
        start = match.end()
    yield from _sentence(text, start, len(text))


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = text[start:end].strip()
    if words_of(words):
        yield Sentence(start + len(text[start:end]) - len(text[start:end].lstrip()), words)


def count_syllables(word: str) -> int:
    """Count groups of vowels; at least one. Wrong on loanwords and abbreviations, right enough for an average."""
    return max(1, len(_VOWELS.findall(word)))


def score(paragraphs: list[str]) -> float | None:
    """Return the Flesch-Douma score of a text, or None when it has fewer than 100 words."""
    sentences = [sentence.words for paragraph in paragraphs for sentence in sentences_of(paragraph)]
    words = [word for sentence in sentences for word in sentence]
    if len(words) < FEWEST_WORDS:
        return None
    return douma(words=len(words), sentences=len(sentences), syllables=sum(map(count_syllables, words)))


def douma(*, words: int, sentences: int, syllables: int) -> float:
    return 206.84 - 0.93 * words / sentences - 77 * syllables / words
