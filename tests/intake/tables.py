"""Tables that several tests use. Rows are short to write: age in months, amount."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import intake
from intake import csv_file
from intake.models import Nutrient
from intake.storing import store_rows
from intake.table import Kind, Row, Sex, State, Table, Unit, in_order
from tests.factories import make_reference

FILE = Path(intake.__file__).parent / "content" / "magnesium.csv"
SOURCE = "voedingscentrum-magnesium"
TYPED = """| Categorie | Leeftijd | ADH magnesium (in milligram per dag) |
| --- | --- | ---: |
| Kinderen | 6-11 maanden | 80 |
|  | 12-23 maanden | 85 |
|  | 2-5 jaar | 120 |
|  | 6-9 jaar | 200 |
|  | 10-13 jaar | 280 |
| Mannen | 14 jaar en ouder | 350 |
| Vrouwen | 14-17 jaar | 280 |
|  | 18 jaar en ouder | 300 |
| Vrouwen die zwanger zijn |  | 300 |
| Vrouwen die borstvoeding geven |  | 280 |
: Aanbevolen dagelijkse hoeveelheid magnesium, per groep en leeftijd"""


def row(months_from: int, months_to: int | None, amount: str | int, **fields) -> Row:
    return Row(Kind.ADH, months_from, months_to, Decimal(amount), **{"source": SOURCE} | fields)


def magnesium() -> Table:
    """The table that comes with the project."""
    return Table("magnesium", "magnesium", Unit.MG, csv_file.load(FILE.read_bytes()).rows["magnesium"])


def table(*rows: Row) -> Table:
    return Table("water", "water", Unit.MG, in_order(rows))


def with_amount(rows: tuple[Row, ...], group: Row, amount: str) -> tuple[Row, ...]:
    """Return the rows with another amount for the group of `group`."""
    return tuple(replace(one, amount=Decimal(amount)) if one.group == group.group else one for one in rows)


def make_magnesium() -> Nutrient:
    """Store the table that comes with the project, and its source."""
    make_reference(SOURCE)
    nutrient = Nutrient(key="magnesium", name="magnesium")
    store_rows(nutrient, magnesium().rows)
    return nutrient


WOMEN = row(216, None, 300, sex=Sex.FEMALE)
PREGNANT = row(0, None, 300, sex=Sex.FEMALE, state=State.PREGNANT)
