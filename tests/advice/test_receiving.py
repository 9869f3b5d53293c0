"""A question from the form: judged, counted, stored."""

import uuid
from datetime import timedelta

import pytest

from advice.models import AdviceRequest, RateBucket
from advice.receiving import TooManyQuestions, receive
from advice.submitting import SubmissionDiffers
from tests.advice.factories import NOW, make_question

pytestmark = pytest.mark.django_db


def take(question=None, **changes):
    values = {"trap": "", "seconds": 60.0, "network": "192.0.2.0/24", "now": NOW}
    return receive(question or make_question(), **values | changes)


def test_what_a_person_sends_goes_to_the_desk():
    request, is_new = take()
    assert (request.status, request.suspicion, is_new) == ("waiting", "", True)


@pytest.mark.parametrize("changes", [{"trap": "koop nu"}, {"seconds": None}, {"seconds": 1}])
def test_what_a_person_would_not_send_is_kept_apart(changes):
    assert take(**changes)[0].status == "quarantine"


def test_many_from_one_network_are_looked_at_and_a_flood_is_refused(settings):
    settings.ADVICE_MANY_PER_NETWORK, settings.ADVICE_MOST_PER_NETWORK = 2, 3
    stands = [take(make_question(email=f"{i}@example.org"))[0].status for i in range(3)]
    assert stands == ["waiting", "waiting", "quarantine"]
    for _ in range(2):
        with pytest.raises(TooManyQuestions):
            take()
    assert take(network="198.51.100.0/24")[0].status == "waiting"
    assert take(now=NOW + timedelta(hours=1))[0].status == "waiting"
    assert AdviceRequest.objects.count() == 5


def test_many_from_one_address_are_looked_at(settings):
    settings.ADVICE_MANY_PER_ADDRESS = 2
    stands = [take(network=f"192.0.{i}.0/24")[0].status for i in range(3)]
    assert stands == ["waiting", "waiting", "quarantine"]


def test_the_same_form_again_counts_no_second_time_and_is_never_refused(settings):
    settings.ADVICE_MOST_PER_NETWORK = 1
    question = make_question()
    first, _ = take(question)
    before = list(RateBucket.objects.order_by("key").values_list("key", "count"))
    assert [take(question) for _ in range(3)] == [(first, False)] * 3
    assert list(RateBucket.objects.order_by("key").values_list("key", "count")) == before


def test_the_same_form_with_another_text_is_told_apart():
    number = uuid.uuid4()
    take(make_question(submission_id=number))
    with pytest.raises(SubmissionDiffers):
        take(make_question(submission_id=number, question="Anders."))


def test_without_a_known_network_nobody_is_counted_for_another(settings):
    settings.ADVICE_MOST_PER_NETWORK = 1
    assert [take(make_question(email=f"{i}@example.org"), network="")[0].status for i in range(3)] == ["waiting"] * 3
