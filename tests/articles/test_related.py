"""What to read after an article: chosen in the admin or a file, shown when readers may see it."""

import re

import pytest
from django.urls import reverse

from articles.drafts import source_of, store_source
from articles.markdown_file import dump, parse
from articles.models import Article
from articles.publishing import examine, publish, withdraw
from articles.rendering.snapshot import from_data, to_data
from articles.rendering.source import SectionSource
from tests.articles.admin.test_article_page import form_data
from tests.factories import make_article, make_reference, make_source

pytestmark = pytest.mark.django_db


def publish_as(chief, slug: str, body: str = "Zin.", **fields) -> Article:
    publish(make_article(slug=slug, title=f"Over {slug}", sections=(SectionSource("Kop", "kop", body),), **fields), by=chief)
    return Article.objects.get(slug=slug)


def cards(client, path: str = "/artikelen/water/") -> list[str]:
    return re.findall(r'<h3><a href="([^"]+)">', client.get(path).content.decode())


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


# For readers


def test_cards_open_and_close_with_the_articles_they_lead_to(client, chief):
    publish_as(chief, "water", related=("koffie", "thee", "melk"))
    assert b"Lees ook" not in client.get("/artikelen/water/").content

    thee, _ = publish_as(chief, "thee"), publish_as(chief, "koffie")
    assert cards(client) == ["/artikelen/koffie/", "/artikelen/thee/"]

    Article.objects.filter(pk=thee.pk).update(slug="groene-thee")
    publish(thee, by=chief)
    assert cards(client) == ["/artikelen/koffie/", "/artikelen/groene-thee/"]

    withdraw(thee, by=chief)
    assert cards(client) == ["/artikelen/koffie/"]


def test_nothing_is_shown_that_nobody_chose(client, chief):
    make_reference("jansen2020")
    for slug in ("water", "thee"):
        publish_as(chief, slug, "Zin.[@jansen2020]")

    html = client.get("/artikelen/water/").content.decode()
    assert "Lees ook" not in html


def test_an_article_twice_or_itself_is_shown_once_or_not(client, chief):
    thee = publish_as(chief, "thee")
    Article.objects.filter(pk=thee.pk).update(slug="groene-thee")
    publish(thee, by=chief)
    publish_as(chief, "water", related=("thee", "water", "groene-thee"))

    assert cards(client) == ["/artikelen/groene-thee/"]


def test_an_old_version_has_no_cards(client, chief):
    publish_as(chief, "thee")
    publish_as(chief, "water", related=("thee",))

    assert cards(client, "/artikelen/water/v/1/") == []


def test_choice_reaches_readers_by_publishing_only(client, chief):
    publish_as(chief, "thee")
    water = publish_as(chief, "water")
    Article.objects.filter(pk=water.pk).update(related=["thee"])
    assert cards(client) == []

    publish(water, by=chief)
    assert cards(client) == ["/artikelen/thee/"]


def test_publication_from_before_there_was_a_choice_still_reads_as_one_without():
    rendered = examine(make_article())[1]
    before = {name: value for name, value in to_data(rendered).items() if name != "related"}

    assert from_data(before) == rendered
    chosen = examine(store_source(make_source(slug="water", related=("thee",))))[1]
    assert from_data(to_data(chosen)) == chosen


def test_editor_hears_of_a_choice_that_readers_do_not_see(chief):
    thee = publish_as(chief, "thee")
    Article.objects.filter(pk=thee.pk).update(slug="groene-thee")
    publish(thee, by=chief)
    publish_as(chief, "koffie")
    article = make_article(related=("koffie", "melk", "thee"))

    found = [(f.code, f.field, f.heading) for f in examine(article)[2]]
    assert found == [("dead-link", "related_1", "Lees ook"), ("moved-link", "related_2", "Lees ook")]


# As a file


def test_file_keeps_the_choice_with_the_same_bytes():
    text = dump(make_source(related=("thee", "zo-maak-je-koffie", "2020-01-01", "no", "12")))
    assert 'related: [thee, zo-maak-je-koffie, "2020-01-01", "no", "12"]\n---\n' in text

    article = store_source(parse(text))
    assert dump(source_of(article)) == text
    assert article.related == ["thee", "zo-maak-je-koffie", "2020-01-01", "no", "12"]


