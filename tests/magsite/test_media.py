"""Pictures are served with headers that make them harmless and let a browser keep them for ever; nothing else is served."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, default_storage

from magsite import media as media_module

NAME = "0123456789abcdef-480.avif"
URL = f"/media/images/{NAME}"
BODY = b"pixels" * 100


@pytest.fixture(autouse=True)
def stored(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path  # WhiteNoise warns when it isn't there
    settings.MEDIA_ROOT = tmp_path / "media"
    default_storage.save(f"images/{NAME}", ContentFile(BODY))
    return settings.MEDIA_ROOT


def test_picture_is_served_with_safe_lasting_headers(client):
    response = client.get(URL, headers={"accept-encoding": "gzip, br"})
    assert (response.status_code, response.getvalue()) == (200, BODY)
    expected = {
        "Content-Type": "image/avif",
        "Content-Length": str(len(BODY)),
        "Content-Disposition": f'inline; filename="{NAME}"',
        "Cache-Control": "public, max-age=31536000, immutable",
        "ETag": f'"{NAME}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: response.headers.get(name) for name in expected} == expected
    assert "Content-Encoding" not in response.headers
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


@pytest.mark.parametrize(("extension", "kind"), [("avif", "avif"), ("webp", "webp"), ("jpg", "jpeg"), ("png", "png")])
def test_content_type_comes_from_the_list(client, extension, kind):
    default_storage.save(f"images/fedcba9876543210-12.{extension}", ContentFile(b"<html>"))
    response = client.get(f"/media/images/fedcba9876543210-12.{extension}")
    assert (response.headers["Content-Type"], response.getvalue()) == (f"image/{kind}", b"<html>")


@pytest.mark.parametrize("known", [f'"{NAME}"', f'W/"{NAME}"', f'"other", "{NAME}"', "*"])
def test_known_picture_is_not_sent_again(client, known):
    response = client.get(URL, headers={"if-none-match": known})
    assert (response.status_code, response.content) == (304, b"")
    assert (response.headers["ETag"], response.headers["Cache-Control"]) == (f'"{NAME}"', "public, max-age=31536000, immutable")
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_other_etag_gets_the_picture(client):
    response = client.get(URL, headers={"if-none-match": '"other"'})
    assert (response.status_code, response.getvalue()) == (200, BODY)


def test_head_gives_the_headers_alone(client):
    response = client.head(URL)
    assert (response.status_code, response.content, response.streaming) == (200, b"", False)
    assert (response.headers["Content-Length"], response.headers["Content-Type"]) == (str(len(BODY)), "image/avif")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_reading_is_allowed(client, method):
    response = getattr(client, method)(URL)
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "images/0123456789abcdef-481.avif",
        "images/0123456789abcdef-480.svg",
        "images/0123456789abcdef-480.html",
        "images/0123456789abcdef-480.avif.html",
        "images/0123456789abcdef-480.avif.0123.part",
        "images/0123456789abcdef-480.AVIF",
        "images/0123456789ABCDEF-480.avif",
        "images/0123456789abcdef-480.avif%0a",
        "images/0123456789abcdef-480.avif%00",
        "images/0123456789abcdef-\u0664\u0668\u0660.avif",
        "images/../secret.txt",
        "images/../../secret.txt",
        "images/%2e%2e/%2e%2e/secret.txt",
        "images//0123456789abcdef-480.avif",
        "/etc/passwd",
        "..%2fdb.sqlite3",
        "..%5c..%5cdb.sqlite3",
        "images/",
        "images",
        "secret.txt",
        "evil.html",
    ],
)
def test_nothing_else_is_served(client, stored, path):
    for name in ("secret.txt", "evil.html", "images/0123456789abcdef-480.svg", "images/0123456789abcdef-480.html"):
        (stored / name).write_text("geheim")
    (stored.parent / "secret.txt").write_text("geheim")
    response = client.get(f"/media/{path}")
    assert response.status_code == 404
    assert b"geheim" not in response.content
    assert "immutable" not in response.headers.get("Cache-Control", "")


def test_storage_without_paths_is_served_too(client, monkeypatch):
    remote = InMemoryStorage()
    remote.save(f"images/{NAME}", ContentFile(b"from far away"))
    monkeypatch.setattr(media_module, "default_storage", remote)
    response = client.get(URL)
    assert (response.getvalue(), response.headers["Content-Length"]) == (b"from far away", "13")
