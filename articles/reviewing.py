"""Review: a writer submits a draft, a chief editor publishes it, plans it, or sends it back with a reason."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles.checks import errors
from articles.drafts import digest, source_of
from articles.markdown_file import dump
from articles.models import Article, ArticleEvent, Submission
from articles.models.workflow import REASON_LENGTH
from articles.publishing import WRITE_PERMISSION, PublishRefused, examine_to_publish, require_permission


class ReviewRefused(ValueError):
    """A draft can't be submitted, taken back or sent back; the message says why, in Dutch."""


@transaction.atomic
def submit(article: Article, *, by: AbstractBaseUser, note: str = "") -> Submission:
    """Hand the saved draft to the chief editors. Submitting again renews the submission: it is about the text of now.

    Raises PermissionDenied, PublishRefused when the checks find an error, or ReviewRefused when readers have this text already.
    """
    _require_writer(by)
    article = _lock(article)
    source = source_of(article)
    _, findings = examine_to_publish(source, article)
    if blocking := errors(findings):
        raise PublishRefused(blocking, findings)
    text = dump(source)
    if article.live and article.live.source == text:
        raise ReviewRefused("Er valt niets na te kijken: het concept is gelijk aan wat lezers zien.")
    values = {
        "state": Submission.State.WAITING,
        "digest": digest(text),
        "note": note.strip()[:REASON_LENGTH],
        "submitted_by": by,
        "submitted_at": timezone.now(),
        "reason": "",
        "sent_back_by": None,
        "sent_back_at": None,
    }
    submission, _ = Submission.objects.update_or_create(article=article, defaults=values)
    ArticleEvent.record(article, ArticleEvent.Kind.SUBMITTED, by=by, reason=submission.note)
    return submission


@transaction.atomic
def take_back(article: Article, *, by: AbstractBaseUser) -> None:
    """Make a submitted draft a draft again, before it was judged. Raises PermissionDenied, or ReviewRefused when nothing waits."""
    _require_writer(by)
    submission = _waiting(_lock(article))
    ArticleEvent.record(submission.article, ArticleEvent.Kind.TAKEN_BACK, by=by)
    submission.delete()


@transaction.atomic
def send_back(article: Article, *, by: AbstractBaseUser, reason: str) -> Submission:
    """Give a submitted draft back to its writer, who sees the reason on the article page until submitting again.

    Raises PermissionDenied, or ReviewRefused when nothing waits or there is no reason.
    """
    require_permission(by)
    reason = reason.strip()
    if not reason or len(reason) > REASON_LENGTH:
        raise ReviewRefused(f"Schrijf in hooguit {REASON_LENGTH} tekens wat er nog moet gebeuren.")
    submission = _waiting(_lock(article))
    submission.state, submission.reason = Submission.State.SENT_BACK, reason
    submission.sent_back_by, submission.sent_back_at = by, timezone.now()
    submission.save()
    ArticleEvent.record(submission.article, ArticleEvent.Kind.SENT_BACK, by=by, reason=reason)
    return submission


def has_changed_since(submission: Submission, text: str) -> bool:
    """Whether the draft, as a file, is no longer what was submitted."""
    return submission.digest != digest(text)


def _waiting(article: Article) -> Submission:
    submission = Submission.objects.filter(article=article, state=Submission.State.WAITING).select_related("article").first()
    if submission is None:
        raise ReviewRefused("Dit concept is niet (meer) ter controle.")
    return submission


def _lock(article: Article) -> Article:
    return Article.objects.select_for_update().get(pk=article.pk)


def _require_writer(user: AbstractBaseUser) -> None:
    if not user.has_perm(WRITE_PERMISSION):
        raise PermissionDenied("Je mag artikelen niet veranderen, dus ook niet insturen. Vraag een redacteur.")
