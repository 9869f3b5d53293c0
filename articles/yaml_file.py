"""What the imports of YAML files share: reading one, and what became of each entry."""

from enum import Enum
from pathlib import Path

import yaml


class Outcome(Enum):
    NEW = "nieuw"
    UPDATED = "bijgewerkt"
    UNCHANGED = "ongewijzigd"
    KEPT = "door een redacteur aangepast en zo gelaten"


def read_yaml(path: Path, *, error: type[Exception]) -> object:
    """Return what the file holds. Raises `error` with a Dutch sentence when it can't be read or is no YAML."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as trouble:
        raise error(f"Het bestand {path} is niet te lezen ({trouble.strerror}). Controleer het pad.") from trouble
    except (yaml.YAMLError, UnicodeDecodeError) as trouble:
        raise error(f"{path.name} is geen geldige YAML: {trouble}") from trouble
