"""The address of a request: found back from it, and made by nobody else."""

import pytest

from advice.inbox.addressing import is_own, reference_of, reply_address, reply_addresses
from advice.models import AdviceRequest

REQUEST = AdviceRequest(reference="K7MD-3QXA")


def test_an_address_leads_to_its_request():
    address = reply_address(REQUEST)
    local, _, domain = address.partition("@")
    assert (local[:15], len(local), domain) == ("advies+k7md3qxa", 31, "magsite.example")
    assert reference_of(address) == reference_of(address.upper()) == reference_of(f" {address} ") == "K7MD-3QXA"
    assert reply_addresses(REQUEST) == (address,)


def test_nobody_else_makes_one():
    address = reply_address(REQUEST)
    other = reply_address(AdviceRequest(reference="K7MD-3QXB"))
    code = address.partition("@")[0][-16:]
    forged = [
        address.replace("k7md3qxa", "k7md3qxb"),
        address.replace(code, code[:-1] + ("a" if code[-1] != "a" else "b")),
        address.replace(code, code[:-1]),
        address.replace("advies+", "advies"),
        address.replace("advies+", "info+"),
        address.replace("magsite.example", "magsite.example.net"),
        other.replace("k7md3qxb", "k7md3qxa"),
        *("advies@magsite.example", "advies+@magsite.example", "", "@", "+@"),
    ]
    assert [reference_of(each) for each in forged] == [""] * len(forged)


def test_another_key_of_the_site_makes_another_address_and_the_former_one_goes_on_working(settings):
    address = reply_address(REQUEST)
    settings.SECRET_KEY = "the next key"
    assert reference_of(address) == ""
    settings.SECRET_KEY_FALLBACKS = ["only for tests"]
    assert reference_of(address) == "K7MD-3QXA"
    assert reply_address(REQUEST) != address


@pytest.mark.parametrize("name", ["INBOX_URL", "INBOX_ADDRESS"])
def test_there_is_none_while_no_mailbox_is_read(settings, name):
    setattr(settings, name, "")
    assert reply_addresses(REQUEST) == ()
    assert reference_of("+k7md3qxaaaaaaaaaaaaaaaaa@") == ""


def test_own_addresses_are_known_whatever_stands_behind_their_plus(settings):
    settings.PUBLISHER_EMAIL = "redactie@magsite.example"
    own = ["advies@magsite.example", "ADVIES+abc@Magsite.example", "redactie@magsite.example"]
    others = ["lezer@example.org", "advies@example.org", "", "magsite.example"]
    assert [is_own(address) for address in own + others] == [True] * 3 + [False] * 4
