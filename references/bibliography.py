"""A CSL-JSON record as a line of the bibliography."""

from collections.abc import Mapping
from html import escape


def format_entry(record: Mapping) -> str:
    return escape(format_text(record))


def format_text(record: Mapping) -> str:
    return f"{short_label(record)}. {record.get('title', '')}"


def short_label(record: Mapping, *, others: str = "et al.", brackets: bool = False) -> str:
    return str(record.get("id", ""))
