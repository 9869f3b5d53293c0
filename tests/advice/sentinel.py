"""Markers that look like what people write, and every place where the site could have kept one.

A marker is sought as it is, in any case, and as base64, hexadecimal and in a query string, for that is how things hide.
"""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection

Place = tuple[str, str]  # a table and a column


@dataclass(frozen=True)
class Marker:
    """A text that occurs nowhere else. `allowed` are the columns in which it has to be as long as its request is there."""

    text: str
    allowed: frozenset[Place] = field(default=frozenset())

    @property
    def disguises(self) -> tuple[bytes, ...]:
        raw = self.text.encode()
        return (raw.lower(), raw.hex().encode(), quote(self.text).lower().encode())

    @property
    def in_base64(self) -> tuple[bytes, ...]:
        """Return what stands in a text in base64, wherever in it the marker begins; without the edges that its neighbours share."""
        raw = self.text.encode()
        return tuple(base64.b64encode(bytes(start) + raw)[4 if start else 0 : -4] for start in range(3))

    def is_in(self, blob: bytes) -> bool:
        lower = blob.lower()
        plain = blob.translate(bytes.maketrans(b"-_", b"+/"))
        return any(disguise in lower for disguise in self.disguises) or any(disguise in plain for disguise in self.in_base64)


def markers_in(blob: bytes | str, markers: Iterable[Marker]) -> set[str]:
    raw = blob.encode() if isinstance(blob, str) else bytes(blob)
    return {marker.text for marker in markers if marker.is_in(raw)}


def find_in_tables(markers: Iterable[Marker]) -> dict[str, set[Place]]:
    """Return for every marker the columns that hold it: of all tables, those behind an index of words included."""
    markers, found = tuple(markers), {}
    for place, value in _values():
        for text in markers_in(value, markers):
            found.setdefault(text, set()).add(place)
    return found


def find_in_sessions(markers: Iterable[Marker]) -> set[str]:
    """Look into sessions as the site reads them: in their table they are compressed."""
    decoded = [SessionStore(session.session_key).load() for session in Session.objects.all()]
    return markers_in(json.dumps(decoded, default=str), tuple(markers))


def find_in_files(folder: Path, markers: Iterable[Marker]) -> dict[str, set[str]]:
    """Return what each file under `folder` holds, by its name; names are looked at too."""
    markers = tuple(markers)
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    found = {path.name: markers_in(path.read_bytes() + path.name.encode(), markers) for path in files}
    return {name: texts for name, texts in found.items() if texts}


def _values() -> Iterator[tuple[Place, bytes]]:
    with connection.cursor() as cursor:
        for table in _tables(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    if value is not None:
                        yield (table, column), _as_bytes(value)


def _tables(cursor) -> list[str]:
    if connection.vendor != "sqlite":
        return connection.introspection.table_names(cursor)
    return [name for (name,) in cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]


def _as_bytes(value: object) -> bytes:
    if isinstance(value, (bytes, bytearray, memoryview)):
        return bytes(value)
    return (value if isinstance(value, str) else json.dumps(value, default=str, ensure_ascii=False)).encode()
