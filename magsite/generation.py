"""How the published pages learn, outside any request, that something has changed."""

from django.db import close_old_connections

from articles.models import Generation


def read_generation() -> int:
    """Return the generation of the site. Raises a database error when it can't be asked, and then lets go of the connection."""
    close_old_connections()
    try:
        return Generation.current()
    finally:
        close_old_connections()