# In the admin


def save(client, article: Article, **fields):
    return client.post(change(article), form_data(article, _draft="1", **fields))


def test_editor_types_pastes_and_ticks(writer_client, chief):
    for slug in ("thee", "koffie", "melk"):
        publish_as(chief, slug)
    article = make_article()
    fields = {
        "related_0": "koffie",
        "related_1": "",
        "related_2": "http://testserver/artikelen/thee/#kop",
        "related_suggested": "melk",
    }

    assert save(writer_client, article, **fields).status_code == 302
    article.refresh_from_db()
    assert article.related == ["koffie", "thee", "melk"]

    html = writer_client.get(change(article)).content.decode()
    assert re.findall(r'name="related_\d" id="id_related_\d" value="([^"]*)"', html) == ["koffie", "thee", "melk", ""]
    assert 'id="id_related_1_title">Over thee<' in html
    assert '<option value="melk">Over melk</option>' in html


def test_form_without_the_field_leaves_the_choice_as_it_is(writer_client, chief):
    article = make_article(related=("thee",))

    assert save(writer_client, article).status_code == 302
    article.refresh_from_db()
    assert article.related == ["thee"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["weg"], "Er is geen artikel met het adres ‘weg’."),
        (["http://elders.example/x y"], "Er is geen artikel met het adres"),
        (["we\x00g"], "Er is geen artikel met het adres ‘weg’."),
        (["water"], "Een artikel kan niet naar zichzelf verwijzen."),
    ],
)
def test_wrong_choice_is_said_and_nothing_typed_is_lost(writer_client, chief, typed, message):
    publish_as(chief, "thee")
    article = make_article()

    html = save(writer_client, article, related_0="thee", related_1=typed[0], intro="Nieuw.").content.decode()

    assert message in html
    assert f'value="{typed[0].replace(chr(0), "")}"' in html
    assert 'value="thee"' in html
    article.refresh_from_db()
    assert article.related == []


def test_more_than_four_are_refused_and_stay_ticked(writer_client, chief):
    make_reference("jansen2020")
    for i in range(5):
        publish_as(chief, f"thee-{i}", "Zin.[@jansen2020]")
    article = make_article(sections=(SectionSource("Kop", "kop", "Zin.[@jansen2020]"),))
    four = {f"related_{i}": f"thee-{i}" for i in range(4)}

    html = save(writer_client, article, **four, related_suggested="thee-4").content.decode()

    assert "Kies hooguit 4 artikelen; dit zijn er 5." in html
    assert '<input type="checkbox" name="related_suggested" value="thee-4" checked>' in html


def test_articles_that_cite_the_same_sources_are_proposed(writer_client, chief):
    for key in ("een", "twee", "drie"):
        make_reference(key)
    publish_as(chief, "veel", "Zin.[@een; @twee] En.[@een]")
    publish_as(chief, "weinig", "Zin.[@een]")
    publish_as(chief, "anders", "Zin.[@drie]")
    withdraw(publish_as(chief, "weg", "Zin.[@een]"), by=chief)
    article = make_article(sections=(SectionSource("Kop", "kop", "Zin.[@een; @twee]"),), related=("weinig",))

    html = writer_client.get(change(article)).content.decode()

    proposed = r'name="related_suggested" value="([^"]+)"> <span>([^<]+) <span class="desk-hint">\(([^)]+)\)'
    assert re.findall(proposed, html) == [("veel", "Over veel", "2 dezelfde bronnen")]
    Article.objects.filter(pk=article.pk).update(related=[])
    html = writer_client.get(change(article)).content.decode()
    assert [(slug, shared) for slug, _, shared in re.findall(proposed, html)] == [
        ("veel", "2 dezelfde bronnen"),
        ("weinig", "1 dezelfde bron"),
    ]


def test_preview_of_an_unsaved_form_shows_the_cards(writer_client, chief):
    publish_as(chief, "thee")
    data = form_data(title="Nieuw", slug="nieuw", related_0="", related_1="thee")

    html = writer_client.post("/beheer/articles/article/voorbeeld/", data).content.decode()
    assert re.findall(r'<h3><a href="([^"]+)">', html) == ["/artikelen/thee/"]
