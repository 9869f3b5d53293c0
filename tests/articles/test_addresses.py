"""Every address that a published article ever had leads to it, in one step."""

import pytest

from articles.drafts import store_source
from articles.models import Article
from articles.publishing import examine, publish, withdraw
from articles.rendering.source import BenefitSource, HeroSource, SectionSource
from tests.factories import make_article, make_image, make_source

pytestmark = pytest.mark.django_db


def published(chief, slug: str, body: str = "Zin.", **fields) -> Article:
    article = make_article(slug=slug, title=slug.title(), sections=(SectionSource("Kop", "kop", body),), **fields)
    publish(article, by=chief)
    return Article.objects.get(pk=article.pk)


def move(chief, *moves: tuple[Article, str]) -> None:
    """Give articles other addresses and publish them, one after the other."""
    for article, slug in moves:
        Article.objects.filter(pk=article.pk).update(slug=slug)
        publish(article, by=chief)


def at(client, path: str) -> tuple[int, str]:
    response = client.get(path)
    return response.status_code, getattr(response, "url", "")


def test_every_old_address_leads_to_the_newest_in_one_step(client, chief):
    article = published(chief, "een")
    for slug in ("twee", "drie"):
        move(chief, (article, slug))

    assert [at(client, f"/artikelen/{slug}/") for slug in ("een", "twee", "drie")] == [
        (301, "/artikelen/drie/"),
        (301, "/artikelen/drie/"),
        (200, ""),
    ]
    assert [at(client, f"/artikelen/{slug}/v/2/") for slug in ("een", "twee", "drie")] == [
        (301, "/artikelen/drie/v/2/"),
        (301, "/artikelen/drie/v/2/"),
        (200, ""),
    ]
    assert at(client, "/artikelen/een/v/4/") == (404, "")


def test_browser_asks_again_so_that_an_address_may_go_back(client, chief):
    article = published(chief, "een")
    move(chief, (article, "twee"))
    assert client.get("/artikelen/een/").headers["Cache-Control"] == "no-cache"

    move(chief, (article, "een"))
    assert [at(client, f"/artikelen/{slug}/") for slug in ("een", "twee")] == [(200, ""), (301, "/artikelen/een/")]


def test_two_articles_that_trade_addresses(client, chief):
    thee, koffie = published(chief, "thee", "Over thee."), published(chief, "koffie", "Over koffie.")

    move(chief, (thee, "even-weg"), (koffie, "thee"), (thee, "koffie"))

    assert b"Over koffie." in client.get("/artikelen/thee/").content
    assert b"Over thee." in client.get("/artikelen/koffie/").content
    assert at(client, "/artikelen/even-weg/") == (301, "/artikelen/koffie/")
    assert at(client, "/artikelen/thee/v/3/") == (301, "/artikelen/koffie/v/3/")  # only the other one, once here, has a third


def test_article_that_has_the_address_now_wins_and_else_the_one_that_had_it_last(client, chief):
    first, second = published(chief, "een"), published(chief, "ander", "Tweede.")
    move(chief, (first, "eerste"), (second, "een"))
    assert b"Tweede." in client.get("/artikelen/een/").content

    move(chief, (second, "tweede"))
    assert at(client, "/artikelen/een/") == (301, "/artikelen/tweede/")

    withdraw(second, by=chief)
    assert at(client, "/artikelen/een/") == (301, "/artikelen/eerste/")


def test_withdrawn_article_is_gone_at_all_its_addresses(client, chief):
    article = published(chief, "een", "Geheim geworden.")
    move(chief, (article, "twee"))
    withdraw(article, by=chief)

    for path in ("/artikelen/een/", "/artikelen/twee/", "/artikelen/twee/v/1/", "/artikelen/een/v/9/"):
        response = client.get(path)
        assert (response.status_code, b"ingetrokken" in response.content) == (410, True), path
        assert b'href="/artikelen/"' in response.content
        assert b"Geheim" not in response.content
        assert b'content="noindex"' in response.content
    assert at(client, "/artikelen/nooit/") == (404, "")


