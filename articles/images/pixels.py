"""Pixels as a decoder gives them -> pixels as the site keeps them: upright, sRGB, RGB or RGBA, no larger than a page needs."""

from contextlib import suppress
from io import BytesIO
from math import sqrt

from PIL import Image as Pillow
from PIL import ImageCms

MAX_STORED_WIDTH = 2400
MAX_STORED_PIXELS = 6_000_000

ORIENTATION = 0x0112  # EXIF: how the camera was held
UPRIGHT = {
    2: Pillow.Transpose.FLIP_LEFT_RIGHT,
    3: Pillow.Transpose.ROTATE_180,
    4: Pillow.Transpose.FLIP_TOP_BOTTOM,
    5: Pillow.Transpose.TRANSPOSE,
    6: Pillow.Transpose.ROTATE_270,
    7: Pillow.Transpose.TRANSVERSE,
    8: Pillow.Transpose.ROTATE_90,
}
LYING = {5, 6, 7, 8}


def normalise(image: Pillow.Image) -> Pillow.Image:
    """Return a fresh image that carries pixels only. Shrinks first, so that every later step is cheap."""
    profile, orientation = image.info.get("icc_profile"), _orientation(image)
    image = _eight_bits(image)
    size = stored_size(image, orientation=orientation)
    if image.size != size:
        image = image.resize(size, Pillow.Resampling.LANCZOS, reducing_gap=3.0)
    image = _clean_alpha(_to_srgb(image, profile))
    if orientation in UPRIGHT:
        image = image.transpose(UPRIGHT[orientation])
    return Pillow.frombytes(image.mode, image.size, image.tobytes())


def stored_size(image: Pillow.Image, *, orientation: int | None = None) -> tuple[int, int]:
    """Return the size to shrink to, before turning upright; the image's own size when it is small enough.

    A tall image keeps its width for as long as the pixel budget allows: an infographic must stay readable.
    """
    width, height = image.size
    upright_width = height if (orientation or _orientation(image)) in LYING else width
    scale = min(1.0, MAX_STORED_WIDTH / upright_width, sqrt(MAX_STORED_PIXELS / (width * height)))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _orientation(image: Pillow.Image) -> int:
    """Return the EXIF orientation, 1 (upright) when there is none or when the EXIF data is damaged."""
    with suppress(Exception):
        return int(image.getexif().get(ORIENTATION, 1))
    return 1


def _eight_bits(image: Pillow.Image) -> Pillow.Image:
    """Return the image as L, RGB, RGBA or CMYK. Palettes, 1 bit, 16 bits and colour-keyed transparency end here."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.has_transparency_data:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _to_srgb(image: Pillow.Image, profile: bytes | None) -> Pillow.Image:
    """Return RGB or RGBA in sRGB. A profile that is broken or belongs to another colour model is left aside."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        srgb = ImageCms.createProfile("sRGB")
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(BytesIO(profile)), srgb, outputMode=mode)
    return image if image.mode == mode else image.convert(mode)


def _clean_alpha(image: Pillow.Image) -> Pillow.Image:
    """Drop an alpha channel that hides nothing; blacken what is hidden, so that no cut-out part of a photo stays in the file."""
    if image.mode != "RGBA":
        return image
    if image.getchannel("A").getextrema() == (255, 255):
        return image.convert("RGB")
    return image.convert("RGBa").convert("RGBA")
