"""What the import commands share: reading a file, and saying in Dutch what happened."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from references.transfer import ImportReport, read_json


def read_file(path: Path) -> Any:
    """Return the JSON in a file. Raises CommandError with what is wrong."""
    try:
        return read_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"Kan {path} niet lezen: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is geen UTF-8-tekst (byte {error.start}).") from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{path} is geen geldige JSON: {error}.") from error


def describe(report: ImportReport) -> str:
    """Return the counts of an import as one line, and the keys that were left alone as a second."""
    counts = (
        f"{len(report.created)} nieuw, {len(report.updated)} bijgewerkt, {len(report.unchanged)} ongewijzigd, "
        f"{len(report.skipped)} overgeslagen"
    )
    if not report.skipped:
        return counts
    return f"{counts}\n  Overgeslagen, want door iemand aangepast (--overwrite-edited vervangt ze): {', '.join(report.skipped)}"
