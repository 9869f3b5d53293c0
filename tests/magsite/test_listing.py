"""Long lists in the admin: they count no further than they must, and say so."""

import pytest
from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.core.paginator import EmptyPage

from articles.images import add_image
from magsite import listing
from magsite.listing import BoundedPaginator, ChoicePaginator
from references.models import Reference
from tests.factories import make_article, make_image, make_reference, png

pytestmark = pytest.mark.django_db
LIST = "/beheer/references/reference/"


@pytest.fixture
def sources(monkeypatch):
    monkeypatch.setattr(listing, "MOST_COUNTED", 5)
    return [make_reference(f"bron{number}") for number in range(7)]


def test_every_list_of_the_admin_is_bounded():
    for model, model_admin in admin.site._registry.items():
        found = (model_admin.paginator, model_admin.show_full_result_count, model_admin.show_facets)
        assert found == (BoundedPaginator, False, ShowFacets.NEVER), model


def test_paginator_counts_no_further_than_it_must(sources, django_assert_num_queries):
    with django_assert_num_queries(1):
        pages = BoundedPaginator(Reference.objects.order_by("key"), 2)
        assert (pages.count, pages.num_pages, pages.is_more) == (5, 3, True)
    assert [source.key for source in pages.page(2)] == ["bron2", "bron3"]
    exact = BoundedPaginator(Reference.objects.exclude(key__in=["bron5", "bron6"]).order_by("key"), 2)
    assert (exact.count, exact.is_more) == (5, False)
    assert (BoundedPaginator(list("abc"), 2).count, BoundedPaginator(list("abcdefg"), 2).count) == (3, 5)


def test_choices_are_leafed_through_without_counting(sources, django_assert_num_queries):
    def read(number):
        with django_assert_num_queries(2):
            page = ChoicePaginator(Reference.objects.order_by("-key"), 2).page(number)
        return [source.key for source in page], page.has_next(), page.has_previous()

    assert read(1) == (["bron6", "bron5"], True, False)
    assert read(3) == (["bron2"], False, True), "lists go no further than five here"
    assert not ChoicePaginator(Reference.objects.order_by("key"), 5).page(1).has_next()
    for nowhere in (0, -1, 4, 10**30):
        with pytest.raises(EmptyPage):
            ChoicePaginator(Reference.objects.order_by("key"), 2).page(nowhere)


def test_field_offers_what_fits_newest_first_and_says_when_there_is_more(admin_client):
    for number in range(21):
        add_image(png(20 + number, 20), name=f"beeld-{number}", alt="Blad in de zon" if number else "Regen")
    choose = "/beheer/autocomplete/?app_label=articles&model_name=article&field_name=hero"

    def offered(more: str) -> tuple[list[str], bool]:
        answer = admin_client.get(f"{choose}{more}").json()
        return [found["text"] for found in answer["results"]], answer["pagination"]["more"]

    assert offered("&term=") == ([f"beeld-{number}" for number in range(20, 0, -1)], True)
    assert offered("&term=&page=2") == (["beeld-0"], False)
    assert offered("&term=beeld+zo") == ([f"beeld-{number}" for number in range(20, 0, -1)], False)
    assert offered("&term=rege") == (["beeld-0"], False)
    assert offered("&term=bestaatniet") == ([], False)
    assert admin_client.get(f"{choose}&page=0").status_code == admin_client.get(f"{choose}&page={10**30}").status_code == 404


def test_list_says_that_there_are_more(admin_client, sources):
    html = admin_client.get(LIST).content.decode()
    assert "Meer dan 5 bronnen: zoek of filter om de rest te vinden." in html
    assert "Meer dan 5 resultaten" in admin_client.get(f"{LIST}?q=bron").content.decode()

    Reference.objects.filter(key__in=["bron0", "bron1"]).delete()
    html = admin_client.get(LIST).content.decode()
    assert "Meer dan" not in html
    assert "5 bronnen" in html
    assert "5 resultaten" in admin_client.get(f"{LIST}?q=bron").content.decode()


def test_action_on_all_rows_is_offered_only_when_all_were_counted(admin_client, sources, monkeypatch):
    monkeypatch.setattr("references.admin.ReferenceAdmin.list_per_page", 2)
    offer = 'class="question hidden"'
    assert offer not in admin_client.get(LIST).content.decode()
    monkeypatch.setattr(listing, "MOST_COUNTED", 7)
    assert offer in admin_client.get(LIST).content.decode()


def test_search_of_articles_keeps_order_filter_and_count(admin_client):
    for title in ("Zink en water", "Water", "Zink", "Zinkwit"):
        make_article(title=title, slug=title.lower().replace(" ", "-"), summary="Over niets.")

    def titles(query):
        changelist = admin_client.get("/beheer/articles/article/", query).context["cl"]
        return [article.title for article in changelist.result_list], changelist.result_count

    assert titles({"q": "zink"}) == (["Zinkwit", "Zink", "Zink en water"], 3)
    assert titles({"q": "zink water"}) == (["Zink en water"], 1)
    assert titles({"q": "zink", "o": "1"}) == (["Zink", "Zink en water", "Zinkwit"], 3)
    assert titles({"q": "zink", "status__exact": "published"}) == ([], 0)


def test_search_of_images_finds_by_name_and_alternative_text(admin_client):
    make_image("blad", alt="Groen")
    make_image("bloem-2", alt="Een blad erbij")
    make_image("steen-33", alt="Grijs")

    found = admin_client.get("/beheer/articles/image/?q=blad").context["cl"].result_list
    assert [image.name for image in found] == ["bloem-2", "blad"]  # the newest first
