"""Taking an image out of the library. Never its files: a page that was published with them shows them for as long as it exists."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.models import Image

PERMISSION = "articles.delete_image"


class DeleteRefused(Exception):
    """A draft shows the image. `places` names every place in Dutch."""

    def __init__(self, places: list[str]):
        super().__init__("; ".join(places))
        self.places = places


def places_in_drafts(image: Image) -> list[str]:
    """Return every place in a draft that shows `image`, in words. One query."""
    uses = image.uses.in_drafts().select_related("article").order_by("article__title", "article", "position")
    return [f"concept ‘{use.article.title}’: {use.described}" for use in uses]


@transaction.atomic
def delete_image(image: Image, *, by: AbstractBaseUser | None) -> None:
    """Remove the image from the library and forget where it was published. Raises PermissionDenied or DeleteRefused."""
    if by is not None and not by.has_perm(PERMISSION):
        raise PermissionDenied("Je mag afbeeldingen niet verwijderen. Vraag een redacteur.")
    image = Image.objects.select_for_update().get(pk=image.pk)
    if places := places_in_drafts(image):
        raise DeleteRefused(places)
    image.uses.all().delete()
    image.delete()
