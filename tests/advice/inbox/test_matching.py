"""Which request a mail leads to, and which ones a forger would like it to."""

import pytest

from advice.inbox.addressing import reply_address
from advice.inbox.matching import NOTHING, Match, find_match
from advice.inbox.reading import read_mail
from advice.message_ids import make_message_id
from tests.advice.factories import make_request
from tests.advice.inbox.posting import sent_answer, written

pytestmark = pytest.mark.django_db


def match(**fields) -> Match:
    return find_match(read_mail(written(**fields)))


def test_by_the_mail_that_it_answers(britt):
    mail = sent_answer(britt)
    make_request()
    assert match(answers=mail.rfc_message_id) == Match(mail.request)
    older = f"References: <a@example.org> {mail.rfc_message_id}\r\n <b@example.org>"
    assert match(answers="<x@example.org>", head=older) == Match(mail.request)


def test_by_the_address_that_it_was_sent_to():
    request = make_request()
    assert match(to=f"Advies <{reply_address(request).upper()}>") == Match(request)
    assert match(to="anders@example.org", head=f"Delivered-To: {reply_address(request)}") == Match(request)


def test_of_two_mails_of_ours_the_nearest_counts(britt):
    first, second = sent_answer(britt), sent_answer(britt)
    assert match(answers=first.rfc_message_id, head=f"References: {second.rfc_message_id}") == Match(first.request)


def test_never_by_the_subject(britt):
    mail = sent_answer(britt)
    assert match(subject=f"Re: Er is een antwoord op je vraag ({mail.request.reference})") == NOTHING


def test_address_and_answered_mail_must_agree(britt):
    mail, other = sent_answer(britt), make_request()
    assert match(answers=mail.rfc_message_id, to=reply_address(mail.request)) == Match(mail.request)
    assert match(answers=mail.rfc_message_id, to=reply_address(other)) == NOTHING
    assert match(to=f"{reply_address(mail.request)}, {reply_address(other)}") == NOTHING


def test_what_belonged_to_an_erased_request_is_known(britt):
    mail = sent_answer(britt)
    address = reply_address(mail.request)
    mail.request.delete()
    assert match(answers=mail.rfc_message_id) == match(to=address) == Match(is_erased=True)
    assert match(answers=mail.rfc_message_id, to=address) == Match(is_erased=True)


def test_somebody_elses_mail_from_our_domain_is_not_taken_for_an_erased_one(settings):
    settings.MAIL_DOMAIN = "magsite.example"
    assert match(answers="<5f0a1c1e-6d0b-4f0e-9a53-3a3f6e1f5a10@magsite.example>") == NOTHING
    assert match(answers=make_message_id()) == Match(is_erased=True)
