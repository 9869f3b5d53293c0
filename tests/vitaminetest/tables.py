"""A small intake table: children, men, women, and women who are pregnant or breastfeeding."""

from decimal import Decimal

from intake.table import Kind, Row, Sex, State, Table, Unit, in_order

SOURCE = "voedingscentrum-magnesium"
GROUPS = (
    (6, 12, 80, Sex.ANY, State.NONE),
    (12, 168, 280, Sex.ANY, State.NONE),
    (168, None, 350, Sex.MALE, State.NONE),
    (168, 216, 290, Sex.FEMALE, State.NONE),
    (216, None, 300, Sex.FEMALE, State.NONE),
    (0, None, 310, Sex.FEMALE, State.PREGNANT),
    (0, None, 280, Sex.FEMALE, State.BREASTFEEDING),
)


def table() -> Table:
    rows = [
        Row(Kind.ADH, low, high, Decimal(amount), sex=sex, state=state, source=SOURCE) for low, high, amount, sex, state in GROUPS
    ]
    return Table("magnesium", "magnesium", Unit.MG, in_order([*rows, Row(Kind.UL, 0, None, Decimal(250))]))
