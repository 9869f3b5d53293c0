"""A session that ended, or a token that changed, while somebody wrote: the form is kept, and goes through after all."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.articles.admin.test_article_page import change_url, form_data
from tests.factories import make_article

pytestmark = pytest.mark.django_db
TEXT = 'Een zin met "tekens" & <b>haken</b>,\r\n\r\nen een tweede alinea met een é.'
OWN = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def article(writer) -> Article:
    return make_article()


@pytest.fixture
def strict() -> Client:
    """A browser that is held to its tokens, as everybody is outside of tests."""
    return Client(enforce_csrf_checks=True)


def fields_of(response) -> dict[str, list[str]]:
    """Return what a browser would post from the page: every field with a value, in lists."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', response.content.decode()):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def written(article: Article) -> str:
    return Article.objects.get(pk=article.pk).intro


def test_text_of_an_ended_session_is_saved_after_signing_in(client, article, writer):
    asked = client.post(change_url(article), form_data(article, intro=TEXT, _draft="1"))

    assert (asked.status_code, written(article)) == (403, "Water is nat.")
    assert 'target="_blank"' in asked.content.decode()
    assert "no-store" in asked.headers["Cache-Control"]

    client.force_login(writer)  # on another tab
    saved = client.post(change_url(article), fields_of(asked), follow=True)

    assert written(article) == TEXT.replace("\r\n", "\n")
    assert saved.redirect_chain == [(change_url(article), 302)]
    assert "Het concept is bewaard." in saved.content.decode()


def test_everything_that_was_typed_comes_back_in_its_order(client, article):
    typed = form_data(article, intro=TEXT, more=["een", "twee", ""])

    kept = fields_of(client.post(change_url(article), typed))

    expected = {name: value if isinstance(value, list) else [str(value)] for name, value in typed.items()}
    assert {name: kept.get(name) for name in expected} == expected
    assert set(kept) - set(expected) <= {"csrfmiddlewaretoken", "next"}


def test_sent_again_too_soon_the_text_is_still_there(client, article):
    asked = client.post(change_url(article), form_data(article, intro=TEXT))

    again = client.post(change_url(article), fields_of(asked))

    assert (again.status_code, fields_of(again)["intro"], written(article)) == (403, [TEXT], "Water is nat.")


def test_who_may_not_write_is_still_refused_after_signing_in(client, article, adviser):
    asked = client.post(change_url(article), form_data(article, intro=TEXT))

    client.force_login(adviser)
    refused = client.post(change_url(article), fields_of(asked))

    assert (refused.status_code, written(article)) == (403, "Water is nat.")


def test_a_reader_with_an_account_is_asked_for_another(client, article):
    client.force_login(User.objects.create_user("lid", password="een-lang-wachtwoord"))

    asked = client.post(change_url(article), form_data(article, intro=TEXT))

    assert (asked.status_code, fields_of(asked)["intro"]) == (403, [TEXT])
    assert "lid" in asked.content.decode()


def test_no_page_carries_a_password(client, strict):
    typed = {"username": "nieuw", "password1": "geheim-woord", "password2": "geheim-woord"}

    for response in (
        client.post(reverse("admin:auth_user_add"), typed),
        strict.post(reverse("admin:auth_user_add"), typed, **OWN),
    ):
        assert (fields_of(response)["username"], "geheim-woord" in response.content.decode()) == (["nieuw"], False)


def test_a_script_hears_that_it_must_sign_in(client):
    response = client.post(reverse("admin:articles_article_fragment"), headers={"accept": "application/json"})

    assert (response.status_code, response.url.split("?")[0]) == (302, "/beheer/login/")


def test_signing_out_twice_asks_nothing(client):
    assert client.post(reverse("admin:logout")).status_code == 302


def test_a_form_with_an_old_token_can_be_sent_again(strict, article, writer):
    strict.force_login(writer)

    kept = strict.post(change_url(article), form_data(article, intro=TEXT, csrfmiddlewaretoken="x" * 64), **OWN)
    assert (kept.status_code, written(article)) == (403, "Water is nat.")
    assert "no-store" in kept.headers["Cache-Control"]

    sent = strict.post(change_url(article), fields_of(kept), **OWN)

    assert (sent.status_code, written(article)) == (302, TEXT.replace("\r\n", "\n"))


@pytest.mark.parametrize("origin", [{"HTTP_ORIGIN": "https://elders.example"}, {"HTTP_ORIGIN": "null"}, {}])
def test_a_form_from_elsewhere_gets_no_token(strict, article, writer, origin):
    strict.force_login(writer)

    response = strict.post(change_url(article), form_data(article, intro=TEXT), **origin)

    html = response.content.decode()
    assert (response.status_code, fields_of(response), "elders" in html, "Een zin" in html) == (403, {}, False, False)
    assert "laad de pagina opnieuw" in html
