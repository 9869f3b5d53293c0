"""The one way to change where a request stands."""

from datetime import timedelta

import pytest

from advice.changing import as_waiting, change, due
from advice.models import AdviceRequest
from tests.advice.factories import NOW, make_request

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def test_a_change_raises_the_version_and_says_when(britt):
    request = make_request()
    assert change(request, now=LATER, assignee=britt)
    assert (request.version, request.updated_at, request.assignee) == (2, LATER, britt)


def test_a_request_that_is_no_longer_as_expected_stays_and_is_told(britt):
    request, other = make_request(), make_request()
    AdviceRequest.objects.filter(pk=request.pk).update(name="Intussen")
    assert not change(request, now=LATER, only_if={"version": 7}, assignee=britt)
    assert (request.version, request.updated_at, request.assignee, request.name) == (1, NOW, None, "Intussen")
    assert AdviceRequest.objects.get(pk=other.pk).version == 1


def test_of_two_changes_to_one_version_the_second_does_nothing(britt, anna):
    request = make_request()
    first, second = AdviceRequest.objects.get(pk=request.pk), AdviceRequest.objects.get(pk=request.pk)
    found = [change(copy, now=LATER, only_if={"version": 1}, assignee=who) for copy, who in ((first, britt), (second, anna))]
    assert (found, second.assignee) == ([True, False], britt)


def test_an_answer_is_due_a_working_day_later():
    assert due(NOW) == NOW + timedelta(days=1)
    friday = NOW + timedelta(days=3)
    assert due(friday) == friday + timedelta(days=3)


def test_a_request_that_waits_is_neither_closed_nor_snoozed():
    assert as_waiting(NOW) == {
        "status": "waiting",
        "waiting_since": NOW,
        "due_at": NOW + timedelta(days=1),
        "closed_at": None,
        "outcome": "",
        "snoozed_until": None,
    }
