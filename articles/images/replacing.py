"""Another file under the same name. Drafts and what is published from now on show it; what was published keeps the file of then."""

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, Max, Q, When

from articles.images.adding import FILE_FIELDS, set_file
from articles.images.decoding import ImageRejected
from articles.images.pictures import to_picture
from articles.images.sharing import make_share
from articles.models import EarlierFile, Image

PERMISSION = "articles.change_image"
MOST_OUTDATED = 100
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
    """An article whose page shows another file, or (in its opening image) another cut, than the library has now."""

    pk: int
    title: str
    is_other_file: bool


def outdated_articles(image: Image) -> tuple[list[Outdated], int]:
    """Return the first hundred articles that readers see with what `image` was before, by title, and how many there are."""
    src = to_picture(image).src
    other_cut = Q(place="hero") & ~Q(focal_x=image.focal_x, focal_y=image.focal_y)
    uses = image.uses.live().exclude(src="").filter(~Q(src=src) | other_cut)
    found = uses.values_list("article", "article__title").order_by("article__title", "article")
    found = found.annotate(is_other_file=Max(Case(When(src=src, then=0), default=1)))
    first = [Outdated(pk, title, bool(is_other)) for pk, title, is_other in found[:MOST_OUTDATED]]
    return first, found.count() if len(first) == MOST_OUTDATED else len(first)


def _require_permission(user: AbstractBaseUser | None) -> None:
    if user is not None and not user.has_perm(PERMISSION):
        raise PermissionDenied("Je mag afbeeldingen niet veranderen. Vraag een redacteur.")
