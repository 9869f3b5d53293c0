"""The library as pages: the grid, where a picture stands, another file, the focal point, and the way back."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from articles.drafts import store_source
from articles.images import add_image, replace_file
from articles.models import EarlierFile, Image
from articles.publishing import publish, withdraw
from articles.rendering.source import BenefitSource, HeroSource, SectionSource
from tests.articles import hostile_images as hostile
from tests.factories import make_article, make_image, make_source, png

pytestmark = pytest.mark.django_db
LIST = "/beheer/articles/image/"
TEXTS = {"alt": "Een groen blad", "caption": "", "credit": ""}


def opened(client, image: Image) -> dict:
    """Return the words of the form as the page of an image gives it."""
    return TEXTS | {"opened_with": client.get(page_of(image)).context["adminform"].form.opened_with}


def page_of(image: Image) -> str:
    return reverse("admin:articles_image_change", args=[image.pk])


def names(client, query: str = "") -> list[str]:
    return [tile.image.name for tile in client.get(LIST + query).context["tiles"]]


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("nieuw.png", data, "image/png")


@pytest.fixture
def library(chief):
    """Three pictures: one that readers see, one in a draft, one that stands nowhere and has no words."""
    for name in ("live", "concept"):
        make_image(name, alt=f"Alt van {name}")
    make_image("los-en-leeg", alt="")
    make_image("sier-aan-de-rand", alt="", is_decorative=True)
    article = make_article(hero=HeroSource("live"))
    publish(article, by=chief)
    store_source(make_source(hero=HeroSource("concept")))
    return article


def test_grid_shows_picture_words_size_and_use(writer_client, library):
    html = writer_client.get(LIST).content.decode()

    for text in (
        "Alt van live",
        "Alternatieve tekst ontbreekt",
        "Decoratief",
        "640 × 404",
        "1 gepubliceerd",
        "1 concept",
        "ongebruikt",
    ):
        assert text in html
    assert html.count('<li class="tile">') == 4


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["sier-aan-de-rand", "los-en-leeg", "concept", "live"]),
        ("?gebruik=gepubliceerd", ["live"]),
        ("?gebruik=concept", ["concept"]),
        ("?gebruik=ongebruikt", ["sier-aan-de-rand", "los-en-leeg"]),
        ("?alt=ontbreekt", ["los-en-leeg"]),
        ("?alt=decoratief", ["sier-aan-de-rand"]),
        ("?alt=ingevuld", ["concept", "live"]),
        ("?gebruik=onzin&alt=x", ["sier-aan-de-rand", "los-en-leeg", "concept", "live"]),
        ("?q=alt+van+live", ["live"]),
        ("?q=bestaatniet", []),
    ],
)
def test_library_is_searched_and_narrowed(writer_client, library, query, expected):
    assert names(writer_client, query) == expected


def test_library_is_put_in_another_order(writer_client, library):
    orders = {name: query for query, name, _ in writer_client.get(LIST).context["orders"]}

    assert names(writer_client, orders["naam A–Z"]) == ["concept", "live", "los-en-leeg", "sier-aan-de-rand"]
    assert names(writer_client, orders["naam Z–A"]) == ["sier-aan-de-rand", "los-en-leeg", "live", "concept"]
    assert names(writer_client, orders["oudste eerst"]) == ["live", "concept", "los-en-leeg", "sier-aan-de-rand"]


@pytest.mark.parametrize("count", [1, 3, 12])
def test_library_costs_the_same_however_many_pictures(writer_client, django_assert_num_queries, count):
    for i in range(count):
        add_image(png(20 + i, 20), name=f"beeld-{i}", alt="x")
        make_article(slug=f"a{i}", intro=f"![](media:beeld-{i})")

    with django_assert_num_queries(7):
        assert len(names(writer_client)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_page_of_a_picture_costs_the_same_however_often_it_is_used(writer_client, chief, django_assert_num_queries, count):
    image = make_image()
    for i in range(count):
        publish(make_article(slug=f"a{i}", hero=HeroSource("blad"), intro="![](media:blad)"), by=chief)

    writer_client.get(page_of(image))  # content types are remembered
    with django_assert_num_queries(10):
        assert len(writer_client.get(page_of(image)).context["uses"]) == count


def test_page_names_every_place_with_its_words_and_links(writer_client, chief):
    image = make_image()
    section = SectionSource("Wat?", "wat", "![Eigen](media:blad)", shows_benefits=True)
    article = make_article(
        hero=HeroSource("blad"), sections=(section,), benefits=(BenefitSource("Slaap", "slaap", "Zin.", image="blad"),)
    )
    publish(article, by=chief)
    publish(store_source(make_source(intro="![](media:blad)")), by=chief)
    store_source(make_source(sections=(section,), benefits=()))

    (found,) = writer_client.get(page_of(image)).context["uses"]
    form = reverse("admin:articles_article_change", args=[article.pk])
    assert (found.title, found.url) == ("Waar is water goed voor?", form)
    assert [(p.text, p.url, p.alt, p.is_own_alt) for p in found.draft] == [
        ("in de tekst onder ‘Wat?’", f"{form}#id_sections-0-body", "Eigen", True)
    ]
    assert [(p.text, p.url, p.alt) for p in found.live] == [
        ("in de tekst onder ‘Inleiding’", "/artikelen/water/", "Een groen blad")
    ]
    assert [(version.number, version.url) for version in found.versions] == [(1, "/artikelen/water/v/1/")]

    withdraw(article, by=chief)
    (found,) = writer_client.get(page_of(image)).context["uses"]
    history = reverse("admin:articles_article_history", args=[article.pk])
    assert (found.live, [version.url for version in found.versions]) == ([], [history, history])


def test_new_file_comes_with_the_news_of_who_still_sees_the_old_one(writer_client, chief):
    image = make_image()
    article = make_article(hero=HeroSource("blad"))
    publish(article, by=chief)

    response = writer_client.post(
        page_of(image), opened(writer_client, image) | {"upload": upload(png(900, 300, "red")), "focal_x": 20, "focal_y": 80}
    )

    assert response.status_code == 302
    image = Image.objects.get()
    assert (image.width, image.focal_x, image.focal_y, image.share["width"]) == (900, 20, 80, 571)
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert any(message.startswith("Het bestand is vervangen.") for message in said)
    assert any(
        message.startswith("1 gepubliceerd artikel toont nog het beeld van toen: <a href=")
        and "Waar is water goed voor?" in message
        for message in said
    )
    assert "toont</strong>" not in (html := writer_client.get(page_of(image)).content.decode())
    assert "1 gepubliceerd artikel toont nog het beeld van toen." in html
    assert "(ander bestand)" in html


@pytest.mark.parametrize("data", [hostile.HTML, b"", png()[:-40], b"<svg/>"])
def test_hostile_file_is_refused_at_its_field_and_the_words_stay(writer_client, data):
    image = make_image()

    html = writer_client.post(
        page_of(image), opened(writer_client, image) | {"alt": "Net getypt", "upload": upload(data)}
    ).content.decode()

    assert "Net getypt" in html
    assert 'id="id_upload_error"' in html
    assert Image.objects.get().digest == image.digest


def test_file_of_another_picture_is_refused_at_its_field(writer_client):
    make_image()
    other = make_image("zon-en-zee")

    html = writer_client.post(page_of(other), opened(writer_client, other) | {"upload": upload(png(640, 404))}).content.decode()
    assert "Dit bestand staat al in de beeldbank als ‘blad’" in html


@pytest.mark.parametrize("value", ["101", "-1", "x", "1.5"])
def test_focal_point_outside_the_picture_is_refused(writer_client, value):
    image = make_image()

    html = writer_client.post(page_of(image), opened(writer_client, image) | {"focal_x": value, "focal_y": "50"}).content.decode()
    assert 'id="id_focal_x_error"' in html
    assert Image.objects.get().focal_x == 50


def test_moved_focal_point_makes_a_new_cut_and_says_who_has_the_old_one(writer_client, chief):
    image = make_image()
    publish(make_article(hero=HeroSource("blad")), by=chief)

    response = writer_client.post(page_of(image), opened(writer_client, image) | {"focal_x": "50", "focal_y": "0"})

    assert Image.objects.get().share["file"] != image.share["file"]
    assert "toont nog het beeld van toen" in " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert "(ander focuspunt)" in writer_client.get(page_of(image)).content.decode()


def test_earlier_file_is_shown_and_comes_back(writer_client, chief):
    image = make_image()
    replace_file(image, png(900, 300, "red"), by=chief)
    url = reverse("admin:articles_image_restore_file", args=[image.pk, EarlierFile.objects.get().pk])
    assert f'action="{url}"' in writer_client.get(page_of(image)).content.decode()

    assert writer_client.get(url).status_code == 405
    assert writer_client.post(url).status_code == 302
    assert Image.objects.get().width == 640
    assert writer_client.post(url).status_code == 404


def test_adviser_may_neither_replace_nor_bring_back(adviser_client, chief):
    image = make_image()
    replace_file(image, png(900, 300, "red"), by=chief)
    url = reverse("admin:articles_image_restore_file", args=[image.pk, EarlierFile.objects.get().pk])

    assert adviser_client.post(url).status_code == 403
    assert adviser_client.post(page_of(image), TEXTS | {"upload": upload(png(30, 30))}).status_code == 403
    assert Image.objects.get().width == 900


def test_deleting_says_where_readers_keep_seeing_the_picture(writer_client, library):
    url = reverse("admin:articles_image_delete", args=[Image.objects.get(name="live").pk])

    assert "Lezers blijven deze afbeelding zien in:" in writer_client.get(url).content.decode()
    writer_client.post(url, {"post": "yes"})
    assert not Image.objects.filter(name="live").exists()


def test_several_at_once_are_deleted_only_when_no_draft_shows_any(writer_client, library):
    ids = dict(Image.objects.values_list("name", "pk"))
    action = {"action": "delete_selected", "post": "yes"}

    writer_client.post(LIST, action | {"_selected_action": list(ids.values())})
    assert Image.objects.count() == 4
    writer_client.post(LIST, action | {"_selected_action": [ids["los-en-leeg"], ids["live"]]})
    assert set(Image.objects.values_list("name", flat=True)) == {"concept", "sier-aan-de-rand"}


def test_article_page_says_which_words_count(writer_client):
    make_image(alt="Alt uit de bank")
    article = make_article(
        hero=HeroSource("blad"),
        sections=(SectionSource("V", "v", "", shows_benefits=True),),
        benefits=(BenefitSource("Een", "een", "Zin.", image="blad"),),
    )

    html = writer_client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()
    assert html.count("Leeg: dan geldt uit de beeldbank <q>Alt uit de bank</q>") == 2


def test_preview_of_an_unsaved_form_has_the_words_of_the_use(writer_client):
    image = make_image()
    post = {"title": "T", "slug": "t", "sections-TOTAL_FORMS": "1", "sections-0-heading": "V", "sections-0-shows_benefits": "on"}
    post |= {"benefits-TOTAL_FORMS": "1", "benefits-0-title": "Een", "benefits-0-image": str(image.pk)}
    post |= {"benefits-0-image_alt": "Blad bij dit voordeel", "benefits-0-image_caption": "Onder dit voordeel"}

    html = writer_client.post(reverse("admin:articles_article_preview_posted"), post).content.decode()
    assert 'alt="Blad bij dit voordeel"' in html
    assert "<figcaption>Onder dit voordeel" in html
