"""A row of the library -> the Picture that rendering puts on a page."""

from django.conf import settings

from articles.images.renditions import FALLBACK_TYPES
from articles.models import Image
from articles.rendering.rendered import Picture, PictureSource

FALLBACK_WIDTH = 1200  # for browsers without srcset


def to_picture(image: Image) -> Picture:
    """Return the picture with its addresses. Its caption is rendering's work: sources are numbered there. No query, no file."""
    by_type: dict[str, list[dict]] = {}
    for rendition in image.renditions:
        by_type.setdefault(rendition["type"], []).append(rendition)
    fallbacks = [rendition for kind in by_type if kind in FALLBACK_TYPES for rendition in by_type[kind]]
    fallbacks = fallbacks or [{"file": image.file.name, "width": image.width}]
    return Picture(
        name=image.name,
        src=_url(max(fallbacks, key=lambda r: (r["width"] <= FALLBACK_WIDTH, r["width"]))),
        srcset=_srcset(fallbacks),
        sources=tuple(PictureSource(kind, _srcset(files)) for kind, files in by_type.items() if kind not in FALLBACK_TYPES),
        width=image.width,
        height=image.height,
        alt=image.alt,
        credit=image.credit,
    )


def _srcset(renditions: list[dict]) -> str:
    return ", ".join(f"{_url(rendition)} {rendition['width']}w" for rendition in renditions)


def _url(rendition: dict) -> str:
    """Always through the site's own address, wherever the files are kept: a published page holds it for ever."""
    return f"{settings.MEDIA_URL}{rendition['file']}"
