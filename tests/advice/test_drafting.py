"""A text that is kept with the ticket of the page that it was typed on."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from advice.drafting import Ticket, is_changed, keep_draft, make_ticket, read_ticket
from advice.models import Draft
from tests.advice.factories import NOW, make_answer, make_request

pytestmark = pytest.mark.django_db


def drafts() -> list[tuple]:
    return list(Draft.objects.order_by("pk").values_list("author__username", "body", "base_version"))


@pytest.fixture
def request_(db):
    return make_request()


def test_a_ticket_is_for_one_adviser_and_one_request(britt, request_):
    signed = make_ticket(request_, by=britt, text="Beste lezer")
    ticket = read_ticket(signed, request_id=request_.pk)
    assert (ticket.user_id, ticket.request_id) == (britt.pk, request_.pk)
    assert read_ticket(signed, request_id=request_.pk + 1) is None
    assert "Beste" not in signed


def test_a_ticket_lasts_a_night_and_not_for_ever(britt, request_):
    with time_machine.travel(NOW, tick=False) as clock:
        signed = make_ticket(request_, by=britt, text="")
        clock.shift(timedelta(hours=35))
        assert read_ticket(signed, request_id=request_.pk)
        clock.shift(timedelta(hours=2))
        assert read_ticket(signed, request_id=request_.pk) is None


@pytest.mark.parametrize("signed", ["", "onzin", "WzEsMSwiIl0:1abcde:xx", "x" * 5_000])
def test_nonsense_is_no_ticket(request_, signed):
    assert read_ticket(signed, request_id=request_.pk) is None


def test_the_text_becomes_the_draft_of_whose_page_it_is(britt, anna, request_):
    for who, text in ((britt, "Eén"), (anna, "Twee"), (britt, "Drie")):
        keep_draft(Ticket(who.pk, request_.pk, ""), text=text, base_version=1, now=NOW)
    assert drafts() == [("britt", "Drie", 1), ("anna", "Twee", 1)]


def test_an_emptied_text_removes_the_draft(britt, request_):
    ticket = Ticket(britt.pk, request_.pk, "")
    keep_draft(ticket, text="Eén", base_version=1, now=NOW)
    assert keep_draft(ticket, text=" \n", base_version=1, now=NOW) is None
    assert drafts() == []


def test_the_last_save_of_a_page_does_not_bring_back_what_was_sent(britt, request_):
    ticket, text = Ticket(britt.pk, request_.pk, ""), "In een banaan zit ongeveer 30 mg."
    make_answer(request_, by=britt, body=text)
    assert keep_draft(ticket, text=text, base_version=1, now=NOW) is None
    assert drafts() == []
    keep_draft(ticket, text=text, base_version=request_.version, now=NOW)  # the same words again, but written after it
    keep_draft(ticket, text="Anders.", base_version=1, now=NOW)
    assert drafts() == [("britt", "Anders.", 1)]


def test_who_may_no_longer_handle_requests_keeps_nothing(britt, request_):
    ticket = Ticket(britt.pk, request_.pk, "")
    britt.groups.clear()
    with pytest.raises(PermissionDenied):
        keep_draft(ticket, text="Eén", base_version=1, now=NOW)
    britt.is_active = False
    britt.save()
    with pytest.raises(PermissionDenied):
        keep_draft(ticket, text="Eén", base_version=1, now=NOW)
    assert drafts() == []


def test_a_page_that_was_not_touched_has_nothing_to_keep(britt, request_):
    ticket = read_ticket(make_ticket(request_, by=britt, text="Zo begon het"), request_id=request_.pk)
    assert [is_changed(ticket, text) for text in ("Zo begon het", "Zo werd het", "", "  ")] == [False, True, False, False]


def test_what_is_too_long_to_send_is_kept_whole(britt, request_):
    keep_draft(Ticket(britt.pk, request_.pk, ""), text="x" * 25_000, base_version=1, now=NOW)
    assert len(Draft.objects.get().body) == 25_000
