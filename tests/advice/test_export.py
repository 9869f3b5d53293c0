"""A copy of everything about a request: whole, plain, and with nothing in it that is not the reader's to see."""

import json
from datetime import timedelta

import pytest

from advice.export import export_request
from advice.handling import add_note
from advice.models import AdviceRequest
from advice.reader import reply
from tests.advice.factories import NOW, make_answer, make_request
from tests.factories import make_masked_reference

pytestmark = pytest.mark.django_db


def test_a_copy_is_whole(britt):
    make_masked_reference("grober2015")
    request = make_request(name="Jan", article_title="Water", section_heading="Wat is water?", test_result="Weinig groente.")
    make_answer(request, by=britt, body="Een banaan.[@grober2015]")
    reply(request, body="Dank je.", submission_id=None, now=NOW + timedelta(hours=1))
    copy = export_request(AdviceRequest.objects.get(pk=request.pk), NOW + timedelta(hours=2))

    assert json.loads(json.dumps(copy)) == copy
    assert copy["vraag"] == {
        "kenmerk": request.reference,
        "naam": "Jan",
        "e-mailadres": "lezer@example.org",
        "onderwerp": "Magnesium",
        "bij artikel": "Water",
        "bij deel": "Wat is water?",
        "uitslag van de Vitaminetest": "Weinig groente.",
        "antwoord in de e-mail": True,
        "stand": "wacht op advies",
        "hoe gesloten": "",
        "beoordeling": None,
        "ontvangen op": "2026-11-24T10:00:00+01:00",
        "laatste gebeurtenis": "2026-11-24T11:00:00+01:00",
        "gesloten op": None,
    }
    assert copy["toestemming"] | {"tekst": ""} == {"versie": 1, "tekst": "", "gegeven op": "2026-11-24T10:00:00+01:00"}
    said = [(message["van"], message["tekst"].split("\n")[0]) for message in copy["berichten"]]
    assert said == [
        ("lezer", "Hoeveel magnesium zit er in een banaan?"),
        ("Britt, adviseur", "Een banaan.[1]"),
        ("lezer", "Dank je."),
    ]
    assert [mail["soort"] for mail in copy["mails van ons"]] == ["ontvangstbevestiging", "antwoord"]
    assert len(copy["privélinks"]) == 2
    assert [(step["wat"], step["door"]) for step in copy["logboek"]] == [
        ("vraag ontvangen", "lezer"),
        ("antwoord verstuurd", "adviesbalie"),
        ("reactie van de lezer", "lezer"),
    ]


def test_a_copy_holds_no_note_no_account_no_key_and_nothing_of_another(britt):
    make_request(name="Piet", email="piet@example.org")
    request = make_request()
    add_note(request, by=britt, body="Belt morgen.", now=NOW)
    text = json.dumps(export_request(request, NOW))
    (link,) = request.links.all()
    assert "lezer@example.org" in text
    for secret in ("Belt morgen", '"britt"', "piet", link.nonce, link.digest, request.digest):
        assert secret not in text
