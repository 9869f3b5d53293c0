"""Preview links on the article page: made, shown once, listed and taken back."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from articles.models import Article, PreviewLink
from articles.preview_links import make_link
from tests.articles.admin.test_article_page import change_url
from tests.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(db) -> Article:
    return make_article()


def make_url(article: Article) -> str:
    return reverse("admin:articles_article_link_make", args=[article.pk])


def revoke_url(link: PreviewLink) -> str:
    return reverse("admin:articles_article_link_revoke", args=[link.article_id, link.pk])


def listed(client, article: Article) -> str:
    html = client.get(change_url(article)).content.decode()
    found = re.search(r'<details class="preview-links".*?</details>', html, re.DOTALL)
    return re.sub(r"\s+", " ", strip_tags(found[0]))


def test_a_link_is_shown_once_and_works(writer_client, article, client):
    response = writer_client.post(make_url(article), {"note": "Dr. <b>Bakker</b>", "days": "30"})

    html = response.content.decode()
    found = re.search(r'id="preview-link">http://testserver(/voorbeeld/[^<]+/)<', html)
    assert response.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert "Dr. &lt;b&gt;Bakker&lt;/b&gt;" in html
    writer_client.logout()
    assert client.get(found[1]).status_code == 200
    assert found[1].split("/")[2].split(".")[0] not in listed_as_writer(client, article)


def listed_as_writer(client, article: Article) -> str:
    client.force_login(PreviewLink.objects.get().created_by)
    return client.get(change_url(article)).content.decode()


def test_the_list_says_for_whom_by_whom_and_how_often(writer_client, writer, article):
    open_, old, _ = (make_link(article, days=7, note=note, by=writer)[0] for note in ("Bakker", "Oud", "Weg"))
    PreviewLink.objects.filter(pk=open_.pk).update(opened=3, last_opened_at=timezone.now())
    long_ago = timezone.now() - timedelta(days=90)
    PreviewLink.objects.filter(pk=old.pk).update(created_at=long_ago, expires_at=long_ago + timedelta(days=1))
    writer_client.post(revoke_url(PreviewLink.objects.get(note="Weg")))

    said = listed(writer_client, article)

    assert re.search(r"Bakker werkt Gemaakt op [^·]+ door schrijver · tot [^·]+ · 3 keer geopend, het laatst op", said)
    assert re.search(r"Oud verlopen", said)
    assert re.search(r"Weg ingetrokken Gemaakt op [^·]+ · ingetrokken op [^·]+ · nog niet geopend", said)
    assert said.count("Trek in") == 1


def test_a_revoked_link_is_said_and_logged(writer_client, writer, article, django_user_model):
    link, _ = make_link(article, days=7, note="Bakker", by=writer)

    response = writer_client.post(revoke_url(link), follow=True)

    assert response.redirect_chain == [(f"{change_url(article)}#voorbeeldlinks", 302)]
    assert "De voorbeeldlink is ingetrokken" in response.content.decode()
    history = writer_client.get(reverse("admin:articles_article_history", args=[article.pk])).content.decode()
    assert "Voorbeeldlink ingetrokken voor Bakker." in history


@pytest.mark.parametrize("data", [{}, {"days": "365"}, {"days": "x"}, {"days": "7", "note": "x" * 121}])
def test_wrong_terms_are_said(writer_client, article, data):
    html = writer_client.post(make_url(article), data, follow=True).content.decode()

    assert "Er is geen link gemaakt." in html
    assert not PreviewLink.objects.exists()


def test_who_may_not_write_is_refused(adviser_client, writer, article):
    link, _ = make_link(article, days=7, note="", by=writer)

    assert adviser_client.post(make_url(article), {"days": "7"}).status_code == 403
    assert adviser_client.post(revoke_url(link)).status_code == 403
    assert (PreviewLink.objects.count(), PreviewLink.objects.get().revoked_at) == (1, None)


def test_links_are_made_by_post_and_revoked_at_their_own_article(writer_client, writer, article):
    link, _ = make_link(article, days=7, note="", by=writer)
    other = make_article(slug="ander")

    assert writer_client.get(make_url(article)).status_code == 405
    assert writer_client.post(reverse("admin:articles_article_link_revoke", args=[other.pk, link.pk])).status_code == 404
    assert PreviewLink.objects.get().revoked_at is None


def test_a_new_article_has_no_panel(writer_client):
    assert "preview-links" not in re.sub(r"<link[^>]*>", "", writer_client.get("/beheer/articles/article/add/").content.decode())
