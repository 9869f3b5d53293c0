"""What every database this site runs on can hold. Pure."""

import math
import re
from collections.abc import Mapping
from typing import Any

DEEPEST = 50  # levels of objects and lists; SQLite refuses JSON from 1,000 on
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class RecordError(ValueError):
    """A record that can't be taken in: which one, which field, and why. In Dutch, for whoever imports it."""

    def __init__(self, record: str, field: str, reason: str):
        super().__init__(f"In ‘{record}’, veld ‘{field}’: {reason}")
        self.record, self.field, self.reason = record, field, reason


def check_storable(value: Any, record: str, field: str, depth: int = 0) -> None:
    """Raise RecordError for what JSON or a database can't hold: NUL, half a surrogate pair, NaN, values that are no JSON."""
    if depth > DEEPEST:
        raise RecordError(record, field, f"bevat meer dan {DEEPEST} niveaus van lijsten en objecten.")
    if isinstance(value, Mapping):
        for name, part in value.items():
            check_storable(name, record, field, depth + 1)
            check_storable(part, record, field, depth + 1)
    elif isinstance(value, list):
        for part in value:
            check_storable(part, record, field, depth + 1)
    elif isinstance(value, str) and _UNSTORABLE.search(value):
        raise RecordError(record, field, "bevat een teken dat niet kan worden opgeslagen.")
    elif isinstance(value, float) and not math.isfinite(value):
        raise RecordError(record, field, "bevat een getal dat niet kan worden opgeslagen.")
    elif value is not None and not isinstance(value, str | bool | int | float):
        raise RecordError(record, field, "bevat een waarde die geen JSON is.")
