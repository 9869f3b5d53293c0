"""Whoever answers a reader about their own data: finds their requests, hands over a copy, erases. And how the care stands."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advice import anchors
from advice.admin.reader_data import REASONS
from advice.handling import add_note
from advice.models import AdviceRequest, AuditEvent, Tombstone
from tests.advice.admin.pages import text_of
from tests.advice.factories import NOW, make_request
from tests.factories import make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SURE = {"because": REASONS[0], "sure": "on"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


@pytest.fixture
def manager_client(manager):
    client = Client(enforce_csrf_checks=True)
    client.force_login(manager)
    return client


def url(name: str, *parts: str) -> str:
    return reverse(f"admin:advice_tombstone_{name}", args=parts)


def post(client: Client, address: str, data: dict | None = None):
    """Send a form of the page as a browser does, with the token that stands in it."""
    page = client.get(url("changelist"))
    token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    return client.post(address, (data or {}) | {"csrfmiddlewaretoken": token})


@pytest.mark.parametrize("typed", [" truus@EXAMPLE.org", "Truus@example.org "])
def test_all_requests_of_an_address_are_found_whatever_its_capitals(manager_client, typed):
    mine = [make_request(email=address, now=NOW - DAY * n) for n, address in enumerate(["truus@example.org", "TRUUS@example.org"])]
    other = make_request(email="jan.truus@example.org")
    response = post(manager_client, url("find"), {"gezocht": typed})
    shown = text_of(response)
    assert [request.reference in shown for request in (*mine, other)] == [True, True, False]
    event = AuditEvent.objects.first()
    assert (event.action, event.actor, event.reference, event.detail) == ("searched", "beheerder", "", {"found": 2})


def test_a_reference_leads_to_its_page_and_the_address_of_that_names_no_reader(manager_client):
    request = make_request()
    response = post(manager_client, url("find"), {"gezocht": request.reference.lower()})
    assert (response.status_code, response["Location"]) == (302, f"/beheer/advice/tombstone/vraag/{request.reference}/")


@pytest.mark.parametrize("typed", ["", "%", "nobody@example.org", "lezer@example", "x" * 300])
def test_what_is_no_address_finds_nobody(manager_client, typed):
    make_request()
    assert "Er is geen vraag met dit kenmerk of van dit adres." in text_of(post(manager_client, url("find"), {"gezocht": typed}))


def test_the_page_tells_what_there_is_and_not_what_is_in_it(manager_client, britt):
    request = make_request(name="Truus", question="Hoofdpijn?", test_result="Weinig groente.")
    add_note(request, by=britt, body="Bellen.", now=NOW)
    shown = text_of(manager_client.get(url("request", request.reference)))
    assert "Berichten 1 Notities van adviseurs 1 Mails van ons 1 Privélinks 1" in shown
    assert "de lezer krijgt geen antwoord meer" in shown
    assert not any(word in shown for word in ("Truus", "lezer@", "Hoofdpijn", "groente", "Bellen"))


def test_a_copy_comes_as_a_file_and_is_written_down(manager_client, britt):
    request = make_request()
    add_note(request, by=britt, body="Bellen.", now=NOW)
    response = post(manager_client, url("export", request.reference))
    assert response["Content-Disposition"] == f'attachment; filename="adviesvraag-{request.reference}.json"'
    assert "no-store" in response["Cache-Control"]
    assert json.loads(response.content)["notities van adviseurs"][0]["tekst"] == "Bellen."
    assert AuditEvent.objects.first().action == "exported"


def test_erasing_needs_a_reason_and_a_second_thought(manager_client):
    request = make_request()
    response = post(manager_client, url("erase", request.reference), {"because": "eigen woorden van de lezer"})
    assert response.status_code == 422
    shown = text_of(response)
    assert "Er is nog niets gewist." in shown
    assert "Kies een reden uit de lijst." in shown
    assert "Vink aan dat je weet" in shown
    assert AdviceRequest.objects.get() == request

    response = post(manager_client, url("erase", request.reference), SURE)
    assert (response.status_code, response["Location"]) == (302, url("changelist"))
    assert not AdviceRequest.objects.exists()
    assert Tombstone.objects.get().because == REASONS[0]
    page = text_of(manager_client.get(url("changelist")))
    assert f"Vraag {request.reference} is gewist, met alles wat erbij hoorde." in page
    assert manager_client.get(url("request", request.reference)).status_code == 404


def test_every_reason_fits(manager_client):
    for reason in REASONS:
        post(manager_client, url("erase", make_request().reference), SURE | {"because": reason})
    assert set(Tombstone.objects.values_list("because", flat=True)) == set(REASONS)


@pytest.mark.parametrize("name", ["export", "erase"])
def test_a_link_does_nothing(manager_client, name):
    request = make_request()
    assert manager_client.get(url(name, request.reference)).status_code == 404
    assert AdviceRequest.objects.exists()
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("role", ["Adviseur", "Redacteur"])
def test_nobody_else_gets_in(role):
    request = make_request()
    client = Client()
    client.force_login(make_user("iemand", role))
    answers = [client.get(url("changelist")), client.get(url("request", request.reference))]
    answers += [client.post(url("find"), {"gezocht": "lezer@example.org"})]
    answers += [client.post(url(name, request.reference), SURE) for name in ("export", "erase")]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert AdviceRequest.objects.exists()
    assert AuditEvent.objects.count() == 1


def test_how_the_care_stands(manager_client, folder, settings):
    shown = text_of(manager_client.get(url("changelist")))
    assert "Oudste persoonsgegeven er zijn er geen Volgende opruiming als de worker draait" in shown
    assert "Niets: alles is nog binnen zijn bewaartermijn." in shown
    make_request(now=NOW - 31 * DAY, suspicions=("veel links",))
    anchors.write_anchor(NOW)
    (settings.VAR_DIR / "worker.json").write_text(json.dumps({"retention": (NOW + DAY).isoformat()}))
    shown = text_of(manager_client.get(url("changelist")))
    assert "Oudste persoonsgegeven 24 oktober 2026 Volgende opruiming 25 november 2026, 10:00" in shown
    assert "Laatste regel van het logboek 1 Laatste anker regel 1, 24 november 2026" in shown
    assert "Vragen in quarantaine wissen: 1 oudste van 24 oktober 2026" in shown


def test_the_log_says_how_the_care_stands_too(manager_client):
    make_request(now=NOW)
    shown = text_of(manager_client.get(reverse("admin:advice_auditevent_changelist")))
    assert "Logboek van de adviesbalie Oudste persoonsgegeven 24 november 2026" in shown


def test_the_desk_leads_to_what_can_be_done_for_a_reader(manager_client, britt_client, britt):
    request = make_request()
    address = url("request", request.reference)
    assert address not in britt_client.get(reverse("admin:advice_advicerequest_change", args=[request.pk])).text
    assert url("changelist") in manager_client.get("/beheer/").text
    assert timezone.now() == NOW
