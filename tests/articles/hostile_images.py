"""Images that mean harm or are just broken, made in code: what an upload must refuse or make harmless."""

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO

from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

SCRIPT = b"<script>alert(1)</script>"
HTML = b"<!doctype html><html><body>" + SCRIPT + b"</body></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" '
GPS_PLACE = "Geheime tuin"


@cache
def picture(mode: str = "RGB", size: tuple[int, int] = (48, 32)) -> Image.Image:
    """A small drawing with edges and slopes in any mode: the top left quarter is red, the rest runs from dark to light."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill=(220, 20, 20))
    if mode in ("RGBA", "LA"):
        image.putalpha(Image.linear_gradient("L").rotate(90).resize(size))
    return (
        image.convert("L").convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else image.convert(mode)
    )


def encoded(format: str, mode: str = "RGB", size: tuple[int, int] = (48, 32), **options) -> bytes:
    out = BytesIO()
    picture(mode, size).save(out, format, **options)
    return out.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, depth: int = 8, colour: int = 0, rows: bytes = b"", extra: bytes = b"") -> bytes:
    """A PNG by hand; without `rows` all black. Written in pieces, so a huge one costs no memory."""
    row = b"\0" * (1 + (width * depth * {0: 1, 2: 3, 6: 4}[colour] + 7) // 8)
    deflate = zlib.compressobj(1)
    data = deflate.compress(rows) if rows else b"".join(deflate.compress(row) for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data + deflate.flush()) + chunk(b"IEND", b"")


def with_chunk(data: bytes, kind: bytes, payload: bytes) -> bytes:
    """Put a chunk into a PNG, right after its header."""
    return data[:33] + chunk(kind, payload) + data[33:]


def png_with_text() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SCRIPT.decode())
    info.add_itxt("XML:com.adobe.xmp", SCRIPT.decode())
    return encoded("PNG", pnginfo=info)


def png_with_zip() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", HTML)
    return encoded("PNG") + out.getvalue()


def png_with_broken_byte(*, before_end: int) -> bytes:
    """A PNG with one byte turned over: 13 from the end is in the checksum of the pixels, 40 is in the pixels."""
    data = bytearray(encoded("PNG"))
    data[-before_end] ^= 0xFF
    return bytes(data)


def png_with_hidden_pixels() -> bytes:
    """A photo of which everything is see-through but one corner: the pixels below are still in the file."""
    image = picture("RGBA").copy()
    image.putalpha(0)
    image.putpixel((0, 0), (220, 20, 20, 255))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def icc_bomb() -> bytes:
    """A profile of 50 MB in 50 kB."""
    return with_chunk(encoded("PNG"), b"iCCP", b"bomb\0\0" + zlib.compress(b"\0" * 50_000_000))


def gif_bomb() -> bytes:
    """A GIF of 4 MB with 190,000 frames."""
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 4000, 4000, 0) + b"\x02\x02\x4c\x01\x00"
    return b"GIF89a" + struct.pack("<HHBBB", 4000, 4000, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff" + frame * 190_000 + b";"


def animated(format: str) -> bytes:
    return encoded(format, save_all=True, append_images=[Image.new("RGB", (48, 32), "green")], duration=100)


def phone_photo() -> bytes:
    """A JPEG with a second picture behind it, as phones make for depth or brightness."""
    return encoded("MPO", save_all=True, append_images=[Image.new("RGB", (48, 32), "green")])


def jpeg_with_scans() -> bytes:
    """A progressive JPEG whose last scan is repeated 300 times."""
    data = encoded("JPEG", progressive=True)
    scan = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + scan * 300 + b"\xff\xd9"


def photo(orientation: int = 1, **options) -> bytes:
    """A JPEG as a phone makes it: EXIF with orientation and place, a comment, a profile."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = GPS_PLACE
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 5.0, 7.0), 3: "E", 4: (5.0, 7.0, 1.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return encoded("JPEG", exif=exif, comment=SCRIPT, icc_profile=profile, quality=95, **options)


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


# What it is -> how to make it, and what the Dutch refusal says.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "zero bytes": (lambda: b"", "leeg"),
    "6 MB": (lambda: encoded("PNG") + b"\0" * 6_000_000, "6,0 MB; het maximum is 5 MB"),
    "HTML sent as GIF": (lambda: HTML, "geen JPEG, PNG, WebP, GIF of AVIF"),
    "HTML with a GIF header": (lambda: b"GIF89a" + HTML, "beschadigd"),
    "text": (lambda: b"Beste redactie, hierbij de foto.", "geen JPEG, PNG, WebP, GIF of AVIF"),
    "PDF": (lambda: b"%PDF-1.7\n" + HTML, "geen JPEG, PNG, WebP, GIF of AVIF"),
    "BMP": (lambda: encoded("BMP"), "geen JPEG, PNG, WebP, GIF of AVIF"),
    "TIFF": (lambda: encoded("TIFF"), "geen JPEG, PNG, WebP, GIF of AVIF"),
    "SVG with onload": (lambda: SVG + b'onload="alert(1)"/>', "SVG"),
    "SVG with a script link": (lambda: SVG + b'><a href="javascript:alert(1)"><text>klik</text></a></svg>', "SVG"),
    "HEIC": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    "20,000 x 20,000": (lambda: png(20_000, 20_000, depth=1), "20.000 × 20.000 pixels. Het maximum is 12.000"),
    "7,000 x 7,000": (lambda: png(7_000, 7_000, depth=1), "7.000 × 7.000 pixels. Het maximum is 12.000"),
    "GIF of 65,535 x 65,535": (
        lambda: b"GIF89a\xff\xff\xff\xff\0\0\0" + b"\x2c\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0;",
        "te veel|65.535",
    ),
    "WebP of 16,384 x 16,384": (lambda: b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\xff\xff\xff\x0f" + b"\0" * 8, "te veel|16.384"),
    "1 x 1": (lambda: png(1, 1), "1 × 1 pixels; minstens 16 × 16"),
    "12,000 x 1": (lambda: png(12_000, 1), "12.000 × 1 pixels; minstens 16 × 16"),
    "many frames": (gif_bomb, "bewegende afbeelding (GIF)"),
    "animated PNG": (lambda: animated("PNG"), "bewegende afbeelding (PNG)"),
    "animated WebP": (lambda: animated("WEBP"), "bewegende afbeelding (WebP)"),
    "animated AVIF": (lambda: animated("AVIF"), "bewegende afbeelding (AVIF)"),
    "many scans": (jpeg_with_scans, "te veel lagen"),
    "truncated JPEG": (lambda: cut(encoded("JPEG")), "(JPEG) is beschadigd"),
    "truncated PNG": (lambda: cut(encoded("PNG")), "(PNG) is beschadigd"),
    "truncated GIF": (lambda: cut(encoded("GIF")), "(GIF) is beschadigd"),
    "truncated WebP": (lambda: cut(encoded("WEBP")), "(WebP) is beschadigd"),
    "truncated AVIF": (lambda: cut(encoded("AVIF")), "(AVIF) is beschadigd"),
    "broken checksum": (lambda: png_with_broken_byte(before_end=13), "(PNG) is beschadigd"),
    "broken pixels": (lambda: png_with_broken_byte(before_end=40), "(PNG) is beschadigd"),
    "only a header": (lambda: b"\x89PNG\r\n\x1a\n", "(PNG) is beschadigd"),
    "profile that inflates": (icc_bomb, "(PNG) is beschadigd"),
}

# What it is -> how to make it. Each is a picture with something on board that must not come along.
STOWAWAYS: dict[str, Callable[[], bytes]] = {
    "JPEG with a comment": lambda: encoded("JPEG", comment=SCRIPT),
    "JPEG with HTML behind it": lambda: encoded("JPEG") + HTML,
    "JPEG with XMP": lambda: encoded("JPEG", xmp=SCRIPT),
    "JPEG with a broken profile": lambda: encoded("JPEG", icc_profile=SCRIPT * 9),
    "PNG with text": png_with_text,
    "PNG with an unknown chunk": lambda: with_chunk(encoded("PNG"), b"evIl", HTML),
    "PNG with a ZIP behind it": png_with_zip,
    "GIF with a comment": lambda: encoded("GIF", comment=SCRIPT),
    "GIF with HTML behind it": lambda: encoded("GIF") + HTML,
    "WebP with XMP": lambda: encoded("WEBP", xmp=SCRIPT),
    "AVIF with XMP": lambda: encoded("AVIF", xmp=SCRIPT),
    "photo with a place": photo,
    "photo lying on its side": lambda: photo(orientation=6),
}


def mutations(data: bytes, seed: int) -> bytes:
    """The same bytes with a few changed, cut out or doubled."""
    chance, mutated = random.Random(seed), bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(mutated)) if mutated else 0
        match chance.randrange(4):
            case 0:
                mutated[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del mutated[at : at + chance.randint(1, 40)]
            case 2:
                mutated[at:at] = mutated[at : at + chance.randint(1, 40)]
            case _:
                mutated[at : at + 4] = chance.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff"])
    return bytes(mutated)
