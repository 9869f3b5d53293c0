"""Planning: what was approved goes out at its moment, or an article is withdrawn then. The worker calls `run_due`."""

import logging
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from articles import publishing
from articles.checks import errors
from articles.drafts import UnknownName, digest, source_of, with_fields
from articles.markdown_file import ArticleFileError, dump, parse
from articles.models import Article, ArticleEvent, ScheduledPublication, Submission
from articles.rendering import ArticleSource
from articles.rendering.snapshot import to_data

logger = logging.getLogger(__name__)
Kind, State = ScheduledPublication.Kind, ScheduledPublication.State
UNEXPECTED = "Er ging iets mis op de server. Er is niets veranderd; de beheerder vindt in het logboek wat er misging."


class ScheduleRefused(ValueError):
    """It can't be planned; the message says why, in Dutch."""


@transaction.atomic
def schedule(
    article: Article,
    *,
    due: datetime,
    by: AbstractBaseUser,
    reason: str = "",
    is_substantive: bool = True,
    expected_digest: str = "",
) -> ScheduledPublication:
    """Approve the saved draft and freeze it, to be published at `due`. It takes the place of what was planned before.

    With `expected_digest` the draft must still be the text that was looked at. Approving answers the submission of the draft.
    Raises PermissionDenied, PublishRefused when the checks find an error, or ScheduleRefused.
    """
    publishing.require_permission(by)
    _require_future(due)
    article = _lock(article)
    source = source_of(article)
    text = dump(source)
    if expected_digest and expected_digest != digest(text):
        raise ScheduleRefused("Het concept is intussen veranderd. Kijk het na en plan het opnieuw in.")
    rendered, findings = publishing.examine_to_publish(source, article)
    if blocking := errors(findings):
        raise publishing.PublishRefused(blocking, findings)
    if to_data(publishing.examine_source(parse_text(text), article)[0]) != to_data(rendered):
        raise ScheduleRefused(
            "Een tussenkop in het concept staat op een plaats waar zij niet bewaard kan worden. Publiceer nu, of haal haar weg."
        )
    publishing.call_off(article, kinds=[Kind.PUBLISH], by=by, reason="Er is een andere versie ingepland.")
    Submission.objects.filter(article=article).delete()
    row = _plan(article, Kind.PUBLISH, due, by, reason, source=text, is_substantive=is_substantive)
    ArticleEvent.record(article, ArticleEvent.Kind.SCHEDULED, by=by, reason=row.reason, due=due)
    return row


@transaction.atomic
def schedule_withdrawal(article: Article, *, due: datetime, by: AbstractBaseUser, reason: str = "") -> ScheduledPublication:
    """Plan that readers no longer find `article` from `due` on. It takes the place of what was planned before.

    Raises PermissionDenied or ScheduleRefused.
    """
    publishing.require_permission(by)
    _require_future(due)
    article = _lock(article)
    publishing.call_off(article, kinds=[Kind.WITHDRAW], by=by, reason="Er is een ander moment gekozen.")
    row = _plan(article, Kind.WITHDRAW, due, by, reason)
    ArticleEvent.record(article, ArticleEvent.Kind.WITHDRAWAL_SCHEDULED, by=by, reason=row.reason, due=due)
    return row


@transaction.atomic
def reschedule(row: ScheduledPublication, *, due: datetime, by: AbstractBaseUser) -> ScheduledPublication:
    """Plan the same for another moment, also after it failed. Who moves it approves it.

    Raises PermissionDenied or ScheduleRefused.
    """
    publishing.require_permission(by)
    _require_future(due)
    row = _open(row)
    row.due, row.state, row.failure = due, State.WAITING, ""
    row.scheduled_by, row.scheduled_at = by, timezone.now()
    row.save(update_fields=["due", "state", "failure", "scheduled_by", "scheduled_at"])
    kinds = {Kind.PUBLISH: ArticleEvent.Kind.SCHEDULED, Kind.WITHDRAW: ArticleEvent.Kind.WITHDRAWAL_SCHEDULED}
    ArticleEvent.record(row.article, kinds[row.kind], by=by, reason="Ander moment.", due=due)
    return row


