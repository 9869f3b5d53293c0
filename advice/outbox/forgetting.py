"""Copies of mails whose request was erased, in files or in the archive: they go too, if need be a little later.

An archive can be away at the moment of erasing, and a mail can be on its way. So what must go is written down with the erasure, and
tried until it is gone. A Message-ID names nobody.
"""

from datetime import datetime, timedelta
from logging import getLogger

from advice.models import AdviceRequest, MailToForget, OutgoingMail
from advice.outbox import folder, ledger

logger = getLogger(__name__)

ON_ITS_WAY = timedelta(days=1)  # after which no worker has a mail in hand any more
_NEVER_LEFT = {"state__in": [OutgoingMail.State.PENDING, OutgoingMail.State.CANCELLED], "attempts": 0}


def plan_forgetting(request: AdviceRequest, *, now: datetime) -> None:
    """Write down, in the transaction of an erasure, which mails may have left a copy."""
    may_have_left = request.mails.exclude(**_NEVER_LEFT).values_list("rfc_message_id", flat=True)
    rows = [MailToForget(rfc_message_id=message_id, since=now) for message_id in may_have_left]
    MailToForget.objects.bulk_create(rows, ignore_conflicts=True)


def forget_files() -> None:
    """Delete the copies now, if they are files: that takes no time. An archive is left to the worker."""
    if folder.is_used():
        folder.forget(MailToForget.objects.values_list("rfc_message_id", flat=True))


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
    MailToForget.objects.filter(rfc_message_id__in=waiting, since__lt=now - ON_ITS_WAY).delete()
    return deleted
