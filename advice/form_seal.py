"""When a form was opened, signed so that nobody can make it up. Pure.

It never expires: whoever takes three days to write a question loses nothing. A seal that isn't ours says nothing more than that.
"""

import uuid
from datetime import UTC, datetime

from django.core.signing import BadSignature, Signer

_SIGNER = Signer(salt="advice.form")


def seal(submission_id: uuid.UUID, *, now: datetime) -> str:
    """Return a text that tells `seconds_open` that the form with this number was opened now."""
    return _SIGNER.sign(f"{submission_id}:{int(now.timestamp())}")


def seconds_open(sealed: str, submission_id: uuid.UUID, *, now: datetime) -> float | None:
    """Return how long ago the form was opened, or None when the seal is broken or belongs to another form."""
    try:
        number, _, moment = _SIGNER.unsign(sealed).rpartition(":")
        opened = datetime.fromtimestamp(int(moment), UTC)
    except (BadSignature, ValueError, OverflowError, OSError):
        return None
    return (now - opened).total_seconds() if number == str(submission_id) else None
