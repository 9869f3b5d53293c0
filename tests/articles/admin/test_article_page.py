"""The article page of the admin, driven with the forms that a browser would send."""

import pytest
from django.urls import reverse

from articles.models import Article, Citation, Publication
from articles.publishing import publish
from articles.rendering.source import BenefitSource, SectionSource
from tests.factories import make_article, make_image, make_reference

pytestmark = pytest.mark.django_db
SECTIONS = tuple(SectionSource(f"Kop {name}", f"kop-{name}", f"Tekst {name}.") for name in "abc")


def form_data(article: Article | None = None, **changes) -> dict[str, object]:
    """Return what the browser would post for `article` (or an empty form), with changes."""
    data: dict[str, object] = {
        "title": article.title if article else "",
        "slug": article.slug if article else "",
        "summary": article.summary if article else "",
        "intro": article.intro if article else "",
        "draft_version": article.draft_version if article else "",
        "sections-INITIAL_FORMS": 0,
        "benefits-INITIAL_FORMS": 0,
    }
    for prefix, rows in (
        ("sections", article.sections.all() if article else []),
        ("benefits", article.benefits.all() if article else []),
    ):
        data[f"{prefix}-TOTAL_FORMS"] = data[f"{prefix}-INITIAL_FORMS"] = len(rows)
        for i, row in enumerate(rows):
            data |= {f"{prefix}-{i}-{name}": value for name, value in _row(row).items()}
    return data | changes


def _row(row) -> dict[str, object]:
    values = {"id": row.pk, "article": row.article_id, "place": row.position, "anchor": row.anchor, "body": row.body}
    if hasattr(row, "heading"):
        return values | {"heading": row.heading} | ({"shows_benefits": "on"} if row.shows_benefits else {})
    return values | {"title": row.title, "image": row.image_id or "", "claims": [claim.pk for claim in row.claims.all()]}


def change_url(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def order(article: Article) -> list[tuple[int, str]]:
    return list(article.sections.values_list("position", "heading"))


def test_page_opens_with_sections_and_findings(writer_client):
    article = make_article(sections=(SectionSource("Een", "een", "Zin.[@weg]"),))

    html = writer_client.get(change_url(article)).content.decode()

    assert "De bron ‘weg’ in ‘Een’, regel 1, bestaat niet." in html
    assert 'href="#id_sections-0-body"' in html
    assert 'data-markdownx-urls-path="/beheer/articles/article/voorbeeld-fragment/"' in html


def test_saving_keeps_a_concept_and_indexes_its_citations(writer_client):
    make_reference("jansen2020")
    article = make_article(sections=SECTIONS)

    response = writer_client.post(
        change_url(article), form_data(article, _draft="1", **{"sections-1-body": "Nieuw.[@jansen2020]\r\n\r\nMeer."})
    )

    assert (response.status_code, response.url) == (302, change_url(article))
    assert article.sections.get(position=2).body == "Nieuw.[@jansen2020]\n\nMeer."
    assert Citation.objects.get().heading == "Kop b"
    assert not Publication.objects.exists()


def test_new_article_can_be_made_in_one_go(writer_client):
    data = form_data(
        title="Nieuw stuk",
        slug="nieuw-stuk",
        _draft="1",
        **{
            "sections-TOTAL_FORMS": 2,
            "sections-0-place": 2,
            "sections-0-heading": "Tweede",
            "sections-1-place": 1,
            "sections-1-heading": "Eerste & één",
            "sections-1-body": "Tekst",
        },
    )

    response = writer_client.post(reverse("admin:articles_article_add"), data)

    assert response.status_code == 302
    article = Article.objects.get(slug="nieuw-stuk")
    assert list(article.sections.values_list("position", "heading", "anchor")) == [
        (1, "Eerste & één", "eerste-een"),
        (2, "Tweede", "tweede"),
    ]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ({0: 3, 1: 1, 2: 2}, ["Kop b", "Kop c", "Kop a"]),
        ({0: 2, 1: 1, 2: 3}, ["Kop b", "Kop a", "Kop c"]),
        ({0: 9, 1: 9, 2: 1}, ["Kop c", "Kop a", "Kop b"]),
        ({0: "", 1: 1, 2: 2}, ["Kop b", "Kop c", "Kop a"]),
    ],
)
def test_sections_can_be_put_in_any_order(writer_client, places, expected):
    article = make_article(sections=SECTIONS)

    response = writer_client.post(
        change_url(article), form_data(article, **{f"sections-{i}-place": place for i, place in places.items()})
    )

    assert response.status_code == 302
    assert order(article) == list(enumerate(expected, start=1))


