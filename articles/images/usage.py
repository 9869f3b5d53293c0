"""Where an image is used: as opening image, with a benefit, or in a text."""

from django.db.models import Q, QuerySet

from articles.models import Article, Image


def articles_using(image: Image) -> QuerySet[Article]:
    """Return the articles whose draft shows `image`, by title."""
    typed = f"](media:{image.name}"
    uses = Q(hero=image) | Q(benefits__image=image) | Q(intro__contains=typed)
    uses |= Q(sections__body__contains=typed) | Q(benefits__body__contains=typed)
    return Article.objects.filter(uses).distinct().order_by("title")
