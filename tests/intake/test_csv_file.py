from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.csv_file import COLUMNS, MOST_BYTES, CsvRefused, dump, dump_bytes, load
from intake.table import Kind, Row, Sex, State, Table, Unit, in_order
from tests.intake.tables import FILE, magnesium

HEAD = ";".join(COLUMNS)
GOOD = "magnesium;ADH;iedereen;geen;6;12;80;mg;;jansen2020;p. 3"


def refused(text: str | bytes) -> tuple[str, ...]:
    with pytest.raises(CsvRefused) as caught:
        load(text if isinstance(text, bytes) else text.encode())
    return caught.value.messages


def with_cell(name: str, text: str) -> str:
    cells = GOOD.split(";")
    cells[COLUMNS.index(name)] = text
    return f"{HEAD}\n{';'.join(cells)}\n"


def test_file_of_the_project_comes_back_the_same():
    assert dump([magnesium()]).encode() == FILE.read_bytes()


rows = st.builds(
    Row,
    kind=st.sampled_from(Kind),
    months_from=st.integers(0, 1_000),
    months_to=st.none() | st.integers(1_001, 1_440),
    amount=st.decimals("0.001", "9999999", places=3).map(lambda amount: amount.normalize()),
    unit=st.sampled_from(Unit),
    sex=st.just(Sex.FEMALE),
    state=st.sampled_from(State),
    source=st.sampled_from(["", "jansen2020"]),
    locator=st.sampled_from(["", "p. 3", "tabel 2, “rij”", 'p. "4"']),
    only_supplements=st.booleans(),
)


@given(st.lists(rows, min_size=1, unique_by=lambda row: row.group))
def test_export_import_export_gives_the_same_bytes(found):
    table = Table("water", "water", Unit.MG, in_order(found))
    data = dump_bytes([table])
    read = load(data).rows

    assert read == {"water": table.rows}
    assert dump_bytes([replace(table, rows=read["water"])]) == data


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{GOOD}\n",
        f"\ufeff{HEAD}\r\n{GOOD}\r\n\r\n;;;;;;;;;;\r\n",
        f"{HEAD}\n{GOOD}\n".replace(";", ","),
        f"{HEAD.upper()}\nmagnesium;adh;Iedereen;GEEN; 6 ;12;80,000;mg;nee;jansen2020;p. 3\n",
        f'{HEAD}\n"magnesium";ADH;iedereen;geen;6;12;80.0;mg;;jansen2020;"p. 3"',
    ],
)
def test_what_spreadsheets_make_of_a_file_is_read(text):
    row = Row(Kind.ADH, 6, 12, Decimal(80), source="jansen2020", locator="p. 3")
    sheet = load(text.encode())

    assert (sheet.rows, sheet.line_of("magnesium", row)) == ({"magnesium": (row,)}, 2)


@pytest.mark.parametrize("typed", ["µg", "\u03bcg", "ug", "mcg"])
def test_every_way_to_write_a_microgram_is_read(typed):
    assert load(with_cell("eenheid", typed).encode()).rows["magnesium"][0].unit == Unit.UG


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("hoeveelheid", "NaN", "‘NaN’ is geen hoeveelheid"),
        ("hoeveelheid", "Infinity", "‘Infinity’ is geen hoeveelheid"),
        ("hoeveelheid", "1e400", "‘1e400’ is geen hoeveelheid"),
        ("hoeveelheid", "9" * 50, "is geen hoeveelheid"),
        ("hoeveelheid", "1.000,5", "zonder punt voor duizend"),
        ("hoeveelheid", "1.500", "zonder punt voor duizend"),
        ("hoeveelheid", "٣٠٠", "is geen hoeveelheid"),
        ("hoeveelheid", "", "‘’ is geen hoeveelheid"),
        ("hoeveelheid", "0", "moet hoger zijn dan 0"),
        ("hoeveelheid", "-80", "‘hoeveelheid’ begint met ‘-’"),
        ("hoeveelheid", "=80+1", "leest een rekenblad als formule"),
        ("vindplaats", "@SUM(A1)", "‘vindplaats’ begint met ‘@’"),
        ("vindplaats", "+31", "‘vindplaats’ begint met ‘+’"),
        ("vindplaats", "p. 3]", "zonder haken"),
        ("vindplaats", "x" * 121, "hooguit 120 tekens"),
        ("bron", "geen sleutel", "‘geen sleutel’ is geen sleutel van een bron"),
        ("voedingsstof", "Magnesium", "kleine letters"),
        ("voedingsstof", "../../x", "kleine letters"),
        ("soort", "AI", "‘AI’ kan niet bij ‘soort’; kies uit ADH, RI, UL"),
        ("geslacht", "x", "kies uit iedereen, man, vrouw"),
        ("situatie", "zwanger", "hoort het geslacht ‘vrouw’"),
        ("vanaf_maanden", "12", "de leeftijd loopt niet op"),
        ("vanaf_maanden", "", "een heel aantal maanden"),
        ("tot_maanden", "99999", "van 0 tot en met 1440"),
        ("tot_maanden", "12.5", "een heel aantal maanden"),
        ("eenheid", "kg", "‘kg’ kan niet bij ‘eenheid’; kies uit mg, µg, g"),
        ("alleen_supplementen", "misschien", "schrijf ja of laat leeg"),
    ],
)
def test_wrong_cell_is_told_with_its_line(name, text, message):
    (told,) = refused(with_cell(name, text))

    assert told.startswith("Regel 2: ")
    assert message in told


def test_every_wrong_line_is_told():
    text = f"{HEAD}\n{GOOD}\nmagnesium;x\n{GOOD}\n\n{GOOD.replace(';80;', ';nul;')}\n"

    assert refused(text) == (
        "Regel 3: er staan 2 kolommen in plaats van 11.",
        "Regel 4: ADH ‘Kinderen, 6-11 maanden’ stond al op regel 2.",
        "Regel 6: ‘nul’ is geen hoeveelheid; schrijf een getal als 1500 of 1,25: met een komma, zonder punt voor duizend.",
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "Het bestand is leeg."),
        (b"\xef\xbb\xbf\n\n", "Het bestand is leeg."),
        (HEAD.encode(), "Onder de kop staat geen enkele rij."),
        (GOOD.encode(), "Regel 1: de eerste regel moet precies deze kolommen noemen"),
        (f"{HEAD}\n{GOOD}\n".encode("utf-16"), "Regel 1: dit is geen UTF-8."),
        (f"{HEAD}\n{GOOD.replace('mg', 'µg')}\n".encode("cp1252"), "Regel 2: dit is geen UTF-8."),
        (f"{HEAD}\n{GOOD}\0\n".encode(), "Regel 2: dit is geen tekst"),
        (f'{HEAD}\n"{GOOD}\n'.encode(), "de aanhalingstekens of kolommen kloppen niet."),
        (b"x" * (MOST_BYTES + 1), "Het bestand is te groot"),
        ((HEAD + "\n" * 1_000).encode(), "Onder de kop staat geen enkele rij."),
        (f"{HEAD}\n".encode() + f"{GOOD}\n".encode() * 3_000, "Het bestand is te lang: hooguit 2000 regels."),
        (b"PK\x03\x04" + bytes(100), "dit is geen tekst"),
    ],
)
def test_file_that_is_no_table_is_refused(data, message):
    assert message in refused(data)[0]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    with suppress(CsvRefused):
        assert load(data).rows
