"""Everything that is kept about one request, as plain data for JSON. Keys are Dutch: people read this.

A reader gets it at once, from the page of the request. Notes and drafts are left out there: they are about the reader, so the right
of access covers them (AVG, article 15), but others may occur in them, whom article 15(4) protects. So a person looks first: who may
erase requests exports them with notes and drafts, for a reader who asks. Colleagues are named by what they are, not by who.
"""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from advice import auditing
from advice.models import AdviceRequest, AuditEvent, Message
from advice.permissions import ERASE, MANAGE, require

_LEFT_OUT = "Notities van adviseurs onderling en hun concepten staan hier niet in. Vraag ernaar bij de uitgever van de site."


def export_request(request: AdviceRequest, now: datetime) -> dict:
    """Return what a reader gets of their own request. Reads only; whoever hands it over writes that down."""
    messages = request.messages.shown_to_reader(now)
    return {"gemaakt op": _written(now), "let op": _LEFT_OUT} | _everything(request, messages, now)


@transaction.atomic
def export_for_access(request: AdviceRequest, *, by: AbstractBaseUser, now: datetime) -> dict:
    """Return all there is about a request, for somebody who answers a reader's request for access. Written down in the log."""
    require(by, ERASE)
    data = {
        "gemaakt op": _written(now),
        **_everything(request, request.messages.all(), now),
        "notities van adviseurs": [
            {"geschreven op": _written(note.created_at), "tekst": note.body} for note in request.notes.order_by("created_at", "pk")
        ],
        "concepten van adviseurs": [
            {"bewaard op": _written(draft.updated_at), "tekst": draft.body} for draft in request.drafts.order_by("updated_at", "pk")
        ],
    }
    auditing.record(AuditEvent.Action.EXPORTED, by=by, request=request)
    return data


def find_of_reader(typed: str, *, by: AbstractBaseUser) -> list[AdviceRequest]:
    """Return the requests with a reference or an e-mail address, typed whole, newest first. Written down without what was typed."""
    require(by, ERASE)
    sought = typed.strip()
    of_reader = Q(reference=sought.upper()) | Q(email__iexact=sought)  # whatever the capitals: reads every address
    found = list(AdviceRequest.objects.select_related("topic").filter(of_reader)) if sought else []
    with transaction.atomic():
        auditing.record(AuditEvent.Action.SEARCHED, by=by, found=len(found))
    return found


def count_parts(request: AdviceRequest) -> list[tuple[str, int]]:
    """Return what there is of a request: the name of each part with how many. Names no part that there is none of."""
    parts = {
        "berichten": request.messages,
        "notities van adviseurs": request.notes,
        "concepten van adviseurs": request.drafts,
        "mails van ons": request.mails,
        "mails aan ons": request.incoming_mails,
        "privélinks": request.links,
        "openbare vragen die eruit voortkwamen": request.public_questions,
    }
    return [(name, count) for name, part in parts.items() if (count := part.count())]


def _everything(request: AdviceRequest, messages, now: datetime) -> dict:
    return {
        "vraag": _request(request),
        "toestemming": {
            "versie": request.consent.number,
            "tekst": request.consent.text,
            "gegeven op": _written(request.created_at),
        },
        "berichten": [_message(message) for message in messages.order_by("number")],
        "mails van ons": [
            {"soort": mail.get_kind_display(), "stand": mail.get_state_display(), "verstuurd op": _written(mail.sent_at)}
            for mail in request.mails.filter(adviser=None, not_before__lte=now).order_by("pk")
        ],
        "mails aan ons": [
            {"binnengekomen op": _written(mail.received_at), "bericht": bytes(mail.raw).decode(errors="replace")}
            for mail in request.incoming_mails.order_by("pk")
        ],
        "privélinks": [
            {
                "gemaakt op": _written(link.created_at),
                "werkt tot": _written(link.expires_at),
                "voor het eerst geopend": _written(link.opened_at),
                "ingetrokken op": _written(link.revoked_at),
            }
            for link in request.links.order_by("pk")
        ],
        "logboek": _steps(request),
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
        "waarom in quarantaine": request.suspicion,
        "beoordeling": request.rating,
        "ontvangen op": _written(request.created_at),
        "eerste antwoord op": _written(request.first_answered_at),
        "laatste gebeurtenis op": _written(request.updated_at),
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


def _steps(request: AdviceRequest) -> list[dict]:
    """Return who opened and did what, when: as the log tells it, with roles for names."""
    events = list(AuditEvent.objects.filter(reference=request.reference).order_by("number"))
    roles = _roles({event.actor for event in events})
    return [{"wanneer": _written(event.at), "wat": event.get_action_display(), "door": roles[event.actor]} for event in events]


def _roles(actors: set[str]) -> dict[str, str]:
    """Return what each actor of the log is. An account that is gone was a colleague's."""
    users = get_user_model().objects.filter(username__in=actors)
    accounts = {user.get_username(): "beheerder" if user.has_perm(MANAGE) else "adviseur" for user in users}
    own = {auditing.READER: "lezer", auditing.SYSTEM: "systeem"}
    return dict.fromkeys(actors, "medewerker") | accounts | {name: role for name, role in own.items() if name in actors}


def _written(moment: datetime | None) -> str | None:
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else None
