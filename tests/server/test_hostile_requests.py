"""The page worker answers every byte as gunicorn's own worker does, and never a kept page to what that one refuses."""

import os
import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.browser.running import second_server
from tests.server.conftest import PAGE_WORKER
from tests.server.hostile import FIELDS, GET, PATH, changed, get, written_by_hand
from tests.server.raw import exchange, normalise

CHANGED = int(os.environ.get("HOSTILE_REQUESTS") or 400)
AT_ONCE = 3  # fewer than the threads of a worker, so that one who waits for more doesn't hold up the others


@pytest.fixture(scope="module", autouse=True)
def warm(plain, paged):
    """Ask a few times, so that both have kept the page."""
    for _ in range(4):
        for url in (plain.url, paged):
            assert exchange(url, [get()], wait=False).startswith(b"HTTP/1.1 200 OK\r\n")


def differences(urls: list[str], requests: list[list[bytes]], *, wait: bool) -> list[tuple]:
    """Send every request to both servers; return those that were not answered alike, with both answers."""

    def compare(pieces: list[bytes]) -> tuple | None:
        first, second = (normalise(exchange(url, pieces, wait=wait)) for url in urls)
        if first == second:
            return None
        place = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
        return b"|".join(pieces)[:300], first[max(0, place - 200) : place + 200], second[max(0, place - 200) : place + 200]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [found for found in pool.map(compare, requests) if found]


def test_requests_written_by_hand_are_answered_alike(plain, paged):
    requests = [[request] for request in written_by_hand()]

    assert len(requests) > 300
    assert differences([plain.url, paged], requests, wait=False) == []


def test_connection_goes_on_alike_after_the_answer(plain, paged):
    assert differences([plain.url, paged], [[request] for request in written_by_hand()], wait=True) == []


def test_requests_in_pieces_are_answered_alike(plain, paged):
    chance = random.Random(2)
    requests = [request for request in written_by_hand() if len(request) > 4]
    pieces = [cut(request, sorted(chance.sample(range(1, len(request)), 2))) for request in requests]

    assert differences([plain.url, paged], pieces, wait=False) == []


def cut(request: bytes, places: list[int]) -> list[bytes]:
    return [request[start:end] for start, end in zip([0, *places], [*places, len(request)], strict=True)]


def test_changed_requests_are_answered_alike(plain, paged):
    assert differences([plain.url, paged], [[request] for request in changed(CHANGED)], wait=False) == []


def test_requests_behind_a_proxy_are_answered_alike(plain):
    behind = {"BEHIND_PROXY": "1", "SITE_URL": "https://127.0.0.1"}
    requests = [[get(*lines)] for field in FIELDS for lines in ([field], [b"X-Forwarded-Proto: https", field])]

    with second_server(plain, **behind) as ordinary, second_server(plain, WEB_WORKER_CLASS=PAGE_WORKER, **behind) as ours:
        for url in (ordinary, ours):
            assert exchange(url, [get()], wait=False).startswith(b"HTTP/1.1 301 ")
            assert exchange(url, [get(b"X-Forwarded-Proto: https")], wait=False).startswith(b"HTTP/1.1 200 ")
        assert differences([ordinary, ours], requests, wait=False) == []


def test_the_judgement_sees_a_difference(plain, paged):
    """Another page, a header more and a connection that ends all count as a difference."""
    answers = {exchange(paged, [request], wait=True) for request in (get(), get(b"Accept-Encoding: br"), get(b"Connection: close"))}

    assert len({normalise(answer) for answer in answers}) == 3


def test_kept_page_goes_to_no_other_host(paged):
    refused = exchange(paged, [GET.replace(b"127.0.0.1", b"evil.example") + b"\r\n"], wait=False)

    assert refused.startswith(b"HTTP/1.1 400 ")
    assert PATH not in refused


def test_no_header_puts_another_address_in_a_kept_page(paged):
    """gunicorn takes SCRIPT_NAME from a proxy on this machine, so from whom that speaks for; every link then begins with it."""
    named = b"GET /x/privacy/ HTTP/1.1\r\nHost: 127.0.0.1\r\nSCRIPT_NAME: /x\r\n\r\n"

    assert b'href="/x/artikelen/"' in exchange(paged, [named], wait=True)
    assert b'href="/artikelen/"' in exchange(paged, [b"GET /privacy/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"], wait=True)
