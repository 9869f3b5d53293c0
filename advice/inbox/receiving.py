"""What becomes of a mail that was stored: a message of its request, or something for a person to look at. Nothing is ever answered,
so that two machines can't keep each other writing, and nothing is thrown away but mail to a request that was erased."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from advice import auditing, reader
from advice.access import is_address_of
from advice.anchors import was_restored
from advice.changing import DeskRefused
from advice.inbox.addressing import is_own
from advice.inbox.bouncing import note_bounce
from advice.inbox.matching import NOTHING, Match, find_match
from advice.inbox.reading import ReadMail, read_mail
from advice.limits import count_hit
from advice.message_ids import is_ours
from advice.models import AdviceRequest, AuditEvent, IncomingMail, Message
from advice.models.conversation import LONGEST_MAIL
from advice.permissions import HANDLE, require

Action, State = AuditEvent.Action, IncomingMail.State
TO_LOOK_AT = (State.PARKED, State.UNREADABLE)
_NAMES = uuid.UUID("5f0a1c1e-6d0b-4f0e-9a53-3a3f6e1f5a10")  # of the numbers that stand in for those of a form


def receive(mail: IncomingMail, *, now: datetime) -> str:
    """Deal with a stored mail and return its new state. Doing it twice, or two processes at once, changes nothing."""
    read = read_mail(bytes(mail.raw))  # it may take long: before nobody else can write
    with transaction.atomic():
        return _deal_with(mail, read, now=now)


def _deal_with(mail: IncomingMail, read: ReadMail, *, now: datetime) -> str:
    if not _claim(mail, State.STORED, to=State.PARKED):
        return mail.state
    if read.unreadable:
        return _settle(mail, State.UNREADABLE, why=read.unreadable)
    if read.bounce and (failed := note_bounce(read.bounce, read.answers, now=now)):
        return _settle(
            mail, State.DONE, why=f"{failed.get_kind_display()} niet bezorgd: de mail staat op mislukt", request=failed.request
        )
    match = find_match(read)
    if match.is_erased and was_restored():
        return _settle(mail, State.PARKED, why="hoort bij een vraag die gewist is, of weg na een teruggezette reservekopie")
    if match.is_erased:
        return _settle(mail, State.ERASED, raw=b"")
    if why := _why_not(read, match):
        return _settle(mail, State.PARKED, why=why, request=match.request if _belongs_to(match.request, read) else None)
    return _reply(mail, read, match.request, now=now)


@transaction.atomic
def add_to_request(mail: IncomingMail, request: AdviceRequest, *, by: AbstractBaseUser, now: datetime) -> Message:
    """Put a mail that waits for a person with a request, as its reader's reaction. Raises PermissionDenied, DeskRefused."""
    require(by, HANDLE)
    if not _claim(mail, *TO_LOOK_AT, to=State.ADDED):
        raise DeskRefused(f"Deze mail is intussen {mail.get_state_display()}.")
    if not mail.raw:
        raise DeskRefused("Deze mail wordt niet meer bewaard.")
    read = read_mail(bytes(mail.raw))
    body = read.text.strip()[:LONGEST_MAIL] or "(Mail zonder leesbare tekst.)"
    message = reader.reply(request, body=body, submission_id=_number(mail), now=now, via=Message.Via.MAIL)[0]
    _settle(mail, State.ADDED, why=_left_out(read), request=request, message=message)
    auditing.record(Action.MAIL_ADDED, by=by, request=request, mail=mail.pk, message=message.number)
    return message


@transaction.atomic
def mark_done(mail: IncomingMail, *, by: AbstractBaseUser) -> None:
    """Take a mail off the list of what waits for a person. It is kept as long as others are."""
    require(by, HANDLE)
    if not _claim(mail, *TO_LOOK_AT, to=State.DONE):
        raise DeskRefused(f"Deze mail is intussen {mail.get_state_display()}.")
    auditing.record(Action.MAIL_DONE, by=by, request=mail.request, mail=mail.pk)


@transaction.atomic
def note_read(mail: IncomingMail, *, by: AbstractBaseUser, whole: bool = False) -> None:
    """Write down that somebody opened a mail, or took the `whole` of it as a file."""
    require(by, HANDLE)
    auditing.record(Action.MAIL_READ, by=by, request=mail.request, mail=mail.pk, whole=whole)


def _why_not(read: ReadMail, match: Match) -> str:
    """Return, in Dutch, why a person has to look at a mail; "" when it is a reader's reaction."""
    if is_own(read.sender) or is_ours(read.message_id):
        return "mail van onszelf"
    if read.automatic:
        return read.automatic
    if match == NOTHING:
        return "hoort bij geen vraag die te vinden is"
    if not is_address_of(match.request, read.sender):
        return "komt van een ander adres dan de vraag"
    if not read.text.strip():
        return "versleuteld" if read.is_encrypted else f"geen tekst, {_counted(read.attachments)}"
    return "te lang" if len(read.text.strip()) > LONGEST_MAIL else ""


def _belongs_to(request: AdviceRequest | None, read: ReadMail) -> bool:
    """Return whether a mail goes when the request goes: what its reader sent, and what mail servers say of our mails to them."""
    return request is not None and (read.is_report or is_address_of(request, read.sender))


def _reply(mail: IncomingMail, read: ReadMail, request: AdviceRequest, *, now: datetime) -> str:
    """Add the reader's reaction, but not without end: a machine that doesn't say what it is must not fill a request."""
    day = timedelta(days=1)
    if count_hit("mail", request.reference, now=now, window=day) > settings.INBOX_MOST_REPLIES_A_DAY:
        return _settle(mail, State.PARKED, why="te veel mails op één dag", request=request)
    try:
        message, _ = reader.reply(request, body=read.text, submission_id=_number(mail), now=now, via=Message.Via.MAIL)
    except DeskRefused as refused:
        return _settle(mail, State.PARKED, why=str(refused)[:200], request=request)
    return _settle(mail, State.ADDED, why=_left_out(read), request=request, message=message)


def _claim(mail: IncomingMail, *states: str, to: str) -> bool:
    """Move a mail on if it still is in one of `states`; whoever comes second waits for the first, and gets False."""
    is_mine = IncomingMail.objects.filter(pk=mail.pk, state__in=states).update(state=to)
    mail.refresh_from_db()
    return bool(is_mine)


def _settle(mail: IncomingMail, state: str, **values) -> str:
    for name, value in (values | {"state": state}).items():
        setattr(mail, name, value)
    mail.save(update_fields=[*values, "state"])
    return state


def _number(mail: IncomingMail) -> uuid.UUID:
    """Return what stands in for the number of a form: the same mail twice is one message."""
    return uuid.uuid5(_NAMES, str(mail.pk))


def _left_out(read: ReadMail) -> str:
    return f"{_counted(read.attachments)} niet overgenomen" if read.attachments else ""


def _counted(attachments: int) -> str:
    return "1 bijlage" if attachments == 1 else f"{attachments} bijlagen"
