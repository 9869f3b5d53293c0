"""What allauth leaves to the site: whose guesses count together, how recent is recent, and what is said in which words."""

import time
import unicodedata
from datetime import UTC, datetime

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context, ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from qrcode import make as make_qr_code
from qrcode.image.svg import SvgPathImage

from magsite.client_address import network_key
from magsite.staff import secrets
from magsite.staff.factors import has_second_factor

WRONG_CODE = "Deze code klopt niet, of is al gebruikt. Wacht tot je app een nieuwe code toont en vul die in."
TOO_OFTEN = "Dit is te vaak misgegaan. Wacht vijf minuten en probeer het dan opnieuw, of meld je aan met een passkey."
METHODS = {
    "reauthenticate": "Met je wachtwoord",
    "mfa_reauthenticate": "Met een code uit je app of een herstelcode",
    "mfa_reauthenticate:webauthn": "Met een passkey",
}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in with a password.

    Wrong guesses are counted per network, and per account and network: nobody can lock out somebody elsewhere. Once an account was
    guessed at very often, from wherever, a network gets two more tries at it instead of five. So a person with the right password
    gets in from a network that didn't guess, and with a passkey from everywhere. The limits are in settings.ACCOUNT_RATE_LIMITS.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar. Let op hoofdletters en probeer "
        "het opnieuw.",
        "incorrect_password": "Dit is niet je wachtwoord. Let op hoofdletters en probeer het opnieuw.",
        "incorrect_code": WRONG_CODE,
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return a name for the visitor's network: the limits need no address, so none is kept."""
        return network_key(request, datetime.now(UTC).date())

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        super().pre_authenticate(request, **credentials)
        if ratelimit.consume(request, action="account_guesses", key=account_key(credentials)):
            return
        account_here = self._get_login_attempts_cache_key(request, **credentials)
        if not ratelimit.consume(request, action="busy_account_guesses", key=account_here):
            raise self.validation_error("too_many_login_attempts")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials) -> str:
        """allauth counts the guesses at an account under this key; with only the account in it anybody could lock it."""
        return f"{account_key(credentials)}:{self.get_client_ip(request)}"

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Whoever signed in a moment ago did just what would be asked."""
        user = context.request.user
        needed = "mfa" if has_second_factor(user) else "password"
        records = get_authentication_records(context.request, user)
        moments = [record["at"] for record in records if record["method"] == needed]
        return time.time() - max(moments, default=0) >= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: User) -> list[dict]:
        """Who has a second factor confirms with that, passkeys first without an app: a password alone must not change factors."""
        methods = [method | {"description": METHODS[method["id"]]} for method in super().get_reauthentication_methods(user)]
        types = set(Authenticator.objects.filter(user_id=user.pk).values_list("type", flat=True)) if methods else set()
        if types & {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}:
            methods = [method for method in methods if method["id"] != "reauthenticate"]
        return methods if Authenticator.Type.TOTP in types else methods[::-1]


class MFAAdapter(DefaultMFAAdapter):
    """The second factor: its names, and its secrets."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "Deze tweede factor kan niet weg.",
        "cannot_generate_recovery_codes": "Herstelcodes horen bij een tweede factor. Stel eerst een app of een passkey in.",
    }

    def get_totp_label(self, user: User) -> str:
        return user.get_username()

    def build_totp_svg(self, url: str) -> str:
        """Return the QR code as SVG to put in a page: our policy refuses images with the data in their address."""
        return make_qr_code(url, image_factory=SvgPathImage, border=0).to_string(encoding="unicode")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": settings.SITE_NAME}

    def get_public_key_credential_user_entity(self, user: User) -> dict:
        names = {"name": user.get_username(), "display_name": user.get_full_name() or user.get_username()}
        return super().get_public_key_credential_user_entity(user) | names

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Passkey {count + 1}" if count else "Passkey"

    def encrypt(self, text: str) -> str:
        return secrets.close(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.disclose(encrypted_text)


def account_key(credentials: dict) -> str:
    """Return under what guesses at an account are counted. Not the name itself: people type a password in the wrong box."""
    return salted_hmac("magsite.staff.account", fold(credentials.get("username", "")), algorithm="sha256").hexdigest()


def fold(username: str) -> str:
    """Return one form for all ways to write a name that may lead to the same account."""
    return unicodedata.normalize("NFKC", username).upper().casefold()
