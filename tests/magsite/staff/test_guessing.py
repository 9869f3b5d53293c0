"""Guessing is slow for who guesses, and costs nobody else the way in. Counted in the cache that all processes share."""

import pytest
from allauth.core.internal import ratelimit
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.db import connection

from magsite.staff.adapters import fold
from tests.factories import make_user
from tests.magsite.staff.people import ELSEWHERE, HOME, PASSWORD, code_of, give_app, give_code, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
TOO_OFTEN = "Dit is te vaak misgegaan"
LIMIT = 5  # tries at an account from one network in five minutes


def networks(count: int) -> list[str]:
    return [f"10.{number // 250}.{number % 250}.9" for number in range(count)]


def guess(client, times: int, *, peer: str = ELSEWHERE, username: str = "adviseur") -> list[bool]:
    """Guess so often and tell of each guess whether the password was looked at."""
    pages = [sign_in(client, username, f"gok {number}", peer=peer) for number in range(times)]
    return [page.status_code == 200 and TOO_OFTEN not in page.content.decode() for page in pages]


def test_a_network_gets_five_tries_at_an_account(client, adviser):
    assert guess(client, 8) == [True] * LIMIT + [False] * 3
    assert TOO_OFTEN in sign_in(client, peer=ELSEWHERE).content.decode()
    assert not is_signed_in(client)


def test_somebody_elsewhere_is_not_kept_out(client, adviser):
    guess(client, 20)
    sign_in(client, peer=HOME)
    assert is_signed_in(client)


def test_neighbouring_addresses_share_their_tries(client, adviser):
    looked_at = [guess(client, 1, peer=f"198.51.100.{number}")[0] for number in range(8)]
    assert looked_at == [True] * LIMIT + [False] * 3


def test_writing_the_name_in_another_way_gives_no_new_tries(client, adviser):
    names = ["adviseur", "ADVISEUR", " adviseur ", "Adviseur", "adviſeur", "ａｄｖｉｓｅｕｒ", "adviseur"]
    assert [guess(client, 1, username=name)[0] for name in names] == [True] * LIMIT + [False] * 2
    assert len({fold(name.strip()) for name in names}) == 1


def test_trying_many_accounts_from_one_network_ends_as_well(client, db):
    looked_at = [guess(client, 1, username=f"naam{number}")[0] for number in range(14)]
    assert looked_at == [True] * 10 + [False] * 4
    sign_in(client, make_user("collega").username, peer=HOME)
    assert is_signed_in(client)


def test_flood_of_one_network_is_answered_with_429_in_dutch(client, adviser):
    pages = [sign_in(client, "x", "y", peer=ELSEWHERE) for _ in range(32)]
    assert [page.status_code for page in pages] == [200] * 30 + [429] * 2
    assert "Even wachten" in pages[-1].content.decode()


def test_two_hundred_networks_can_not_lock_an_adviser_out(client, adviser):
    assert all(guess(client, 1, peer=peer)[0] for peer in networks(200))
    response = sign_in(client, peer=HOME)
    assert (response.status_code, is_signed_in(client)) == (302, True)


def test_account_that_many_guess_at_gives_every_network_two_tries(client, adviser):
    for peer in networks(50):
        guess(client, 1, peer=peer)
    assert guess(client, 4, peer=ELSEWHERE) == [True, True, False, False]
    sign_in(client, password="verkeerd getypt", peer=HOME)
    sign_in(client, peer=HOME)
    assert is_signed_in(client)


def test_signing_in_well_does_not_use_up_tries(client, adviser):
    for _ in range(LIMIT + 2):
        sign_in(client, peer=HOME)
        assert is_signed_in(client)
        client.logout()


def test_guessing_codes_is_limited_per_account_wherever_it_comes_from(client, adviser):
    give_app(adviser)
    sign_in(client)
    answers = [give_code(client, "000000", peer=peer).content.decode() for peer in networks(LIMIT + 1)]
    assert [TOO_OFTEN in answer for answer in answers] == [False] * LIMIT + [True]
    assert TOO_OFTEN in give_code(client, code_of(), peer=HOME).content.decode()
    assert not is_signed_in(client)


def test_forged_header_gives_no_new_tries(client, adviser, settings):
    settings.TRUSTED_PROXIES = 1
    looked_at = []
    for number in range(8):
        forwarded = f"192.0.2.{number}, 10.{number}.0.1, {ELSEWHERE}"
        page = client.post("/beheer/login/", {"username": "adviseur", "password": "x"}, HTTP_X_FORWARDED_FOR=forwarded)
        looked_at.append(TOO_OFTEN not in page.content.decode())
    assert looked_at == [True] * LIMIT + [False] * 3


def test_behind_a_proxy_visitors_do_not_share_their_tries(client, adviser, settings):
    settings.TRUSTED_PROXIES = 1
    data = {"username": "adviseur", "password": "x"}
    for _ in range(LIMIT + 3):
        client.post("/beheer/login/", data, HTTP_X_FORWARDED_FOR=ELSEWHERE)
    client.post("/beheer/login/", data | {"password": PASSWORD}, HTTP_X_FORWARDED_FOR=HOME)
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("make_cache", "tries"),
    [
        (lambda name: DatabaseCache("magsite_cache", {"OPTIONS": {"MAX_ENTRIES": 100_000}}), LIMIT),
        (lambda name: LocMemCache(name, {}), 2 * LIMIT),  # what the default must not be
    ],
    ids=["database", "memory"],
)
def test_two_processes_count_together(client, adviser, monkeypatch, make_cache, tries):
    caches = [make_cache("een"), make_cache("twee")]
    looked_at = 0
    for number in range(4 * LIMIT):
        monkeypatch.setattr(ratelimit, "cache", caches[number % 2])
        looked_at += guess(client, 1, peer=ELSEWHERE, username="adviseur")[0]
    for kept in caches:
        kept.clear()
    assert looked_at == tries


def test_nothing_that_is_kept_tells_an_address_or_a_name(client, adviser):
    guess(client, 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM magsite_cache")
        keys = " ".join(row[0] for row in cursor.fetchall())
    assert "login_failed" in keys
    assert not any(part in keys for part in (ELSEWHERE, "198.51", "adviseur", "ADVISEUR"))
