"""Words in an index: what is found, what it takes, and that it never runs behind."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from references import models
from references.models import Reference, ReferenceWord
from references.words import split_words
from tests.factories import make_reference

pytestmark = pytest.mark.django_db


def test_words_are_folded_and_different():
    assert split_words("Gröber's «Magnesium», magnesium_2015 (voedings-centrum)") == [
        *("grober", "s", "magnesium", "2015", "voedings", "centrum")
    ]
    assert split_words("x" * 500) == ["x" * 60]


def test_words_of_a_source_follow_it():
    source = make_reference("jansen2020", title="Zink en water")
    words = {"jansen2020", "@jansen2020", "zink", "en", "water", "a", "jansen", "2020", "tijdschrift"}
    assert set(source.words.values_list("word", flat=True)) == words

    source.title = "Zink"
    source.save(update_fields=["title"])
    assert set(source.words.values_list("word", flat=True)) == words - {"en", "water"}

    source.delete()
    assert not ReferenceWord.objects.exists()


def test_many_at_once_are_found_like_one_at_a_time():
    row = {"title": "Zink en water", "authors": [{"family": "Ødegård"}], "issued_year": 2021}
    Reference.objects.bulk_add([Reference(key="a", **row)])
    Reference(key="b", **row).save()

    one, other = Reference.objects.order_by("key")
    assert one.search_text.split()[1:] == other.search_text.split()[1:]
    assert [found.key for found in Reference.objects.search("ode 2021").order_by("key")] == ["a", "b"]


@pytest.mark.parametrize("few", [0, 1, 100])
def test_rare_and_common_words_find_the_same(monkeypatch, few):
    """Whether the index or the sources are read first is a matter of time only."""
    monkeypatch.setattr(models, "FEW", few)
    for number in range(4):
        make_reference(f"bron{number}", title="Zink en water" if number else "Zinkwit")

    def keys(text):
        return sorted(Reference.objects.search(text).values_list("key", flat=True))

    assert keys("zink") == ["bron0", "bron1", "bron2", "bron3"]
    assert keys("zinkw") == ["bron0"]
    assert keys("water zink") == ["bron1", "bron2", "bron3"]
    assert keys("zink water bron2") == ["bron2"]
    assert keys("ink") == keys("zink ijzer") == keys("%") == keys("_") == []


def test_beginning_of_a_key_finds_it_in_order():
    for key in ("Berg2020", "berg2019b", "berg2019a", "jansen-berg", "x%y"):
        make_reference(key)

    def keys(text):
        return [found.key for found in Reference.objects.with_key_from(text)]

    assert keys("BERG") == ["berg2019a", "berg2019b", "Berg2020"]
    assert keys("jansen-b") == ["jansen-berg"]
    assert (keys("x%"), keys("x_"), keys("%")) == (["x%y"], [], [])


def test_beginning_of_a_word_is_sought_in_the_index():
    with CaptureQueriesContext(connection) as queries:
        list(Reference.objects.search("zink"))
    plan = ReferenceWord.objects.filter(word__begins_with="zink").explain()
    assert len(queries) == 2
    assert "referenceword_word" in plan or connection.vendor == "postgresql"  # which reads an empty table whole


def test_deleting_a_source_shows_no_words(admin_client):
    source = make_reference("jansen2020")
    html = admin_client.get(f"/beheer/references/reference/{source.pk}/delete/").content.decode()

    assert "Over jansen2020" in html
    assert "oekwoord" not in html
