"""What changes for a source once a text cites it. The text lives in another app, as in the running site."""

import html
import re

import pytest
from django.urls import reverse

from articles.models import Article, Citation
from references.filters import citations_of
from references.models import Reference
from tests.references.test_admin import change_url, form_data, text_of

LIST = "admin:references_reference_changelist"


@pytest.fixture
def cited(sources):
    article = Article.objects.create(title="Een artikel", slug="een-artikel")
    source = sources["grober2015"]
    Citation.objects.create(article=article, reference=source, position=1, number=1, anchor="cite-1", heading="Wat is magnesium?")
    return source


def test_the_key_of_a_cited_source_stays(admin_client_nl, cited):
    response = admin_client_nl.post(change_url(cited), form_data(cited, key="gekaapt", volume="8"))
    assert response.status_code == 302
    cited.refresh_from_db()
    assert (cited.key, cited.volume) == ("grober2015", "8")
    page = text_of(admin_client_nl.get(change_url(cited)))
    assert "Ja. Daarom staat de sleutel vast en kan de bron niet worden verwijderd" in page


@pytest.mark.parametrize("bulk", [False, True])
def test_a_cited_source_is_not_deleted_and_the_page_says_where_it_is_cited(admin_client_nl, cited, bulk):
    url = reverse(LIST) if bulk else reverse("admin:references_reference_delete", args=[cited.pk])
    chosen = {"action": "delete_selected", "_selected_action": [cited.pk]} if bulk else {}
    for confirm in ({}, {"post": "yes"}):
        response = admin_client_nl.post(url, chosen | confirm)
        page = " ".join(html.unescape(re.sub(r"<[^>]*>", "", response.content.decode())).split())
        assert "Een artikel (concept) › Wat is magnesium?" in page
        assert "bron kan niet worden verwijderd" in page
        assert Reference.objects.filter(pk=cited.pk).exists()


def test_the_list_finds_sources_that_nothing_cites(admin_client_nl, cited):
    def keys(value):
        response = admin_client_nl.get(reverse(LIST), {"geciteerd": value})
        return {source.key for source in response.context["cl"].queryset}

    assert keys("ja") == {"grober2015"}
    assert len(keys("nee")) == 18
    assert "nergens geciteerd" in text_of(admin_client_nl.get(reverse(LIST)))


def test_citations_of_a_source(cited, sources):
    assert [str(use) for use in citations_of(cited)] == ["Een artikel (concept) › Wat is magnesium?"]
    assert not citations_of(sources["wester1992"]).exists()
    assert not citations_of(Reference()).exists()
