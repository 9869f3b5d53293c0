"""What is left of an erased request: that there was one, as a keyed digest of its reference.

It stands in the database and in a file beside it. The file is what survives when an older backup is put back: with it, what had
been erased is erased again (`manage.py replay_erasures`). Without the secret key nobody can tell from either what was erased.
"""

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.crypto import salted_hmac

from advice import append_only
from advice.models import Tombstone

NAME = "erased-requests"
LOOK_BACK = timedelta(days=7)  # how far a crash between database and file may lie back when it is made good
_SALT = "advice.tombstone"


@dataclass(frozen=True)
class Erased:
    """A line of the file."""

    digest: str
    at: datetime
    because: str

    def __str__(self) -> str:
        return f"{self.digest} {self.at.astimezone(UTC).isoformat(timespec='seconds')} {self.because}"


def erased_file() -> Path:
    return settings.VAR_DIR / NAME


def digest_of(reference: str) -> str:
    """Return the digest that stands for `reference`. 64 hexadecimal digits."""
    return _keyed(reference, settings.SECRET_KEY)


def was_erased(reference: str) -> bool:
    """Whether there was a request with this reference, and it was erased. Mail to it must not bring it back."""
    return Tombstone.objects.filter(digest__in=_digests(reference)).exists()


def write_down(tombstone: Tombstone) -> None:
    """Add a line to the file. Call it when the transaction has ended well."""
    append_only.append(erased_file(), str(_line(tombstone)))


def complete_file(now: datetime) -> int:
    """Add what a crash kept out of the file, or all of it when the file is gone, and return how many lines that took."""
    rows = Tombstone.objects.order_by("erased_at")
    if erased_file().exists():
        rows = rows.filter(erased_at__gt=now - LOOK_BACK)
    missing = {row.digest: str(_line(row)) for row in rows.iterator()}
    for erased in read_file():
        missing.pop(erased.digest, None)
    if missing:
        append_only.append(erased_file(), *missing.values())
    return len(missing)


def read_file() -> Iterator[Erased]:
    """Yield what the file says was erased, oldest first. Half a line, of a crash, is passed over."""
    for line in append_only.read_lines(erased_file()):
        digest, _, rest = line.partition(" ")
        at, _, because = rest.partition(" ")
        try:
            yield Erased(digest, datetime.fromisoformat(at), because)
        except ValueError:
            continue


def find_erased(references: Iterable[str], known: Container[str]) -> list[str]:
    """Return those of `references` of which a digest is among `known`."""
    return [reference for reference in references if any(digest in known for digest in _digests(reference))]


def put_back(lines: Iterable[Erased]) -> None:
    """Let the database know again what it had forgotten, also of requests that it doesn't have."""
    rows = [Tombstone(digest=line.digest, erased_at=line.at, because=line.because[:40]) for line in lines]
    Tombstone.objects.bulk_create(rows, batch_size=1_000, ignore_conflicts=True)


def _line(tombstone: Tombstone) -> Erased:
    return Erased(tombstone.digest, tombstone.erased_at, tombstone.because)


def _digests(reference: str) -> list[str]:
    """Return the digests under the secret key of now and those that it replaced."""
    return [_keyed(reference, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


def _keyed(reference: str, key: str) -> str:
    return salted_hmac(_SALT, reference, secret=key, algorithm="sha256").hexdigest()
