"""Fetch what is new in the mailbox. A mail is stored, for good, before anything looks into it.

What was fetched is known by its number (UIDVALIDITY and UID), so it doesn't matter who has read, marked or moved it. A process that
dies anywhere loses nothing and fetches nothing twice.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from logging import getLogger

from django.conf import settings
from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.db.models import F, Max, Q
from django.utils.crypto import salted_hmac

from advice.inbox import mailbox as imap
from advice.inbox.receiving import receive
from advice.models import IncomingMail, Mailbox

logger = getLogger(__name__)
State = IncomingMail.State
LEASE = timedelta(minutes=3)
LOOK_BACK = 1_000  # numbers below the highest one that every round compares; once a day it compares all
COMPARE_ALL = timedelta(days=1)
MOST_ATTEMPTS = 10  # at one mail by processes that died over it
MOST_SUSPECTS = 10  # mails at which the server hung up, in one round
Clock = Callable[[], datetime]
_SALT = "advice.incoming-mail"


def poll(clock: Clock, *, stop: threading.Event | None = None) -> str:
    """Fetch and deal with what is new, and return a line for the log; "" when there is nothing to say, or no mailbox is set.

    Several workers may call it at once: one of them works. `clock` returns the moment of now. Ends after the mail at hand when
    `stop` is set.
    """
    if not settings.INBOX_URL:
        return ""
    address = imap.read_address(settings.INBOX_URL)
    box = _lease(address.name, clock())
    if box is None:
        return ""
    stop = stop or threading.Event()
    try:
        dealt = receive_stored(clock, stop=stop)
        why = _fetch(box, address, clock=clock, stop=stop)
        dealt += receive_stored(clock, stop=stop)
    finally:
        Mailbox.objects.filter(pk=box.pk, lease_until=box.lease_until).update(lease_until=None)
    return "; ".join(filter(None, [f"dealt with {dealt} mails" if dealt else "", why]))


def receive_stored(clock: Clock, *, stop: threading.Event) -> int:
    """Deal with every mail that was stored and not yet looked at, also by a process that died; return how many there were."""
    dealt = 0
    for pk in list(IncomingMail.objects.filter(state=State.STORED).order_by("pk").values_list("pk", flat=True)):
        if stop.is_set():
            break
        _receive_one(pk, now=clock())
        dealt += 1
    return dealt


def _receive_one(pk: int, *, now: datetime) -> None:
    """Deal with one mail. One that is too much for us holds up no other; the log gets no values: they may be personal."""
    mail = IncomingMail.objects.filter(pk=pk, state=State.STORED)
    mail.update(attempts=F("attempts") + 1)  # committed: a mail that makes the process die must not do so for ever
    if mail.filter(attempts__gt=MOST_ATTEMPTS).update(state=State.UNREADABLE, why="verwerken brak steeds af"):
        logger.error("Mail %d: the process died %d times over it", pk, MOST_ATTEMPTS)
        return
    for is_last in (False, True):  # twice: its request may have been erased just then
        try:
            receive(IncomingMail.objects.get(pk=pk), now=now)
            return
        except (OperationalError, InterfaceError):  # the database is busy or away: nothing is wrong with the mail
            raise
        except Exception as error:
            why = f"niet te verwerken ({type(error).__name__})"
        if is_last:
            logger.error("Mail %d: %s", pk, why)
            mail.update(state=State.UNREADABLE, why=why)


def _lease(name: str, now: datetime) -> Mailbox | None:
    """Take the mailbox for a while; None when somebody else has it. Double work would do no harm: a number is stored once."""
    box, _ = Mailbox.objects.get_or_create(name=name)
    free = Mailbox.objects.filter(Q(lease_until=None) | Q(lease_until__lte=now), pk=box.pk)
    box.lease_until = now + LEASE
    return box if free.update(lease_until=box.lease_until) else None


def _keep_lease(box: Mailbox, now: datetime) -> bool:
    """Hold the mailbox longer while there is much to fetch; False when somebody else took it."""
    if box.lease_until - now > LEASE / 2:
        return True
    if not Mailbox.objects.filter(pk=box.pk, lease_until=box.lease_until).update(lease_until=now + LEASE):
        return False
    box.lease_until = now + LEASE
    return True


def _fetch(box: Mailbox, address: imap.Address, *, clock: Clock, stop: threading.Event) -> str:
    """Store what the server has and we don't; write down how that went. Returns what went wrong."""
    suspects: set[int] = set()
    try:
        while (broke_at := _attempt(box, address, suspects, clock=clock, stop=stop)) and broke_at not in suspects:
            suspects.add(broke_at)
            if len(suspects) > MOST_SUSPECTS:
                raise imap.MailboxAway("de mailserver verbreekt steeds de verbinding")
    except imap.MailboxAway as away:
        failing = {"failure": str(away)[:200], "failing_since": box.failing_since or clock()}
        Mailbox.objects.filter(pk=box.pk).update(**failing)
        return f"no mail fetched: {away}"
    if broke_at:
        _note_well(box, missing=len(suspects), now=clock())
    return ""


