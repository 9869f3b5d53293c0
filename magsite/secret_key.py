"""The signing key: from the environment in production, else made once and kept in a file that only the owner can read."""

import os
import secrets
from pathlib import Path


def load_secret_key(from_environment: str, path: Path) -> str:
    """Return the key to sign with.

    `from_environment` wins when it is not empty. Otherwise the key in `path` is used, and made first when it is not there.
    Safe when several processes start at once: the first one to link its file wins. Raises OSError when the folder can't be written.
    """
    if from_environment:
        return from_environment
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        draft.chmod(0o600)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
