import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.models import Image
from articles.rendering.source import HeroSource
from tests.factories import make_article, make_image, png

pytestmark = pytest.mark.django_db
UPLOAD = "/beheer/articles/image/upload/"


def upload(data: bytes = b"", name: str = "foto.png", kind: str = "image/png", **fields) -> dict:
    return {"image": SimpleUploadedFile(name, data or png(), kind)} | fields


def test_pasted_image_comes_back_as_text_to_insert(writer_client, writer):
    response = writer_client.post(UPLOAD, upload(alt="Een [groen] vlak"))

    assert response.status_code == 201
    assert response.json()["image_code"] == "![Een groen vlak](media:foto)"
    image = Image.objects.get()
    assert (image.name, image.alt, image.uploaded_by, image.width) == ("foto", "Een [groen] vlak", writer, 640)
    assert b"".join(writer_client.get(response.json()["src"]).streaming_content).startswith(b"\xff\xd8\xff")


def test_second_image_with_the_same_file_name_gets_its_own(writer_client):
    make_image("foto")

    assert writer_client.post(UPLOAD, upload(alt="Nog een")).json()["name"] == "foto-2"


def test_alt_text_or_decorative_is_asked_for(writer_client):
    response = writer_client.post(UPLOAD, upload())

    assert (response.status_code, response.json()) == (
        400,
        {"errors": {"alt": ["Beschrijf wat er te zien is, of vink ‘decoratief’ aan."]}},
    )
    assert writer_client.post(UPLOAD, upload(is_decorative="on")).status_code == 201


def test_hostile_file_is_refused_at_the_right_field(writer_client):
    response = writer_client.post(UPLOAD, upload(b"<html><script>alert(1)</script>", "evil.html", "image/gif", alt="x"))

    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["upload"]
    assert not Image.objects.exists()


def test_upload_without_a_file_says_so(writer_client):
    assert list(writer_client.post(UPLOAD, {"alt": "x"}).json()["errors"]) == ["upload"]


def test_anonymous_upload_is_refused(client):
    assert client.post(UPLOAD, upload(alt="x")).status_code == 403
    assert not Image.objects.exists()


def test_markdownx_has_no_addresses_of_its_own(admin_client):
    for url in ("/markdownx/upload/", "/markdownx/markdownify/"):
        assert admin_client.post(url, upload(alt="x")).status_code == 404


def test_library_page_adds_an_image(writer_client):
    data = {
        "upload": SimpleUploadedFile("Blauw vlak.png", png(color="blue"), "image/png"),
        "alt": "Blauw",
        "caption": "Bij",
        "credit": "Ik",
    }

    response = writer_client.post(reverse("admin:articles_image_add"), data)

    assert response.status_code == 302
    image = Image.objects.get()
    assert (image.name, image.alt, image.caption, image.credit) == ("blauw-vlak", "Blauw", "Bij", "Ik")


def test_library_page_refuses_what_is_no_image_and_keeps_the_words(writer_client):
    data = {"upload": SimpleUploadedFile("a.png", b"nee", "image/png"), "alt": "Mijn beschrijving"}

    html = writer_client.post(reverse("admin:articles_image_add"), data).content.decode()

    assert "Mijn beschrijving" in html
    assert "errorlist" in html


def test_texts_change_and_the_name_and_the_file_stay(writer_client):
    image = make_image()
    url = reverse("admin:articles_image_change", args=[image.pk])

    opened = writer_client.get(url).context["adminform"].form.opened_with
    writer_client.post(url, {"name": "andere-naam", "alt": "Nieuw", "caption": "", "credit": "", "opened_with": opened})

    before = image.file.name
    image.refresh_from_db()
    assert (image.name, image.alt, image.file.name, image.focal_x, image.focal_y) == ("blad", "Nieuw", before, 50, 50)


@pytest.mark.parametrize(
    ("use", "place"),
    [
        ({"hero": HeroSource("blad")}, "openingsbeeld"),
        ({"intro": "Zie:\n\n![x](media:blad)"}, "in de tekst onder ‘Inleiding’"),
    ],
)
def test_used_image_cannot_be_deleted_and_the_refusal_says_where(writer_client, use, place):
    image = make_image()
    make_article(**use)

    html = writer_client.post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"}).content.decode()

    assert f"‘blad’ staat in concept ‘Waar is water goed voor?’: {place}" in html
    assert Image.objects.exists()


def test_unused_image_can_be_deleted(writer_client):
    image = make_image()

    writer_client.post(reverse("admin:articles_image_delete", args=[image.pk]), {"post": "yes"})

    assert not Image.objects.exists()
