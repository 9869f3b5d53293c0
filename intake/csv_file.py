"""Tables as CSV, as Dutch spreadsheets read and write it: semicolons and decimal commas. Pure: bytes in, rows out, and back.

What is written starts with a byte order mark, or Excel would not read "µg". Commas between the columns and decimal points are read
too. Cells that a spreadsheet would take for a formula are refused, so none is ever written.
"""

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from intake.row_rules import FORMULA, RowWrong, check_row, read_amount, write_amount
from intake.table import OLDEST, Kind, Row, Sex, State, Table, Unit
from intake.words import group_words

COLUMNS = (
    "voedingsstof", "soort", "geslacht", "situatie", "vanaf_maanden", "tot_maanden", "hoeveelheid", "eenheid",
    "alleen_supplementen", "bron", "vindplaats",
)  # fmt: skip
MOST_BYTES, MOST_LINES = 500_000, 2_000
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class CsvRefused(ValueError):
    """The file is no table; `messages` say in Dutch what is wrong, each with its line."""

    def __init__(self, *messages: str):
        super().__init__(" ".join(messages))
        self.messages = messages


class _Wrong(ValueError):
    """What is wrong with one cell."""


@dataclass(frozen=True)
class Sheet:
    """The rows of a file by nutrient, and the line on which each row stands."""

    rows: Mapping[str, tuple[Row, ...]]
    lines: Mapping[tuple[str, tuple], int] = field(default_factory=dict)

    def line_of(self, nutrient: str, row: Row) -> int:
        return self.lines.get((nutrient, row.group), 0)


def dump(tables: Iterable[Table]) -> str:
    """Return the tables in one canonical form: the same tables always give the same text, without the byte order mark."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for table in sorted(tables, key=lambda table: table.key):
        writer.writerows(_cells(table.key, row) for row in table.rows)
    return out.getvalue()


def dump_bytes(tables: Iterable[Table]) -> bytes:
    return dump(tables).encode("utf-8-sig")


def _cells(key: str, row: Row) -> list[str]:
    to = "" if row.months_to is None else str(row.months_to)
    only = "ja" if row.only_supplements else ""
    return [
        *(key, row.kind.label, row.sex.label, row.state.label, str(row.months_from), to),
        *(write_amount(row.amount), row.unit.value, only, row.source, row.locator),
    ]


def load(data: bytes) -> Sheet:
    """Return what a file holds. Raises CsvRefused with every line that is wrong; whether the tables make sense is not looked at."""
    text = _decode(data)
    lines = list(_read(text))
    if not lines:
        raise CsvRefused("Het bestand is leeg.")
    _check_head(lines[0][1])
    rows, places, wrong = defaultdict(list), {}, []
    for number, cells in lines[1:]:
        try:
            key, row = _row(cells)
            if earlier := places.get((key, row.group)):
                raise _Wrong(f"{row.kind.label} ‘{group_words(row)}’ stond al op regel {earlier}")
        except _Wrong as error:
            wrong.append(f"Regel {number}: {error}.")
        else:
            rows[key].append(row)
            places[key, row.group] = number
    if wrong:
        raise CsvRefused(*wrong)
    if not rows:
        raise CsvRefused("Onder de kop staat geen enkele rij.")
    return Sheet({key: tuple(sorted(found, key=lambda row: row.order)) for key, found in rows.items()}, places)


def _decode(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise CsvRefused(f"Het bestand is te groot: hooguit {MOST_BYTES // 1_000} kB.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise CsvRefused(f"Regel {line}: dit is geen UTF-8. Bewaar het bestand als ‘CSV UTF-8’.") from error
    if "\0" in text:
        raise CsvRefused(f"Regel {text[: text.index(chr(0))].count(chr(10)) + 1}: dit is geen tekst maar iets anders.")
    return text


def _read(text: str) -> Iterable[tuple[int, list[str]]]:
    """Yield the number and the cells of every line that isn't blank."""
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",", strict=True)
    try:
        for cells in reader:
            if reader.line_num > MOST_LINES:
                raise CsvRefused(f"Het bestand is te lang: hooguit {MOST_LINES} regels.")
            if any(cell.strip() for cell in cells):
                yield reader.line_num, [cell.strip(" ") for cell in cells]
    except csv.Error as error:
        raise CsvRefused(f"Regel {reader.line_num}: de aanhalingstekens of kolommen kloppen niet.") from error


def _check_head(cells: list[str]) -> None:
    found = [cell.casefold() for cell in cells]
    if tuple(found) != COLUMNS:
        raise CsvRefused(f"Regel 1: de eerste regel moet precies deze kolommen noemen: {';'.join(COLUMNS)}")


def _row(cells: list[str]) -> tuple[str, Row]:
    if len(cells) != len(COLUMNS):
        raise _Wrong(f"er staan {len(cells)} kolommen in plaats van {len(COLUMNS)}")
    cell = dict(zip(COLUMNS, cells, strict=True))
    for name, text in cell.items():
        if text.startswith(FORMULA):
            raise _Wrong(f"‘{name}’ begint met ‘{text[0]}’; dat leest een rekenblad als formule")
    if not _KEY.fullmatch(cell["voedingsstof"]) or len(cell["voedingsstof"]) > 60:
        raise _Wrong("‘voedingsstof’ moet een sleutel zijn van kleine letters, cijfers en streepjes, zoals vitamine-d")
    try:
        row = Row(
            kind=_choice(Kind, cell, "soort"),
            sex=_choice(Sex, cell, "geslacht"),
            state=_choice(State, cell, "situatie"),
            months_from=_months(cell, "vanaf_maanden"),
            months_to=_months(cell, "tot_maanden") if cell["tot_maanden"] else None,
            amount=read_amount(cell["hoeveelheid"]),
            unit=_unit(cell["eenheid"]),
            only_supplements=_yes(cell["alleen_supplementen"]),
            source=cell["bron"],
            locator=cell["vindplaats"],
        )
        check_row(row)
    except RowWrong as error:
        raise _Wrong(str(error)) from error
    return cell["voedingsstof"], row


def _choice(choices, cell: dict, name: str):
    for choice in choices:
        if cell[name].casefold() == choice.label.casefold():
            return choice
    raise _Wrong(f"‘{cell[name][:40]}’ kan niet bij ‘{name}’; kies uit {', '.join(choices.labels)}")


def _months(cell: dict, name: str) -> int:
    text = cell[name]
    if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) > OLDEST:
        raise _Wrong(f"‘{name}’ moet een heel aantal maanden zijn, van 0 tot en met {OLDEST}, en niet ‘{text[:40]}’")
    return int(text)


def _unit(text: str) -> Unit:
    plain = text.replace("\u03bc", "µ").replace("ug", "µg").replace("mcg", "µg")  # the Greek letter looks the same
    if plain not in Unit.values:
        raise _Wrong(f"‘{text[:40]}’ kan niet bij ‘eenheid’; kies uit {', '.join(Unit.values)}")
    return Unit(plain)


def _yes(text: str) -> bool:
    if text.casefold() not in ("", "ja", "nee"):
        raise _Wrong(f"‘{text[:40]}’ kan niet bij ‘alleen_supplementen’; schrijf ja of laat leeg")
    return text.casefold() == "ja"
