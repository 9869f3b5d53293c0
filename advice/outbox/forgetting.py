"""Copies of mails whose request was erased, in files or in the archive: they go too, if need be a little later.

An archive can be away at the moment of erasing, and a mail can be on its way. So what must go is written down with the erasure, and
tried until it is gone. A Message-ID names nobody.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from logging import getLogger

from advice.models import AdviceRequest, MailToForget
from advice.outbox import folder, ledger

logger = getLogger(__name__)

ON_ITS_WAY = timedelta(days=1)  # after which no worker has a mail in hand any more


def plan_forgetting(message_ids: Iterable[str], *, now: datetime) -> None:
    """Write down, with the erasure, that copies of these mails must go."""
    rows = [MailToForget(rfc_message_id=message_id, since=now) for message_id in message_ids]
    MailToForget.objects.bulk_create(rows, ignore_conflicts=True)


def forget_files(message_ids: Iterable[str]) -> None:
    """Delete copies that are files, after the erasure: that takes no time. An archive is left to the worker."""
    if folder.is_used():
        folder.forget(message_ids)


def mails_that_may_have_left(request: AdviceRequest) -> list[str]:
    """Return the Message-IDs of all mails about `request`. One that waits may have left before: an adviser can send it again."""
    return list(request.mails.values_list("rfc_message_id", flat=True))


def forget_copies(now: datetime) -> int:
    """Delete the copies of all that must go, and return how many there were. An archive that is away is asked again next time."""
    waiting = list(MailToForget.objects.values_list("rfc_message_id", flat=True))
    if not waiting:
        return 0
    try:
        deleted = ledger.forget(waiting)
    except ledger.LedgerSilent as silent:
        logger.error("Copies of %d erased mails stay in the archive for now (%s).", len(waiting), silent)
        return 0
    MailToForget.objects.filter(since__lt=now - ON_ITS_WAY).delete()
    return deleted
