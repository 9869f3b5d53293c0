"""The list of health claims of one nutrient, as in its data file -> the columns of HealthClaims. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from references.storable import RecordError, check_storable

COLUMNS = ("key", "nutrient", "text_nl", "text_en", "regulation", "condition", "efsa_opinions", "position")
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,50}")


def fields_from_claims(data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the columns of every claim in `data`, in its order. Raises RecordError."""
    if not isinstance(data, Mapping) or not isinstance(data.get("claims"), list):
        raise RecordError("?", "claims", "het bestand heeft geen lijst ‘claims’.")
    for name, value in data.items():
        check_storable(value, "?", name)
    opinions = data.get("efsa_opinions", [])
    if not isinstance(opinions, list) or not all(isinstance(opinion, str) for opinion in opinions):
        raise RecordError("?", "efsa_opinions", "dit is geen lijst van teksten.")
    shared = {name: _text(data, name, "?") for name in ("nutrient", "regulation", "condition")} | {"efsa_opinions": opinions}
    return [shared | _fields(claim, position) for position, claim in enumerate(data["claims"], start=1)]


def data_from_claim(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an import compares: everything the file says about a claim, so not whether a person confirmed it."""
    return {name: fields[name] for name in COLUMNS}


def _fields(claim: Any, position: int) -> dict[str, Any]:
    if not isinstance(claim, Mapping):
        raise RecordError(f"nummer {position}", "—", "dit is geen object met velden.")
    key = _text(claim, "key", f"nummer {position}")
    if not _SLUG.fullmatch(key):
        raise RecordError(key[:60], "key", "gebruik hooguit 50 letters, cijfers en streepjes.")
    return {"key": key, "text_nl": _text(claim, "nl", key), "text_en": _text(claim, "en", key), "position": position}


def _text(holder: Mapping[str, Any], name: str, key: str) -> str:
    value = holder.get(name)
    if not isinstance(value, str) or not value.strip():
        raise RecordError(key, name, "ontbreekt of is geen tekst.")
    return value
