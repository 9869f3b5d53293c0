"""Another file under the same name. Drafts and what is published from now on show it; what was published keeps the file of then."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.images.adding import FILE_FIELDS, set_file
from articles.images.decoding import ImageRejected
from articles.images.pictures import to_picture
from articles.images.sharing import make_share
from articles.models import Article, EarlierFile, Image

PERMISSION = "articles.change_image"
KEPT = ("digest", "file", "width", "height", "renditions")


def replace_file(image: Image, data: bytes, *, by: AbstractBaseUser | None) -> bool:
    """Give `image` the picture in `data`; the file that it had is kept with it. Return False when it is the same file.

    Raises PermissionDenied, or ImageRejected when the bytes can't be used or belong to another image.
    Slow: not inside a transaction.
    """
    _require_permission(by)
    new = Image(focal_x=image.focal_x, focal_y=image.focal_y)
    set_file(new, data)
    return _swap(image, new, by=by)


def restore_file(earlier: EarlierFile, *, by: AbstractBaseUser | None) -> bool:
    """Give an image a file that it had before. Raises what `replace_file` raises."""
    _require_permission(by)
    image = earlier.image
    new = Image(focal_x=image.focal_x, focal_y=image.focal_y, **{name: getattr(earlier, name) for name in KEPT})
    new.share = make_share(new)
    if not new.share:
        raise ImageRejected("Dat bestand is er niet meer. Voeg het opnieuw toe als nieuw bestand.")
    return _swap(image, new, by=by)


@transaction.atomic
def _swap(image: Image, new: Image, *, by: AbstractBaseUser | None) -> bool:
    row = Image.objects.select_for_update().get(pk=image.pk)
    if row.digest == new.digest:
        return False
    if other := Image.objects.filter(digest=new.digest).first():
        raise ImageRejected(
            f"Dit bestand staat al in de beeldbank als ‘{other.name}’. Gebruik die naam, of kies een ander bestand."
        )
    row.earlier_files.filter(digest__in=[row.digest, new.digest]).delete()  # each file stands in the list once
    before = {name: getattr(row, name) for name in KEPT} | {"file": row.file.name}
    EarlierFile.objects.create(image=row, replaced_by=by, **before)
    for name in FILE_FIELDS:
        setattr(image, name, getattr(new, name))
    image.save(update_fields=FILE_FIELDS)
    return True


@dataclass(frozen=True)
class Outdated:
    """An article whose page shows another file, or another cut, than the library has now."""

    article: Article
    is_other_file: bool


def outdated_articles(image: Image) -> list[Outdated]:
    """Return the articles that readers see with an older file or, in the opening image, an older focal point. One query."""
    src, point = to_picture(image).src, (image.focal_x, image.focal_y)
    found: dict[int, Outdated] = {}
    for use in image.uses.live().exclude(src="").select_related("article").order_by("article__title", "article", "position"):
        is_other_file = use.src != src
        is_other_cut = use.place == "hero" and (use.focal_x, use.focal_y) != point
        if is_other_file or (is_other_cut and use.article_id not in found):
            found[use.article_id] = Outdated(use.article, is_other_file)
    return list(found.values())


def _require_permission(user: AbstractBaseUser | None) -> None:
    if user is not None and not user.has_perm(PERMISSION):
        raise PermissionDenied("Je mag afbeeldingen niet veranderen. Vraag een redacteur.")
