"""The cut of a picture that other sites show when an article is shared: 1,200 × 630 pixels around the focal point."""

import hashlib
from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image as Pillow

from articles.images.decoding import ONE_AT_A_TIME
from articles.images.renditions import JPEG, Rendition, write
from articles.models import Image

WIDTH, HEIGHT = 1200, 630  # what Open Graph readers ask for
PAPER = (250, 247, 240)  # under what is see-through: a JPEG has no transparency
VERSION = 1  # raise it when the cut comes out otherwise


def make_share(image: Image) -> dict:
    """Return the cut as JSON (see Rendition), its file written; {} when the image's own file is gone. Takes about 0.1 s.

    The same file and focal point give the same name. A picture that is smaller is cut but not blown up.
    """
    recipe = f"share {VERSION} {image.digest} {image.focal_x} {image.focal_y}"
    try:
        with default_storage.open(image.file.name) as file, ONE_AT_A_TIME:
            pixels = _cut(Pillow.open(BytesIO(file.read())), image.focal_x, image.focal_y)
    except FileNotFoundError:
        return {}
    name = f"images/{hashlib.sha256(recipe.encode()).hexdigest()[:16]}-{pixels.width}.{JPEG.extension}"
    if not default_storage.exists(name):
        out = BytesIO()
        pixels.save(out, "jpeg", **dict(JPEG.options))
        write(name, out.getvalue())
    return Rendition(JPEG.type, *pixels.size, name).as_json()


def cut_box(width: int, height: int, x: int, y: int) -> tuple[int, int, int, int]:
    """Return the largest box of 1,200 : 630 inside width × height. As CSS does it with `object-position`: the point at x % and y %
    of the picture lies at x % and y % of the box, so it is always in sight.
    """
    scale = min(width / WIDTH, height / HEIGHT)
    box_width, box_height = max(1, round(WIDTH * scale)), max(1, round(HEIGHT * scale))
    left, top = round((width - box_width) * x / 100), round((height - box_height) * y / 100)
    return left, top, left + box_width, top + box_height


def _cut(pixels: Pillow.Image, x: int, y: int) -> Pillow.Image:
    box = cut_box(*pixels.size, x, y)
    if pixels.mode == "RGBA":
        pixels = Pillow.alpha_composite(Pillow.new("RGBA", pixels.size, (*PAPER, 255)), pixels)
    size = (WIDTH, HEIGHT) if box[2] - box[0] > WIDTH else (box[2] - box[0], box[3] - box[1])
    return pixels.convert("RGB").resize(size, Pillow.Resampling.LANCZOS, box=box, reducing_gap=3.0)
