"""The conversation on the page of a request: what the reader wrote, what advisers answered, and how far each mail came."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser

from advice.models import AdviceRequest, Message, Note, OutgoingMail
from advice.names import name_of
from advice.quoting import Part, split_quoted


@dataclass(frozen=True)
class Entry:
    """A message. `parts` are the reader's words, with what is only quoted set apart; an answer has its HTML instead."""

    message: Message
    who: str
    parts: tuple[Part, ...]
    mail: OutgoingMail | None
    is_on_its_way: bool


@dataclass(frozen=True)
class NoteEntry:
    note: Note
    who: str
    is_mine: bool


def conversation(request: AdviceRequest, mails: list[OutgoingMail], *, now: datetime) -> list[Entry]:
    """Return the messages in order. One query."""
    answers = {mail.message_id: mail for mail in mails if mail.kind == OutgoingMail.Kind.ANSWER}
    messages = request.messages.select_related("adviser__adviser").defer("text", "before").order_by("number")
    return [_entry(request, message, answers.get(message.pk), now) for message in messages]


def _entry(request: AdviceRequest, message: Message, mail: OutgoingMail | None, now: datetime) -> Entry:
    who = name_of(message.adviser) or request.name or "de lezer"
    return Entry(message, who, _parts(message), mail, is_on_its_way=message.is_answer and message.visible_at > now)


def _parts(message: Message) -> tuple[Part, ...]:
    if message.is_answer:
        return ()
    return split_quoted(message.body) if message.via == Message.Via.MAIL else (Part(message.body, is_quoted=False),)


def notes(request: AdviceRequest, *, by: AbstractBaseUser) -> list[NoteEntry]:
    """Return what advisers told each other, in order. One query."""
    rows = request.notes.select_related("author__adviser").order_by("created_at", "pk")
    return [NoteEntry(note, name_of(note.author), note.author_id == by.pk) for note in rows]


def newest_by_others(entries: list[Entry], written: list[NoteEntry], *, but: AbstractBaseUser) -> datetime | None:
    """Return when the newest message or note came in that somebody else wrote."""
    moments = [entry.message.created_at for entry in entries if entry.message.adviser_id != but.pk]
    return max([*moments, *(entry.note.created_at for entry in written if not entry.is_mine)], default=None)
