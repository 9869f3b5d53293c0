"""What a reader gets of what is kept about them, and what somebody hands over who looked first."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from advice import access, auditing
from advice.answering import save_draft
from advice.export import export_for_access, export_request
from advice.handling import add_note
from advice.models import AuditEvent, OutgoingMail
from advice.reader import rate
from tests.advice.factories import NOW, make_answer, make_request
from tests.advice.incoming import make_incoming

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)
TEXTS = {"notities van adviseurs": "Bel haar liever.", "concepten van adviseurs": "half antwoord"}


@pytest.fixture
def request_with_all(britt, anna):
    request = make_request(
        name="Truus",
        article_slug="water",
        article_title="Waar is water goed voor?",
        section_heading="Wat is water?",
        test_result="Je drinkt genoeg.",
    )
    auditing.record(AuditEvent.Action.READ, by=britt, request=request)
    add_note(request, by=anna, body=TEXTS["notities van adviseurs"], now=NOW)
    make_answer(request, by=britt)
    save_draft(request, by=anna, body=TEXTS["concepten van adviseurs"], base_version=1, now=NOW)
    access.note_opened(request.links.last(), now=NOW)
    rate(request, rating=3, now=NOW)
    make_incoming("Dank je wel!", request=request)
    OutgoingMail.objects.filter(kind="receipt").update(state="sent", sent_at=NOW)
    request.refresh_from_db()
    return request


def test_a_reader_gets_everything_but_what_advisers_tell_each_other(request_with_all):
    when = "2026-11-24T10:00:00+01:00"
    data = json.loads(json.dumps(export_request(request_with_all, LATER)))
    assert data["gemaakt op"] == "2026-11-24T10:01:00+01:00"
    assert data["let op"].startswith("Notities van adviseurs onderling en hun concepten staan hier niet in.")
    assert data["vraag"] == {
        "kenmerk": request_with_all.reference,
        "naam": "Truus",
        "e-mailadres": "lezer@example.org",
        "onderwerp": "Magnesium",
        "bij artikel": "Waar is water goed voor?",
        "bij deel": "Wat is water?",
        "uitslag van de Vitaminetest": "Je drinkt genoeg.",
        "antwoord in de e-mail": True,
        "stand": "wacht op de lezer",
        "hoe gesloten": "",
        "waarom in quarantaine": "",
        "beoordeling": 3,
        "ontvangen op": when,
        "eerste antwoord op": when,
        "laatste gebeurtenis op": when,
        "gesloten op": None,
    }
    assert data["toestemming"] == {
        "versie": 1,
        "tekst": "Ik vind het goed dat jullie mijn vraag bewaren om haar te beantwoorden.",
        "gegeven op": when,
    }
    said = [(message["nummer"], message["van"], message["langs"], message["tekst"]) for message in data["berichten"]]
    assert said == [
        (1, "lezer", "formulier", "Hoeveel magnesium zit er in een banaan?"),
        (2, "Britt, adviseur", "adviesbalie", "In een banaan zit ongeveer 30 mg."),
    ]
    assert data["mails van ons"] == [
        {"soort": "ontvangstbevestiging", "stand": "verstuurd", "verstuurd op": when},
        {"soort": "antwoord", "stand": "wacht", "verstuurd op": None},
    ]
    assert [mail["bericht"].splitlines()[-1] for mail in data["mails aan ons"]] == ["Dank je wel!"]
    assert [(link["gemaakt op"], link["voor het eerst geopend"]) for link in data["privélinks"]] == [(when, when), (when, None)]
    assert not any(text in str(data) for text in TEXTS.values())


def test_the_log_names_colleagues_by_what_they_are(request_with_all, britt, manager):
    export_for_access(request_with_all, by=manager, now=LATER)
    britt.username = "vertrokken"  # her account is gone, or has another name
    britt.save()
    steps = export_request(request_with_all, LATER)["logboek"]
    assert [(step["wat"], step["door"]) for step in steps] == [
        ("vraag ontvangen", "lezer"),
        ("vraag gelezen", "medewerker"),
        ("notitie geschreven", "adviseur"),
        ("antwoord verstuurd", "medewerker"),
        ("geopend door de lezer", "lezer"),
        ("beoordeeld", "lezer"),
        ("gegevens uitgevoerd", "beheerder"),
    ]
    assert not {"britt", "anna"} & set(str(steps).replace("'", " ").split())


def test_an_answer_that_can_still_be_taken_back_is_not_shown_to_the_reader(britt, manager):
    request = make_request()
    make_answer(request, by=britt)
    reader, colleague = export_request(request, NOW), export_for_access(request, by=manager, now=NOW)
    assert [message["nummer"] for message in reader["berichten"]] == [1]
    assert [mail["soort"] for mail in reader["mails van ons"]] == ["ontvangstbevestiging"]
    assert [message["nummer"] for message in colleague["berichten"]] == [1, 2]


def test_who_answers_a_request_for_access_gets_notes_and_drafts_too(request_with_all, manager):
    data = json.loads(json.dumps(export_for_access(request_with_all, by=manager, now=LATER)))
    assert {name: [row["tekst"] for row in data[name]] for name in TEXTS} == {name: [text] for name, text in TEXTS.items()}
    assert not {"anna", "Anna"} & set(str(data).replace("'", " ").split()), "not who wrote it"
    event = AuditEvent.objects.first()
    assert (event.action, event.actor, event.reference, event.detail) == ("exported", "beheerder", request_with_all.reference, {})


def test_only_who_may_erase_exports(britt, writer):
    request = make_request()
    for user in (britt, writer):
        with pytest.raises(PermissionDenied):
            export_for_access(request, by=user, now=NOW)
    assert not AuditEvent.objects.filter(action="exported").exists()
