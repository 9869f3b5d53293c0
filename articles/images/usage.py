"""Where images are used: in drafts, on the pages that readers see now, and in older versions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Q

from articles.models import Article, Image, ImageUse, Publication
from articles.rendering.rendered import PictureUse, RenderedArticle

LONGEST_NAME = Image._meta.get_field("name").max_length
LONGEST_HEADING = ImageUse._meta.get_field("heading").max_length


@dataclass(frozen=True)
class UseCount:
    """In how many articles an image stands: as drafts, and as the pages that readers see now."""

    drafts: int = 0
    live: int = 0


def index_pictures(article: Article, rendered: RenderedArticle, *, publication: Publication | None = None) -> None:
    """Write down which pictures the draft shows, or those of a new `publication`, and where. Two queries at most."""
    if publication is None:
        article.image_uses.in_drafts().delete()
    uses = [use for use in rendered.pictures if len(use.name) <= LONGEST_NAME]
    ImageUse.objects.bulk_create(_row(use, i, article, publication) for i, use in enumerate(uses, start=1))


def _row(use: PictureUse, position: int, article: Article, publication: Publication | None) -> ImageUse:
    row = ImageUse(
        image_id=use.name,
        article=article,
        publication=publication,
        position=position,
        place=use.place,
        field=use.field,
        anchor=use.anchor,
        heading=use.heading[:LONGEST_HEADING],
        alt=use.own_alt,
    )
    if publication and use.picture:
        row.alt, row.src = use.picture.alt, use.picture.src
        row.focal_x, row.focal_y = use.picture.focal_x, use.picture.focal_y
    return row


def count_uses(images: Iterable[Image]) -> dict[str, UseCount]:
    """Return in how many articles each image stands, by its name; one that stands nowhere is left out. One query."""
    live = Q(publication__isnull=False, article__live=F("publication"))
    found = ImageUse.objects.filter(image__in=[image.name for image in images]).values("image").order_by("image")
    counted = found.annotate(
        drafts=Count("article", distinct=True, filter=Q(publication=None)), live=Count("article", distinct=True, filter=live)
    )
    return {row["image"]: UseCount(row["drafts"], row["live"]) for row in counted}
