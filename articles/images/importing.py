"""Images that come with the source text: a YAML file names them, with the files beside it. Repeatable, and polite to editors."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from articles.images.adding import FILE_FIELDS, add_image
from articles.images.decoding import MAX_BYTES, ImageRejected
from articles.images.replacing import replace_file
from articles.models import Image
from articles.yaml_file import Outcome, read_yaml

KEYS = {"file", "alt", "caption", "credit", "decorative"}
TEXT_FIELDS = ["alt", "is_decorative", "caption", "credit"]


class ManifestError(Exception):
    """The YAML file or a file beside it is no good. The message is a Dutch sentence that names the place and the way out."""


@dataclass(frozen=True)
class Entry:
    """One image as the YAML file describes it."""

    name: str
    path: Path
    alt: str = ""
    is_decorative: bool = False
    caption: str = ""
    credit: str = ""

    @property
    def texts(self) -> dict:
        return {field: getattr(self, field) for field in TEXT_FIELDS}


def read_manifest(path: Path) -> list[Entry]:
    """Return every entry, checked against the rules of the library, so that nothing is written when something is wrong."""
    manifest = read_yaml(path, error=ManifestError)
    if not isinstance(manifest, dict):
        raise ManifestError(f"{path.name} moet per afbeelding een naam hebben met daaronder file, alt, caption en credit.")
    return [_entry(str(name), fields, path.parent) for name, fields in manifest.items()]


def import_image(entry: Entry) -> Outcome:
    """Bring one entry into the library. Texts that differ from what was last imported belong to an editor and stay.

    Raises ManifestError when the file can't be used or when the library already has it under another name.
    """
    data = entry.path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    image = Image.objects.filter(name=entry.name).first()
    other = Image.objects.filter(digest=digest).exclude(name=entry.name).first()
    if other:
        raise ManifestError(f"{entry.name}: {entry.path.name} staat al in de beeldbank als ‘{other.name}’. Gebruik die naam.")
    try:
        return _refresh(image, entry, data, digest) if image else _create(entry, data)
    except ImageRejected as error:
        raise ManifestError(f"{entry.name}: {entry.path.name} is niet bruikbaar. {error}") from error


def _create(entry: Entry, data: bytes) -> Outcome:
    image = add_image(data, name=entry.name, **entry.texts)
    _mark(image)
    return Outcome.NEW


def _refresh(image: Image, entry: Entry, data: bytes, digest: str) -> Outcome:
    """Bring an existing row up to date. Texts go first: the file takes seconds, in which an editor may save."""
    same_file, same_texts = image.digest == digest, _texts(image) == entry.texts
    if not image.imported_digest and not (same_file and same_texts):
        return Outcome.KEPT  # an editor's own picture that happens to have this name
    untouched = image.imported_digest in ("", _texts_digest(image))
    if untouched and not same_texts:
        for field, value in entry.texts.items():
            setattr(image, field, value)
        image.save(update_fields=TEXT_FIELDS)
    if untouched or same_texts:
        _mark(image)
    if not same_file:
        replace_file(image, data, by=None)
    if same_texts or untouched:
        return Outcome.UNCHANGED if same_file and same_texts else Outcome.UPDATED
    return Outcome.KEPT if same_file else Outcome.UPDATED


def _mark(image: Image) -> None:
    """Remember what the texts are now: as long as they stay so, the next import may replace them."""
    image.imported_digest = _texts_digest(image)
    image.save(update_fields=["imported_digest"])


def _texts(image: Image) -> dict:
    return {field: getattr(image, field) for field in TEXT_FIELDS}


def _texts_digest(image: Image) -> str:
    return hashlib.sha256(json.dumps(_texts(image), sort_keys=True).encode()).hexdigest()


def _entry(name: str, fields, folder: Path) -> Entry:
    if not isinstance(fields, dict) or not isinstance(fields.get("file"), str):
        raise ManifestError(f"{name}: er staat geen ‘file:’ met de naam van het bestand.")
    if unknown := set(fields) - KEYS:
        raise ManifestError(f"{name}: onbekend woord ‘{sorted(map(str, unknown))[0]}’. Gebruik {', '.join(sorted(KEYS))}.")
    texts = {key: str(fields.get(key) or "").strip() for key in ("alt", "caption", "credit")}
    entry = Entry(name, folder / fields["file"], is_decorative=bool(fields.get("decorative")), **texts)
    _check_texts(entry)
    _check_file(entry, fields["file"])
    return entry


def _check_texts(entry: Entry) -> None:
    image = Image(name=entry.name, **entry.texts)
    try:
        image.clean_fields(exclude=FILE_FIELDS)
        image.clean()
    except ValidationError as error:
        raise ManifestError(f"{entry.name}: {' '.join(error.messages)}") from error


def _check_file(entry: Entry, file: str) -> None:
    if file != Path(file).name:
        raise ManifestError(f"{entry.name}: ‘{file}’ moet in dezelfde map staan als het YAML-bestand.")
    if not entry.path.is_file():
        raise ManifestError(f"{entry.name}: het bestand {entry.path} bestaat niet.")
    if entry.path.stat().st_size > MAX_BYTES:
        raise ManifestError(f"{entry.name}: {file} is groter dan 5 MB. Maak de afbeelding kleiner.")
