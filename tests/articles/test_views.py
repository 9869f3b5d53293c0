import gzip
import json
import re
from xml.etree import ElementTree

import feedparser
import pytest

from articles import views
from articles.drafts import store_source
from articles.published import MARK
from articles.publishing import publish, withdraw
from articles.rendering.source import HeroSource, SectionSource
from tests.factories import MASKED_TITLE, PUBLIC_TITLE, make_article, make_image, make_masked_reference, make_reference, make_source

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
PUBLIC_PAGES = ["/", "/artikelen/", "/artikelen/water/", "/bronnen/grober2015/", "/artikelen/atom.xml", "/sitemap.xml"]


def published(chief, body: str = "Water stroomt.[@grober2015] Het is nat.[@jansen2020; @grober2015]", **fields):
    article = make_article(sections=(SectionSource("Wat is water?", "wat-is-water", body),), **fields)
    publish(article, by=chief)
    article.refresh_from_db()
    return article


@pytest.fixture
def article(chief):
    make_masked_reference("grober2015", remark="Geheime twijfel")
    make_reference("jansen2020", title="Wat & <hoe>", doi="10.1000/xyz")
    make_image("blad", caption="Blad in de zon")
    return published(chief, hero=HeroSource("blad"))


def json_ld(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])


def test_article_page_shows_text_sources_and_ways_back(client, article):
    html = client.get("/artikelen/water/").content.decode()

    assert "Water stroomt.<sup" in html
    assert '<link rel="canonical" href="http://testserver/artikelen/water/"' in html
    assert 'id="ref-grober2015"' in html
    assert 'href="#cite-grober2015-2"' in html
    assert "Terug naar ‘Wat is water?’, gebruik b van 2" in html


def test_every_link_within_the_page_has_a_target_and_every_id_is_unique(client, article):
    html = client.get("/artikelen/water/").content.decode()

    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


def test_published_title_behind_a_mask_is_in_no_public_byte(client, article):
    pages = {url: client.get(url) for url in PUBLIC_PAGES}

    assert {url: response.status_code for url, response in pages.items()} == dict.fromkeys(PUBLIC_PAGES, 200)
    assert PUBLIC_TITLE in pages["/artikelen/water/"].content.decode()  # the mask itself is there, so the test could see a leak
    assert "10.1000/xyz" in pages["/artikelen/water/"].content.decode()  # and so is the DOI of a source without a mask
    for url, response in pages.items():
        everything = response.content.decode() + str(response.headers)
        for secret in (MASKED_TITLE, MASKED_TITLE.upper(), "therapy", "nu7095388", "26404370", "Geheime twijfel"):
            assert secret.lower() not in everything.lower(), (url, secret)


def test_setting_opens_the_link_of_a_masked_source(client, chief, settings):
    settings.LINK_MASKED_REFERENCES = True
    make_masked_reference("grober2015")
    published(chief, "Zin.[@grober2015]")

    html = client.get("/artikelen/water/").content.decode()
    assert 'href="https://doi.org/10.3390/nu7095388"' in html
    assert "therapy" not in html


def test_json_ld_describes_the_article_and_its_sources(client, article):
    article_node, trail = json_ld(client.get("/artikelen/water/").content.decode())["@graph"]

    assert article_node["@type"] == "Article"
    assert article_node["headline"] == "Waar is water goed voor?"
    assert article_node["datePublished"] == article.first_published_at.isoformat()
    assert [(c["@type"], c["name"], c.get("sameAs")) for c in article_node["citation"]] == [
        ("ScholarlyArticle", PUBLIC_TITLE, None),
        ("ScholarlyArticle", "Wat & <hoe>", "https://doi.org/10.1000/xyz"),
    ]
    assert article_node["image"]["url"].startswith("http://testserver/media/images/")
    assert [(item["position"], item["item"]) for item in trail["itemListElement"]] == [
        (1, "http://testserver/"),
        (2, "http://testserver/artikelen/"),
        (3, "http://testserver/artikelen/water/"),
    ]


