"""The library that a text draws from, read from the database: only what the text names, in a few queries."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.conf import settings
from django.urls import reverse

from articles.addresses import find_articles
from articles.checks import Term
from articles.images import to_picture
from articles.models import Article, ForbiddenTerm, Image
from articles.rendering.findings import Level
from articles.rendering.fragments import anchors_of
from articles.rendering.intake import find_nutrients
from articles.rendering.links import find_targets
from articles.rendering.rendered import Claim
from articles.rendering.snapshot import from_data
from articles.rendering.source import ArticleSource, Library, LibraryPicture, LinkTarget
from intake.models import Nutrient
from intake.printing import source_keys
from intake.table import Table
from references.citations import find_groups
from references.models import HealthClaim, Reference


def library_for(source: ArticleSource) -> Library:
    """Return everything that `source` names and that exists, in a form that readers may see (masked titles stay masked)."""
    names = _image_names(source)
    pictures = {image.name: _library_picture(image) for image in Image.objects.filter(name__in=names)} if names else {}
    texts = [*source.texts, *(known.caption for known in pictures.values())]
    tables = _tables(texts)
    cited = {key for text in texts for key in cited_keys(text)} | {key for table in tables.values() for key in source_keys(table)}
    references = Reference.objects.by_key(cited)
    claims = list(HealthClaim.objects.all()) if source.benefits else []
    return Library(
        references={
            key: reference.public_csl(link_masked=settings.LINK_MASKED_REFERENCES) for key, reference in references.items()
        },
        pictures=pictures,
        links=checked_targets([*(target for text in texts for target in find_targets(text)), *((s, "") for s in source.related)]),
        claims={claim.key: Claim(claim.key, claim.text_nl) for claim in claims if claim.key in _claim_keys(source)},
        tables=tables,
        remarks={key: reference.remark for key, reference in references.items() if reference.remark},
        masked=frozenset(key for key, reference in references.items() if reference.is_masked),
        retracted=frozenset(key for key, reference in references.items() if reference.is_retracted),
        nutrient_claims=_nutrient_claims(source, claims),
    )


def watched_terms() -> tuple[Term, ...]:
    """Return the words that editors watch now. One query."""
    return tuple(_term(row) for row in ForbiddenTerm.objects.filter(is_active=True))


def _term(row: ForbiddenTerm) -> Term:
    exceptions = tuple(line.strip() for line in row.exceptions.splitlines() if line.strip())
    strengthening = row.kind == ForbiddenTerm.Kind.STRENGTHENING
    return Term(row.term, Level(row.level), row.explanation, exceptions, is_strengthening=strengthening)


def _nutrient_claims(source: ArticleSource, claims: list[HealthClaim]) -> dict[str, tuple[str, ...]]:
    """Return the claims of the nutrients that the article is about: named in its title, or carried by one of its benefits."""
    used, title = _claim_keys(source), source.title.casefold()
    nutrients = {claim.nutrient for claim in claims if claim.key in used or claim.nutrient.casefold() in title}
    return {name: tuple(claim.text_nl for claim in claims if claim.nutrient == name) for name in sorted(nutrients)}


def cited_keys(text: str) -> Iterable[str]:
    """Yield the key of every citation in a Markdown text."""
    return (citation.key for _, _, group in find_groups(text) for citation in group)


def link_targets(slugs: Iterable[str]) -> dict[str, LinkTarget]:
    """Return the published articles at `slugs`, old addresses included, without their anchors. One query, which loads no text."""
    return {
        slug: LinkTarget(found.title, reverse("articles:detail", args=[found.slug]), slug=found.slug, article_id=found.article_id)
        for slug, found in find_articles(slugs).items()
    }


def _tables(texts: list[str]) -> dict[str, Table]:
    """Return the intake tables that the texts print. No query when they print none."""
    keys = {key for text in texts for key in find_nutrients(text)}
    return Nutrient.objects.tables(keys) if keys else {}


def checked_targets(links: Collection[tuple[str, str]]) -> dict[str, LinkTarget]:
    """Return the targets of (slug, anchor). Only an article whose anchors are asked for is loaded to look at them."""
    targets = link_targets(slug for slug, _ in links)
    asked = {targets[slug].article_id for slug, anchor in links if anchor and slug in targets}
    if not asked:
        return targets
    rendered = Article.objects.published().filter(pk__in=asked).values_list("pk", "live__rendered")
    anchors = {pk: anchors_of(from_data(data)) for pk, data in rendered}
    return {slug: replace(target, anchors=anchors.get(target.article_id, frozenset())) for slug, target in targets.items()}


def _library_picture(image: Image) -> LibraryPicture:
    return LibraryPicture(to_picture(image), caption=image.caption, is_decorative=image.is_decorative)


def _image_names(source: ArticleSource) -> set[str]:
    names = {source.hero.image, *(benefit.image for benefit in source.benefits)}
    for text in source.texts:
        names |= {piece.split(" ")[0].split(")")[0].strip("<>") for piece in text.split("](media:")[1:]}
    return names - {""}


def _claim_keys(source: ArticleSource) -> set[str]:
    return {key for benefit in source.benefits for key in benefit.claims}
