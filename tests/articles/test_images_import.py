"""`import_images`: repeatable, and what an editor changed stays."""

from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from articles.images import add_image
from articles.models import Image
from tests.articles import hostile_images as hostile

ENTRY = {"file": "blad.png", "alt": "Een blad", "caption": "Groen.", "credit": "Ans"}
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "blad.png").write_bytes(hostile.encoded("PNG"))
    (tmp_path / "zon.jpg").write_bytes(hostile.photo())
    return tmp_path


@pytest.fixture
def run(folder):
    def run(manifest) -> str:
        file, out = folder / "images.yaml", StringIO()
        file.write_text(manifest if isinstance(manifest, str) else yaml.safe_dump(manifest), encoding="utf-8")
        call_command("import_images", file, stdout=out)
        return out.getvalue()

    return run


def counts(new=0, updated=0, unchanged=0, kept=0) -> str:
    same = f"{unchanged} ongewijzigd, {kept} door een redacteur aangepast en zo gelaten"
    return f"Afbeeldingen: {new} nieuw, {updated} bijgewerkt, {same}.\n"


def texts() -> list[tuple]:
    return list(Image.objects.values_list("name", "alt", "caption", "credit", "is_decorative"))


def test_import_twice_gives_the_same_library(run):
    manifest = {"blad": ENTRY, "zon": {"file": "zon.jpg", "decorative": True}}
    assert run(manifest) == counts(new=2)
    before = list(Image.objects.values())
    assert run(manifest) == counts(unchanged=2)
    assert list(Image.objects.values()) == before
    assert texts() == [("blad", "Een blad", "Groen.", "Ans", False), ("zon", "", "", "", True)]


def test_new_texts_replace_imported_ones(run):
    run({"blad": ENTRY})
    assert run({"blad": ENTRY | {"alt": "Een groen blad"}}) == counts(updated=1)
    assert run({"blad": ENTRY | {"alt": "Een groen blad"}}) == counts(unchanged=1)
    assert texts() == [("blad", "Een groen blad", "Groen.", "Ans", False)]


@pytest.mark.parametrize(
    "change", [{"alt": "Van de redactie"}, {"caption": ""}, {"credit": "Bo"}, {"alt": "", "is_decorative": True}]
)
def test_texts_of_an_editor_stay(run, change):
    run({"blad": ENTRY})
    Image.objects.update(**change)
    before = texts()
    assert run({"blad": ENTRY}) == counts(kept=1)
    assert run({"blad": ENTRY | {"alt": "Nieuw", "caption": "Nieuw", "credit": "Nieuw"}}) == counts(kept=1)
    assert texts() == before


def test_editor_and_import_agree_again(run):
    run({"blad": ENTRY})
    Image.objects.update(alt="Een groen blad")
    assert run({"blad": ENTRY | {"alt": "Een groen blad"}}) == counts(unchanged=1)
    assert run({"blad": ENTRY | {"alt": "Toch anders"}}) == counts(updated=1)


def test_new_drawing_replaces_the_file_and_keeps_the_editors_texts(run, folder):
    run({"blad": ENTRY})
    Image.objects.update(alt="Van de redactie")
    before = Image.objects.get()
    (folder / "blad.png").write_bytes(hostile.encoded("PNG", size=(60, 60)))
    assert run({"blad": ENTRY}) == counts(updated=1)
    after = Image.objects.get()
    assert (after.pk, after.alt, after.width, after.height) == (before.pk, "Van de redactie", 60, 60)
    assert after.file.name != before.file.name
    assert before.file.storage.exists(before.file.name), "a published page still shows the old one"


def test_editors_own_image_of_that_name_stays(run):
    own = add_image(hostile.photo(3), name="blad", alt="Eigen foto")
    assert run({"blad": ENTRY}) == counts(kept=1)
    own.refresh_from_db()
    assert (own.alt, own.imported_digest) == ("Eigen foto", "")


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        ("- een\n- twee\n", "moet per afbeelding een naam hebben"),
        ("", "moet per afbeelding een naam hebben"),
        ("blad: [open", "geen geldige YAML"),
        ("blad: !!python/object/apply:os.system ['true']", "geen geldige YAML"),
        ({"blad": {"alt": "x"}}, "blad: er staat geen ‘file:’"),
        ({"blad": ENTRY | {"titel": "x"}}, "blad: onbekend woord ‘titel’"),
        ({"blad": {"file": "blad.png"}}, "blad: Beschrijf wat er te zien is"),
        ({"blad": ENTRY | {"decorative": True}}, "blad: Een decoratieve afbeelding heeft geen alternatieve tekst"),
        ({"blad": ENTRY | {"alt": "x" * 301}}, "blad: "),
        ({"Blad groen": ENTRY}, "Blad groen: "),
        ({"blad": ENTRY | {"file": "../blad.png"}}, "moet in dezelfde map staan"),
        ({"blad": ENTRY | {"file": "weg.png"}}, "weg.png bestaat niet"),
    ],
)
def test_wrong_manifest_is_named_and_nothing_is_written(run, manifest, words):
    with pytest.raises(CommandError, match=words):
        run({"zon": {"file": "zon.jpg", "alt": "Zon"}} | manifest if isinstance(manifest, dict) else manifest)
    assert not Image.objects.exists()


def test_missing_manifest_is_named(folder):
    with pytest.raises(CommandError, match=r"weg\.yaml is niet te lezen"):
        call_command("import_images", folder / "weg.yaml")


def test_file_that_is_no_image_is_named(run, folder):
    (folder / "blad.png").write_bytes(hostile.HTML)
    with pytest.raises(CommandError, match=r"blad: blad\.png is niet bruikbaar\. Dit bestand is geen JPEG"):
        run({"blad": ENTRY})


def test_file_that_is_too_large_is_named(run, folder):
    (folder / "blad.png").write_bytes(b"\0" * 5_000_001)
    with pytest.raises(CommandError, match=r"blad: blad\.png is groter dan 5 MB"):
        run({"blad": ENTRY})


def test_file_that_the_library_has_under_another_name_is_named(run):
    add_image(hostile.encoded("PNG"), name="groen-blad", alt="Blad")
    with pytest.raises(CommandError, match="staat al in de beeldbank als ‘groen-blad’"):
        run({"blad": ENTRY})
