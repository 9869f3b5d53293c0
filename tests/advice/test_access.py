"""Private links: made, found, rotated, revoked, and what the database tells of them."""

from datetime import timedelta

import pytest

from advice.access import LONGEST_TOKEN, find_link, is_address_of, make_link, note_opened, revoke_links, token_of
from advice.models import AccessLink, AuditEvent
from tests.advice.factories import NOW, make_request

pytestmark = pytest.mark.django_db


def test_a_token_leads_to_its_link_and_the_database_does_not_hold_it():
    link = make_link(make_request(), now=NOW)
    token = token_of(link)
    assert find_link(token) == link
    row = AccessLink.objects.filter(pk=link.pk).values().get()
    assert len(token) == 43
    assert token not in str(row)
    assert token_of(AccessLink.objects.get(pk=link.pk)) == token


def test_another_secret_key_ends_all_links(settings):
    link = make_link(make_request(), now=NOW)
    settings.SECRET_KEY = "another"
    assert find_link(token_of(link)) is None


@pytest.mark.parametrize("token", ["", "x", "x" * (LONGEST_TOKEN + 1), "é\0ü", "../../etc"])
def test_what_is_no_token_leads_nowhere(token):
    make_link(make_request(), now=NOW)
    assert find_link(token) is None


def test_a_link_works_for_its_days(settings):
    settings.ADVICE_LINK_DAYS = 30
    link = make_link(make_request(), now=NOW)
    end = NOW + timedelta(days=30)
    assert [link.works(moment) for moment in (NOW, end - timedelta(seconds=1), end)] == [True, True, False]


@pytest.mark.parametrize("typed", ["lezer@example.org", " Lezer@Example.ORG \n"])
def test_the_address_may_be_typed_in_capitals(typed):
    assert is_address_of(make_request(), typed)


@pytest.mark.parametrize("typed", ["", "lezer@example.com", "lezer@example.org.evil.example", "lezer"])
def test_another_address_is_not_it(typed):
    assert not is_address_of(make_request(), typed)


def test_opening_a_newer_link_ends_the_older_ones_and_not_the_other_way_round():
    request = make_request()
    (receipt,) = request.links.all()
    newer = make_link(request, now=NOW)
    note_opened(receipt, now=NOW)
    assert [link.works(NOW) for link in (AccessLink.objects.get(pk=receipt.pk), newer)] == [True, True]
    for _ in range(2):
        note_opened(newer, now=NOW + timedelta(hours=1))
    newer.refresh_from_db()
    receipt.refresh_from_db()
    assert (receipt.works(NOW), newer.works(NOW), newer.opened_at) == (False, True, NOW + timedelta(hours=1))
    assert AuditEvent.objects.filter(action="opened_by_reader").count() == 3


def test_revoking_ends_every_link_of_one_request_once():
    request, other = make_request(), make_request()
    make_link(request, now=NOW)
    assert (revoke_links(request, now=NOW), revoke_links(request, now=NOW)) == (2, 0)
    assert [link.works(NOW) for link in (*request.links.all(), *other.links.all())] == [False, False, True]
