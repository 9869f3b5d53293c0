"""What keeps the site as quick with many articles as with few, checked without a clock: queries, and what they read."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.drafts import source_of
from articles.markdown_file import dump
from articles.models import Article, Publication
from articles.publishing import publish, withdraw
from articles.views import ARTICLES_PER_PAGE
from bench.crowd import make_crowd, slug_of
from references.models import HealthClaim, Reference
from tests.factories import make_image

pytestmark = pytest.mark.django_db
LISTS = {
    "/": 1,
    "/artikelen/": 3,
    "/sitemap.xml": 2,
    "/sitemap-paginas.xml": 0,
    "/beheer/articles/article/": 9,
    "/beheer/articles/article/?q=deel": 10,
    "/beheer/articles/image/": 5,
    "/beheer/articles/image/?q=beeld": 7,
    "/beheer/references/reference/": 4,
    "/beheer/references/reference/?q=jansen": 5,
    "/beheer/references/reference/?geciteerd=nee": 4,
    "/beheer/references/reference/?opmerking=ja": 4,
    "/beheer/references/reference/zoeken/?q=jansen2": 5,
    "/beheer/autocomplete/?app_label=articles&model_name=article&field_name=hero&term=beeld": 5,
}


@pytest.fixture
def crowd(request, db):
    """As many articles as the test says, and ten times as many sources."""
    make_image("blad")
    HealthClaim.objects.create(key="spieren", nutrient="zink", text_nl="Zink is goed.", regulation="432/2012")
    make_crowd(request.param)
    ContentType.objects.clear_cache()  # what an earlier test asked would be one query less here
    return request.param


def count(work) -> int:
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


@pytest.mark.parametrize("crowd", [2, 30, 300], indirect=True)
def test_queries_do_not_grow_with_the_number_of_articles(admin_client, crowd):
    article = Article.objects.get(slug=slug_of(0))
    change = reverse("admin:articles_article_change", args=[article.pk])
    history = reverse("admin:articles_article_history", args=[article.pk])
    expected = {**LISTS, f"/artikelen/{slug_of(0)}/": 3, change: 34, history: 11, "publish": 52, "withdraw": 29}
    if (last := -(-Article.objects.published().count() // ARTICLES_PER_PAGE)) > 1:
        expected[f"/artikelen/pagina/{last}/"] = 3
    found = {}
    for url in expected:
        if url.startswith("/"):
            found[url] = count(lambda url=url: admin_client.get(url))
    article.intro += " Meer."
    article.save()
    found["publish"] = count(lambda: publish(article, by=None))
    found["withdraw"] = count(lambda: withdraw(article, by=None))

    assert found == expected


@pytest.mark.parametrize("crowd", [30], indirect=True)
def test_no_list_reads_the_text_of_an_article(admin_client, crowd):
    for url in [*LISTS, "/sitemap-artikelen-1.xml", "/sitemap-bronnen-1.xml"]:
        with CaptureQueriesContext(connection) as queries:
            admin_client.get(url)
        read = " ".join(query["sql"] for query in queries)
        assert not [column for column in ("rendered", "source", "findings", "intro") if f'"{column}"' in read], url


@pytest.mark.parametrize("crowd", [30], indirect=True)
def test_crowd_is_made_of_what_the_site_itself_makes(client, crowd):
    article = Article.objects.get(slug=slug_of(2))
    assert article.live.number == Publication.objects.filter(article=article).count() == 3
    before = article.live.rendered

    assert dump(source_of(article)) == article.live.source
    cited = set(article.citations.values_list("reference__key", flat=True))
    assert cited == {item["key"] for item in before["sources"]}
    assert "zq" not in str([before, article.live.source, article.live.title]).lower()
    html = client.get(article.get_absolute_url()).content.decode()
    assert f'href="/artikelen/{slug_of(3)}/"' in html
    reference = Reference.objects.get(key=min(cited))
    assert reference in Reference.objects.search(f"{reference.authors[0]['family']} {reference.issued_year}")
    assert Article.objects.filter(status="withdrawn", live=None).count() == 1
    article.intro = "Anders."
    article.save()
    assert publish(article, by=None).number == 4, "new rows get a free primary key"
