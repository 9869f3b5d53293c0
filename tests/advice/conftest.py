"""The people of the desk: two advisers and somebody who runs it; and a stopwatch for work that must be linear."""

import time

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


@pytest.fixture
def linear():
    """A function that fails when the time `call` takes on a repeated piece of text grows faster than the text.

    It compares two lengths with each other, on one machine and in one moment: eight times the text may take eight times as long,
    and quadratic work would take sixty-four times. The bound lies between, and the best of three counts.
    """

    def check(call, piece: str, short: int = 2_500, times: int = 8) -> None:
        def spent(length: int) -> float:
            text = (piece * (length // len(piece) + 1))[:length]
            best = float("inf")
            for _ in range(3):
                start = time.process_time()
                call(text)
                best = min(best, time.process_time() - start)
            return best

        assert spent(short * times) <= 3 * times * max(spent(short), 1e-4), f"{piece!r} repeated costs more than its length"

    return check
