from dataclasses import replace
from decimal import Decimal

import pytest

from intake.findings import check_table
from intake.table import Kind, Row, Sex, Table, Unit
from tests.intake.tables import PREGNANT, SOURCE, magnesium, row, table, with_amount

ADULT = row(216, None, 300)


def found(*rows: Row) -> list[tuple[str, str]]:
    return [(finding.code, finding.message) for finding in check_table(table(*rows))]


def test_table_of_the_project_is_in_order():
    assert check_table(magnesium()) == ()
    assert check_table(table()) == ()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row(6, 12, 80), row(13, None, 85)], ["ADH: voor {} van 12 maanden is er geen waarde."]),
        ([row(6, 12, 80), row(24, None, 85)], ["ADH: voor {} van 12-23 maanden is er geen waarde."]),
        ([row(6, 12, 80)], ["ADH: voor {} van 12 maanden en ouder is er geen waarde."]),
    ],
)
def test_gap_is_found_for_both_sexes(rows, expected):
    assert found(*rows) == [("gap", message.format(who)) for who in ("mannen", "vrouwen") for message in expected]


def test_gap_of_one_sex_is_found():
    men = row(168, None, 350, sex=Sex.MALE)

    assert found(row(0, 168, 80), men) == [("gap", "ADH: voor vrouwen van 14 jaar en ouder is er geen waarde.")]
    assert found(men, row(216, None, 300, sex=Sex.FEMALE)) == [("gap", "ADH: voor vrouwen van 14-17 jaar is er geen waarde.")]


def test_overlap_is_found_once_and_names_both_groups():
    assert found(row(0, 24, 80), row(12, None, 85)) == [
        (
            "overlap",
            "ADH ‘Kinderen, 0-23 maanden’ en ADH ‘Iedereen, 12 maanden en ouder’ overlappen elkaar: wie valt in welke groep?",
        )
    ]
    assert [code for code, _ in found(row(0, None, 1), row(12, 24, 2), row(30, 40, 3))] == ["overlap", "overlap"]
    assert [code for code, _ in found(row(0, None, 1), row(216, None, 2, sex=Sex.FEMALE))] == ["overlap"]


def test_situations_may_begin_and_end_at_an_age_but_leave_no_gap():
    young, old = replace(PREGNANT, months_from=168, months_to=216), replace(PREGNANT, months_from=216, months_to=600)

    assert found(row(0, None, 1), young, old) == []
    assert found(row(0, None, 1), young, replace(old, months_from=228)) == [
        ("gap", "ADH: voor vrouwen die zwanger zijn van 18 jaar is er geen waarde.")
    ]
    assert [code for code, _ in found(row(0, None, 1), young, replace(old, months_from=200))] == ["overlap"]


def test_value_without_a_source_and_another_unit_are_found_at_their_row():
    wrong = row(0, None, 1, source="", unit=Unit.UG)
    findings = check_table(table(wrong))

    assert [(finding.code, finding.rows) for finding in findings] == [("no-source", (wrong,)), ("other-unit", (wrong,))]
    assert findings[1].message == "ADH ‘Iedereen’ staat in microgram, maar water in milligram. Reken de waarde om."


def test_limit_below_the_need_is_found_unless_it_counts_supplements_only():
    limit = Row(Kind.UL, 0, None, Decimal(250), source=SOURCE)
    women = row(0, None, 300, sex=Sex.FEMALE)

    assert [code for code, _ in found(row(0, None, 200, sex=Sex.MALE), women, limit)] == ["limit-below-need"]
    assert found(row(0, None, 200, sex=Sex.MALE), women, replace(limit, only_supplements=True)) == []
    assert found(ADULT, replace(limit, months_from=216, amount=Decimal(300))) == []
    assert [code for code, _ in found(ADULT, replace(limit, months_to=216))] == ["gap", "gap"]


def test_kinds_are_checked_apart():
    label = Row(Kind.RI, 216, None, Decimal(375), source=SOURCE)

    assert check_table(Table("magnesium", "magnesium", Unit.MG, (*magnesium().rows, label))) == ()


def test_changed_amount_alone_is_no_finding():
    rows = magnesium().rows

    assert check_table(replace(magnesium(), rows=with_amount(rows, rows[0], "81"))) == ()
