"""Citations in running text, in Pandoc's syntax: `[@key]`, `[@key; @other, p. 3]`. Pure and linear in the length of the text.

Grammar of a key: https://pandoc.org/MANUAL.html#citation-syntax (a letter, digit or underscore, then letters, digits and
single internal punctuation marks). Prefixes (`[see @key]`), suppressed authors (`[-@key]`) and keys in braces are not ours:
such text is no citation group and stays text, so that the editor sees it in the preview.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

KEY_PATTERN = r"\w(?:[:.#$%&\-+?<>~/]?\w)*"
KEY = re.compile(KEY_PATTERN)
LONGEST_GROUP = 1_000  # characters from `[` on; longer is text, which keeps the search for a closing bracket bounded

_TOKEN = re.compile(r"\\.|`+|\[@", re.DOTALL)
_TICKS = re.compile(r"`+")
_FENCE = re.compile(r"(?:[ \t>]|[-+*][ \t]|\d{1,9}[.)][ \t])*(?P<mark>`{3,}(?=[^`]*$)|~{3,})")


@dataclass(frozen=True)
class Citation:
    """One source in a group; `locator` is what follows the first comma ("p. 3"), or empty."""

    key: str
    locator: str = ""


@dataclass
class Numbering:
    """Numbers from 1 on, in the order in which keys are first used."""

    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """Return the number of `key`; a new key gets the next one."""
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    @property
    def keys(self) -> tuple[str, ...]:
        """All keys so far; the first has number 1."""
        return tuple(self._numbers)


def is_key(text: str) -> bool:
    """Return whether `text` as a whole is a citation key."""
    return KEY.fullmatch(text) is not None


def parse_group(inner: str) -> tuple[Citation, ...] | None:
    """Return the citations in the text between `[` and `]`, or None when it is not a citation group."""
    if not inner.startswith("@") or len(inner) > LONGEST_GROUP or "[" in inner or "]" in inner:
        return None
    citations = [_parse_citation(part.strip()) for part in inner.split(";")]
    return None if None in citations else tuple(citations)


def _parse_citation(part: str) -> Citation | None:
    head, comma, rest = part.partition(",")
    key, locator = head.rstrip()[1:], " ".join(rest.split())
    # A second key after a comma is a typing error for `;`: read as a locator, that source would be silently gone.
    if not part.startswith("@") or not is_key(key) or "@" in locator or (comma and not locator):
        return None
    return Citation(key, locator)


def find_groups(text: str) -> Iterator[tuple[int, int, tuple[Citation, ...]]]:
    """Yield start, end and citations of every group in a Markdown text; `text[start:end]` runs from `[` up to and with `]`.

    Fenced code, code spans and escaped brackets are skipped. Code by indentation is not recognised: a group in it is reported.
    The line of a group is `text.count("\\n", 0, start) + 1`.
    """
    for start, end in _paragraphs(text):
        yield from _groups_in(text, start, end)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the stretches of text between blank lines, outside fenced code."""
    begin, position, fence = 0, 0, ""
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line.rstrip("\r\n"))
        is_text = not fence and not match and not line.isspace()
        if not is_text:
            if begin < position:
                yield begin, position
            begin = position + len(line)
        if fence:
            fence = "" if match and _closes(match["mark"], fence, line) else fence
        elif match:
            fence = match["mark"]
        position += len(line)
    if begin < position:
        yield begin, position


def _closes(mark: str, fence: str, line: str) -> bool:
    return mark[0] == fence[0] and len(mark) >= len(fence) and line.rstrip().endswith(mark)


def _groups_in(text: str, start: int, end: int) -> Iterator[tuple[int, int, tuple[Citation, ...]]]:
    ticks: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text, start, end):
        ticks.setdefault(len(run[0]), []).append(run.start())
    position = start
    while token := _TOKEN.search(text, position, end):
        position = token.end()
        if token[0][0] == "`":
            position = _end_of_code(ticks.get(len(token[0]), []), token)
        elif token[0] == "[@":
            close = text.find("]", token.start(), min(end, token.start() + LONGEST_GROUP))
            citations = parse_group(text[token.start() + 1 : close]) if close > 0 else None
            if citations:
                position = close + 1
                yield token.start(), position, citations


def _end_of_code(starts: list[int], opening: re.Match) -> int:
    """Return where the code span ends that `opening` begins, or the end of `opening` when nothing closes it."""
    following = bisect_right(starts, opening.start())
    return starts[following] + len(opening[0]) if following < len(starts) else opening.end()
