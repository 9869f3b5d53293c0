import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.diff import (
    PartDiff,
    SourceChange,
    Token,
    abridge,
    diff_articles,
    diff_sources,
    diff_texts,
    text_after,
    text_before,
)
from articles.rendering.rendered import NumberedSource
from articles.rendering.source import BenefitSource, SectionSource
from tests.factories import make_source

SAME, ADDED, REMOVED = "same", "added", "removed"
WORDS = st.lists(
    st.sampled_from(["de", "het", "water", "stroomt", " ", "  ", "\n", "\n\n", ".", "[@a]", "[@b", "é", "\r\n"]), max_size=60
)
TEXTS = st.one_of(st.text(max_size=80), WORDS.map("".join), WORDS.map(" ".join))


def tokens(old: str, new: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in diff_texts(old, new)]


@given(TEXTS, TEXTS)
def test_diff_gives_both_texts_back(old, new):
    found = diff_texts(old, new)

    assert (text_before(found), text_after(found)) == (old, new)
    assert all(token.text for token in found)
    assert (old == new) == (not any(token.kind != SAME for token in found))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("Zin.", "Zin.", [(SAME, "Zin.")]),
        ("", "Nieuw.", [(ADDED, "Nieuw.")]),
        ("Weg.", "", [(REMOVED, "Weg.")]),
        ("Water is nat.", "Water is droog.", [(SAME, "Water is "), (REMOVED, "nat"), (ADDED, "droog"), (SAME, ".")]),
        ("Wat water wil", "Wat waterstof wil", [(SAME, "Wat "), (REMOVED, "water"), (ADDED, "waterstof"), (SAME, " wil")]),
        ("Een rood huis.", "Een blauwe auto.", [(SAME, "Een "), (REMOVED, "rood huis"), (ADDED, "blauwe auto"), (SAME, ".")]),
        ("Nat.[@a]", "Nat.[@a; @b]", [(SAME, "Nat."), (REMOVED, "[@a]"), (ADDED, "[@a; @b]")]),
        ("Een twee.", "Een, twee.", [(SAME, "Een"), (ADDED, ","), (SAME, " twee.")]),
    ],
)
def test_diff_is_by_words(old, new, expected):
    assert tokens(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ".join(f"a{i % 97}" for i in range(1_990)), " ".join(f"a{i * i % 97}" for i in range(1_990))),
        ("woord " * 50_000, "ander " * 50_000),
        ("\n".join(f"regel {i % 89}" for i in range(100_000)), "\n".join(f"regel {i * i % 89}" for i in range(100_000))),
        ("[@" * 100_000, "x[@" * 100_000),
    ],
)
def test_cost_is_bounded_on_large_and_hostile_texts(old, new):
    start = time.process_time()
    found = diff_texts(old, new)

    assert time.process_time() - start < 5
    assert (text_before(found), text_after(found)) == (old, new)


def test_large_texts_are_compared_by_lines():
    lines = [f"Regel {i} van een lange tekst." for i in range(2_000)]
    changed = ["Anders.", *lines[1:-1], "Ook anders."]

    assert [kind for kind, _ in tokens("\n".join(lines), "\n".join(changed))] == [REMOVED, ADDED, SAME, REMOVED, ADDED]


def test_a_long_text_that_stayed_is_shortened():
    found = abridge(diff_texts("Begin " + "lang " * 300, "Start " + "lang " * 300))

    assert [token.kind for token in found] == [REMOVED, ADDED, SAME, "gap", SAME]
    assert sum(len(token.text) for token in found) < 400
    assert (found[2].text[-5:], found[4].text[:5]) == (" lang", "lang ")
    assert len(abridge([Token(SAME, "x" * 600)])[0].text) == 180


