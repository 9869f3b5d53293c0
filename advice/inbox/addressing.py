"""An address for every request: advies+k7md3qxa<code>@example.org. The code is a keyed digest, so nobody can guess one."""

import base64
import hmac
import re

from django.conf import settings
from django.utils.crypto import salted_hmac

from advice.models import AdviceRequest

_SALT = "advice.reply-address"
_CODE = re.compile(r"([0-9a-z]{8})([a-z2-7]{16})")


def is_on() -> bool:
    """Whether a mailbox is read."""
    return bool(settings.INBOX_URL)


def reply_addresses(request: AdviceRequest) -> tuple[str, ...]:
    """Return the addresses at which a reader may answer a mail about `request`; none while no mailbox is read."""
    return (reply_address(request),) if is_on() and settings.INBOX_ADDRESS else ()


def reply_address(request: AdviceRequest) -> str:
    """Return the address that leads to `request`, at settings.INBOX_ADDRESS."""
    local, _, domain = settings.INBOX_ADDRESS.rpartition("@")
    name = request.reference.replace("-", "").lower()
    return f"{local}+{name}{_code(name, settings.SECRET_KEY)}@{domain}"


def reference_of(address: str) -> str:
    """Return the reference of the request that an address leads to, erased or not; "" when `reply_address` never made it."""
    own_local, _, own_domain = settings.INBOX_ADDRESS.lower().rpartition("@")
    local, _, domain = address.strip().lower().rpartition("@")
    base, _, code = local.rpartition("+")
    match = _CODE.fullmatch(code)
    if not (match and own_local and (base, domain) == (own_local, own_domain)):
        return ""
    name, given = match.groups()
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(hmac.compare_digest(_code(name, key), given) for key in keys):
        return ""
    return f"{name[:4]}-{name[4:]}".upper()


def is_own(address: str) -> bool:
    """Return whether mail from or to `address` is our own: a mailbox of this desk, whatever stands behind its plus."""
    own = (
        settings.INBOX_ADDRESS,
        settings.PUBLISHER_EMAIL,
        getattr(settings, "MAIL_FROM", ""),
        getattr(settings, "MAIL_ARCHIVE", ""),
    )
    return _without_plus(address) in {_without_plus(each) for each in own if each}


def _without_plus(address: str) -> str:
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def _code(name: str, key: str) -> str:
    """Return 80 bits in letters and digits that survive being written in capitals."""
    digest = salted_hmac(_SALT, name, secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest[:10]).decode().lower()
