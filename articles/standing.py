"""Where an article stands, in the words that every list and page uses."""

from dataclasses import dataclass

from articles.local_time import say
from articles.models import Article, ScheduledPublication, Submission


@dataclass(frozen=True)
class Standing:
    """What people read, the state itself first; `code` names its colour, `failed` says that something planned went wrong."""

    code: str
    parts: tuple[str, ...]
    failed: bool = False

    @property
    def label(self) -> str:
        return " · ".join(self.parts)


def standing(article: Article) -> Standing:
    """Return where `article` stands for readers, and what is on its way. Two queries, none when the rows were fetched along."""
    submission = submission_of(article)
    waiting = submission is not None and submission.is_waiting
    rows = [row for row in article.scheduled.all() if row.is_open]
    planned = {row.kind: row for row in rows if not row.has_failed}
    if article.status != Article.Status.DRAFT:
        code, parts = article.status, [article.get_status_display()]
    elif publication := planned.pop("publish", None):
        code, parts = "planned", [f"gepland voor {say(publication.due)}"]
    elif waiting:
        code, parts, waiting = "review", ["ter controle"], False
    else:
        code, parts = "draft", ["concept"]
    parts += ["nieuwe versie ter controle"] if waiting else []
    parts += [_on_its_way(row) for row in planned.values()]
    return Standing(code, tuple(parts), failed=any(row.has_failed for row in rows))


def submission_of(article: Article) -> Submission | None:
    """Return the submission of the draft, or None when nobody was asked to look."""
    return getattr(article, "submission", None)


def _on_its_way(row: ScheduledPublication) -> str:
    what = "nieuwe versie" if row.kind == ScheduledPublication.Kind.PUBLISH else "intrekken"
    return f"{what} gepland voor {say(row.due)}"
