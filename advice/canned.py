"""Standard texts: which fit a request, what they become with its particulars filled in, and how a wording gets its successor."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F, Q, QuerySet

from advice import auditing
from advice.models import AdviceRequest, AuditEvent, CannedReply, CannedReplyVersion
from advice.names import name_of
from advice.permissions import CANNED, HANDLE, require
from advice.placeholders import Filled, fill

VARIABLES = {
    "naam": "zoals de lezer die opgaf; vaak leeg, dus schrijf er iets achter: {{ naam | lezer }}",
    "voornaam": "het eerste woord van die naam",
    "onderwerp": "van de vraag",
    "artikel": "de titel van het artikel waar de vraag vandaan komt",
    "deel": "de kop van het deel van dat artikel",
    "kenmerk": "van de vraag",
    "adviseur": "jouw naam voor lezers",
    "functie": "jouw functie voor lezers",
}


@dataclass(frozen=True)
class FilledReply:
    """A standard text for one request. `missing` are variables that this request has no value for."""

    title: str
    number: int
    text: str
    missing: tuple[str, ...]


def usable(request: AdviceRequest) -> QuerySet[CannedReply]:
    """Return the standard texts for a request: those about its topic first, then those about anything."""
    fitting = CannedReply.objects.filter(Q(topic=request.topic_id) | Q(topic=None), is_active=True)
    return fitting.order_by(F("topic").asc(nulls_last=True), "title")


def newest(reply: CannedReply) -> CannedReplyVersion | None:
    return reply.versions.order_by("-number").first()


def fill_in(reply: CannedReply, request: AdviceRequest, *, by: AbstractBaseUser) -> FilledReply:
    """Return the newest wording with the particulars of a request. What can't be filled stays standing, and is named."""
    require(by, HANDLE)
    version = newest(reply)
    filled = fill(version.body, values(request, by=by)) if version else Filled("")
    return FilledReply(reply.title, version.number if version else 0, filled.text, (*filled.missing, *filled.unknown))


def values(request: AdviceRequest, *, by: AbstractBaseUser) -> dict[str, str]:
    """Return the value of every variable for an answer by `by`; empty where nothing is known."""
    adviser = getattr(by, "adviser", None)
    return {
        "naam": request.name,
        "voornaam": request.name.split()[0] if request.name.strip() else "",
        "onderwerp": request.topic.name,
        "artikel": request.article_title,
        "deel": request.section_heading,
        "kenmerk": request.reference,
        "adviseur": name_of(by),
        "functie": adviser.role if adviser else "",
    }


def unknown_variables(body: str) -> tuple[str, ...]:
    """Return the variables in a text that don't exist."""
    return fill(body, dict.fromkeys(VARIABLES, "")).unknown


@transaction.atomic
def save_reply(reply: CannedReply, *, body: str, by: AbstractBaseUser, now: datetime) -> CannedReplyVersion:
    """Save a standard text, new or known. Other words make another version; return the one that is used from now on."""
    require(by, CANNED)
    reply.save()
    version = newest(reply)
    if version is None or version.body != body:
        number = version.number + 1 if version else 1
        version = CannedReplyVersion.objects.create(reply=reply, number=number, body=body, created_at=now, created_by=by)
    auditing.record(AuditEvent.Action.SETTINGS, by=by, what="standaardtekst", name=reply.title, version=version.number)
    return version
