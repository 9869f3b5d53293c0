"""A reader with a browser that runs no scripts; the clock stands still unless a test moves it."""

import pytest
import time_machine
from django.test import Client

from advice.access import make_link, token_of
from tests.advice.factories import NOW, make_consent, make_request, make_topic
from tests.advice.pages import form_at

FORM = "/advies/"
TYPED = {
    "topic": "magnesium",
    "question": "Hoeveel magnesium zit er in een banaan?",
    "name": "Jan",
    "email": "jan@example.org",
    "consent": "on",
}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moment:
        yield moment


@pytest.fixture
def desk(db):
    """A desk that can be asked something."""
    make_topic("magnesium")
    make_topic("iets-anders", name="Iets anders")
    return make_consent()


@pytest.fixture
def reader():
    """A browser in which Django checks every form as it does on the site."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def fill_in(reader, desk, clock):
    """Open the form, take a minute, and return what the browser sends with these words in it."""

    def fill(address: str = FORM, **typed) -> dict[str, str]:
        values = form_at(reader.get(address), FORM).values
        clock.shift(60)
        return {name: value for name, value in (values | TYPED | typed).items() if value is not None}

    return fill


@pytest.fixture
def asked(db):
    """A request, and the address of a link to it."""
    request = make_request()
    return request, f"/advies/l/{token_of(make_link(request, now=NOW))}/"


@pytest.fixture
def inside(reader, asked):
    """The request, after its reader opened it."""
    request, address = asked
    assert reader.post(address, {"email": "lezer@example.org"}).status_code == 303
    return request
