import copy
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

from references.models import Reference
from references.transfer import import_records

CONTENT = Path(settings.BASE_DIR) / "references" / "content"
RECORDS = json.loads((CONTENT / "magnesium-references.csl.json").read_text(encoding="utf-8"))


@pytest.fixture
def records():
    """The 19 records of the magnesium article, to change at will."""
    return copy.deepcopy(RECORDS)


@pytest.fixture
def sources(db, records):
    """The same, stored: key -> Reference."""
    import_records(records)
    return Reference.objects.by_key(record["id"] for record in records)


@pytest.fixture
def admin_client_nl(client, db):
    """A logged-in administrator."""
    client.force_login(get_user_model().objects.create_superuser("beheer", "beheer@example.org", "geheim"))
    return client
