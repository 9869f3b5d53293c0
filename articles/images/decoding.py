"""Bytes that somebody uploaded -> pixels that are safe to keep. Pure: no database, no files.

The name and the declared type of an upload are hearsay and never looked at. Only pixels survive: EXIF, GPS, comments, profiles and
whatever else hides in a file stays behind, because everything that is stored is encoded anew from the pixels.
"""

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image as Pillow
from PIL import features
from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from articles.images.pixels import normalise, stored_size

MAX_BYTES = 5_000_000
MAX_PIXELS = 40_000_000
MAX_SIDE = 12_000
MIN_SIDE = 16
# A progressive JPEG of a few MB can hold tens of thousands of empty scans, each a pass over all pixels. Cameras write about ten.
MAX_JPEG_SCANS = 200

# Decoding a large image takes hundreds of MB: one at a time in each process.
ONE_AT_A_TIME = threading.Lock()

# For code that opens images in another way (Django's ImageField). Here the sizes are compared before any pixel is decoded.
Pillow.MAX_IMAGE_PIXELS = MAX_PIXELS


class ImageRejected(Exception):
    """An upload that can't be used. The message is one or two Dutch sentences for an editor: what is wrong and what to do."""


@dataclass(frozen=True)
class DecodedImage:
    """Upright sRGB pixels (mode RGB, or RGBA when something is see-through) and nothing else.

    `format` is what the file really was; `digest` is the SHA-256 of the uploaded bytes.
    """

    pixels: Pillow.Image
    format: str
    digest: str

    @property
    def has_alpha(self) -> bool:
        return self.pixels.mode == "RGBA"


# The classes are used directly and not through Image.open(): so nothing but these five formats can ever be tried.
READERS: dict[str, tuple[Callable[[bytes], bool], type[ImageFile]]] = {
    "JPEG": (lambda data: data.startswith(b"\xff\xd8\xff"), JpegImageFile),
    "PNG": (lambda data: data.startswith(b"\x89PNG\r\n\x1a\n"), PngImageFile),
    "WebP": (lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP", WebPImageFile),
    "GIF": (lambda data: data[:6] in (b"GIF87a", b"GIF89a"), GifImageFile),
}
if features.check("avif"):
    READERS["AVIF"] = (lambda data: data[4:8] == b"ftyp" and b"avif" in data[8:64], AvifImageFile)


def decode_upload(data: bytes) -> DecodedImage:
    """Return the pixels of one still image, at most 2,400 px wide and 6 megapixels (see `pixels`); raise ImageRejected otherwise.

    Measured for 40 megapixels: at most 0.7 s and 600 MB (WebP); a JPEG takes a quarter of that.
    """
    _check_bytes(data)
    kind = _find_format(data)
    try:
        with ONE_AT_A_TIME:
            pixels = _read(data, kind)
    except ImageRejected:
        raise
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
        raise ImageRejected(f"De afbeelding heeft te veel pixels. {_limits()}") from error
    except Exception as error:  # hostile bytes make a decoder raise almost anything
        raise ImageRejected(
            f"De afbeelding ({kind}) is beschadigd of onvolledig. "
            "Open haar in een beeldprogramma, bewaar haar opnieuw en probeer het nog eens."
        ) from error
    return DecodedImage(pixels, kind, hashlib.sha256(data).hexdigest())


def _check_bytes(data: bytes) -> None:
    if not data:
        raise ImageRejected("Het bestand is leeg. Kies een ander bestand.")
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1_000_000:.1f}".replace(".", ",")
        raise ImageRejected(f"Het bestand is {size} MB; het maximum is 5 MB. Maak de afbeelding kleiner of bewaar haar als JPEG.")


def _find_format(data: bytes) -> str:
    """Return the key in READERS whose signature the bytes carry."""
    for kind, (matches, _) in READERS.items():
        if matches(data):
            return kind
    if b"<svg" in data[:4096].lower():
        raise ImageRejected("Dit is een SVG-tekening, en daarin kan programmacode zitten. Bewaar haar als PNG en kies dat bestand.")
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"hevc"):
        raise ImageRejected("Dit is een HEIC-foto, en die tonen niet alle browsers. Bewaar haar als JPEG en kies dat bestand.")
    *others, last = READERS
    raise ImageRejected(
        f"Dit bestand is geen {', '.join(others)} of {last}. Bewaar de afbeelding in een van die formaten en probeer het opnieuw."
    )


def _read(data: bytes, kind: str) -> Pillow.Image:
    """Open, check every limit that can be known from the header, and only then decode. Raises whatever a decoder raises."""
    reader = READERS[kind][1]
    image = reader(BytesIO(data))
    _check_size(*image.size)
    if getattr(image, "is_animated", False):
        raise ImageRejected(
            f"Dit is een bewegende afbeelding ({kind}); op de site staan alleen stilstaande. Bewaar één beeld als PNG of JPEG."
        )
    if kind == "PNG":
        reader(BytesIO(data)).verify()  # decoding doesn't look at the checksums of the pixel data
    if kind == "JPEG":
        _check_scans(data)
        image.draft(None, stored_size(image))  # let the decoder skip detail that would be thrown away
    image.load()
    return normalise(image)


def _check_size(width: int, height: int) -> None:
    size = f"De afbeelding is {_dotted(width)} × {_dotted(height)} pixels"
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise ImageRejected(f"{size}. {_limits()}")
    if min(width, height) < MIN_SIDE:
        raise ImageRejected(f"{size}; minstens {MIN_SIDE} × {MIN_SIDE} is nodig. Kies een grotere afbeelding.")


def _check_scans(data: bytes) -> None:
    if data.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise ImageRejected(
            "Deze JPEG bestaat uit te veel lagen. Open haar in een beeldprogramma, bewaar haar opnieuw en kies dat bestand."
        )


def _limits() -> str:
    side, megapixels = _dotted(MAX_SIDE), MAX_PIXELS // 1_000_000
    return f"Het maximum is {side} pixels per zijde en {megapixels} megapixels. Maak haar kleiner en probeer het opnieuw."


def _dotted(number: int) -> str:
    """Return a whole number as Dutch readers write it: 12.000."""
    return f"{number:,}".replace(",", ".")
