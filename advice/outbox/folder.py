"""Mail in files instead of on its way: a mail backend for a machine of your own, one .eml for each mail, read under /beheer/.

A file is named after the Message-ID and appears whole or not at all: sent twice is one file, and whether there is a file says
whether the mail was sent. What it writes can be read by the owner of the process only.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterable
from email.message import EmailMessage as ParsedMail
from email.parser import BytesParser
from email.policy import default as modern
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend

BACKEND = "advice.outbox.folder.EmailBackend"
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+=@-]{0,199}")


class EmailBackend(BaseEmailBackend):
    """Writes mails into settings.EMAIL_FILE_PATH."""

    def send_messages(self, email_messages) -> int:
        for message in email_messages:
            _write(message.message())
        return len(email_messages)


def is_used() -> bool:
    """Whether mail goes to files."""
    return settings.EMAIL_BACKEND == BACKEND


def holds(message_id: str) -> bool:
    return _path(message_id).is_file()


def read(message_id: str) -> ParsedMail | None:
    """Return a mail as it was written; None when there is no file of it."""
    try:
        return BytesParser(policy=modern).parsebytes(_path(message_id).read_bytes())
    except FileNotFoundError:
        return None


def forget(message_ids: Iterable[str]) -> int:
    """Delete the files of these mails, as erasing a request must, and return how many there were."""
    found = [path for path in map(_path, message_ids) if path.is_file()]
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH).absolute()


def _path(message_id: str) -> Path:
    """Return where a mail is. An odd Message-ID, of a mail that isn't ours, gives a name made from its digest."""
    name = message_id.strip().strip("<>")
    if not _PLAIN_NAME.fullmatch(name):
        name = hashlib.sha256(message_id.encode()).hexdigest()
    return _folder() / f"{name}.eml"


def _write(message) -> None:
    path = _path(message["Message-ID"])
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(prefix=".", suffix=".draft", dir=path.parent)  # mode 0600
    try:
        with open(handle, "wb") as file:
            file.write(message.as_bytes())
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    _keep_name(path.parent)


def _keep_name(folder: Path) -> None:
    """Write the folder itself to disk: without it a power cut could take the name of a file away."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
