"""At the desk it is Tuesday morning, and time stands still."""

import pytest
import time_machine
from django.test import Client

from tests.advice.factories import NOW


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def anna_client(anna):
    client = Client()
    client.force_login(anna)
    return client
