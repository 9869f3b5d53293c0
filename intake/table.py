"""How much of a nutrient a group needs, as plain data: what articles print and calculators read. No database."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices

MONTHS_IN_A_YEAR = 12
OLDEST = 120 * MONTHS_IN_A_YEAR  # months; a group that ends later is "and older"


class Kind(TextChoices):
    """ADH: what most healthy people of a group need in a day. RI: the one value for labels. UL: what is still safe every day."""

    ADH = "adh", "ADH"
    RI = "ri", "RI"
    UL = "ul", "UL"


class Sex(TextChoices):
    ANY = "any", "iedereen"
    MALE = "male", "man"
    FEMALE = "female", "vrouw"


class State(TextChoices):
    NONE = "none", "geen"
    PREGNANT = "pregnant", "zwanger"
    BREASTFEEDING = "breastfeeding", "borstvoeding"


class Unit(TextChoices):
    MG = "mg", "milligram"
    UG = "µg", "microgram"
    G = "g", "gram"


@dataclass(frozen=True)
class Row:
    """What one group needs in a day. Ages are in months: `months_from` counts, `months_to` doesn't; None is "and older".

    `source` is the key of a reference, "" when there is none. `only_supplements`: the value (a UL) doesn't count food.
    """

    kind: Kind
    months_from: int
    months_to: int | None
    amount: Decimal
    unit: Unit = Unit.MG
    sex: Sex = Sex.ANY
    state: State = State.NONE
    source: str = ""
    locator: str = ""
    only_supplements: bool = False

    @property
    def group(self) -> tuple[Kind, State, Sex, int, int | None]:
        """Whom the value is for. Two rows of one nutrient with the same group are the same row."""
        return self.kind, self.state, self.sex, self.months_from, self.months_to

    @property
    def order(self) -> tuple[int, int, int, int, int]:
        """The place of the row in a table: by kind, then children, men, women, pregnant, breastfeeding, then by age."""
        places = [list(type(value)).index(value) for value in (self.kind, self.state, self.sex)]
        return *places, self.months_from, self.end

    @property
    def end(self) -> int:
        """The first month that is not this group's any more; for "and older" later than any age."""
        return OLDEST * 2 if self.months_to is None else self.months_to

    def holds(self, months: int) -> bool:
        """Tell whether somebody of this age in months is in the group, as far as age goes."""
        return self.months_from <= months < self.end


@dataclass(frozen=True)
class Table:
    """All rows of one nutrient. `key` is how texts name it, `name` how people do."""

    key: str
    name: str
    unit: Unit
    rows: tuple[Row, ...] = ()

    def of(self, kind: Kind) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.kind == kind)


def in_order(rows: Iterable[Row]) -> tuple[Row, ...]:
    return tuple(sorted(rows, key=lambda row: row.order))