def test_json_ld_cannot_end_its_script_element(client, chief):
    make_reference("jansen2020", title="</script><script>alert(1)</script>")
    published(chief, "Zin.[@jansen2020]", title="</script><b>")

    html = client.get("/artikelen/water/").content.decode()
    assert json_ld(html)["@graph"][0]["headline"] == "</script><b>"
    assert "alert(1)</script>" not in html


def test_highwire_tags(client, article):
    html = client.get("/artikelen/water/").content.decode()

    tags = dict(re.findall(r'<meta name="(citation_[a-z_]+)" content="([^"]*)"', html))
    assert tags["citation_title"] == "Waar is water goed voor?"
    assert tags["citation_publication_date"] == f"{article.first_published_at:%Y/%m/%d}"
    assert tags["citation_reference"].startswith(
        "citation_title=Wat &amp; &lt;hoe&gt;; citation_author=Jansen, A.; citation_journal_title="
    )


def test_open_graph_image_is_absolute_and_has_its_size(client, article):
    html = client.get("/artikelen/water/").content.decode()

    found = dict(re.findall(r'<meta property="(og:[a-z:]+)" content="([^"]*)"', html))
    assert found["og:image"].startswith("http://testserver/media/images/")
    assert (found["og:image:width"], found["og:image:height"]) == ("640", "336")
    assert found["og:type"] == "article"


def test_list_is_leafed_through_at_addresses_of_its_own(client, chief, monkeypatch):
    """Without a query string, so that every page of it is kept; each at one address only."""
    monkeypatch.setattr(views, "ARTICLES_PER_PAGE", 2)
    for number in range(5):
        publish(make_article(slug=f"artikel-{number}"), by=chief)

    def read(url: str) -> tuple:
        html = client.get(url).content.decode()
        links = {rel: href for href, rel in re.findall(r'<a href="([^"]+)" rel="(prev|next)"', html)}
        canonical = re.search(r'<link rel="canonical" href="http://testserver([^"]+)"', html)[1]
        return list(dict.fromkeys(re.findall(r"/artikelen/(artikel-\d)/", html))), links, canonical

    first, second, third = "/artikelen/", "/artikelen/pagina/2/", "/artikelen/pagina/3/"
    assert read(first) == (["artikel-4", "artikel-3"], {"next": second}, first)
    assert read(second) == (["artikel-2", "artikel-1"], {"prev": first, "next": third}, second)
    assert read(third) == (["artikel-0"], {"prev": second}, third)
    assert client.get("/artikelen/pagina/1/").headers["Location"] == first
    assert client.get(second, **{MARK: False}).wsgi_request.META[MARK] is True
    for nowhere in ("pagina/4", "pagina/0", "pagina/02", "pagina/9999999999", "artikel-0/v/01", "artikel-0/v/0"):
        assert client.get(f"/artikelen/{nowhere}/").status_code == 404, nowhere


def test_source_page_leads_to_the_sentences(client, article):
    html = client.get("/bronnen/grober2015/").content.decode()

    assert 'href="/artikelen/water/#cite-grober2015-1"' in html
    assert "Water stroomt." in html
    assert PUBLIC_TITLE in html


def test_source_that_no_live_article_cites_is_not_shown(client, chief, article):
    make_reference("ongebruikt")
    withdraw(article, by=chief)

    assert client.get("/bronnen/ongebruikt/").status_code == 404
    assert client.get("/bronnen/grober2015/").status_code == 404


def test_draft_is_not_shown(client):
    make_article()

    assert client.get("/artikelen/water/").status_code == 404
    assert b"water" not in client.get("/artikelen/").content.lower()


def test_link_between_articles_opens_when_the_other_is_published(client, chief):
    published(chief, "Zie [[thee|over thee]].")
    before = client.get("/artikelen/water/").content.decode()
    publish(make_article(slug="thee", title="Thee"), by=chief)

    after = client.get("/artikelen/water/").content.decode()
    assert '<a data-article="thee">over thee</a>' in before
    assert '<a data-article="thee" href="/artikelen/thee/">over thee</a>' in after


