import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from references.citations import LONGEST_GROUP, Citation, Numbering, find_groups, is_key, parse_group


@pytest.mark.parametrize(
    ("inner", "citations"),
    [
        ("@grober2015", (Citation("grober2015"),)),
        ("@nielsen2006; @barbagallo2009, p. 3", (Citation("nielsen2006"), Citation("barbagallo2009", "p. 3"))),
        ("@a,p. 3,  noot\n4 ; @b", (Citation("a", "p. 3, noot 4"), Citation("b"))),
        ("@a; @a, p. 2", (Citation("a"), Citation("a", "p. 2"))),
        ("@DBLP:conf/x+y.2", (Citation("DBLP:conf/x+y.2"),)),
        ("@_x1", (Citation("_x1"),)),
        ("@gröber2015", (Citation("gröber2015"),)),
    ],
)
def test_parse_group_reads_keys_and_locators(inner, citations):
    assert parse_group(inner) == citations


@pytest.mark.parametrize(
    "inner",
    [
        *("", "@", "a", "a@b.nl", "zie @a", "-@a", "@a;", "; @a", "@a @b", "@a p. 3", "@a..b", "@a.", "@.a", "@{a}"),
        *("@a, @b", "@a,", "@a[b", "@a]b", "@a; b", "@" + "a" * LONGEST_GROUP),
    ],
)
def test_parse_group_leaves_other_text_alone(inner):
    assert parse_group(inner) is None


@given(st.text(alphabet="@a;,.:# []\\`é\n", max_size=60) | st.text(max_size=60))
def test_parse_group_gives_only_keys_of_the_grammar(inner):
    for citation in parse_group(inner) or ():
        assert is_key(citation.key)
        assert citation.locator == " ".join(citation.locator.split())


def found(text):
    return [(text[start:end], citations) for start, end, citations in find_groups(text)]


def test_find_groups_gives_place_and_keys():
    text = "Eerste zin. [@a]\n\nTweede [@b;\n@c, p. 3], einde."
    groups = list(find_groups(text))
    assert groups == [(12, 16, (Citation("a"),)), (25, 39, (Citation("b"), Citation("c", "p. 3")))]
    assert [text.count("\n", 0, start) + 1 for start, _, _ in groups] == [1, 3]


def test_find_groups_skips_code_and_escapes():
    text = (
        "`[@code]` ``[@co`de]`` \\[@escaped] \\\\[@a] `los [@b]\n\n```\n[@fenced]\n```\n[@c]\n~~~ html\n```\n[@tilde]\n~~~~\n"
        "- ```\n  [@listed]\n  ```\n\n> [@d] ` niet\n\n` gesloten [@e]\n````\n```\n[@open to the end]\n[@f]"
    )
    assert [text for text, _ in found(text)] == ["[@a]", "[@b]", "[@c]", "[@d]", "[@e]"]


def test_find_groups_does_not_cross_a_blank_line():
    assert found("[@a\n\n, p. 3]") == []


@pytest.mark.parametrize(
    "hostile",
    [
        *("[@" * 50_000, "[@a" * 33_000, "`" * 100_000, "` `` " * 20_000, "[@a;" * 25_000, "\\" * 100_000, "[" * 100_000),
        *("@" + "a." * 50_000, "@a, " + " " * 100_000, "- " * 50_000 + "x", "".join("`" * n + " " for n in range(1, 440))),
        "@" + ":.#$%&-+?<>~/" * 8_000,
    ],
)
def test_hostile_text_of_100_kb_takes_no_time(hostile):
    started = time.process_time()
    parse_group(hostile)
    list(find_groups(hostile))
    assert time.process_time() - started < 1


@settings(max_examples=200)
@given(st.text(alphabet="[]@ab;, \\`~\n>-", max_size=200))
def test_what_find_groups_finds_is_a_group(text):
    last = 0
    for start, end, citations in find_groups(text):
        assert last <= start
        assert parse_group(text[start + 1 : end - 1]) == citations
        last = end


def test_numbering_counts_in_order_of_first_use():
    numbering = Numbering()
    assert [numbering.number(key) for key in ("b", "a", "b", "c", "a")] == [1, 2, 1, 3, 2]
    assert numbering.keys == ("b", "a", "c")
