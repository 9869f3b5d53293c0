"""Findings: what an editor should look at, with the place to do it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True)
class Finding:
    """A remark on one place.

    `field` is the name of the form field, `heading` where that is in words, `line` counts from 1 (0: the whole field).
    `accepted` is the reason for which an editor left a warning standing, `accepted_by` the name of that editor.
    """

    code: str
    level: Level
    message: str
    field: str = ""
    heading: str = ""
    line: int = 0
    accepted: str = ""
    accepted_by: str = ""