def test_old_address_leads_to_the_new_one_after_publishing(client, chief):
    article = published(chief, "Zin.")
    store_source(make_source())
    article.slug = "water-2"
    article.save()
    assert client.get("/artikelen/water/").status_code == 200

    publish(article, by=chief)
    assert client.get("/artikelen/water-2/").status_code == 200
    response = client.get("/artikelen/water/")
    assert (response.status_code, response.url) == (301, "/artikelen/water-2/")


def test_feed_is_valid_atom_with_whole_text_and_absolute_addresses(client, article):
    response = client.get("/artikelen/atom.xml")

    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    (entry,) = parsed.entries
    assert (entry.title, entry.link) == ("Waar is water goed voor?", "http://testserver/artikelen/water/")
    content = ElementTree.fromstring(response.content).find(f"{ATOM}entry/{ATOM}content").text
    assert "Water stroomt." in content
    assert 'href="http://testserver/artikelen/water/#ref-grober2015"' in content
    assert re.search(r'(href|src)="[/#]', content) is None
    assert ' id="' not in content


def test_feed_survives_characters_that_xml_forbids(client, chief):
    published(chief, "Zin met \x0b en \x1f.")

    assert not feedparser.parse(client.get("/artikelen/atom.xml").content).bozo


def test_robots_keeps_out_of_the_desk_and_names_the_sitemap(client):
    assert client.get("/robots.txt").content.decode() == (
        "User-agent: *\nDisallow: /beheer/\nSitemap: http://testserver/sitemap.xml\n"
    )


def test_public_pages_set_no_cookie_and_carry_the_safe_headers(client, article):
    for url in [*PUBLIC_PAGES, "/advies/", "/vitaminetest/", "/privacy/", "/over/", "/weg/"]:
        response = client.get(url)
        assert not response.cookies, url
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in response.headers["Permissions-Policy"]


def test_no_body_depends_on_the_host_header(client, article):
    for url in PUBLIC_PAGES:
        assert client.get(url).content == client.get(url, headers={"host": "localhost"}).content, url


def test_page_with_a_query_string_is_compressed_and_asked_for_again_with_its_tag(client, article):
    """As newsletters link to it. Nothing between the site and a reader may keep it longer than a page that is kept here."""
    plain, packed = (client.get("/artikelen/water/?utm=brief", headers={"accept-encoding": name}) for name in ("identity", "gzip"))

    assert gzip.decompress(packed.content) == plain.content
    assert (packed.headers["Vary"], packed.headers["Cache-Control"]) == ("Accept-Encoding", "no-cache")
    again = client.get("/artikelen/water/?utm=brief", headers={"if-none-match": plain.headers["ETag"]})
    assert (again.status_code, again.content, again.headers["Cache-Control"]) == (304, b"", "no-cache")


def test_no_answer_may_be_kept_by_others_without_asking(client, article):
    """Something else may be there a second later, also where nothing is now."""
    for url in ("/artikelen/water/", "/artikelen/weg/", "/artikelen/water", "/weg/", "/zoeken/?q=water", "/beheer/"):
        assert {"no-cache", "no-store"} & set(client.get(url).headers["Cache-Control"].split(", ")), url


@pytest.mark.parametrize("count", [1, 3])
def test_lists_and_article_cost_the_same_queries_however_many_there_are(client, chief, count, django_assert_num_queries):
    make_reference("jansen2020")
    for i in range(count):
        publish(
            make_article(slug=f"artikel-{i}", sections=(SectionSource("S", "s", "Zin.[@jansen2020] [[artikel-0|x]]"),)), by=chief
        )

    for url, queries in {
        "/": 1,
        "/artikelen/": 3,
        "/artikelen/artikel-0/": 3,
        "/bronnen/jansen2020/": 2,
        "/sitemap.xml": 2,
        "/sitemap-artikelen-1.xml": 1,
        "/sitemap-bronnen-1.xml": 1,
    }.items():
        with django_assert_num_queries(queries):
            assert client.get(url).status_code == 200


def test_only_get_and_head_are_answered(client, article):
    assert client.post("/artikelen/water/").status_code == 405
    assert client.head("/artikelen/water/").status_code == 200
