"""Signed texts that go to the browser and come back: when a form was opened, what a reader may see, which receipt is meant."""

import uuid
from datetime import timedelta

import pytest

from advice import tokens
from tests.advice.factories import NOW

NUMBER = uuid.UUID("3f2c1a30-0000-4000-8000-000000000001")
BROKEN = ["", "x", "1:1", "1.1:x", "é\0", "9" * 400 + ":x"]


def test_a_seal_tells_how_long_its_own_form_was_open_however_long():
    sealed = tokens.make_seal(NUMBER, now=NOW)
    assert tokens.seconds_open(sealed, NUMBER, now=NOW + timedelta(days=40)) == timedelta(days=40).total_seconds()
    assert tokens.seconds_open(sealed, uuid.uuid4(), now=NOW) is None


@pytest.mark.parametrize("sealed", BROKEN)
def test_a_broken_seal_tells_nothing(sealed):
    assert tokens.seconds_open(sealed, NUMBER, now=NOW) is None


def test_a_pass_lasts_half_an_hour_and_is_for_one_link():
    value = tokens.make_pass(7, now=NOW)
    lasts = [tokens.read_pass(value, now=NOW + timedelta(seconds=seconds)) for seconds in (0, 1799, 1800)]
    assert lasts == [7, 7, None]


def test_a_door_tells_the_link_and_never_ends():
    assert tokens.read_door(tokens.make_door(7, now=NOW)) == 7


def test_a_pass_is_no_door_and_a_door_no_pass():
    assert tokens.read_door(tokens.make_pass(7, now=NOW)) is None
    assert tokens.read_pass(tokens.make_door(7, now=NOW), now=NOW) is None


@pytest.mark.parametrize("value", BROKEN)
def test_what_is_not_signed_by_us_opens_nothing(value):
    assert tokens.read_pass(value, now=NOW) is None
    assert tokens.read_door(value) is None
    assert tokens.read_receipt(value, now=NOW) is None


def test_a_receipt_shows_for_a_day():
    token = tokens.make_receipt("K7MD-3QXA", now=NOW)
    shown = [tokens.read_receipt(token, now=NOW + timedelta(seconds=seconds)) for seconds in (0, 86_399, 86_400)]
    assert shown == ["K7MD-3QXA", "K7MD-3QXA", None]


def test_another_secret_key_ends_them_all(settings):
    signed = tokens.make_seal(NUMBER, now=NOW), tokens.make_pass(7, now=NOW), tokens.make_receipt("K7MD-3QXA", now=NOW)
    settings.SECRET_KEY = "another"
    assert tokens.seconds_open(signed[0], NUMBER, now=NOW) is None
    assert tokens.read_pass(signed[1], now=NOW) is None
    assert tokens.read_receipt(signed[2], now=NOW) is None
