"""What a reader's browser holds while their request is open: a signed pass for one link, good for half an hour. Pure.

The pass names a link and no person. It ends with its link: whoever reads it looks the link up every time.
"""

from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer

COOKIE = "advies"
LASTS = timedelta(minutes=30)
_PASS = Signer(salt="advice.reader-pass")
_DOOR = Signer(salt="advice.reader-door")


def make_pass(link_id: int, *, now: datetime) -> str:
    return _PASS.sign(f"{link_id}.{int(now.timestamp())}")


def read_pass(value: str, *, now: datetime) -> int | None:
    """Return the link that a pass is for; None when it is not ours or has ended."""
    try:
        link_id, _, moment = _PASS.unsign(value).partition(".")
        made = datetime.fromtimestamp(int(moment), UTC)
        return int(link_id) if now - made < LASTS else None
    except (BadSignature, ValueError, OverflowError, OSError):
        return None


def make_door(link_id: int) -> str:
    """Return what the forms of a request carry: proof that they are ours, and the way back in when the pass has ended.

    By itself it opens no more than the link does: the e-mail address is still asked for.
    """
    return _DOOR.sign(str(link_id))


def read_door(value: str) -> int | None:
    """Return the link that a form belongs to; None when the form is not ours."""
    try:
        return int(_DOOR.unsign(value))
    except (BadSignature, ValueError):
        return None
