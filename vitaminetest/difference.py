"""What differs between two questionnaires, as lines of their files. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from vitaminetest.definition import Definition
from vitaminetest.definition_file import dump

AROUND = 2  # unchanged lines that stay in sight


@dataclass(frozen=True)
class Line:
    """`kind` is "same", "added", "removed", or "gap" for lines that are left out."""

    kind: str
    text: str = ""


def difference(old: Definition, new: Definition) -> tuple[Line, ...]:
    """Return the lines that came and went, with a few around them; empty when the two are equal."""
    before, after = dump(old).splitlines(), dump(new).splitlines()
    return tuple(_lines(before, after)) if before != after else ()


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    end = 0
    for group in matcher.get_grouped_opcodes(AROUND):
        if group[0][1] > end:
            yield Line("gap")
        for tag, start, stop, new_start, new_stop in group:
            end = stop
            if tag == "equal":
                yield from (Line("same", text) for text in before[start:stop])
                continue
            yield from (Line("removed", text) for text in before[start:stop])
            yield from (Line("added", text) for text in after[new_start:new_stop])
    if end < len(before):
        yield Line("gap")
