"""The address of a receipt: the reference, signed, so that nobody makes receipts up. It shows for a day. Pure."""

from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer

SHOWN = timedelta(days=1)
_SIGNER = Signer(salt="advice.receipt")


def make_token(reference: str, *, now: datetime) -> str:
    return _SIGNER.sign(f"{reference}.{int(now.timestamp())}")


def read_token(token: str, *, now: datetime) -> str | None:
    """Return the reference; None when the token is not ours or older than a day."""
    try:
        reference, _, moment = _SIGNER.unsign(token).rpartition(".")
        made = datetime.fromtimestamp(int(moment), UTC)
    except (BadSignature, ValueError, OverflowError, OSError):
        return None
    return reference if now - made < SHOWN else None
