"""Where an image stands, article by article, with the words that readers get there and a link to the place."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F
from django.urls import reverse

from articles.models import Article, Image, ImageUse

MOST_ARTICLES = 100


@dataclass(frozen=True)
class Place:
    """`alt` is what is read aloud there; `is_own_alt` tells whether it was typed for this place."""

    text: str
    url: str
    alt: str
    is_own_alt: bool = False


@dataclass(frozen=True)
class OldVersion:
    number: int
    url: str


@dataclass(frozen=True)
class ArticleUses:
    """Every place of an image in one article: in the draft, on the page that readers see, and in which older versions."""

    title: str
    url: str
    draft: list[Place] = field(default_factory=list)
    live: list[Place] = field(default_factory=list)
    versions: list[OldVersion] = field(default_factory=list)


def article_uses(image: Image) -> tuple[list[ArticleUses], int]:
    """Return the first hundred articles that use `image`, by title, and how many there are. Four queries."""
    using = Article.objects.filter(pk__in=image.uses.values("article"))
    shown = using.select_related("live").only("title", "slug", "live__slug").order_by("title", "pk")
    articles = {article.pk: article for article in shown[:MOST_ARTICLES]}
    found = {pk: ArticleUses(article.title, _form(article)) for pk, article in articles.items()}
    uses = image.uses.filter(article__in=list(found)).order_by("article", "position")
    for use in uses.in_drafts():
        found[use.article_id].draft.append(_draft_place(use, articles[use.article_id], image))
    versions: dict[int, dict[int, OldVersion]] = defaultdict(dict)
    published = uses.filter(publication__isnull=False).annotate(number=F("publication__number")).order_by("-number", "position")
    for use in published:
        article = articles[use.article_id]
        if use.publication_id == article.live_id:
            url = f"{article.get_absolute_url()}#{use.anchor}" if use.anchor else article.get_absolute_url()
            found[article.pk].live.append(Place(use.described, url, use.alt))
        else:
            versions[article.pk].setdefault(use.number, OldVersion(use.number, _version_url(article, use.number)))
    for pk, old in versions.items():
        found[pk].versions.extend(old.values())
    return list(found.values()), using.count() if len(found) == MOST_ARTICLES else len(found)


def _draft_place(use: ImageUse, article: Article, image: Image) -> Place:
    url = f"{_form(article)}#id_{use.field}" if use.field else _form(article)
    return Place(use.described, url, use.alt or image.alt, is_own_alt=bool(use.alt))


def _form(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def _version_url(article: Article, number: int) -> str:
    """Readers can open the versions of an article that is published; those of a withdrawn one stand in its history."""
    if article.live:
        return reverse("articles:version", args=[article.live.slug, number])
    return reverse("admin:articles_article_history", args=[article.pk])
