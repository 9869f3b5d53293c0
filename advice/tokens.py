"""Signed texts that go to a reader's browser and come back, so that nobody makes them up. They name numbers, never a person. Pure.

- The seal of a form tells when it was opened. It never expires: whoever takes three days to write a question loses nothing.
- A pass, in a cookie, lets a reader see the request of one link for half an hour. It ends with its link: that is looked up.
- A door, in the forms of a request, proves that a form is ours, and is the way back in when the pass has ended. By itself it opens
  no more than the link does: the e-mail address is asked for again.
- A receipt, in an address, shows a reference for a day.
"""

import uuid
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer

COOKIE = "advies"
PASS_LASTS = timedelta(minutes=30)
RECEIPT_LASTS = timedelta(days=1)


def make_seal(submission_id: uuid.UUID, *, now: datetime) -> str:
    return _sign("form", str(submission_id), now)


def seconds_open(seal: str, submission_id: uuid.UUID, *, now: datetime) -> float | None:
    """Return how long ago the form with this number was opened; None when the seal is broken or belongs to another form."""
    number, made = _read("form", seal)
    return (now - made).total_seconds() if made and number == str(submission_id) else None


def make_pass(link_id: int, *, now: datetime) -> str:
    return _sign("pass", str(link_id), now)


def read_pass(value: str, *, now: datetime) -> int | None:
    """Return the link that a pass is for; None when it is not ours or has ended."""
    link_id, made = _read("pass", value)
    return int(link_id) if made and now - made < PASS_LASTS else None


def make_door(link_id: int, *, now: datetime) -> str:
    return _sign("door", str(link_id), now)


def read_door(value: str) -> int | None:
    """Return the link that a form belongs to; None when the form is not ours."""
    link_id, made = _read("door", value)
    return int(link_id) if made else None


def make_receipt(reference: str, *, now: datetime) -> str:
    return _sign("receipt", reference, now)


def read_receipt(token: str, *, now: datetime) -> str | None:
    """Return the reference; None when the token is not ours or older than a day."""
    reference, made = _read("receipt", token)
    return reference if made and now - made < RECEIPT_LASTS else None


def _sign(kind: str, text: str, now: datetime) -> str:
    return Signer(salt=f"advice.{kind}").sign(f"{text}.{int(now.timestamp())}")


def _read(kind: str, value: str) -> tuple[str, datetime | None]:
    """Return a text and when it was signed; no moment when it was not signed by us, as this kind."""
    try:
        text, _, moment = Signer(salt=f"advice.{kind}").unsign(value).rpartition(".")
        return text, datetime.fromtimestamp(int(moment), UTC)
    except BadSignature:
        return "", None