def _attempt(box: Mailbox, address: imap.Address, suspects: set[int], *, clock: Clock, stop: threading.Event) -> int | None:
    """Fetch over one connection, the suspects last. Returns at which mail the connection broke; None when it didn't."""
    uid = None
    try:
        with imap.opened(address, timeout=settings.INBOX_TIMEOUT) as mailbox:
            not_given, (missing, is_all) = 0, _find_missing(box, mailbox, now=clock())
            for uid in sorted(missing, key=lambda uid: (uid in suspects, uid)):
                if stop.is_set() or not _keep_lease(box, clock()):
                    return None
                try:
                    fetched = mailbox.fetch(uid, longest=settings.INBOX_LONGEST_MAIL)
                except imap.NotGiven:  # it must not hold up the others; every round tries it again
                    not_given += 1
                    continue
                if fetched:
                    _store(box, mailbox.uidvalidity, fetched, now=clock())
            _note_well(box, missing=not_given, now=clock(), is_all=is_all)
    except imap.BrokeOff:
        return uid
    return None


def _find_missing(box: Mailbox, mailbox: imap.Mailbox, *, now: datetime) -> tuple[list[int], bool]:
    """Return the numbers that the server has and we don't, and whether all were compared."""
    known = IncomingMail.objects.filter(mailbox=box.name, uidvalidity=mailbox.uidvalidity)
    highest = known.aggregate(highest=Max("uid"))["highest"] or 0
    is_all = not highest or box.compared_at is None or now - box.compared_at >= COMPARE_ALL
    start = 1 if is_all else max(highest - LOOK_BACK, 1)
    stored = set(known.filter(uid__gte=start).values_list("uid", flat=True))
    return [uid for uid in mailbox.uids(start=start) if uid not in stored], is_all


def _note_well(box: Mailbox, *, missing: int, now: datetime, is_all: bool = False) -> None:
    compared = {"compared_at": now} if is_all else {}
    Mailbox.objects.filter(pk=box.pk).update(failure="", failing_since=None, polled_at=now, missing=missing, **compared)


def _store(box: Mailbox, uidvalidity: int, fetched: imap.Fetched, *, now: datetime) -> None:
    """Store a mail, on the disk when this returns. What was stored before under another number keeps its number only."""
    digest = salted_hmac(_SALT, fetched.raw, algorithm="sha256").hexdigest()
    mail = IncomingMail(mailbox=box.name, uidvalidity=uidvalidity, uid=fetched.uid, digest=digest, raw=fetched.raw, received_at=now)
    if IncomingMail.objects.filter(mailbox=box.name, digest=digest).exists():
        mail.raw, mail.state = b"", State.DOUBLE
    elif fetched.too_long:
        mail.state, mail.why = State.PARKED, f"te groot ({fetched.too_long // 1_000_000 or 1} MB): alleen de kop is opgehaald"
    try:
        with transaction.atomic(durable=True):
            mail.save(force_insert=True)
    except IntegrityError:
        logger.info("Mail %d was stored by another worker.", fetched.uid)