@transaction.atomic
def cancel(row: ScheduledPublication, *, by: AbstractBaseUser) -> None:
    """Call off what is planned, or put away what failed. Raises PermissionDenied, or ScheduleRefused when it is over already."""
    publishing.require_permission(by)
    row = _open(row)
    publishing.call_off(row.article, kinds=[row.kind], by=by, reason="")


def parse_text(text: str) -> ArticleSource:
    """Return a frozen text as the source of an article. Raises ArticleFileError."""
    return with_fields(parse(text))


def run_due(now: datetime) -> int:
    """Do everything that was due at `now`, in order of its moment; return how much was done.

    Each row is claimed and carried out in one transaction, so that of several workers one does it, and a crash leaves it waiting.
    What is refused becomes failed, with the reason; the others go on.
    """
    return sum(_run(pk, article) for pk, article in list(ScheduledPublication.objects.due(now).values_list("pk", "article_id")))


def _run(pk: int, article_id: int) -> bool:
    try:
        return _carry_out(pk, article_id)
    except publishing.PublishRefused as refused:
        return _fail(pk, article_id, " ".join(finding.message for finding in refused.findings))
    except (PermissionDenied, ArticleFileError, UnknownName) as error:
        return _fail(pk, article_id, str(error))
    except (OperationalError, InterfaceError):  # the database was busy or away: the next round tries again
        logger.exception("planned step %s of article %s has to wait", pk, article_id)
    except Exception:
        logger.exception("planned step %s of article %s failed", pk, article_id)
        return _fail(pk, article_id, UNEXPECTED)
    return False


@transaction.atomic
def _carry_out(pk: int, article_id: int) -> bool:
    row = _claim(pk, article_id, state=State.DONE)
    if row is None:
        return False
    _require_approver(row)
    if row.kind == Kind.WITHDRAW:
        publishing.withdraw(row.article, by=row.scheduled_by, reason=row.reason, keep_plans=True)
        return True
    source = parse_text(row.source)
    publication = publishing.publish(
        row.article, by=row.scheduled_by, reason=row.reason, is_substantive=row.is_substantive, source=source
    )
    ScheduledPublication.objects.filter(pk=pk).update(publication=publication)
    return True


@transaction.atomic
def _fail(pk: int, article_id: int, failure: str) -> bool:
    if row := _claim(pk, article_id, state=State.FAILED, failure=failure):
        ArticleEvent.record(row.article, ArticleEvent.Kind.FAILED, by=None, reason=failure, due=row.due)
    return False


def _claim(pk: int, article_id: int, **values) -> ScheduledPublication | None:
    """Take a waiting row for this worker; None when another has it. The article first, as every other step does: no deadlock."""
    if not Article.objects.select_for_update().filter(pk=article_id).exists():
        return None
    if not ScheduledPublication.objects.filter(pk=pk, state=State.WAITING).update(**values):
        return None
    return ScheduledPublication.objects.select_related("article", "scheduled_by").get(pk=pk)


def _require_approver(row: ScheduledPublication) -> None:
    user = row.scheduled_by
    if not user.has_perm(publishing.PERMISSION):
        what = "publiceren" if user.is_active else "inloggen"
        raise PermissionDenied(
            f"{user.get_full_name() or user} plande dit in, maar mag niet meer {what}. Plan het zelf opnieuw in."
        )


def _plan(article: Article, kind: str, due: datetime, by: AbstractBaseUser, reason: str, **fields) -> ScheduledPublication:
    return ScheduledPublication.objects.create(
        article=article, kind=kind, due=due, scheduled_by=by, scheduled_at=timezone.now(), reason=reason.strip(), **fields
    )


def _open(row: ScheduledPublication) -> ScheduledPublication:
    article = _lock(row.article)
    found = article.scheduled.filter(pk=row.pk, state__in=ScheduledPublication.OPEN).first()
    if found is None:
        raise ScheduleRefused("Deze planning is al uitgevoerd of geannuleerd.")
    found.article = article
    return found


def _require_future(due: datetime) -> None:
    if due <= timezone.now():
        raise ScheduleRefused("Dat moment is al voorbij. Kies een later moment.")


def _lock(article: Article) -> Article:
    return Article.objects.select_for_update().get(pk=article.pk)
