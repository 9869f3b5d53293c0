"""A reader takes everything along, wipes it out, or leaves."""

import json

import pytest

from advice.models import AccessLink, AdviceRequest, AuditEvent, Message, OutgoingMail, Tombstone
from tests.advice.pages import form_at

pytestmark = pytest.mark.django_db
MINE = "/advies/mijn-vraag/"
TAKE, ERASE, LEAVE = f"{MINE}gegevens/", f"{MINE}wissen/", f"{MINE}verlaten/"


def test_everything_comes_as_one_file(reader, inside):
    response = reader.post(TAKE, form_at(reader.get(MINE), TAKE).values)
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Content-Disposition"] == f'attachment; filename="adviesvraag-{inside.reference}.json"'
    assert response.headers["Cache-Control"] == "no-store, private"
    assert json.loads(response.content)["vraag"]["e-mailadres"] == "lezer@example.org"
    assert AuditEvent.objects.filter(action="exported").count() == 1


def test_erasing_asks_first_and_a_form_as_it_stands_erases_nothing(reader, inside):
    page = reader.get(ERASE)
    form = form_at(page, ERASE)
    assert "Weet je het zeker?" in page.content.decode()
    assert "sure" not in form.values
    response = reader.post(ERASE, form.values)
    assert response.status_code == 422
    assert "Er is nog niets gewist." in response.content.decode()
    assert AdviceRequest.objects.count() == 1


def test_erasing_leaves_a_tombstone_and_no_way_in(reader, inside):
    response = reader.post(ERASE, form_at(reader.get(ERASE), ERASE).values | {"sure": "on"})
    assert (response.status_code, response.headers["Location"]) == (303, "/advies/gewist/")
    assert (response.cookies["advies"].value, response.cookies["advies"]["path"]) == ("", "/advies/")
    assert [model.objects.count() for model in (AdviceRequest, Message, AccessLink, OutgoingMail, Tombstone)] == [0, 0, 0, 0, 1]
    assert AuditEvent.objects.filter(action="erased", actor="lezer", reference=inside.reference).count() == 1
    assert reader.get(MINE).status_code == 403
    assert "Je vraag is gewist" in reader.get(response.headers["Location"]).content.decode()


def test_leaving_takes_the_pass_away(reader, inside):
    response = reader.post(LEAVE, form_at(reader.get(MINE), LEAVE).values)
    assert response.headers["Location"] == "/advies/verlaten/"
    assert reader.cookies["advies"].value == ""
    assert reader.get(MINE).status_code == 403
    assert "Je vraag is dicht" in reader.get("/advies/verlaten/").content.decode()
