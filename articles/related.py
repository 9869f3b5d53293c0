"""What to read after an article: chosen by its editor, shown when readers may see it, proposed by the sources that are shared."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, F

from articles.addresses import find_articles
from articles.models import Article, Citation
from articles.rendering import RenderedArticle
from articles.rendering.source import LinkTarget

MOST_RELATED = 4
MOST_SUGGESTIONS = 5
_SLUG_AT_END = re.compile(r"(?:.*/)?([A-Za-z0-9_-]+)/?")


class RelatedRefused(ValueError):
    """A choice can't be kept; `messages` says why, in Dutch."""

    def __init__(self, messages: list[str]):
        super().__init__(" ".join(messages))
        self.messages = messages


@dataclass(frozen=True)
class Suggestion:
    """A published article that cites sources that another one cites too."""

    slug: str
    title: str
    shared: int


def related_articles(article: RenderedArticle, targets: Mapping[str, LinkTarget]) -> list[Article]:
    """Return what was chosen to read after `article`, in that order: each article once, and only when readers may see it.

    `targets` holds what readers find at the chosen addresses, and at that of the article itself. One query.
    """
    wanted = dict.fromkeys(targets[slug].article_id for slug in article.related if slug in targets)
    if article.slug in targets:
        wanted.pop(targets[article.slug].article_id, None)
    found = {other.pk: other for other in Article.objects.published().filter(pk__in=wanted)} if wanted else {}
    return [found[pk] for pk in wanted if pk in found]


def slug_of(typed: str) -> str:
    """Return the address of an article in what somebody typed or pasted: the address itself, a path, or a whole web address."""
    match = _SLUG_AT_END.fullmatch(typed.strip().partition("#")[0].partition("?")[0])
    return match[1] if match else typed.strip()


def check_related(typed: Iterable[str], article: Article) -> list[str]:
    """Return the chosen addresses, each once, in their order. What was kept earlier is not judged again.

    Raises RelatedRefused when there are too many, when an article chooses itself, or when an address is nobody's.
    """
    slugs = list(dict.fromkeys(slug_of(text) for text in typed))
    names = titles(slugs)
    faults = [
        f"Er is geen artikel met het adres ‘{slug}’." for slug in slugs if slug not in names and slug not in (article.related or ())
    ]
    if article.slug in slugs or any(found.article_id == article.pk for found in find_articles(slugs).values()):
        faults.append("Een artikel kan niet naar zichzelf verwijzen.")
    if len(slugs) > MOST_RELATED:
        faults.append(f"Kies hooguit {MOST_RELATED} artikelen; dit zijn er {len(slugs)}.")
    if faults:
        raise RelatedRefused(faults)
    return slugs


def titles(slugs: Iterable[str]) -> dict[str, str]:
    """Return, by address, the title of the article there, with a remark when readers can't see it. Two queries."""
    found = {slug: article.title for slug, article in find_articles(slugs).items()}
    missing = [slug for slug in slugs if slug not in found]
    drafts = Article.objects.filter(slug__in=missing).values_list("slug", "title") if missing else ()
    return found | {slug: f"{title} (nog niet te zien voor lezers)" for slug, title in drafts}


def suggest_related(article: Article) -> list[Suggestion]:
    """Return the published articles that cite most of the sources that the draft of `article` cites. One query."""
    cited = Citation.objects.filter(article=article, publication=None).order_by().values("reference")
    rows = (
        Citation.objects.filter(article__live=F("publication"), reference__in=cited)
        .exclude(article=article)
        .values("article__live__slug", "article__live__title")
        .annotate(shared=Count("reference", distinct=True))
        .order_by("-shared", "article__live__title")[:MOST_SUGGESTIONS]
    )
    return [Suggestion(row["article__live__slug"], row["article__live__title"], row["shared"]) for row in rows]
