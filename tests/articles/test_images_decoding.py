"""What an upload may be, and what is left of it."""

import re
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from articles.images.decoding import READERS, ImageRejected, decode_upload
from articles.images.pixels import MAX_STORED_PIXELS
from tests.articles import hostile_images as hostile

RED = (220, 20, 20)


def near(pixel: tuple, expected: tuple, tolerance: int = 25) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(pixel, expected, strict=False))


@pytest.mark.parametrize("name", hostile.REFUSED)
def test_hostile_upload_is_refused_with_a_sentence_that_names_the_problem(name):
    make, words = hostile.REFUSED[name]
    with pytest.raises(ImageRejected) as refusal:
        decode_upload(make())
    assert any(word in str(refusal.value) for word in words.split("|"))
    assert re.fullmatch(r"(Dit|Het|De|Deze) .+\. .+\.", str(refusal.value)), "two sentences: what is wrong, what to do"


@pytest.mark.parametrize("name", hostile.STOWAWAYS)
def test_decoded_upload_is_pixels_only(name):
    decoded = decode_upload(hostile.STOWAWAYS[name]())
    assert (decoded.pixels.mode, decoded.pixels.info, decoded.pixels.format) == ("RGB", {}, None)
    assert not decoded.pixels.getexif()


@pytest.mark.parametrize(
    ("data", "name"),
    [(hostile.encoded(format), name) for format, name in zip(("JPEG", "PNG", "WEBP", "GIF", "AVIF"), READERS, strict=True)]
    + [(hostile.phone_photo(), "JPEG")],
)
def test_format_comes_from_the_bytes(data, name):
    decoded = decode_upload(data)
    assert (decoded.format, decoded.pixels.size, decoded.has_alpha) == (name, (48, 32), False)
    assert near(decoded.pixels.getpixel((6, 6)), RED, 40)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "LA", "RGBA"])
def test_every_png_mode_becomes_8_bit_rgb(mode):
    kept = "RGBA" if mode.endswith("A") else "RGB"
    pixels, expected = decode_upload(hostile.encoded("PNG", mode)).pixels, hostile.picture(mode).convert(kept)
    assert (pixels.mode, near(pixels.getpixel((40, 28)), expected.getpixel((40, 28)))) == (kept, True)


def test_16_bit_grey_keeps_its_shades():
    decoded = decode_upload(hostile.encoded("PNG", "I;16"))
    grey = hostile.picture("L")
    assert [decoded.pixels.getpixel((40, y))[0] for y in range(32)] == [grey.getpixel((40, y)) for y in range(32)]


def test_16_bit_colour_is_read():
    rows = b"".join(b"\0" + b"\xdc\x00\x14\x00\x14\x00" * 20 for _ in range(20))
    decoded = decode_upload(hostile.png(20, 20, depth=16, colour=2, rows=rows))
    assert decoded.pixels.getpixel((5, 5)) == RED


def test_colour_key_transparency_becomes_alpha():
    rows = b"".join(b"\0" + bytes(range(20)) for _ in range(20))
    decoded = decode_upload(hostile.png(20, 20, rows=rows, extra=hostile.chunk(b"tRNS", b"\0\x05")))
    assert decoded.has_alpha
    assert [decoded.pixels.getpixel((x, 0))[3] for x in (4, 5, 6)] == [255, 0, 255]


def test_cmyk_jpeg_becomes_rgb():
    decoded = decode_upload(hostile.encoded("JPEG", "CMYK", quality=95))
    assert (decoded.pixels.mode, near(decoded.pixels.getpixel((6, 6)), RED)) == ("RGB", True)


def test_alpha_that_hides_nothing_is_dropped():
    assert not decode_upload(hostile.png(20, 20, colour=6, rows=(b"\0" + b"\x10\x20\x30\xff" * 20) * 20)).has_alpha


def test_pixels_that_are_cut_out_are_gone():
    pixels = decode_upload(hostile.png_with_hidden_pixels()).pixels
    assert (pixels.getpixel((0, 0)), pixels.getpixel((40, 28))) == ((*RED, 255), (0, 0, 0, 0))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_is_turned_upright(orientation):
    """The sensor's top left corner is red; EXIF says where that corner belongs."""
    corners = {1: (6, 6), 2: (-6, 6), 3: (-6, -6), 4: (6, -6), 5: (6, 6), 6: (-6, 6), 7: (-6, -6), 8: (6, -6)}
    pixels = decode_upload(hostile.photo(orientation)).pixels
    assert pixels.size == ((32, 48) if orientation >= 5 else (48, 32))
    x, y = corners[orientation]
    assert near(pixels.getpixel((x % pixels.width, y % pixels.height)), RED)


def test_profile_is_applied():
    """A picture whose profile swaps nothing but the curve comes out lighter: linear light is not sRGB."""
    linear = _linear_profile()
    plain, profiled = (decode_upload(hostile.encoded("PNG", "RGB", **options)).pixels for options in ({}, {"icc_profile": linear}))
    assert profiled.getpixel((40, 12))[0] > plain.getpixel((40, 12))[0] + 30


def _linear_profile() -> bytes:
    """sRGB's own profile with every tone curve replaced by a straight line (a curv tag without entries)."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for tag in (b"rTRC", b"gTRC", b"bTRC"):
        at = data.index(tag)
        offset = int.from_bytes(data[at + 4 : at + 8], "big")
        data[offset : offset + 12] = b"curv" + b"\0" * 8
        data[at + 8 : at + 12] = (12).to_bytes(4, "big")
    return bytes(data)


@pytest.mark.parametrize(
    ("size", "kept"),
    [((2400, 100), (2400, 100)), ((5000, 100), (2400, 48)), ((1000, 8000), (866, 6928)), ((16, 12_000), (16, 12_000))],
)
def test_large_image_shrinks_to_what_a_page_needs(size, kept):
    decoded = decode_upload(hostile.png(*size))
    assert decoded.pixels.size == kept
    assert decoded.pixels.width * decoded.pixels.height <= MAX_STORED_PIXELS + 10_000


def test_large_photo_on_its_side_shrinks_by_its_upright_width():
    image = Image.new("RGB", (400, 5000), "navy")
    exif = Image.Exif()
    exif[0x0112] = 6
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    assert decode_upload(out.getvalue()).pixels.size == (2400, 192)


def test_decoding_is_repeatable():
    data = hostile.photo(orientation=6)
    first, second = decode_upload(data), decode_upload(data)
    assert (first.digest, first.pixels.tobytes()) == (second.digest, second.pixels.tobytes())


SIGNATURES = [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF\0\0\0\0WEBP", b"\0\0\0\x1cftypavif"]
VALID = [hostile.photo(6), hostile.png_with_text(), *(hostile.encoded(format) for format in ("GIF", "WEBP", "AVIF"))]


@settings(max_examples=500, deadline=2000)
@given(data=st.sampled_from(VALID), seed=st.integers(0, 2**32))
def test_mutated_bytes_are_decoded_or_rejected(data, seed):
    with suppress(ImageRejected):
        assert decode_upload(hostile.mutations(data, seed)).pixels.mode in ("RGB", "RGBA")


@given(st.binary(max_size=200), st.sampled_from(SIGNATURES))
def test_any_bytes_are_rejected(data, signature):
    with pytest.raises(ImageRejected):
        decode_upload(signature + data)
