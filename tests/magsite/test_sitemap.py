"""The sitemap: an index of parts, which together list every public page, once."""

from xml.etree import ElementTree

import pytest
from django.test import RequestFactory

from articles.models import Article
from articles.publishing import publish, withdraw
from articles.rendering.source import SectionSource
from magsite import sitemap
from references.models import Reference
from tests.factories import make_article, make_reference

pytestmark = pytest.mark.django_db
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
FIXED = [f"http://testserver{path}" for path in ("/", "/artikelen/", "/advies/", "/vitaminetest/", "/over/", "/privacy/")]


def read(client, url: str) -> list[ElementTree.Element]:
    response = client.get(url)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return list(ElementTree.fromstring(response.content))


def locations(elements) -> list[str]:
    return [element.findtext(f"{NAMESPACE}loc") for element in elements]


def parts_of(client) -> list[str]:
    root = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{NAMESPACE}sitemapindex"
    return [address.removeprefix("http://testserver") for address in locations(root)]


def cite(number: int, keys: list[str], chief) -> Article:
    body = "Zin." + "".join(f"[@{key}]" for key in keys)
    article = make_article(slug=f"artikel-{number}", sections=(SectionSource("S", "s", body),))
    publish(article, by=chief)
    return article


def test_empty_site_has_one_part(client):
    assert parts_of(client) == ["/sitemap-paginas.xml"]
    assert locations(read(client, "/sitemap-paginas.xml")) == FIXED
    for path in ("artikelen-1", "bronnen-1", "artikelen-0", "artikelen-01", "bronnen-9999", f"bronnen-{10**20}", "iets-1"):
        assert client.get(f"/sitemap-{path}.xml").status_code == 404, path


def test_every_public_page_stands_in_one_part(client, chief):
    for key in ("jansen2020", "berg2021", "nergens2022"):
        make_reference(key)
    article = cite(1, ["jansen2020", "berg2021"], chief)
    make_article(slug="concept")
    number = article.pk // sitemap.ARTICLES_PER_PART + 1

    found = [element for path in parts_of(client) for element in read(client, path)]

    addresses = locations(found)
    own = [f"http://testserver/{path}/" for path in ("artikelen/artikel-1", "bronnen/berg2021", "bronnen/jansen2020")]
    assert sorted(addresses) == sorted([*FIXED, *own])
    for address in addresses:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address
    assert f"/sitemap-artikelen-{number}.xml" in parts_of(client)
    live = Article.objects.get(pk=article.pk).live
    (dated,) = read(client, f"/sitemap-artikelen-{number}.xml")
    assert dated.findtext(f"{NAMESPACE}lastmod").startswith(f"{live.modified_at.astimezone():%Y-%m-%d}")


def test_parts_are_cut_at_primary_keys_and_empty_ones_left_out(client, chief, monkeypatch):
    monkeypatch.setattr(sitemap, "ARTICLES_PER_PART", 2)
    monkeypatch.setattr(sitemap, "SOURCES_PER_PART", 3)
    references = [make_reference(f"bron{number}") for number in range(9)]
    articles = [cite(number, [f"bron{number}"], chief) for number in (0, 1, 2, 3, 8)]
    withdraw(articles[1], by=chief)
    withdraw(articles[2], by=chief)

    live = [(article.pk - 1) // 2 + 1 for article in (articles[0], articles[3], articles[4])]
    cited = [(references[number].pk - 1) // 3 + 1 for number in (0, 3, 8)]
    expected = [f"/sitemap-artikelen-{number}.xml" for number in sorted(set(live))]
    expected += [f"/sitemap-bronnen-{number}.xml" for number in sorted(set(cited))]
    assert parts_of(client) == ["/sitemap-paginas.xml", *expected]
    assert sorted(address for path in expected for address in locations(read(client, path))) == sorted(
        [f"http://testserver/artikelen/artikel-{number}/" for number in (0, 3, 8)]
        + [f"http://testserver/bronnen/bron{number}/" for number in (0, 3, 8)]
    )


def test_index_takes_two_queries_however_many_parts(client, chief, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(sitemap, "ARTICLES_PER_PART", 1)
    monkeypatch.setattr(sitemap, "SOURCES_PER_PART", 1)
    for count in (1, 3):
        for number in range(Reference.objects.count(), count):
            make_reference(f"bron{number}")
            cite(number, [f"bron{number}"], chief)
        with django_assert_num_queries(2):
            assert len(parts_of(client)) == 1 + 2 * count


def test_parts_stay_within_what_the_protocol_allows():
    assert max(sitemap.ARTICLES_PER_PART, sitemap.SOURCES_PER_PART) <= 50_000
    longest = "x" * 300  # a key of 100 characters, each quoted as %XX
    body = sitemap._part((f"/bronnen/{longest}/", None) for _ in range(sitemap.SOURCES_PER_PART)).content
    assert len(body) < 50_000_000


def test_sitemap_answers_only_reading():
    assert sitemap.sitemap(RequestFactory().post("/sitemap.xml")).status_code == 405
