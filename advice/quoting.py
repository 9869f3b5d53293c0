"""What somebody wrote in a mail, and what is only the earlier mail that hangs below it. Pure and linear in the length of the mail.

Nothing is ever taken away: the parts together are the mail, character for character. A page shows what was written and folds the
rest. When in doubt a line counts as written: too much shown costs a glance, an answer that is folded away goes unread.

Recognised, in Dutch and English: lines with `>`; the line above a quote of Gmail, Apple Mail, Thunderbird and K-9; the block of
header lines of Outlook; a signature after a line with "-- " (RFC 3676, section 4.3). A forwarded mail stays in view: it is what the
sender wants to show.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

LONGEST_HEADER = 4  # lines over which a mail program may break its "Op … schreef … :"
_FIELDS_NEAR = 8  # lines in which the header block of Outlook shows what it is
_TIME = re.compile(r"(?<![\d.:])\d{1,2}[:.]\d{2}(?![\d]|[.:]\d{4})")
_WROTE = re.compile(r"\b(?:schreef|geschreven|wrote)\b", re.IGNORECASE)
_BEGINS = re.compile(r"\s*(?:Op|On)\b", re.IGNORECASE)
_NAME_FIRST = re.compile(r"\s*\S[^\n]{0,200}?\s(?:schreef op|wrote on)\s", re.IGNORECASE)
_ORIGINAL = re.compile(r"\s*-{2,}\s*(?:oorspronkelijk(?:e)? bericht|original message|origineel bericht)\s*-{2,}\s*", re.IGNORECASE)
_FORWARDED = re.compile(r"\s*(?:-{2,}\s*)?(?:begin )?(?:doorgestuurd bericht|forwarded message)(?:\s*-{2,}|:)\s*", re.IGNORECASE)
_FROM = re.compile(r"\s*\*?(?:Van|From):\*?\s*\S", re.IGNORECASE)
_SENT = re.compile(r"\s*\*?(?:Verzonden|Datum|Sent|Date):\*?\s*\S", re.IGNORECASE)
_TO_OR_SUBJECT = re.compile(r"\s*\*?(?:Aan|Onderwerp|To|Subject):\*?\s*\S", re.IGNORECASE)
_RULE = re.compile(r"\s*_{20,}\s*")


@dataclass(frozen=True)
class Part:
    """A stretch of whole lines. `is_quoted` says that it is an earlier mail, the line that announces it, or a signature."""

    text: str
    is_quoted: bool


def split_quoted(text: str) -> tuple[Part, ...]:
    """Return the parts of a plain-text mail in order, written and quoted in turn; joined they are `text` exactly.

    Answers between quoted lines are parts of their own. A mail in which nothing at all would be left to read is one written part.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    labels = _with_blank_lines(lines, list(_labels(lines)))
    if not any(line.strip() and not label for line, label in zip(lines, labels, strict=True)):
        labels = [False] * len(lines)
    pairs = groupby(zip(lines, labels, strict=True), key=lambda pair: pair[1])
    return tuple(Part("".join(line for line, _ in group), label) for label, group in pairs)


def _labels(lines: Sequence[str]) -> Iterator[bool | None]:
    """Yield for every line whether it is quoted; None for a blank line, which goes with its neighbours."""
    is_forward = to_end = in_signature = False
    header_ends = 0  # the line after the last one of "Op … schreef … :"
    for i, line in enumerate(lines):
        is_forward = is_forward or _FORWARDED.fullmatch(line) is not None
        if not (is_forward or to_end or i < header_ends):
            header_ends = i + _length_of_header(lines, i)
            to_end = _starts_original(lines, i) or (header_ends > i and not _is_marked(_first_filled(lines, header_ends)))
            in_signature = (in_signature and not _is_marked(line)) or line.rstrip("\r\n") == "-- "
        if line.isspace():
            yield None
        else:
            yield to_end or in_signature or i < header_ends or (_is_marked(line) and not is_forward)


def _with_blank_lines(lines: Sequence[str], labels: list[bool | None]) -> list[bool]:
    """Give blank lines the label of the line before them; those at the start go with what follows."""
    current = next((label for label in labels if label is not None), False)
    found = []
    for label in labels:
        current = current if label is None else label
        found.append(current)
    return found


def _is_marked(line: str) -> bool:
    return line.lstrip().startswith(">")


def _first_filled(lines: Sequence[str], start: int) -> str:
    """Return the first line from `start` on with something in it, looking no further than a few lines."""
    return next((line for line in lines[start : start + LONGEST_HEADER] if not line.isspace()), "")


def _length_of_header(lines: Sequence[str], start: int) -> int:
    """Return how many lines the announcement of a quote takes that begins here ("Op … om 10:12 schreef …:"); 0 when there is none.

    It has a time of day, or `>` lines follow: "Op maandag schreef mijn huisarts:" in a story announces nothing of ours.
    """
    if not (_BEGINS.match(lines[start]) or _NAME_FIRST.match(lines[start])):
        return 0
    for length in range(1, LONGEST_HEADER + 1):
        if start + length > len(lines) or lines[start + length - 1].isspace():
            return 0
        if lines[start + length - 1].rstrip().endswith(":"):
            header = "".join(lines[start : start + length])[:1_000]
            is_certain = _TIME.search(header) or _is_marked(_first_filled(lines, start + length))
            return length if is_certain and _WROTE.search(header) else 0
    return 0


def _starts_original(lines: Sequence[str], start: int) -> bool:
    """Return whether an unmarked earlier mail begins here: everything below it is quoted."""
    if _ORIGINAL.fullmatch(lines[start]):
        return True
    following = lines[start : start + _FIELDS_NEAR]
    if _RULE.fullmatch(lines[start]):
        following = following[1:]
        following = following[next((i for i, line in enumerate(following) if not line.isspace()), 0) :]
    if not following or not _FROM.match(following[0]):
        return False
    return any(map(_SENT.match, following)) and any(map(_TO_OR_SUBJECT.match, following))
