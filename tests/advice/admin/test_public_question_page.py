"""From the button at an answered request to a question under the article, through the pages."""

import pytest
from django.urls import reverse

from advice.models import PublicQuestion
from articles.publishing import publish
from tests.advice.factories import make_answer, make_request
from tests.factories import make_article

pytestmark = pytest.mark.django_db
TEXT = {"article_slug": "water", "question": "Hoeveel water is gezond?", "answer": "Drink naar dorst."}


@pytest.fixture
def request_(britt, chief):
    publish(make_article(), by=chief)
    found = make_request(name="Jan", article_slug="water")
    make_answer(found, by=britt, body="Beste Jan, drink.")
    return found


@pytest.fixture
def question(britt_client, request_):
    britt_client.post(reverse("admin:advice_advicerequest_publicize", args=[request_.pk]))
    return PublicQuestion.objects.get()


def url_of(question) -> str:
    return reverse("admin:advice_publicquestion_change", args=[question.pk])


def test_the_button_leads_to_the_page_with_the_answer(britt_client, request_):
    done = britt_client.post(reverse("admin:advice_advicerequest_publicize", args=[request_.pk]), follow=True)
    question = PublicQuestion.objects.get()
    assert url_of(question) in done.content.decode()
    html = britt_client.get(url_of(question)).content.decode()
    assert "Beste Jan, drink." in html
    assert "<strong>Beste Jan</strong> (naam): haal weg" in html
    assert request_.reference in html


def test_a_question_is_proposed_by_an_adviser_and_published_by_a_chief_editor(britt_client, question, chief, client):
    refused = britt_client.post(url_of(question), TEXT | {"_propose": "1"})
    assert (refused.status_code, "vink aan" in refused.content.decode()) == (409, True)
    assert britt_client.post(url_of(question), TEXT | {"_propose": "1", "checked": "1"}).status_code == 302
    client.force_login(chief)
    html = client.get(url_of(question)).content.decode()
    assert "britt heeft deze tekst nagekeken" in html
    assert question.request.reference not in html
    assert client.post(url_of(question), TEXT | {"_publish": "1"}).status_code == 302
    assert "Hoeveel water is gezond?" in client.get("/artikelen/water/").content.decode()
    client.post(url_of(question), TEXT | {"_withdraw": "1"})
    assert "Hoeveel water is gezond?" not in client.get("/artikelen/water/").content.decode()


def test_what_was_typed_stays_when_it_is_refused(britt_client, question):
    typed = TEXT | {"answer": "Vraag het Jan, 06-12345678.", "_propose": "1", "checked": "1"}
    html = britt_client.post(url_of(question), typed).content.decode()
    assert "Haal weg: ‘Jan’" in html
    assert "06-12345678" in html
    assert PublicQuestion.objects.get().answer == "Vraag het Jan, 06-12345678."


def test_an_adviser_can_not_publish(britt_client, question):
    assert britt_client.post(url_of(question), TEXT | {"_publish": "1", "checked": "1"}).status_code == 403
    assert PublicQuestion.objects.get().state == "draft"


def test_a_question_that_is_too_long_is_told_at_its_field(britt_client, question):
    response = britt_client.post(url_of(question), TEXT | {"question": "x" * 201})
    assert response.status_code == 400
    assert "errorlist" in response.content.decode()
    assert "x" * 201 in response.content.decode()


def test_the_preview_is_that_of_the_site(britt_client, question):
    url = reverse("admin:advice_publicquestion_preview", args=[question.pk])
    assert (
        britt_client.post(url, {"answer": "Een **woord**."}).json()["html"].strip().startswith("<p>Een <strong>woord</strong>.</p>")
    )
    assert britt_client.get(url).status_code == 405


def test_there_may_be_no_such_question(britt_client):
    assert britt_client.get(reverse("admin:advice_publicquestion_change", args=[99])).status_code == 404


def test_only_the_button_saves_and_a_colleague_s_text_is_not_overwritten_unseen(britt_client, question):
    before = question.answer
    britt_client.head(url_of(question))
    question.refresh_from_db()
    assert question.answer == before
    seen = britt_client.get(url_of(question)).context["seen"]
    britt_client.post(url_of(question), TEXT | {"seen": seen})
    late = britt_client.post(url_of(question), TEXT | {"answer": "Mijn tekst.", "seen": seen})
    html = late.content.decode()
    assert late.status_code == 409
    assert "Mijn tekst." in html
    assert "Drink naar dorst." in html
    question.refresh_from_db()
    assert question.answer == TEXT["answer"]
    britt_client.post(url_of(question), TEXT | {"answer": "Mijn tekst.", "seen": late.context["seen"]})
    question.refresh_from_db()
    assert question.answer == "Mijn tekst."
