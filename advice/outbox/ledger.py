"""What tells, after a crash, whether a mail went out: the folder of a machine of your own, or a mailbox with a copy of each mail.

settings.MAIL_ARCHIVE gets the copy, handed over together with the reader's, and settings.MAIL_LEDGER_URL says where to look for it:
imaps://user:password@host/INBOX. It is searched by Message-ID.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

from django.conf import settings
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from advice.models import OutgoingMail
from advice.outbox import folder


class LedgerSilent(Exception):
    """The mailbox can't be asked right now."""


def was_delivered(mail: OutgoingMail) -> bool | None:
    """Return whether a mail went out, or None when there is nothing that could tell. Raises LedgerSilent."""
    if folder.is_used():
        return folder.holds(mail.rfc_message_id)
    if not settings.MAIL_LEDGER_URL:
        return None
    with _mailbox(readonly=True) as mailbox:
        return bool(_find(mailbox, mail.rfc_message_id))


def forget(message_ids: Iterable[str]) -> int:
    """Delete the copies of these mails, in files or in the archive, and return how many there were. Raises LedgerSilent.

    Erasing a request goes through advice.outbox.forgetting, which tries again.
    """
    if folder.is_used():
        return folder.forget(message_ids)
    if not settings.MAIL_LEDGER_URL:
        return 0
    with _mailbox(readonly=False) as mailbox:
        found = [uid for message_id in message_ids for uid in _find(mailbox, message_id)]
        if found:
            mailbox.delete_messages(found)
            mailbox.uid_expunge(found) if mailbox.has_capability("UIDPLUS") else mailbox.expunge()
        return len(found)


def _find(mailbox: IMAPClient, message_id: str) -> list[int]:
    return mailbox.search(["HEADER", "Message-ID", message_id])


@contextmanager
def _mailbox(*, readonly: bool) -> Iterator[IMAPClient]:
    """Open the archive. `imap` is without encryption, for a server on the same machine; `imaps` is with it."""
    parts = urlsplit(settings.MAIL_LEDGER_URL)
    try:
        with IMAPClient(parts.hostname, parts.port, ssl=parts.scheme == "imaps", timeout=settings.EMAIL_TIMEOUT) as client:
            client.login(unquote(parts.username or ""), unquote(parts.password or ""))
            client.select_folder(unquote(parts.path.strip("/")) or "INBOX", readonly=readonly)
            yield client
    except (IMAPClientError, OSError) as error:  # what the server says may hold an address
        raise LedgerSilent(type(error).__name__) from None
