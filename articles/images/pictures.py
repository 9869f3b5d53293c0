"""A row of the library -> the Picture that rendering puts on a page."""

from django.conf import settings

from articles.images.renditions import FALLBACK_TYPES
from articles.models import EarlierFile, Image
from articles.rendering.rendered import Picture, PictureSource

FALLBACK_WIDTH = 1200  # for browsers without srcset


def to_picture(image: Image) -> Picture:
    """Return the picture with its addresses. Its caption is rendering's work: sources are numbered there. No query, no file."""
    by_type: dict[str, list[dict]] = {}
    for rendition in image.renditions:
        by_type.setdefault(rendition["type"], []).append(rendition)
    fallbacks = _fallbacks(image)
    return Picture(
        name=image.name,
        src=_url(max(fallbacks, key=lambda r: (r["width"] <= FALLBACK_WIDTH, r["width"]))),
        srcset=_srcset(fallbacks),
        sources=tuple(PictureSource(kind, _srcset(files)) for kind, files in by_type.items() if kind not in FALLBACK_TYPES),
        width=image.width,
        height=image.height,
        alt=image.alt,
        credit=image.credit,
        focal_x=image.focal_x,
        focal_y=image.focal_y,
        share_src=_url(image.share) if image.share else "",
        share_width=image.share.get("width", 0),
        share_height=image.share.get("height", 0),
    )


def thumbnail_src(image: Image | EarlierFile) -> str:
    """Return the address of the smallest file that every browser knows. No query, no file."""
    return _url(min(_fallbacks(image), key=lambda rendition: rendition["width"]))


def _fallbacks(image: Image | EarlierFile) -> list[dict]:
    found = [rendition for rendition in image.renditions if rendition["type"] in FALLBACK_TYPES]
    return found or [{"file": str(image.file), "width": image.width}]


def _srcset(renditions: list[dict]) -> str:
    return ", ".join(f"{_url(rendition)} {rendition['width']}w" for rendition in renditions)


def _url(rendition: dict) -> str:
    """Always through the site's own address, wherever the files are kept: a published page holds it for ever."""
    return f"{settings.MEDIA_URL}{rendition['file']}"
