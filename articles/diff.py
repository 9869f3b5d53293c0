"""What differs between two versions of an article: its texts word by word, its sources by number. Pure.

The cost is bounded: texts that are too long to compare by words are compared by lines, and beyond that as a whole.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from articles.rendering.rendered import NumberedSource
from articles.rendering.source import ArticleSource, BenefitSource, SectionSource

SAME, ADDED, REMOVED = "same", "added", "removed"
MOST_PAIRS = 16_000_000  # of tokens that one comparison may look at
_WORDS = re.compile(r"\[@[^\]\n]{0,200}\]|\w+|\s+|[^\w\s]")
LONGEST_SAME, KEPT = 500, 180  # characters: what stays the same is shortened when longer, to this much at either end


@dataclass(frozen=True)
class Token:
    """A piece of text. `kind` is "same", "added" or "removed"; from `abridge` also "gap"."""

    kind: str
    text: str


@dataclass(frozen=True)
class PartDiff:
    """A part of an article: `name` says which, in Dutch; `kind` is "same", "changed", "added" or "removed"."""

    name: str
    kind: str
    tokens: tuple[Token, ...]
    anchor: str = ""
    is_moved: bool = False


@dataclass(frozen=True)
class SourceChange:
    """`kind` is "added", "removed", "replaced" (another source in its place), "renumbered" or "rewritten" (its line changed).

    Numbers and lines of text are those before and after; 0 and empty where there is none.
    """

    kind: str
    old_number: int = 0
    new_number: int = 0
    old_text: str = ""
    new_text: str = ""


def diff_texts(old: str, new: str) -> tuple[Token, ...]:
    """Return what to keep, take away and add to get from `old` to `new`: `text_before` and `text_after` give both back."""
    start = _common_length(old, new)
    end = _common_length(old[start:][::-1], new[start:][::-1])
    head, tail = _whole_words(old, start, end)
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    before, after = _split(middle_old, middle_new)
    tokens = [Token(SAME, old[:head])]
    for operation, i, j, k, m in SequenceMatcher(None, before, after).get_opcodes():
        if operation == "equal":
            tokens.append(Token(SAME, "".join(before[i:j])))
        else:
            tokens += [Token(REMOVED, "".join(before[i:j])), Token(ADDED, "".join(after[k:m]))]
    return _joined([*tokens, Token(SAME, old[len(old) - tail :])])


def text_before(tokens: Iterable[Token]) -> str:
    return "".join(token.text for token in tokens if token.kind != ADDED)


def text_after(tokens: Iterable[Token]) -> str:
    return "".join(token.text for token in tokens if token.kind != REMOVED)


def abridge(tokens: Iterable[Token]) -> tuple[Token, ...]:
    """Return the tokens for a page: of a long text that stayed the same only both ends, with a "gap" between."""
    found: list[Token] = []
    for token in tokens:
        if token.kind == SAME and len(token.text) > LONGEST_SAME:
            start, end = token.text[:KEPT].rpartition(" "), token.text[-KEPT:].partition(" ")
            found += [Token(SAME, start[0] or start[2]), Token("gap", ""), Token(SAME, end[2] or end[0])]
        else:
            found.append(token)
    return tuple(found)


def _common_length(old: str, new: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def _whole_words(text: str, head: int, tail: int) -> tuple[int, int]:
    """Shorten what two texts have in common at both ends, so that it ends and begins between words."""
    head = text.rfind(" ", 0, head) + 1
    first = text.find(" ", len(text) - tail)
    return head, min(len(text) - first, len(text) - head) if tail and first >= 0 else 0


def _split(old: str, new: str) -> tuple[Sequence[str], Sequence[str]]:
    """Cut two texts into words, into lines when that would cost too much, or not at all when even that would."""
    for cut in (_WORDS.findall, lambda text: text.splitlines(keepends=True)):
        before, after = cut(old), cut(new)
        if len(before) * len(after) <= MOST_PAIRS:
            return before, after
    return [old], [new]


def _joined(tokens: list[Token]) -> tuple[Token, ...]:
    """Put neighbours of one kind together; white space between two changes belongs to both, so that a phrase changes as one."""
    runs: list[list[str]] = [["", "", ""]]  # same, then removed and added
    for i, token in enumerate(tokens):
        is_between = 0 < i < len(tokens) - 1 and (runs[-1][1] or runs[-1][2])
        if token.kind == SAME and token.text and not (is_between and token.text.isspace() and "\n" not in token.text):
            if runs[-1][1] or runs[-1][2]:
                runs.append(["", "", ""])
            runs[-1][0] += token.text
        else:
            runs[-1][1] += token.text if token.kind != ADDED else ""
            runs[-1][2] += token.text if token.kind != REMOVED else ""
    return tuple(Token(kind, text) for run in runs for kind, text in zip((SAME, REMOVED, ADDED), run, strict=True) if text)


def diff_articles(old: ArticleSource, new: ArticleSource) -> tuple[PartDiff, ...]:
    """Return every part of two versions, in the order of the new one; what was removed comes last of its kind."""
    singles = [
        ("Titel", old.title, new.title),
        ("Adres", old.slug, new.slug),
        ("Samenvatting", old.summary, new.summary),
        ("Openingsbeeld", _lines(*vars(old.hero).values()), _lines(*vars(new.hero).values())),
        ("Advieskaartje", _lines(*vars(old.adviser).values()), _lines(*vars(new.adviser).values())),
        ("Inleiding", old.intro, new.intro),
        ("Lees ook", _lines(*old.related), _lines(*new.related)),
    ]
    return (
        *(_part(name, before, after) for name, before, after in singles),
        *_anchored("Hoofdstuk", _sections(old.sections), _sections(new.sections)),
        *_anchored("Voordeel", _benefits(old.benefits), _benefits(new.benefits)),
    )


def _lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _sections(sections: tuple[SectionSource, ...]) -> dict[str, tuple[str, str]]:
    return {section.anchor: (section.heading, f"{section.heading}\n\n{section.body}") for section in sections}


def _benefits(benefits: tuple[BenefitSource, ...]) -> dict[str, tuple[str, str]]:
    found = {}
    for item in benefits:
        extra = _lines(
            item.image and f"Afbeelding: {item.image}",
            item.image_alt and f"Alternatieve tekst: {item.image_alt}",
            item.image_caption and f"Bijschrift: {item.image_caption}",
            item.claims and f"Claims: {', '.join(item.claims)}",
        )
        found[item.anchor] = (item.title, "\n\n".join(text for text in (item.title, item.body, extra) if text))
    return found


def _part(name: str, old: str, new: str, **fields) -> PartDiff:
    return PartDiff(name, "same" if old == new else "changed", diff_texts(old, new), **fields)


def _anchored(what: str, old: dict[str, tuple[str, str]], new: dict[str, tuple[str, str]]) -> list[PartDiff]:
    moved = _moved([anchor for anchor in old if anchor in new], [anchor for anchor in new if anchor in old])
    parts = []
    for anchor, (title, text) in new.items():
        name = f"{what} ‘{title}’"
        if anchor in old:
            parts.append(_part(name, old[anchor][1], text, anchor=anchor, is_moved=anchor in moved))
        else:
            parts.append(PartDiff(name, ADDED, (Token(ADDED, text),), anchor))
    gone = ((anchor, *old[anchor]) for anchor in old if anchor not in new)
    return parts + [PartDiff(f"{what} ‘{title}’", REMOVED, (Token(REMOVED, text),), anchor) for anchor, title, text in gone]


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Return which of the same anchors stand in another order."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return set(new) - {anchor for block in blocks for anchor in new[block.b : block.b + block.size]}


def diff_sources(old: Sequence[NumberedSource], new: Sequence[NumberedSource]) -> tuple[SourceChange, ...]:
    """Return what happened to the numbered sources. A source that left and one that came in its place are one change."""
    before, after = {source.key: source for source in old}, {source.key: source for source in new}
    changes = []
    for operation, i, j, k, m in SequenceMatcher(None, list(before), list(after), autojunk=False).get_opcodes():
        if operation != "equal":
            gone = [source for source in old[i:j] if source.key not in after]
            come = [source for source in new[k:m] if source.key not in before]
            changes += [_source_change(*pair) for pair in zip_longest(gone, come)]
    for key, source in after.items():
        if key in before and before[key].number != source.number:
            changes.append(_source_change(before[key], source, "renumbered"))
        if key in before and before[key].text != source.text:
            changes.append(_source_change(before[key], source, "rewritten"))
    return tuple(changes)


def _source_change(old: NumberedSource | None, new: NumberedSource | None, kind: str = "replaced") -> SourceChange:
    if old is None:
        return SourceChange(ADDED, new_number=new.number, new_text=new.text)
    if new is None:
        return SourceChange(REMOVED, old_number=old.number, old_text=old.text)
    return SourceChange(kind, old.number, new.number, old.text, new.text)
