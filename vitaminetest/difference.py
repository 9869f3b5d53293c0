"""What differs between two questionnaires: the lines of their files that changed, and in those the words. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from vitaminetest.definition import Definition
from vitaminetest.definition_file import dump

AROUND = 2  # unchanged lines that stay in sight
ALIKE = 0.4  # lines that have less in common are shown whole, the old and then the new
_WORD = re.compile(r"\s*\S+|\s+")  # with the space before it


@dataclass(frozen=True)
class Token:
    """`kind` is "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """One or a few lines. Without tokens it stands for lines that are left out."""

    tokens: tuple[Token, ...] = ()


def difference(old: Definition, new: Definition) -> tuple[Line, ...]:
    """Return the lines that came, went and changed, with a few around them; empty when the two are equal."""
    before, after = dump(old).splitlines(), dump(new).splitlines()
    return tuple(_lines(before, after)) if before != after else ()


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    end = 0
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND):
        if group[0][1] > end:
            yield Line()
        for tag, start, stop, new_start, new_stop in group:
            end = stop
            if tag == "equal":
                yield from (Line((Token("same", text),)) for text in before[start:stop])
            else:
                yield from _changed(before[start:stop], after[new_start:new_stop])
    if end < len(before):
        yield Line()


def _changed(old: list[str], new: list[str]) -> Iterator[Line]:
    words, new_words = _WORD.findall("\n".join(old)), _WORD.findall("\n".join(new))
    matcher = SequenceMatcher(None, words, new_words, autojunk=False)
    if old and new and matcher.ratio() > ALIKE:
        yield Line(tuple(_tokens(matcher, words, new_words)))
        return
    yield from (Line((Token("removed", text),)) for text in old)
    yield from (Line((Token("added", text),)) for text in new)


def _tokens(matcher: SequenceMatcher, old: list[str], new: list[str]) -> Iterator[Token]:
    for tag, start, stop, new_start, new_stop in matcher.get_opcodes():
        if tag == "equal":
            yield Token("same", "".join(old[start:stop]))
            continue
        if stop > start:
            yield Token("removed", "".join(old[start:stop]))
        if new_stop > new_start:
            yield Token("added", "".join(new[new_start:new_stop]))
