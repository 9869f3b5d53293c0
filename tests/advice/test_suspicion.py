"""What makes a form suspicious, and what does not."""

import pytest

from advice.suspicion import Signs, find_suspicions

CALM = Signs(trap="", seconds=90.0, from_network=3, from_address=1, most_from_network=10, most_from_address=5)


def signs(**changes) -> Signs:
    return Signs(**CALM.__dict__ | changes)


@pytest.mark.parametrize("text", ["Hoeveel magnesium?", "Zie https://example.org en www.example.org voor wat ik las.", ""])
def test_a_person_raises_no_suspicion(text):
    assert find_suspicions(text, CALM) == ()


@pytest.mark.parametrize(
    ("changes", "text", "found"),
    [
        ({"trap": "x"}, "", "een verborgen veld is ingevuld"),
        ({"seconds": None}, "", "de tijd van openen klopt niet"),
        ({"seconds": 2.9}, "", "sneller ingevuld dan een mens kan"),
        ({"seconds": -5}, "", "sneller ingevuld dan een mens kan"),
        ({}, "http://a http://b HTTPS://c", "veel links"),
        ({}, "[url=a] www.b www.c", "veel links"),
        ({"from_network": 11}, "", "veel vragen van één aansluiting"),
        ({"from_address": 6}, "", "veel vragen van één e-mailadres"),
    ],
)
def test_each_sign_has_its_words(changes, text, found):
    assert find_suspicions(text, signs(**changes)) == (found,)


def test_the_bounds_themselves_are_not_suspicious():
    assert find_suspicions("http://a http://b", signs(seconds=3, from_network=10, from_address=5)) == ()


def test_signs_add_up():
    assert len(find_suspicions("http://a http://b http://c", signs(trap="x", seconds=0, from_network=11, from_address=6))) == 5
