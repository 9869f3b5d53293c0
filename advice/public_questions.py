"""From one reader's question to a question and answer for everybody: rewritten, checked for personal data, then published.

An adviser writes it and vouches that it leads to nobody; somebody who may publish lets it out. What is vouched for is a digest of
the text: after any change somebody has to look again. Readers go on seeing what was published until the change is.
"""

import hashlib
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from advice import auditing
from advice.answer_text import RenderedAnswer, render_answer
from advice.changing import DeskRefused
from advice.models import AdviceRequest, AuditEvent, PublicQuestion
from advice.permissions import HANDLE, PUBLISH, require
from advice.personal_data import Finding, find_personal_data
from advice.placeholders import find_unfilled
from advice.ports import ShownQuestion, surroundings
from advice.submitting import ALPHABET
from articles.rendering.article import describe_source
from articles.rendering.rendered import NumberedSource
from references.models import Reference

Action, State = AuditEvent.Action, PublicQuestion.State
REFERENCE = rf"(?<![\w-])[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}(?![\w-])"


@dataclass(frozen=True)
class Examined:
    """What a question would look like, what is wrong with it, and what in it may lead to a person."""

    rendered: RenderedAnswer
    problems: tuple[str, ...]
    traces: tuple[Finding, ...]

    @property
    def blocking(self) -> tuple[Finding, ...]:
        return tuple(trace for trace in self.traces if not trace.kind.is_mild)


class QuestionRefused(DeskRefused):
    """A question can't go on like this; `problems` says what to mend, in Dutch."""

    def __init__(self, *problems: str):
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def start(request: AdviceRequest, *, by: AbstractBaseUser, now: datetime) -> PublicQuestion:
    """Begin a public question from the last answer to `request`, to be rewritten. Raises QuestionRefused when there is none."""
    require(by, HANDLE)
    answer = request.messages.filter(author="adviser").order_by("-number").first()
    if answer is None:
        raise QuestionRefused("Beantwoord de vraag eerst: het antwoord is het begin van de openbare vraag.")
    question = PublicQuestion.objects.create(
        request=request,
        article_slug=request.article_slug,
        slug=f"vraag-{secrets.token_hex(4)}",  # tells nothing about where it came from
        answer=answer.body,
        signed_by=answer.signed_by,
        created_by=by,
        created_at=now,
    )
    auditing.record(Action.QUESTION_MADE, by=by, request=request, question=question.pk)
    return question


@transaction.atomic
def rewrite(question: PublicQuestion, *, by: AbstractBaseUser, article_slug: str, text: str, answer: str) -> None:
    """Save the draft. What readers see stays as it is; a question that waits for a chief editor becomes a draft again."""
    _require_writer(by)
    if question.state == State.PUBLISHED and article_slug.strip() != question.article_slug:
        raise QuestionRefused("Trek de vraag eerst in: zolang zij op de site staat, blijft zij bij dit artikel.")
    question.article_slug, question.question, question.answer = article_slug.strip(), " ".join(text.split()), answer
    if question.state == State.PROPOSED and question.checked_digest != digest_of(question):
        question.state = State.DRAFT
    question.save(update_fields=["article_slug", "question", "answer", "state"])


def examine(question: PublicQuestion) -> Examined:
    """Look at the draft as it would be published. Changes nothing."""
    rendered = render_answer(question.answer, prefix=f"{question.slug}-")
    problems = [finding.message for finding in rendered.errors]
    if not question.question:
        problems.append("Schrijf de vraag op in één zin, in je eigen woorden.")
    if not question.answer.strip():
        problems.append("Het antwoord is leeg.")
    if unfilled := find_unfilled(f"{question.question}\n{question.answer}"):
        problems.append(f"Vul eerst in of haal weg: {', '.join(unfilled)}.")
    if not surroundings().find_article(question.article_slug):
        problems.append("Kies een gepubliceerd artikel waar de vraag bij hoort.")
    return Examined(rendered, tuple(problems), find_traces(question))


def find_traces(question: PublicQuestion) -> tuple[Finding, ...]:
    """Return what in question and answer may lead to a person, above all to the one who asked."""
    asker = question.request
    names, addresses = ([asker.name], [asker.email]) if asker else ([], [])
    text = f"{question.question}\n\n{question.answer}"
    return find_personal_data(text, names, addresses, reference_pattern=REFERENCE)


