import pytest

from references.names import NameLineError, lines_from_names, names_from_lines


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Gröber, U.", {"family": "Gröber", "given": "U."}),
        ("van der Berg, J.", {"family": "Berg", "given": "J.", "non-dropping-particle": "van der"}),
        ("'t Hart, M.", {"family": "Hart", "given": "M.", "non-dropping-particle": "'t"}),
        ("King, M. L., Jr.", {"family": "King", "given": "M. L.", "suffix": "Jr."}),
        ("{Voedingscentrum}", {"literal": "Voedingscentrum"}),
        ("Plato", {"family": "Plato"}),
        ("bell hooks, b.", {"family": "bell hooks", "given": "b."}),
    ],
)
def test_a_line_is_a_name_and_back(line, name):
    assert names_from_lines(line) == [name]
    assert lines_from_names([name]) == line


@pytest.mark.parametrize("line", ["Jan Jansen", "Jansen,", ", J.", "A, B, C, D", "{}", "{a}{b}", "Jansen, J.; Smit, P.", "{half"])
def test_a_line_that_is_no_name_is_refused_by_name(line):
    with pytest.raises(NameLineError, match=r"^‘"):
        names_from_lines(line)


def test_unchanged_names_keep_their_details():
    before = [
        {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von", "ORCID": "0000-1"},
        {"literal": "WHO", "comma-suffix": True},
        {},
        {"family": "Xu", "given": "J.", "n": 1},
        {"family": "Xu", "given": "J.", "n": 2},
    ]
    assert names_from_lines(lines_from_names(before), before) == before
    assert names_from_lines("Xu, J.\nNieuw, A.\nvon Humboldt, Alexander", before) == [
        before[3],
        {"family": "Nieuw", "given": "A."},
        before[0],
    ]


def test_lines_are_trimmed_and_blank_ones_skipped():
    assert names_from_lines("\n  Gröber ,  U. \r\n\n") == [{"family": "Gröber", "given": "U."}]
    with pytest.raises(NameLineError, match="501 namen"):
        names_from_lines("A, B\n" * 501)
