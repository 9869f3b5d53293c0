"""What a single row may say, wherever it comes from: the rules of the database, and of the text that a row becomes. Pure."""

import re
from decimal import Decimal

from intake.table import Row, Sex, State
from references.citations import is_key

LONGEST_KEY, LONGEST_LOCATOR = 100, 120
FORMULA = ("=", "+", "-", "@", "\t")  # what a spreadsheet takes for the beginning of a formula
_AMOUNT = re.compile(r"[0-9]{1,7}(?:,[0-9]{1,3}|\.[0-9]{1,2})?")  # 1.500 may be meant as 1500
_NOT_IN_A_CITATION = re.compile(r"[\[\];@|\\`\n\r]")


class RowWrong(ValueError):
    """A row can't be. The message is a Dutch clause; `field` is what it is about."""

    def __init__(self, field: str, message: str):
        super().__init__(message)
        self.field = field


def check_row(row: Row) -> None:
    """Raise RowWrong when a row can't be."""
    if row.months_to is not None and row.months_from >= row.months_to:
        raise RowWrong("months_to", "de leeftijd loopt niet op: ‘tot’ telt zelf niet mee en moet hoger zijn dan ‘vanaf’")
    if row.state != State.NONE and row.sex != Sex.FEMALE:
        raise RowWrong("sex", f"bij de situatie ‘{row.state.label}’ hoort het geslacht ‘vrouw’")
    if row.amount <= 0:
        raise RowWrong("amount", "de hoeveelheid moet hoger zijn dan 0")
    if row.source and not (is_key(row.source) and len(row.source) <= LONGEST_KEY):
        raise RowWrong("source", f"‘{row.source[:60]}’ is geen sleutel van een bron, zoals jansen2020")
    if len(row.locator) > LONGEST_LOCATOR or _NOT_IN_A_CITATION.search(row.locator) or row.locator.startswith(FORMULA):
        message = f"de vindplaats mag hooguit {LONGEST_LOCATOR} tekens hebben, zonder haken, puntkomma of @; bijvoorbeeld p. 3"
        raise RowWrong("locator", message)


def read_amount(text: str) -> Decimal:
    """Return a typed amount. Raises RowWrong."""
    if not _AMOUNT.fullmatch(text):
        raise RowWrong(
            "amount",
            f"‘{text[:40]}’ is geen hoeveelheid; schrijf een getal als 1500 of 1,25: met een komma, zonder punt voor duizend",
        )
    return Decimal(text.replace(",", ".")).normalize()


def write_amount(amount: Decimal) -> str:
    """Return an amount as `read_amount` reads it and a Dutch spreadsheet shows it: a decimal comma, nothing for thousands."""
    plain = f"{amount:f}".replace(".", ",")
    return plain.rstrip("0").rstrip(",") if "," in plain else plain
