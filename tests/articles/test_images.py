"""The library: rows and files that belong together, one way in, and the picture that comes out."""

import hashlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.storage.memory import InMemoryStorage
from PIL import Image as Pillow

from articles.images import ImageRejected, add_image, renditions, suggest_name, to_picture
from articles.images.decoding import DecodedImage, decode_upload
from articles.images.renditions import FILE_NAME, store_renditions, widths_for, write
from articles.models import Image
from articles.rendering.rendered import Picture, PictureSource
from tests.articles import hostile_images as hostile


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def stored(name: str) -> bytes:
    with default_storage.open(name) as file:
        return file.read()


def decoded(size: tuple[int, int], mode: str = "RGB") -> DecodedImage:
    return DecodedImage(hostile.picture(mode, size), "PNG", hashlib.sha256(f"{size}{mode}".encode()).hexdigest())


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (16, [16]),
        (480, [480]),
        (500, [500]),
        (700, [480, 700]),
        (1250, [480, 800, 1250]),
        (2400, [480, 800, 1200, 1600, 2400]),
        (9000, [480, 800, 1200, 1600, 2400]),
    ],
)
def test_widths_never_exceed_the_image(width, widths):
    assert widths_for(width) == widths


@pytest.mark.parametrize(("mode", "fallback", "extension"), [("RGB", "JPEG", "jpg"), ("RGBA", "PNG", "png")])
def test_renditions_are_what_their_names_and_types_say(mode, fallback, extension):
    found = store_renditions(decoded((600, 300), mode))
    assert [(r.type, r.width, r.height) for r in found] == [
        (f"image/{kind}", *size) for kind in ("avif", "webp", fallback.lower()) for size in [(480, 240), (600, 300)]
    ]
    for rendition in found:
        image = Pillow.open(BytesIO(stored(rendition.file)))
        assert (Pillow.MIME[image.format], image.size, image.mode) == (rendition.type, (rendition.width, rendition.height), mode)
        assert FILE_NAME.fullmatch(rendition.file)
    assert [r.file.rpartition("-")[2] for r in found][-2:] == [f"480.{extension}", f"600.{extension}"]


def test_renditions_of_the_same_image_are_written_once(media_root):
    first = store_renditions(decoded((100, 50)))
    times = {file.name: file.stat().st_mtime_ns for file in (media_root / "images").iterdir()}
    assert store_renditions(decoded((100, 50))) == first
    assert {file.name: file.stat().st_mtime_ns for file in (media_root / "images").iterdir()} == times
    assert set(times) == {rendition.file.removeprefix("images/") for rendition in first}


def test_renditions_get_new_names_when_the_recipe_changes(monkeypatch):
    before = {rendition.file for rendition in store_renditions(decoded((100, 50)))}
    monkeypatch.setattr(renditions, "VERSION", 2)
    assert before.isdisjoint(rendition.file for rendition in store_renditions(decoded((100, 50))))


def test_flat_drawing_takes_few_bytes():
    sizes = {rendition.type: len(stored(rendition.file)) for rendition in store_renditions(decoded((800, 450)))}
    assert sizes["image/avif"] < sizes["image/jpeg"] < 20_000
    assert sizes["image/avif"] < 4_000


def test_half_a_file_is_never_visible(media_root, monkeypatch):
    """The disk gives up while a file is written: its name must not exist, or a later attempt would believe it."""
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", _disk_fails)
        with pytest.raises(OSError, match="De schijf"):
            write("images/0123456789abcdef-480.avif", b"x" * 1000)
    assert not default_storage.exists("images/0123456789abcdef-480.avif")
    write("images/0123456789abcdef-480.avif", b"x" * 1000)
    assert stored("images/0123456789abcdef-480.avif") == b"x" * 1000


def _disk_fails(file):
    raise OSError("De schijf doet het niet.")


def test_storage_without_paths_gets_the_same_files(monkeypatch):
    remote = InMemoryStorage()
    monkeypatch.setattr(renditions, "default_storage", remote)
    found = store_renditions(decoded((100, 50)))
    assert all(remote.exists(rendition.file) for rendition in found)


@pytest.mark.django_db
def test_added_image_is_a_row_with_its_files(django_user_model):
    editor = django_user_model.objects.create_user("redacteur")
    photo = hostile.photo(6)  # once: its colour profile holds the second in which it was made
    image = add_image(photo, name="Blad groen.JPG", alt="Een blad", caption="Groen.", credit="Foto: Ans", by=editor)
    row = Image.objects.get()
    assert (row.name, row.alt, row.caption, row.credit, row.uploaded_by) == (
        "blad-groen",
        "Een blad",
        "Groen.",
        "Foto: Ans",
        editor,
    )
    assert (row.width, row.height, row.digest) == (32, 48, hashlib.sha256(photo).hexdigest())
    assert [r["type"] for r in row.renditions] == ["image/avif", "image/webp", "image/jpeg"]
    assert row.file.name == row.renditions[-1]["file"] == image.file.name
    assert all(default_storage.exists(r["file"]) for r in row.renditions)


