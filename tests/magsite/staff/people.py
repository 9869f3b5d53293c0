"""Somebody with a password and an authenticator app, and the codes that such an app shows: RFC 6238, written once more."""

import base64
import hmac
import struct
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import User

PASSWORD = "een-lang-wachtwoord"  # what tests.factories.make_user gives everybody
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def code_of(secret: str = SECRET, *, steps: int = 0) -> str:
    """Return what an app shows now, or so many half minutes later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def give_app(user: User) -> Authenticator:
    return TOTP.activate(user, SECRET).instance


def give_recovery_codes(user: User) -> list[str]:
    return RecoveryCodes.activate(user).generate_codes()


def sign_in(client, username: str = "adviseur", password: str = PASSWORD, *, peer: str = HOME, **fields):
    return client.post("/beheer/login/", {"username": username, "password": password, **fields}, REMOTE_ADDR=peer)


def give_code(client, code: str, *, peer: str = HOME):
    return client.post("/beheer/login/code/", {"code": code}, REMOTE_ADDR=peer)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session