def test_draft_that_was_never_published_is_not_gone_but_unknown(client):
    make_article(slug="concept")

    assert at(client, "/artikelen/concept/") == (404, "")


def test_finished_bytes_follow_a_move_and_a_withdrawal(chief, served):
    article = published(chief, "een")
    assert [served("/artikelen/een/") for _ in range(2)] == [("200 OK", "")] * 2
    move(chief, (article, "twee"))
    assert served("/artikelen/een/") == ("301 Moved Permanently", "/artikelen/twee/")
    assert served("/artikelen/twee/") == ("200 OK", "")
    withdraw(article, by=chief)
    assert [served(f"/artikelen/{slug}/")[0] for slug in ("een", "twee")] == ["410 Gone"] * 2
    publish(article, by=chief)
    assert served("/artikelen/twee/") == ("200 OK", "")


# Links in other texts


def test_link_typed_with_an_old_address_leads_to_the_article_and_the_editor_hears_of_it(client, chief):
    thee = published(chief, "thee")
    published(chief, "water", "Zie [[thee#kop|thee]].")
    move(chief, (thee, "thee-zetten"))

    assert b'href="/artikelen/thee-zetten/#kop">thee</a>' in client.get("/artikelen/water/").content
    findings = examine(Article.objects.get(slug="water"))[2]
    assert [(f.code, f.level.value, f.field, "‘thee-zetten’" in f.message) for f in findings if f.code != "readability"] == [
        ("moved-link", "hint", "sections-0-body", True)
    ]


def test_link_with_a_reused_address_leads_to_who_has_it_now(client, chief):
    first, second = published(chief, "een"), published(chief, "ander")
    published(chief, "water", "Zie [[een|hier]].")
    move(chief, (first, "eerste"), (second, "een"))

    assert b'href="/artikelen/een/">hier</a>' in client.get("/artikelen/water/").content


def test_link_to_a_heading_inside_a_benefit_is_not_called_dead(chief):
    make_article(
        slug="thee",
        sections=(SectionSource("Kop", "kop", "x", shows_benefits=True),),
        benefits=(BenefitSource("Warm", "warm", "Ja.\n\n#### Hoe warm? {#hoe-warm}\n\nZeer."),),
    )
    publish(Article.objects.get(slug="thee"), by=chief)
    codes = {}
    for anchor in ("kop", "warm", "hoe-warm", "weg"):
        article = store_source(make_source(intro=f"[[thee#{anchor}|x]]"))
        codes[anchor] = [f.code for f in examine(article)[2]]

    assert codes == {"kop": [], "warm": [], "hoe-warm": [], "weg": ["dead-anchor"]}


def test_link_in_a_caption_is_opened_too(client, chief):
    make_image("blad")
    published(chief, "thee")
    published(chief, "water", hero=HeroSource("blad", "", "Zie [[thee]]."))

    assert b'<a data-article="thee" href="/artikelen/thee/">Thee</a>' in client.get("/artikelen/water/").content


@pytest.mark.parametrize("count", [1, 3])
def test_article_page_costs_four_queries_however_much_it_links_to(client, chief, count, django_assert_num_queries):
    slugs = [f"artikel-{i}" for i in range(count)]
    for slug in slugs:
        published(chief, slug, "Lang. " * 50)
    move(chief, (Article.objects.get(slug="artikel-0"), "verhuisd"))
    published(chief, "water", " ".join(f"[[{slug}]]" for slug in slugs), related=tuple(slugs))

    with django_assert_num_queries(4) as queries:
        html = client.get("/artikelen/water/").content.decode()
    assert html.count("<h3>") == count
    assert sum('"rendered"' in query["sql"] for query in queries) == 2  # the article itself, and the cards
    with django_assert_num_queries(2):
        assert client.get("/artikelen/artikel-0/").status_code == 301


def test_anchor_that_readers_may_have_shared_is_missed_in_the_draft(chief):
    published(chief, "thee")
    article = store_source(make_source(slug="thee", sections=(SectionSource("Kop", "andere-kop", "Zin."),)))
    assert [f.code for f in examine(article)[2]] == ["anchor-gone"]

    publish(article, by=chief)
    assert examine(Article.objects.get())[2] == ()
