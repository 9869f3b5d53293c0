"""Writing a table down. Articles print these rows: change them through `articles.intake_tables`, which publishes those anew."""

from collections.abc import Iterable

from django.db import transaction

from intake.difference import Change, difference
from intake.findings import check_table
from intake.models import IntakeValue, Nutrient
from intake.table import Row, Table, Unit, in_order
from references.models import Reference


class TableRefused(ValueError):
    """A table can't be what it would become. `messages` say why, in Dutch."""

    def __init__(self, *messages: str):
        super().__init__(" ".join(messages))
        self.messages = messages


@transaction.atomic
def store_rows(nutrient: Nutrient, rows: Iterable[Row]) -> tuple[Change, ...]:
    """Make `rows` all rows of a nutrient and return what changed; a nutrient that is new is saved too.

    Raises TableRefused when the table would have findings or a source doesn't exist; then nothing is stored.
    """
    table = Table(nutrient.key, nutrient.name, Unit(nutrient.unit), in_order(rows))
    if findings := check_table(table):
        raise TableRefused(*(finding.message for finding in findings))
    sources = Reference.objects.by_key(row.source for row in table.rows)
    if missing := sorted({row.source for row in table.rows} - set(sources)):
        raise TableRefused(f"Deze bron bestaat niet: {', '.join(missing)}. Voeg haar eerst toe.")
    if nutrient.pk is None:
        nutrient.save()
    changes = difference(nutrient.table().rows, table.rows)
    if changes:
        nutrient.values.all().delete()
        IntakeValue.objects.bulk_create(_value(nutrient, row, sources) for row in table.rows)
        getattr(nutrient, "_prefetched_objects_cache", {}).clear()
    return changes


def _value(nutrient: Nutrient, row: Row, sources: dict[str, Reference]) -> IntakeValue:
    values = {name: value for name, value in vars(row).items() if name != "source"}
    return IntakeValue(nutrient=nutrient, source=sources[row.source], **values)
