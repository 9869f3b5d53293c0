"""Whose address counts, with 0, 1 and 2 proxies of ours, whatever a visitor writes in the header."""

from datetime import date

import pytest
from django.test import RequestFactory

from magsite.client_address import client_address, network_key, network_of

DAY = date(2026, 3, 1)
VISITOR, FORGED, OUTER = "203.0.113.7", "198.51.100.66", "192.0.2.10"
# What proxies of ours, if there are any, make of what a visitor sent. The visitor's own part stands first.
FORGERIES = ["", FORGED, f"{FORGED}, {FORGED}", "127.0.0.1", "niets", ",,,", "::1", f"{FORGED}:80, unknown"]


def ask(forwarded: str | None, *, peer: str = "127.0.0.1"):
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **headers)


def join(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


@pytest.mark.parametrize("forged", FORGERIES)
def test_without_a_proxy_the_header_counts_for_nothing(settings, forged):
    settings.TRUSTED_PROXIES = 0
    assert client_address(ask(forged, peer=VISITOR)) == VISITOR


@pytest.mark.parametrize("forged", FORGERIES)
def test_behind_one_proxy_its_own_entry_counts(settings, forged):
    settings.TRUSTED_PROXIES = 1
    assert client_address(ask(join(forged, VISITOR))) == VISITOR


@pytest.mark.parametrize("forged", FORGERIES)
def test_behind_two_proxies_the_entry_of_the_outer_one_counts(settings, forged):
    settings.TRUSTED_PROXIES = 2
    assert client_address(ask(join(forged, VISITOR, OUTER))) == VISITOR


@pytest.mark.parametrize("proxies", [1, 2])
@pytest.mark.parametrize("forwarded", [None, "", "  ", "niets", "::::", "999.1.1.1"])
def test_without_a_usable_entry_the_nearest_proxy_counts(settings, proxies, forwarded):
    settings.TRUSTED_PROXIES = proxies
    assert client_address(ask(forwarded, peer=OUTER)) == OUTER


def test_with_fewer_entries_than_proxies_the_first_was_written_by_one_of_ours(settings):
    settings.TRUSTED_PROXIES = 2
    assert client_address(ask(VISITOR)) == VISITOR


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("203.0.113.7:51200", "203.0.113.7"),
        (" 203.0.113.7 ", "203.0.113.7"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::1"),
        ("", ""),
        ("/run/gunicorn.sock", ""),
    ],
)
def test_address_is_read_in_every_form(written, read):
    assert client_address(ask(None, peer=written)) == read


def test_network_is_what_one_customer_has():
    assert [network_of(text) for text in ("203.0.113.7", "2001:db8:1:2::3", "")] == ["203.0.113.0/24", "2001:db8:1::/48", ""]


def test_key_is_shared_by_a_network_and_by_nobody_else():
    keys = [network_key(ask(None, peer=peer), DAY) for peer in ("203.0.113.7", "203.0.113.250", "203.0.114.7", "2001:db8::1")]
    assert keys[0] == keys[1]
    assert len(set(keys)) == 3
    assert all(len(key) == 64 for key in keys)


def test_key_tells_no_address_and_changes_with_the_day_and_the_secret(settings):
    request = ask(None, peer=VISITOR)
    today, tomorrow = network_key(request, DAY), network_key(request, date(2026, 3, 2))
    settings.SECRET_KEY = "another"
    assert len({today, tomorrow, network_key(request, DAY)}) == 3


def test_forged_header_never_changes_the_key(settings):
    settings.TRUSTED_PROXIES = 1
    keys = {network_key(ask(join(forged, VISITOR)), DAY) for forged in FORGERIES}
    assert keys == {network_key(ask(VISITOR), DAY)}
