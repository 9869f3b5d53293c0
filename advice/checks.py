"""System checks of how mail is sent: a set-up that would send mails twice gets a number, a sentence and a way out."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, register


@register("mail")
def check_mail(app_configs, **kwargs) -> list[Error]:
    """Look at what tells after a crash whether a mail went out, and when it is asked."""
    found = []
    if settings.MAIL_GRACE_SECONDS <= settings.EMAIL_TIMEOUT:
        found.append(
            Error(
                f"MAIL_GRACE_SECONDS ({settings.MAIL_GRACE_SECONDS}) is not longer than EMAIL_TIMEOUT ({settings.EMAIL_TIMEOUT}).",
                hint="A mail that is still being delivered would be sent again. Make it minutes longer.",
                id="advice.E001",
            )
        )
    if settings.MAIL_LEDGER_URL and not settings.MAIL_ARCHIVE:
        found.append(
            Error(
                "MAIL_LEDGER_URL is set, but no mail goes there: MAIL_ARCHIVE is empty.",
                hint="Set MAIL_ARCHIVE to the address of that mailbox: a mail that isn't in it is sent again after a crash.",
                id="advice.E002",
            )
        )
    if settings.MAIL_LEDGER_URL and urlsplit(settings.MAIL_LEDGER_URL).scheme not in ("imap", "imaps"):
        found.append(
            Error(
                "MAIL_LEDGER_URL doesn't begin with imaps:// or imap://.",
                hint="imaps://user:password@host/INBOX; imap:// is without encryption, for a server on the same machine.",
                id="advice.E003",
            )
        )
    return found