@transaction.atomic
def propose(question: PublicQuestion, *, by: AbstractBaseUser, has_checked: bool, now: datetime) -> None:
    """Hand a draft to who may publish. `has_checked`: `by` vouches that it leads to nobody."""
    _require_writer(by)
    _check(question, by=by, has_checked=has_checked, now=now)
    if question.state != State.PUBLISHED:
        question.state = State.PROPOSED
    question.save()
    auditing.record(Action.QUESTION_MADE, by=by, question=question.pk)


@transaction.atomic
def publish(question: PublicQuestion, *, by: AbstractBaseUser, now: datetime, has_checked: bool = False) -> None:
    """Let readers see the draft under its article. Somebody must have vouched for this text, or does so now."""
    require(by, PUBLISH)
    if question.checked_digest != digest_of(question):
        _check(question, by=by, has_checked=has_checked, now=now)
    examined = examine(question)
    if examined.problems:
        raise QuestionRefused(*examined.problems)
    question.html, question.shown_question = examined.rendered.html, question.question
    question.sources = [asdict(source) | {"uses": []} for source in examined.rendered.sources]
    question.state, question.published_by, question.published_at = State.PUBLISHED, by, question.published_at or now
    question.save()
    _show(question.article_slug)
    auditing.record(Action.QUESTION_PUBLISHED, by=by, question=question.pk)


@transaction.atomic
def withdraw(question: PublicQuestion, *, by: AbstractBaseUser) -> None:
    """Take a question from the site at once. Its draft stays."""
    require(by, PUBLISH)
    if question.state != State.PUBLISHED:
        raise QuestionRefused("Deze vraag staat niet op de site.")
    question.state = State.WITHDRAWN
    question.save(update_fields=["state"])
    surroundings().hide_question(question.slug)
    auditing.record(Action.QUESTION_WITHDRAWN, by=by, question=question.pk)


def digest_of(question: PublicQuestion) -> str:
    """Return the digest of the text that somebody vouches for."""
    return hashlib.sha256(f"{question.question}\0{question.answer}".encode()).hexdigest()


def _check(question: PublicQuestion, *, by: AbstractBaseUser, has_checked: bool, now: datetime) -> None:
    examined = examine(question)
    traces = [f"Haal weg: ‘{trace.text}’ ({trace.kind.label})." for trace in examined.blocking]
    vouched = [] if has_checked else ["Lees de tekst na en vink aan dat niemand erin te herkennen is."]
    if problems := [*examined.problems, *traces, *vouched]:
        raise QuestionRefused(*problems)
    question.checked_digest, question.checked_by, question.checked_at = digest_of(question), by, now


def _show(slug: str) -> None:
    """Show under the article at `slug` what is published for any of its addresses, oldest first."""
    found = PublicQuestion.objects.published().filter(article_slug__in=surroundings().addresses_of(slug) | {slug})
    rows = list(found.order_by("published_at", "pk"))
    cited = Reference.objects.by_key({source["key"] for row in rows for source in row.sources})
    masked = {key: reference for key, reference in cited.items() if reference.is_masked}
    surroundings().show_questions(slug, tuple(_shown(row, masked) for row in rows))


def _shown(row: PublicQuestion, masked: dict[str, Reference]) -> ShownQuestion:
    return ShownQuestion(
        anchor=row.slug,
        question=row.shown_question,
        html=row.html,
        answered_on=timezone.localtime(row.published_at).date().isoformat(),
        signed_by=row.signed_by,
        sources=tuple(_source(source, masked.get(source["key"])) for source in row.sources),
    )


def _source(data: dict, masked: Reference | None) -> NumberedSource:
    """Return a source as it was published, or as readers may see it now that its title is masked."""
    source = NumberedSource(**data | {"uses": ()})
    if masked is None:
        return source
    return replace(source, **describe_source(masked.public_csl(link_masked=settings.LINK_MASKED_REFERENCES)))


def _require_writer(user: AbstractBaseUser) -> None:
    if not user.has_perm(PUBLISH):
        require(user, HANDLE)
