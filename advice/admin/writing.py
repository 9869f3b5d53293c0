"""The answer that is being written, as its form shows it: the text, what it was written to, and what stands in its way."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from advice import canned, drafting
from advice.admin.widgets import AnswerWidget
from advice.answer_text import RenderedAnswer, render_answer
from advice.answering import News, find_problems, news_since, signature, signed
from advice.models import AdviceRequest, CannedReply, Draft

FORM = "antwoord-formulier"  # the id of the form that every button of the page belongs to
LABELS = {"error": "Fout", "warning": "Let op", "hint": "Tip"}


@dataclass(frozen=True)
class AnswerForm:
    """`field` is the textarea with its tools, `problems` why it was not sent, `news` what its writer hadn't seen."""

    body: str
    field: SafeString
    base_version: int
    ticket: str
    saved_at: datetime | None
    signature: str
    canned: list[CannedReply]
    undo_seconds: int
    problems: tuple[str, ...] = ()
    news: News | None = None
    is_conflict: bool = False
    preview: SafeString | str = ""
    findings: tuple[dict, ...] = ()


def answer_form(
    request: AdviceRequest,
    *,
    by: AbstractBaseUser,
    typed: str | None = None,
    problems: tuple[str, ...] = (),
    conflict: News | None = None,
    with_preview: bool = False,
) -> AnswerForm:
    """Return the form with `typed`, or with the draft. It is written to the request as it is now: the page shows all of that."""
    draft = Draft.objects.filter(request=request, author=by).first()
    body = typed if typed is not None else draft.body if draft else ""
    rendered = shown(body, by=by) if with_preview else None
    return AnswerForm(
        body=body,
        field=_field(request, body, has_problems=bool(problems)),
        base_version=request.version,
        ticket=drafting.make_ticket(request, by=by, text=body),
        saved_at=draft.updated_at if draft else None,
        signature=signature(by),
        canned=list(canned.usable(request).select_related("topic")),
        undo_seconds=settings.ADVICE_UNDO_SECONDS,
        problems=problems,
        news=conflict or (_news_for(draft, request) if draft and typed is None else None),
        is_conflict=conflict is not None,
        preview=preview_html(rendered) if rendered else "",
        findings=tuple(findings_of(body, rendered)) if rendered else (),
    )


def _field(request: AdviceRequest, body: str, *, has_problems: bool) -> SafeString:
    widget = AnswerWidget(reverse("admin:advice_advicerequest_preview", args=[request.pk]), {"form": FORM})
    wrong = {"aria-invalid": "true", "aria-describedby": "antwoord-fouten"} if has_problems else {}
    return widget.render("body", body, {"id": "id_body", **wrong})


def shown(body: str, *, by: AbstractBaseUser) -> RenderedAnswer:
    """Return an answer as typed so far, as the reader would get it."""
    return render_answer(signed(body, by=by), prefix="voorbeeld-")


def preview_html(rendered: RenderedAnswer) -> SafeString:
    """Return the text with its numbered sources; empty for no text."""
    return render_to_string("admin/advice/_preview.html", {"rendered": rendered}) if rendered.html else SafeString("")


def findings_of(body: str, rendered: RenderedAnswer) -> list[dict]:
    """Return what is wrong with a text, as the list at the field shows it (static/js/admin/findings.js)."""
    found = [_finding(each.message, each.level.value, each.line) for each in rendered.findings]
    told = {each.message for each in rendered.errors}
    return [_finding(problem, "error") for problem in find_problems(body, rendered) if body.strip() and problem not in told] + found


def _finding(message: str, level: str, line: int = 0) -> dict:
    place = f"regel {line}" if line else ""
    return {
        "code": "", "level": level, "label": LABELS[level], "message": message, "place": place, "line": line,
        "target": "id_body" if line else "",
    }  # fmt: skip


def _news_for(draft: Draft, request: AdviceRequest) -> News | None:
    """Return what others added since the draft was last saved; None when there is nothing."""
    if draft.base_version >= request.version:
        return None
    found = news_since(request, draft.base_version)
    messages = tuple(message for message in found.messages if message.adviser_id != draft.author_id)
    notes = tuple(note for note in found.notes if note.author_id != draft.author_id)
    return News(messages, notes, found.status) if messages or notes else None
