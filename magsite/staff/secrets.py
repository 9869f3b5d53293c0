"""Secrets of second factors, closed in the database: a copy of it, such as a backup, makes no codes."""

import base64
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)


def close(secret: str) -> str:
    return make_cipher().encrypt(secret.encode()).decode()


def disclose(closed: str) -> str:
    """Return the secret; one that nobody knows when it can't be opened, so that no code fits it."""
    try:
        return make_cipher().decrypt(closed.encode()).decode()
    except InvalidToken:
        logger.error("A second factor was made under another SECRET_KEY: no code fits it. See docs/deployment.md.")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def make_cipher() -> MultiFernet:
    """Encrypt with SECRET_KEY; decrypt with that or with an earlier one from SECRET_KEY_FALLBACKS."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac("magsite.staff.secrets", "", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
