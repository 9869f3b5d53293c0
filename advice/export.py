"""Everything that is kept about one request, as plain data for the reader whose request it is. Keys are Dutch: people read this."""

from datetime import datetime

from django.utils import timezone

from advice.models import AdviceRequest, AuditEvent, Message

_LEFT_OUT = "Notities van adviseurs onderling en hun concepten staan hier niet in. Vraag ernaar bij de uitgever van de site."


def export_request(request: AdviceRequest, now: datetime) -> dict:
    """Return what is kept, ready for JSON. Reads only; whoever hands it over writes that down."""
    return {
        "gemaakt op": _written(now),
        "let op": _LEFT_OUT,
        "vraag": _request(request),
        "toestemming": {
            "versie": request.consent.number,
            "tekst": request.consent.text,
            "gegeven op": _written(request.created_at),
        },
        "berichten": [_message(message) for message in request.messages.shown_to_reader(now).order_by("number")],
        "mails van ons": [
            {"soort": mail.get_kind_display(), "stand": mail.get_state_display(), "verstuurd op": _written(mail.sent_at)}
            for mail in request.mails.filter(adviser=None, not_before__lte=now).order_by("pk")
        ],
        "mails aan ons": [
            {"binnengekomen op": _written(mail.received_at), "bericht": bytes(mail.raw).decode(errors="replace")}
            for mail in request.incoming_mails.order_by("pk")
        ],
        "privélinks": [
            {"gemaakt": _written(link.created_at), "werkt tot": _written(link.expires_at), "geopend": _written(link.opened_at)}
            for link in request.links.order_by("pk")
        ],
        "logboek": [_step(event) for event in AuditEvent.objects.filter(reference=request.reference).order_by("number")],
    }


def _request(request: AdviceRequest) -> dict:
    return {
        "kenmerk": request.reference,
        "naam": request.name,
        "e-mailadres": request.email,
        "onderwerp": request.topic.name,
        "bij artikel": request.article_title,
        "bij deel": request.section_heading,
        "uitslag van de Vitaminetest": request.test_result,
        "antwoord in de e-mail": request.answer_in_mail,
        "stand": request.get_status_display(),
        "hoe gesloten": request.get_outcome_display(),
        "beoordeling": request.rating,
        "ontvangen op": _written(request.created_at),
        "laatste gebeurtenis": _written(request.updated_at),
        "gesloten op": _written(request.closed_at),
    }


def _message(message: Message) -> dict:
    return {
        "nummer": message.number,
        "van": message.signed_by or message.get_author_display(),
        "langs": message.get_via_display(),
        "geschreven op": _written(message.created_at),
        "tekst": message.text or message.body,
    }


def _step(event: AuditEvent) -> dict:
    """Return what was done and by what kind of person; the names of accounts are the advisers' own data."""
    who = event.actor if event.actor in ("lezer", "systeem") else "adviesbalie"
    return {"wanneer": _written(event.at), "wat": event.get_action_display(), "door": who}


def _written(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
