"""allauth's forms in the words of the house."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError

PASSKEY_FAILED = "De passkey werkte niet. Probeer het opnieuw, of kies een andere manier."


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field, label in (("login", "Gebruikersnaam"), ("password", "Wachtwoord")):
            ask(self, field, label)
        self.fields["login"].widget.attrs |= {"autofocus": True, "autocapitalize": "none", "spellcheck": "false"}

    def add_prefix(self, field_name: str) -> str:
        """Call the name what Django calls it, so that password managers and scripts go on knowing the form."""
        return super().add_prefix("username" if field_name == "login" else field_name)


class ConfirmPasswordForm(ReauthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask(self, "password", "Wachtwoord", autofocus=True)


class CodeForm(AuthenticateForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask(self, "code", "Code", autofocus=True, inputmode="numeric")


class ConfirmCodeForm(ReauthenticateByCodeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask(self, "code", "Code", autofocus=True, inputmode="numeric")


class SetUpAppForm(ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask(self, "code", "Code uit je app", inputmode="numeric")

    @property
    def secret_groups(self) -> list[str]:
        """The secret in fours, for who has to type it over."""
        return [self.secret[start : start + 4] for start in range(0, len(self.secret), 4)]


class PasskeyWords:
    """What allauth says of a wrong signature is about codes, and nobody typed one here. What no browser sends is wrong as well."""

    def clean_credential(self):
        refuse_numbers(self.cleaned_data["credential"])
        with in_our_words():
            return super().clean_credential()


class SignInWithPasskeyForm(PasskeyWords, webauthn.LoginWebAuthnForm):
    pass


class PasskeyForm(PasskeyWords, webauthn.AuthenticateWebAuthnForm):
    pass


class ConfirmPasskeyForm(PasskeyWords, webauthn.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(webauthn.AddWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask(self, "name", "Naam", maxlength=60)
        self.fields["name"].help_text = "Zodat je hem herkent, zoals “Laptop” of “Blauwe sleutel”."
        self.fields["name"].max_length = 60
        self.fields["passwordless"].label = "Ook aanmelden zonder wachtwoord"
        self.fields["passwordless"].initial = True
        self.fields[
            "passwordless"
        ].help_text = "Je apparaat vraagt dan om je vinger, gezicht of pincode. Zet dit uit voor een sleutel die dat niet kan."

    def clean_credential(self) -> dict:
        refuse_numbers(self.cleaned_data["credential"])
        return self.cleaned_data["credential"]

    def clean(self) -> dict:
        with in_our_words():
            return super().clean()


class RenamePasskeyForm(webauthn.EditWebAuthnForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ask(self, "name", "Naam", maxlength=60)


def ask(form, name: str, label: str, **attributes) -> None:
    """Give a field its label, and no second one inside the box: a placeholder is gone once somebody types."""
    field = form.fields[name]
    field.label = label
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attributes


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turn what goes wrong with a passkey into one sentence; allauth and fido2 stumble in many ways over made-up ones."""
    try:
        yield
    except ValidationError as error:
        raise ValidationError(PASSKEY_FAILED if error.code == "incorrect_code" else error.messages) from error
    except (AttributeError, LookupError, OverflowError, TypeError, ValueError, struct.error) as error:
        raise ValidationError(PASSKEY_FAILED) from error


def refuse_numbers(credential: object) -> None:
    """Refuse a passkey with a number in it, which no browser sends by our script.

    Where fido2 expects bytes it calls bytes(): a number there makes it reserve that much memory, for a stranger.
    """
    if isinstance(credential, int | float) and not isinstance(credential, bool):
        raise ValidationError(PASSKEY_FAILED)
    parts = credential.values() if isinstance(credential, dict) else credential if isinstance(credential, list) else ()
    for part in parts:
        refuse_numbers(part)
