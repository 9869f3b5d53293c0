"""Message-IDs that can be told from anybody else's: <number.mark@domain>, where the mark is a keyed digest of the number.

So a reply to a mail whose request was erased is known for what it is, although nothing is left to look it up in. Somebody else's
mail that happens to come from the same domain never is.
"""

import hmac
import re
import time
import uuid

from django.conf import settings
from django.utils.crypto import salted_hmac

_SALT = "advice.message-id"
_OURS = re.compile(r"<?([0-9a-f]{32})\.([0-9a-f]{16})@[^@<>\s]{1,200}>?", re.IGNORECASE)


def make_message_id() -> str:
    """Return a Message-ID, in angle brackets, that no other mail has.

    It begins with the time (as RFC 9562 does, version 7): the mail has that in its head anyway, and an index that grows at its end
    costs half of one that grows everywhere.
    """
    number = f"{time.time_ns() // 1_000_000:012x}{uuid.uuid4().hex[12:]}"
    return f"<{number}.{_mark(number, settings.SECRET_KEY)}@{settings.MAIL_DOMAIN}>"


def is_ours(message_id: str) -> bool:
    """Return whether this site made a Message-ID; the brackets may be missing. Its domain may have changed since."""
    if not (match := _OURS.fullmatch(message_id)):
        return False
    number, mark = (part.lower() for part in match.groups())
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(_mark(number, key), mark) for key in keys)


def _mark(number: str, key: str) -> str:
    return salted_hmac(_SALT, number, secret=key, algorithm="sha256").hexdigest()[:16]
