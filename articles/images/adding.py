"""The one way into the image library, for the admin, for paste and drop, and for the import."""

import hashlib
from itertools import count
from pathlib import PurePosixPath

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from articles.images.decoding import decode_upload
from articles.images.renditions import FALLBACK_TYPES, store_renditions
from articles.images.sharing import make_share
from articles.models import Image

NAME_LENGTH = Image._meta.get_field("name").max_length
FILE_FIELDS = ["digest", "file", "width", "height", "renditions", "share"]


def add_image(
    data: bytes, *, name: str, alt: str = "", is_decorative: bool = False, caption: str = "", credit: str = "", by=None
) -> Image:
    """Return the library's row for these bytes: the existing one (left as it is) or a new one.

    `name` is a slug or a file name; when it is taken the new row gets "-2", "-3" and so on. Raises ImageRejected when the bytes
    can't be used and ValidationError when a text is too long or a decorative image has an alt text. Slow: not inside a transaction.
    """
    if existing := Image.objects.filter(digest=hashlib.sha256(data).hexdigest()).first():
        return existing
    texts = {"alt": alt, "is_decorative": is_decorative, "caption": caption, "credit": credit}
    image = Image(name=suggest_name(name), uploaded_by=by, **texts)
    image.clean_fields(exclude=FILE_FIELDS)
    image.validate_constraints(exclude=FILE_FIELDS)
    set_file(image, data)
    return _insert(image)


def set_file(image: Image, data: bytes) -> None:
    """Decode the bytes, write the files and let the row (not saved here) name them. Raises ImageRejected."""
    decoded = decode_upload(data)
    renditions = store_renditions(decoded)
    widest = [rendition for rendition in renditions if rendition.type in FALLBACK_TYPES][-1]
    image.digest, image.file = decoded.digest, widest.file
    image.width, image.height = widest.width, widest.height
    image.renditions = [rendition.as_json() for rendition in renditions]
    image.share = make_share(image)


def suggest_name(filename: str) -> str:
    """Return a slug for a file name, path and extension left out: "C:\\Foto's\\Blad groen.JPG" gives "blad-groen"."""
    stem = PurePosixPath(filename.replace("\\", "/")).stem
    return slugify(stem)[:NAME_LENGTH].strip("-_") or "afbeelding"


def _insert(image: Image) -> Image:
    """Save a new row under the first free name; when somebody else just added the same bytes, return theirs."""
    base = image.name
    for number in count(2):
        try:
            with transaction.atomic():
                image.save(force_insert=True)
        except IntegrityError:
            if existing := Image.objects.filter(digest=image.digest).first():
                return existing
            if not Image.objects.filter(name=image.name).exists():
                raise
            image.name = f"{base[: NAME_LENGTH - len(f'-{number}')]}-{number}"
        else:
            return image
