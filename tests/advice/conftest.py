"""The people of the desk: two advisers and somebody who runs it."""

import pytest

from tests.advice.factories import make_adviser
from tests.factories import make_user


@pytest.fixture
def britt(db):
    return make_adviser("britt").user


@pytest.fixture
def anna(db):
    return make_adviser("anna").user


@pytest.fixture
def manager(db):
    return make_user("beheerder", "Beheerder")


@pytest.fixture
def britt_client(client, britt):
    client.force_login(britt)
    return client