def test_article_is_compared_part_by_part():
    old = make_source(
        sections=(SectionSource("A", "a", "Een."), SectionSource("B", "b", "Twee.", shows_benefits=True), SectionSource("C", "c")),
        benefits=(BenefitSource("V", "v", "Goed.", image="blad"), BenefitSource("W", "w", "Weg.")),
    )
    new = replace(
        old,
        title="Water!",
        sections=(SectionSource("C", "c"), SectionSource("A", "a", "Een."), SectionSource("B2", "b", "Twee.", shows_benefits=True)),
        benefits=(
            BenefitSource("V", "v", "Goed.", "glas", ("k",), image_alt="Een glas", image_caption="Vol"),
            BenefitSource("N", "n", "Nieuw."),
        ),
    )

    parts = diff_articles(old, new)
    assert [(part.name, part.kind, part.anchor, part.is_moved) for part in parts if part.kind != "same" or part.is_moved] == [
        ("Titel", "changed", "", False),
        ("Hoofdstuk ‘C’", "same", "c", True),
        ("Hoofdstuk ‘B2’", "changed", "b", False),
        ("Voordeel ‘V’", "changed", "v", False),
        ("Voordeel ‘N’", "added", "n", False),
        ("Voordeel ‘W’", "removed", "w", False),
    ]
    assert parts[-1] == PartDiff("Voordeel ‘W’", "removed", (Token(REMOVED, "W\n\nWeg."),), "w")
    assert (
        text_after(parts[-3].tokens) == "V\n\nGoed.\n\nAfbeelding: glas\nAlternatieve tekst: Een glas\nBijschrift: Vol\nClaims: k"
    )


def test_same_article_has_no_changes():
    assert {part.kind for part in diff_articles(make_source(), make_source())} == {"same"}


def sources(*keys: str) -> list[NumberedSource]:
    return [NumberedSource(i, key, f"ref-{key}", "", f"Tekst {key}", "", {}) for i, key in enumerate(keys, start=1)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("abc", "abc", []),
        ("ab", "abc", [SourceChange("added", 0, 3, "", "Tekst c")]),
        ("abc", "ab", [SourceChange("removed", 3, 0, "Tekst c", "")]),
        ("abc", "axc", [SourceChange("replaced", 2, 2, "Tekst b", "Tekst x")]),
        ("ab", "xab", [("added", 0, 1), ("renumbered", 1, 2), ("renumbered", 2, 3)]),
        ("abc", "xayc", [("added", 0, 1), ("replaced", 2, 3), ("renumbered", 1, 2), ("renumbered", 3, 4)]),
        ("ab", "ba", [("renumbered", 2, 1), ("renumbered", 1, 2)]),
        ("", "a", [("added", 0, 1)]),
    ],
)
def test_sources_are_compared_by_number(old, new, expected):
    found = diff_sources(sources(*old), sources(*new))

    shown = [change if isinstance(wanted, SourceChange) else (change.kind, change.old_number, change.new_number)
             for change, wanted in zip(found, expected, strict=True)]  # fmt: skip
    assert shown == expected


def test_source_that_was_corrected_is_rewritten():
    old = sources("a")

    assert diff_sources(old, [replace(old[0], text="Beter")]) == (SourceChange("rewritten", 1, 1, "Tekst a", "Beter"),)


@given(st.lists(st.sampled_from("abcdefgh"), unique=True), st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_every_source_that_came_went_or_moved_is_told_once(old, new):
    changes = diff_sources(sources(*old), sources(*new))

    gone = sorted(change.old_number for change in changes if change.kind in ("removed", "replaced"))
    come = sorted(change.new_number for change in changes if change.kind in ("added", "replaced"))
    moved = sorted((change.old_number, change.new_number) for change in changes if change.kind == "renumbered")
    assert gone == [i for i, key in enumerate(old, start=1) if key not in new]
    assert come == [i for i, key in enumerate(new, start=1) if key not in old]
    pairs = ((old.index(key) + 1, new.index(key) + 1) for key in old if key in new)
    assert moved == sorted(pair for pair in pairs if pair[0] != pair[1])