def test_sections_can_trade_anchors_and_the_benefits_mark(writer_client):
    article = make_article(
        sections=(SectionSource("A", "een", "x"), SectionSource("B", "twee", "y", shows_benefits=True)),
        benefits=(BenefitSource("V", "v", "z"),),
    )
    data = form_data(article, **{"sections-0-anchor": "twee", "sections-1-anchor": "een", "sections-0-shows_benefits": "on"})
    del data["sections-1-shows_benefits"]

    assert writer_client.post(change_url(article), data).status_code == 302
    assert list(article.sections.values_list("heading", "anchor", "shows_benefits")) == [("A", "twee", True), ("B", "een", False)]


def test_deleting_and_adding_renumbers(writer_client):
    article = make_article(sections=SECTIONS)
    changes = {"sections-0-DELETE": "on", "sections-TOTAL_FORMS": 4, "sections-3-heading": "Kop d", "sections-3-place": 2}

    assert writer_client.post(change_url(article), form_data(article, **changes)).status_code == 302
    assert order(article) == [(1, "Kop b"), (2, "Kop d"), (3, "Kop c")]


def test_chapter_that_the_form_does_not_know_stays_at_the_end(writer_client):
    article = make_article(sections=SECTIONS)
    data = form_data(article, **{"sections-0-place": 3})
    article.sections.create(position=4, heading="Van een ander", anchor="ander")

    assert writer_client.post(change_url(article), data).status_code == 302
    assert order(article) == [(1, "Kop b"), (2, "Kop a"), (3, "Kop c"), (4, "Van een ander")]


def test_same_anchor_twice_is_an_error_at_the_field_and_nothing_is_lost(writer_client):
    article = make_article(sections=SECTIONS)

    response = writer_client.post(
        change_url(article), form_data(article, **{"sections-2-anchor": "kop-a", "sections-2-body": "Mijn getypte tekst"})
    )

    html = response.content.decode()
    assert response.status_code == 200
    assert "Het anker ‘kop-a’ komt twee keer voor. Kies een ander." in html
    assert "Mijn getypte tekst" in html
    assert order(article) == [(1, "Kop a"), (2, "Kop b"), (3, "Kop c")]


def test_two_chapters_cannot_both_show_the_benefits(writer_client):
    article = make_article(sections=SECTIONS)
    response = writer_client.post(
        change_url(article), form_data(article, **{"sections-0-shows_benefits": "on", "sections-1-shows_benefits": "on"})
    )

    assert "Maar één hoofdstuk kan de voordelen tonen" in response.content.decode()


def test_chief_publishes_from_the_page(chief_client, client):
    article = make_article(sections=SECTIONS)

    response = chief_client.post(change_url(article), form_data(article, title="Andere titel", _publish="1"), follow=True)

    assert "Versie 1 is gepubliceerd." in response.content.decode()
    assert Publication.objects.get().title == "Andere titel"


def test_errors_keep_it_a_concept_and_say_so(chief_client):
    article = make_article(sections=SECTIONS)
    data = form_data(article, _publish="1", **{"sections-0-body": "Zin.[@weg]"})

    html = chief_client.post(change_url(article), data, follow=True).content.decode()

    assert "bewaard maar niet gepubliceerd: er is nog een fout" in html
    assert article.sections.get(position=1).body == "Zin.[@weg]"
    assert not Publication.objects.exists()


def test_writer_may_not_publish_even_with_a_made_up_post(writer_client):
    article = make_article(sections=SECTIONS)

    page = writer_client.get(change_url(article)).content.decode()
    html = writer_client.post(change_url(article), form_data(article, _publish="1"), follow=True).content.decode()

    assert 'name="_publish"' not in page
    assert "Vraag een eindredacteur" in html
    assert not Publication.objects.exists()


def test_preview_of_the_saved_draft_is_the_page_of_readers(writer_client):
    article = make_article(sections=SECTIONS)

    response = writer_client.get(reverse("admin:articles_article_preview", args=[article.pk]))

    assert "Tekst b." in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_preview_of_an_unsaved_form(writer_client):
    article = make_article(sections=SECTIONS)
    data = form_data(article, title="Nog niet bewaard", **{"sections-0-place": 3, "sections-0-body": "Vers.[@weg]"})

    html = writer_client.post(reverse("admin:articles_article_preview_posted"), data).content.decode()

    assert "Nog niet bewaard" in html
    assert html.index("Tekst b.") < html.index("Vers.")
    assert '<span class="cite-unknown">[@weg]</span>' in html
    assert Article.objects.get().title == article.title