@pytest.mark.django_db
@pytest.mark.parametrize("name", hostile.STOWAWAYS)
def test_stored_files_carry_nothing_but_the_picture(name):
    image = add_image(hostile.STOWAWAYS[name](), name="foto")
    for rendition in image.renditions:
        data = stored(rendition["file"])
        assert not [
            word for word in (b"script", b"html", b"PK\x03\x04", b"Exif\0", b"GPS", b"ICC_PROFILE", b"tuin") if word in data
        ]
        reopened = Pillow.open(BytesIO(data))
        assert not reopened.getexif()
        assert not {"icc_profile", "comment", "xmp", "exif", "Comment"} & set(reopened.info)
        assert reopened.size == (image.width, image.height) == ((32, 48) if "side" in name else (48, 32))


@pytest.mark.django_db
def test_colours_survive_the_whole_way():
    image = add_image(hostile.encoded("PNG", size=(200, 100)), name="foto")
    for rendition in image.renditions:
        pixel = Pillow.open(BytesIO(stored(rendition["file"]))).convert("RGB").getpixel((40, 20))
        assert all(abs(a - b) < 12 for a, b in zip(pixel, (220, 20, 20), strict=True))


@pytest.mark.django_db
def test_same_bytes_twice_give_the_same_row():
    first = add_image(hostile.encoded("PNG"), name="een", alt="Eén")
    assert add_image(hostile.encoded("PNG"), name="twee", alt="Twee") == first
    assert list(Image.objects.values_list("name", "alt")) == [("een", "Eén")]


@pytest.mark.django_db
def test_taken_name_gets_a_number():
    names = [
        add_image(hostile.encoded("PNG", size=(20 + n, 20)), name=name).name for n, name in enumerate(["blad"] * 3 + ["a" * 90] * 2)
    ]
    assert names == ["blad", "blad-2", "blad-3", "a" * 80, "a" * 78 + "-2"]


@pytest.mark.django_db
def test_somebody_who_was_just_before_wins(monkeypatch):
    """The same bytes arrive twice at the same time: the second meets the first one's row only when it saves."""
    data = hostile.encoded("PNG")

    def store_while_somebody_else_adds(image):
        monkeypatch.setattr("articles.images.adding.store_renditions", store_renditions)
        add_image(data, name="eerste")
        return store_renditions(image)

    monkeypatch.setattr("articles.images.adding.store_renditions", store_while_somebody_else_adds)
    assert add_image(data, name="tweede").name == "eerste"
    assert Image.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("texts", [{"alt": "x" * 301}, {"caption": "x" * 401}, {"alt": "tekst", "is_decorative": True}])
def test_texts_that_break_a_rule_are_refused_before_anything_is_written(texts, media_root):
    with pytest.raises(ValidationError):
        add_image(hostile.encoded("PNG"), name="foto", **texts)
    assert (Image.objects.count(), media_root.exists()) == (0, False)


@pytest.mark.django_db
def test_refused_upload_leaves_nothing_behind(media_root):
    with pytest.raises(ImageRejected):
        add_image(b"GIF89a" + hostile.HTML, name="evil.html")
    assert (Image.objects.count(), media_root.exists()) == (0, False)


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("Blad groen.JPG", "blad-groen"),
        (r"C:\Foto's\Één blad (2).jpeg", "een-blad-2"),
        ("../../etc/passwd", "passwd"),
        ("", "afbeelding"),
        ("图片.png", "afbeelding"),
        (".png", "png"),
        ("a" * 200 + ".png", "a" * 80),
        ("x" * 79 + " y.png", "x" * 79),
    ],
)
def test_name_is_made_from_the_file_name(filename, name):
    assert suggest_name(filename) == name


def test_picture_holds_every_address(django_assert_num_queries):
    image = Image(
        name="blad", width=1600, height=900, alt="Een blad", credit="Ans", caption="Groen [@key].", file="images/ab-1600.jpg"
    )
    image.renditions = [
        {"type": f"image/{kind}", "width": width, "height": width * 9 // 16, "file": f"images/ab-{width}.{extension}"}
        for kind, extension in (("avif", "avif"), ("webp", "webp"), ("jpeg", "jpg"))
        for width in (480, 800, 1600)
    ]
    srcsets = [
        ", ".join(f"/media/images/ab-{width}.{extension} {width}w" for width in (480, 800, 1600))
        for extension in ("avif", "webp", "jpg")
    ]
    assert to_picture(image) == Picture(
        name="blad",
        src="/media/images/ab-800.jpg",
        srcset=srcsets[2],
        sources=(PictureSource("image/avif", srcsets[0]), PictureSource("image/webp", srcsets[1])),
        width=1600,
        height=900,
        alt="Een blad",
        credit="Ans",
    )


def test_picture_without_renditions_shows_its_file():
    picture = to_picture(Image(name="blad", width=600, height=400, file="images/ab-600.jpg"))
    assert (picture.src, picture.srcset, picture.sources) == ("/media/images/ab-600.jpg", "/media/images/ab-600.jpg 600w", ())


def test_content_of_an_upload_decides_its_names():
    """Two uploads that look the same but differ in bytes don't share files: a name stands for one upload."""
    plain, commented = decode_upload(hostile.encoded("JPEG")), decode_upload(hostile.encoded("JPEG", comment=b"hallo"))
    assert plain.pixels.tobytes() == commented.pixels.tobytes()
    assert {r.file for r in store_renditions(plain)}.isdisjoint(r.file for r in store_renditions(commented))


def test_part_file_is_not_an_address():
    default_storage.save("images/0123456789abcdef-480.avif.0123.part", ContentFile(b"x"))
    assert not FILE_NAME.fullmatch("images/0123456789abcdef-480.avif.0123.part")
