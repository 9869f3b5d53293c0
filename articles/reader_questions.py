"""Questions of readers with their answers, shown under an article. Whoever answers them keeps them; here is what readers see.

They stand in a column of the article, so that its page costs no query more, and belong to no version: an old one shows none. Unlike
what was published they may change: a title that is masked is masked in them at once.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db import transaction

from articles.addresses import find_articles
from articles.late_masks import mask
from articles.models import Article, Generation
from articles.rendering.rendered import NumberedSource
from references.models import Reference


@dataclass(frozen=True)
class ReaderQuestion:
    """`html` is the finished answer, which links to its own `sources`; `answered_on` a date as YYYY-MM-DD."""

    anchor: str
    question: str
    html: str
    answered_on: str
    signed_by: str = ""
    sources: tuple[NumberedSource, ...] = ()

    @property
    def day(self) -> date:
        return date.fromisoformat(self.answered_on)


@transaction.atomic
def show_questions(slug: str, questions: Iterable[ReaderQuestion]) -> bool:
    """Show exactly these questions under the article at `slug`, in this order; return whether there is such an article."""
    found = find_articles([slug]).get(slug)
    if found is None:
        return False
    _keep(found.article_id, questions)
    Generation.raise_it()
    return True


@transaction.atomic
def hide_question(anchor: str) -> None:
    """Take one question from wherever it stands, also from an article that is withdrawn now, or that moved."""
    for article in Article.objects.exclude(reader_questions=[]).only("reader_questions"):
        questions = questions_of(article)
        kept = tuple(question for question in questions if question.anchor != anchor)
        if kept != questions:
            _keep(article.pk, kept)
            Generation.raise_it()


def questions_of(article: Article) -> tuple[ReaderQuestion, ...]:
    return tuple(
        ReaderQuestion(**data | {"sources": tuple(NumberedSource(**source | {"uses": ()}) for source in data["sources"])})
        for data in article.reader_questions
    )


def mask_in_questions(reference: Reference) -> bool:
    """Mask a source in every question that cites it; return whether there was one. The caller has the pages made anew."""
    has_any = False
    for article in Article.objects.exclude(reader_questions=[]).only("reader_questions"):
        questions = questions_of(article)
        masked = tuple(replace(question, sources=_masked(question, reference)) for question in questions)
        if masked != questions:
            _keep(article.pk, masked)
            has_any = True
    return has_any


def _masked(question: ReaderQuestion, reference: Reference) -> tuple[NumberedSource, ...]:
    return tuple(mask(source, reference) if source.key == reference.key else source for source in question.sources)


def _keep(article_id: int, questions: Iterable[ReaderQuestion]) -> None:
    Article.objects.filter(pk=article_id).update(reader_questions=[asdict(question) for question in questions])
