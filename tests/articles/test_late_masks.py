"""A title that is masked after it was published is gone from every byte that readers get, old versions included."""

import pytest

from articles.models import Generation, SearchEntry
from articles.publishing import publish, withdraw
from articles.rendering.source import SectionSource
from tests.factories import make_article, make_reference

pytestmark = pytest.mark.django_db
TITLE, PUBLIC = "Magnesium geneest migraine", "Magnesium geneest [...]"
PAGES = [
    "/artikelen/water/",
    "/artikelen/water/v/1/",
    "/artikelen/water/v/2/",
    "/bronnen/jansen2020/",
    "/artikelen/atom.xml",
    "/zoeken/?q=magnesium",
    "/zoeken/?q=migraine",
]


@pytest.fixture
def reference(chief):
    """A source that two versions show with its own title and its link."""
    found = make_reference("jansen2020", title=TITLE, doi="10.1000/migraine")
    for text in ("Zin.[@jansen2020]", "Andere zin.[@jansen2020]"):
        publish(make_article(sections=(SectionSource("S", "s", text),)), by=chief)
    return found


def read(client, url: str) -> str:
    return client.get(url).content.decode()


def mask(reference) -> None:
    reference.public_title = PUBLIC
    reference.save()


def test_title_and_link_were_there_and_are_gone_everywhere(client, reference):
    assert all("migraine" in read(client, url) for url in PAGES)

    mask(reference)

    found = {
        url: read(client, url).replace("q=migraine", "").replace("‘migraine’", "").replace('value="migraine"', "") for url in PAGES
    }
    assert [url for url, html in found.items() if "migraine" in html] == []
    assert all("Magnesium geneest [" in found[url] for url in PAGES[:5])
    assert "10.1000" not in "".join(found.values())
    assert "migraine" not in repr(list(SearchEntry.objects.values()))


def test_pages_that_are_kept_are_made_anew(reference):
    before = Generation.objects.get().number
    mask(reference)
    assert Generation.objects.get().number == before + 1


def test_saving_anything_else_of_a_masked_source_changes_nothing(reference):
    mask(reference)
    before, moment = Generation.objects.get().number, reference.masked_at

    reference.remark = "Nog eens nakijken."
    reference.save()

    assert (Generation.objects.get().number, reference.masked_at) == (before, moment)


def test_a_mask_that_goes_gives_back_what_was_published(client, reference):
    mask(reference)
    before = Generation.objects.get().number
    reference.public_title = ""
    reference.save()

    assert all("migraine" in read(client, url) for url in PAGES)
    assert Generation.objects.get().number == before + 1


def test_masks_from_before_publishing_cost_the_page_no_query(client, chief, django_assert_num_queries):
    make_reference("jansen2020", title=TITLE, public_title=PUBLIC)
    publish(make_article(sections=(SectionSource("S", "s", "Zin.[@jansen2020]"),)), by=chief)

    with django_assert_num_queries(2):
        assert PUBLIC.partition("[")[0] in read(client, "/artikelen/water/")


def test_a_source_of_a_withdrawn_article_is_masked_without_trouble(reference, chief):
    withdraw(make_article(sections=(SectionSource("S", "s", "Zin.[@jansen2020]"),)), by=chief)
    mask(reference)
    assert not SearchEntry.objects.exists()
