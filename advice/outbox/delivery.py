"""Send what is due. Several workers may do this at once, and any of them may be killed at any moment: see docs/advice-desk.md.

Claim and commit `sending`; hand the mail over; commit `sent`. A mail that stays `sending` past its lease is uncertain: after a
grace period the ledger is asked, and only a mail that didn't go out, as far as can be known, is sent again.
"""

import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from logging import getLogger

from django.core.mail import EmailMessage
from django.db import InterfaceError, OperationalError, connection

from advice.models import OutgoingMail
from advice.outbox import claims, ledger, outcomes
from advice.outbox.compose import NobodyToWriteTo, compose
from advice.outbox.forgetting import forget_files, plan_forgetting
from advice.outbox.outcomes import MOST_ATTEMPTS, retry_mail
from advice.outbox.transport import Line, NotSent, Refused, ServerAway, Trouble, Uncertain

__all__ = ["ServerPause", "deliver_due", "retry_mail"]

logger = getLogger(__name__)
Clock = Callable[[], datetime]
SERVER_PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 60, 120, 300))
TROUBLES = 2  # in a row, with different mails: then it is the server
# How long a ledger that can't be asked keeps a mail from being sent again.
LEDGER_PATIENCE = timedelta(days=1)
_SECONDS_TO_COMMIT = (0, 1, 2, 4, 8)


@dataclass
class ServerPause:
    """How long to leave alone a server that is away or broken, so that no mail uses up its attempts. One for each worker."""

    times: int = 0
    troubles: int = 0
    until: datetime | None = None

    def lasts(self, now: datetime) -> bool:
        return self.until is not None and now < self.until

    def begin(self, now: datetime, why: str) -> None:
        pause = SERVER_PAUSES[min(self.times, len(SERVER_PAUSES) - 1)]
        logger.error("No mail goes out for %d seconds: %s.", pause.total_seconds(), why)
        self.times, self.troubles, self.until = self.times + 1, 0, now + pause

    def note_trouble(self, now: datetime, why: str) -> None:
        self.troubles += 1
        if self.troubles >= TROUBLES:
            self.begin(now, why)

    def end(self) -> None:
        self.times, self.troubles, self.until = 0, 0, None


def deliver_due(clock: Clock, *, pause: ServerPause, stop: threading.Event | None = None) -> int:
    """Send every mail that is due, and return how many went out. Ends after the mail at hand when `stop` is set.

    `clock` returns the moment of now: a round may take long.
    """
    sent = 0
    with Line() as line:
        while not (stop and stop.is_set()) and not pause.lasts(clock()) and claims.is_anything_to_do(clock()):
            try:
                line.open()
            except ServerAway as away:
                pause.begin(clock(), away.why)
                break
            if (mail := _next(clock)) is None:
                break
            sent += _deliver(mail, line, clock=clock, pause=pause)
    return sent


def _next(clock: Clock) -> OutgoingMail | None:
    """Claim a mail to send: one whose fate is unknown and that didn't go out, else the one that waits longest."""
    ask = True
    for mail in claims.find_uncertain(clock()):
        try:
            delivered = ledger.was_delivered(mail) if ask else None
        except ledger.LedgerSilent as silent:
            logger.error("The ledger can't be asked (%s).", silent)
            ask, delivered = False, None  # not 20 times in a row
        if taken := _resolve(mail, delivered, may_wait=not ask, now=clock()):
            return taken
    return claims.claim(clock())


def _resolve(mail: OutgoingMail, delivered: bool | None, *, may_wait: bool, now: datetime) -> OutgoingMail | None:
    """Act on what the ledger says of a mail. Returns it, claimed, when it must be sent again."""
    if may_wait and now < mail.not_before + LEDGER_PATIENCE:
        claims.leave(mail, now)
    elif delivered:
        outcomes.mark_sent(mail, now=now)
    elif mail.attempts >= MOST_ATTEMPTS:
        outcomes.fail(mail, why="te vaak is onzeker gebleven of de mail verstuurd was", now=now)
    else:
        return claims.take_over(mail, now, is_possibly_double=delivered is None)
    return None


def _deliver(mail: OutgoingMail, line: Line, *, clock: Clock, pause: ServerPause) -> bool:
    """Send a claimed mail and write down what became of it. Returns whether it went out."""
    message = _compose(mail, now=clock())
    if message is None:
        return False
    try:
        line.send(message)
    except NotSent as outcome:
        _write_down(outcome, mail, now=clock(), pause=pause)
        return False
    pause.end()
    _commit_sent(mail, now=clock())
    return True


def _compose(mail: OutgoingMail, *, now: datetime) -> EmailMessage | None:
    """Return the mail, or None when it can't be made, which is written down. The log gets no values: they may be personal."""
    try:
        return compose(mail, now=now)
    except NobodyToWriteTo:
        outcomes.fail(mail, why="de adviseur heeft geen e-mailadres", now=now)
    except (OperationalError, InterfaceError):  # the database: nothing is wrong with the mail
        raise
    except Exception as error:
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("Mail %d can't be made: %s\n%s", mail.pk, type(error).__name__, where)
        outcomes.defer(mail, why=f"de mail is niet te maken ({type(error).__name__})", now=now)
    return None


def _write_down(outcome: NotSent, mail: OutgoingMail, *, now: datetime, pause: ServerPause) -> None:
    if isinstance(outcome, (Trouble, Uncertain)):
        pause.note_trouble(now, outcome.why)
    else:
        pause.end()
    if isinstance(outcome, Refused):
        outcomes.fail(mail, why=outcome.why, now=now)
    elif not isinstance(outcome, Uncertain):
        outcomes.defer(mail, why=outcome.why, now=now)
    elif mail.is_possibly_double:  # it was sent again already; once more, and a server that never answers gives no end of doubles
        outcomes.fail(mail, why=f"{outcome.why}; misschien kwam hij aan", now=now)
    else:
        claims.leave(mail, now, why=outcome.why)


def _commit_sent(mail: OutgoingMail, *, now: datetime) -> None:
    """Write down that a mail went out, if need be with patience: as long as it isn't written, the mail is uncertain."""
    for seconds in _SECONDS_TO_COMMIT:
        time.sleep(seconds)
        try:
            if not outcomes.mark_sent(mail, now=now):
                _clean_up(mail, now=now)
            return
        except (OperationalError, InterfaceError) as error:
            logger.error("Can't write down yet that mail %d went out: %s.", mail.pk, type(error).__name__)
            connection.close_if_unusable_or_obsolete()
    raise OperationalError(f"mail {mail.pk} went out and could not be written down")


def _clean_up(mail: OutgoingMail, *, now: datetime) -> None:
    """Deal with a mail that went out and wasn't ours any more. If its request was erased meanwhile, no copy may stay behind."""
    if OutgoingMail.objects.filter(pk=mail.pk).exists():
        logger.error("Mail %d went out after its lease had ended.", mail.pk)
    else:
        plan_forgetting([mail.rfc_message_id], now=now)
        forget_files([mail.rfc_message_id])
