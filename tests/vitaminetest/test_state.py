"""A journey goes through a hidden field and comes back whole; anything else is none."""

import pytest
from django.core import signing

from vitaminetest.journey import CHECK, Journey
from vitaminetest.state import seal, unseal

JOURNEY = Journey(3, {"leeftijd": 40, "soms": ("noten", "niets"), "geslacht": "man"}, CHECK, ("leeftijd",), True)


def test_a_journey_comes_back_whole():
    assert unseal(seal(JOURNEY)) == JOURNEY
    assert seal(JOURNEY) == seal(JOURNEY)


@pytest.mark.parametrize("salt", ["vitaminetest.state.0", "iets-anders"])
def test_another_shape_or_another_salt_is_none(salt):
    text = signing.Signer(salt=salt).sign_object([3, {}, "", [], False], compress=True)
    assert unseal(text) is None


@pytest.mark.parametrize("change", ["{}x", "x{}", "", "geen-staat", "a:b:c", ".a:b", "\0", "é"])
def test_what_was_changed_is_none(change):
    assert unseal(change.format(seal(JOURNEY))) is None


def test_a_long_journey_stays_small():
    journey = Journey(3, {f"vraag-{number}": f"antwoord-{number % 3}" for number in range(60)}, CHECK)
    assert len(seal(journey)) < 800