def test_fragment_is_numbered_over_the_whole_form(writer_client):
    make_reference("een")
    make_reference("twee")
    make_image("foto")
    article = make_article(sections=SECTIONS)
    data = form_data(
        article,
        field="sections-3-body",
        **{
            "sections-0-body": "A.[@een]",
            "sections-TOTAL_FORMS": 4,
            "sections-3-heading": "Nieuw",
            "sections-3-body": "B.[@twee] C.[@een]\n\n![x](media:foto)",
        },
    )

    answer = writer_client.post(reverse("admin:articles_article_fragment"), data).json()

    assert 'aria-label="Bron 2">2</a></sup> C.' in answer["html"]
    assert 'id="cite-een-2"' in answer["html"]
    assert "<figure" in answer["html"]
    assert {finding["code"] for finding in answer["findings"]} == {"source-without-link"}


def test_fragment_of_a_benefit(writer_client):
    article = make_article(
        sections=(SectionSource("V", "v", "", shows_benefits=True),), benefits=(BenefitSource("Een", "een", "Oud"),)
    )

    answer = writer_client.post(
        reverse("admin:articles_article_fragment"), form_data(article, field="benefits-0-body", **{"benefits-0-body": "**Nieuw**"})
    ).json()

    assert answer["html"] == "<p><strong>Nieuw</strong></p>\n"


def test_fragment_names_the_place_of_what_is_wrong(writer_client):
    article = make_article(sections=SECTIONS)
    data = form_data(article, field="intro", **{"sections-1-body": "Goed.\n\nFout.[@weg]"})

    findings = writer_client.post(reverse("admin:articles_article_fragment"), data).json()["findings"]

    assert [(f["code"], f["label"], f["line"], f["target"]) for f in findings] == [
        ("unknown-source", "Fout", 3, "id_sections-1-body")
    ]


@pytest.mark.parametrize("junk", ["", "-1", "999999999999", "twee", "٣"])
def test_fragment_survives_a_senseless_form(writer_client, junk):
    data = {"sections-TOTAL_FORMS": junk, "benefits-TOTAL_FORMS": junk, "hero": junk, "benefits-0-claims": junk, "field": junk}

    assert writer_client.post(reverse("admin:articles_article_fragment"), data).status_code == 200


def test_strangers_get_nothing(client, adviser_client, chief):
    article = make_article()
    urls = [
        reverse("admin:articles_article_fragment"),
        reverse("admin:articles_article_preview_posted"),
        reverse("admin:articles_image_upload"),
        reverse("admin:articles_article_withdraw", args=[article.pk]),
    ]
    for url in urls:
        assert adviser_client.post(url).status_code == 403, url
    adviser_client.logout()
    for url in urls:
        response = client.post(url)
        assert (response.status_code, 'id="opnieuw"' in response.content.decode()) == (403, True), url


def test_published_article_has_no_delete_button(admin_client, chief):
    article = make_article()
    publish(article, by=chief)

    assert admin_client.get(reverse("admin:articles_article_delete", args=[article.pk])).status_code == 403
    assert admin_client.get(reverse("admin:articles_article_delete", args=[make_article(slug="los").pk])).status_code == 200


def test_lists_open(admin_client):
    make_article()
    make_image()
    for name in ("article", "image"):
        assert admin_client.get(reverse(f"admin:articles_{name}_changelist") + "?q=a").status_code == 200


def test_bar_says_whether_the_draft_differs_from_what_readers_see(chief_client, chief):
    article = make_article(sections=SECTIONS)
    publish(article, by=chief)
    assert "het concept is sindsdien ongewijzigd" in chief_client.get(change_url(article)).content.decode()

    chief_client.post(change_url(article), form_data(article, _draft="1", **{"sections-0-body": "Anders."}))
    assert "het concept is sindsdien gewijzigd" in chief_client.get(change_url(article)).content.decode()


def test_fragment_misses_a_source_that_the_live_page_has(chief_client, chief):
    make_reference("jansen2020")
    article = make_article(sections=(SectionSource("Een", "een", "Zin.[@jansen2020]"),))
    publish(article, by=chief)
    data = form_data(article, field="intro", _article=article.pk, **{"sections-0-body": "Zin."})

    findings = chief_client.post(reverse("admin:articles_article_fragment"), data).json()["findings"]

    assert [finding["code"] for finding in findings] == ["unused-source"]


def test_findings_stay_on_the_page_after_an_error_in_the_form(writer_client):
    article = make_article(sections=(SectionSource("Een", "een", "Zin.[@weg]"),))

    html = writer_client.post(change_url(article), form_data(article, title="")).content.decode()

    assert "De bron ‘weg’ in ‘Een’, regel 1, bestaat niet." in html
