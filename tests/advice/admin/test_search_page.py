"""The page with what was found: by POST only, straight to the request for a reference, and nothing in an address."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from advice.models import AuditEvent
from tests.advice.factories import make_request

pytestmark = pytest.mark.django_db
URL = "/beheer/advice/advicerequest/zoeken/"


def test_a_search_shows_the_sentence_and_leads_to_the_request(britt_client):
    request = make_request(question="Helpt <b>magnesium</b> bij kramp? En zink?", name="Jan", email="jan@example.org")
    html = britt_client.post(URL, {"q": "kramp jan"}).content.decode()
    assert reverse("admin:advice_advicerequest_change", args=[request.pk]) in html
    assert "Helpt &lt;b&gt;magnesium&lt;/b&gt; bij <mark>kramp</mark>?" in html
    assert "jan@example.org" not in html


def test_a_reference_leads_straight_to_its_request(britt_client):
    request = make_request()
    response = britt_client.post(URL, {"q": f" {request.reference.lower()} "})
    assert (response.status_code, response.url) == (302, reverse("admin:advice_advicerequest_change", args=[request.pk]))


def test_nothing_is_sought_by_an_address(britt_client):
    make_request(name="Jan")
    response = britt_client.get(f"{URL}?q=jan")
    assert (response.status_code, response.url) == (302, reverse("admin:advice_advicerequest_changelist"))
    assert not AuditEvent.objects.filter(action="searched").exists()


@pytest.mark.parametrize(("typed", "said"), [("", "Typ een kenmerk"), ("x" * 101, "te veel tekens"), ("pompoen", "Niets gevonden")])
def test_what_is_not_found_is_said(britt_client, typed, said):
    make_request()
    response = britt_client.post(URL, {"q": typed})
    assert said in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]


def test_older_requests_come_on_the_next_page(britt_client):
    requests = [make_request(question=f"Appel {number}?") for number in range(27)]
    first = britt_client.post(URL, {"q": "appel"}).content.decode()
    assert f'name="ouder" value="{requests[2].pk}"' in first
    second = britt_client.post(URL, {"q": "appel", "ouder": requests[2].pk}).content.decode()
    assert second.count("<li><h2>") == 2
    assert "Oudere vragen" not in second


@pytest.mark.parametrize("older", ["x", "-1", "9" * 30])
def test_a_strange_page_is_the_first(britt_client, older):
    make_request(question="Appel?")
    assert "<mark>Appel</mark>" in britt_client.post(URL, {"q": "appel", "ouder": older}).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(britt_client, count, django_assert_num_queries):
    for number in range(count):
        make_request(question=f"Appel {number}?")
    with django_assert_num_queries(12 + (connection.vendor == "postgresql")):  # which locks the log by a query of its own
        britt_client.post(URL, {"q": "appel"})


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_form_carries_its_token(britt_client, method):
    address = {"get": reverse("admin:advice_advicerequest_changelist"), "post": URL}[method]
    form = getattr(britt_client, method)(address).text.partition(f'action="{URL}"')[2].partition("</form>")[0]
    token = form.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = britt_client.cookies
    assert strict.post(URL, {"q": "kramp", "csrfmiddlewaretoken": token}).status_code == 200
