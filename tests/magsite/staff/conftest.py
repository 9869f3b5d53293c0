import pytest
from django.db import transaction
from django.test import Client


@pytest.fixture
def client_factory():
    """Another browser than that of `client`."""
    return Client


@pytest.fixture
def _committed(monkeypatch):
    """Run at once what waits for the end of a transaction: that of a test is never committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda callback, **options: callback())
