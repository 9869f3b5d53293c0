"""Opening a request with a link and an address, and asking for a new link."""

from datetime import timedelta

import pytest

from advice.access import make_link, revoke_links
from advice.models import AuditEvent
from advice.opening import TooManyTries, ask_new_link, open_link
from tests.advice.factories import NOW, make_request

pytestmark = pytest.mark.django_db
RIGHT, WRONG = "lezer@example.org", "ander@example.org"


def attempt(link, typed=RIGHT, *, network="192.0.2.0/24", now=NOW):
    return open_link(link, typed=typed, network=network, now=now)


def ask(link, typed=RIGHT, *, network="192.0.2.0/24", now=NOW):
    return ask_new_link(link, typed=typed, network=network, now=now)


@pytest.fixture
def link(db):
    return make_link(make_request(), now=NOW)


def test_the_right_address_opens_as_often_as_one_likes(link):
    assert [attempt(link) for _ in range(3)] == [True] * 3
    assert AuditEvent.objects.filter(action="opened_by_reader").count() == 3


def test_a_wrong_address_leaves_no_trace_on_the_request(link):
    assert not attempt(link, WRONG)
    link.refresh_from_db()
    assert link.opened_at is None
    assert not AuditEvent.objects.filter(action="opened_by_reader").exists()


def test_an_ended_link_opens_with_no_address(link):
    assert not attempt(link, now=NOW + timedelta(days=31))
    revoke_links(link.request, now=NOW)
    link.refresh_from_db()
    assert not attempt(link)


def test_one_link_bears_so_many_tries_an_hour_then_not_even_the_right_address(link, settings):
    settings.ADVICE_TRIES_PER_LINK = 3
    assert [attempt(link, WRONG, network=f"192.0.{i}.0/24") for i in range(3)] == [False] * 3
    with pytest.raises(TooManyTries):
        attempt(link)
    assert attempt(make_link(link.request, now=NOW))
    assert attempt(link, now=NOW + timedelta(hours=1)) is True


def test_one_network_bears_so_many_tries_at_whatever_link(settings):
    settings.ADVICE_TRIES_PER_NETWORK = 2
    links = [make_link(make_request(), now=NOW) for _ in range(3)]
    assert [attempt(link, WRONG) for link in links[:2]] == [False] * 2
    with pytest.raises(TooManyTries):
        attempt(links[2])
    assert attempt(links[2], network="198.51.100.0/24")


def test_a_new_link_goes_to_the_address_of_the_request_only(link):
    ask(link, WRONG)
    assert not link.request.mails.filter(kind="link").exists()
    ask(link, now=NOW + timedelta(days=100))
    (mail,) = link.request.mails.filter(kind="link")
    assert (mail.request, mail.link.expires_at, mail.state) == (link.request, NOW + timedelta(days=130), "pending")
    assert AuditEvent.objects.filter(action="link_sent", reference=link.request.reference).count() == 1


def test_an_unknown_link_sends_nothing_and_says_nothing():
    assert ask(None) is None


def test_a_request_gets_a_few_links_a_day_whichever_link_they_are_asked_with(link, settings):
    settings.ADVICE_NEW_LINKS_A_DAY = 2
    for _ in range(4):
        ask(link)
    ask(make_link(link.request, now=NOW))
    assert link.request.mails.filter(kind="link").count() == 2
    ask(link, now=NOW + timedelta(days=1))
    assert link.request.mails.filter(kind="link").count() == 3


def test_asking_for_links_is_bounded_per_network(link, settings):
    settings.ADVICE_TRIES_PER_NETWORK = 2
    ask(None), ask(None)
    with pytest.raises(TooManyTries):
        ask(link)
