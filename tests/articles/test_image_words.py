"""Words in the index of pictures: what is found, what it takes, and that it never runs behind."""

import pytest
from django.db import connection

from articles.images import add_image
from articles.images.importing import TEXT_FIELDS
from articles.models import Image, ImageWord
from articles.models import image as images
from bench.crowd import make_crowd
from references.models import HealthClaim
from tests.factories import make_image, png

pytestmark = pytest.mark.django_db


def words(image: Image) -> set[str]:
    return set(image.words.values_list("word", flat=True))


def test_words_of_a_picture_follow_it():
    image = make_image("groen-blad", alt="Een blád in de Zon", caption="Zie [@jansen2020]", credit="Åsa")
    assert words(image) == {"groen", "blad", "een", "in", "de", "zon", "zie", "jansen2020", "asa"}

    image.alt, image.caption = "Regen", ""
    image.save(update_fields=TEXT_FIELDS)
    assert words(image) == {"groen", "blad", "regen", "asa"}
    image.delete()
    assert not ImageWord.objects.exists()


def test_saving_a_file_writes_no_words_that_are_not_saved():
    image = make_image("blad", alt="Zon")
    image.alt = "Regen"
    image.save(update_fields=["digest"])

    assert words(image) == {"blad", "zon"}


@pytest.mark.parametrize("few", [0, 1, 100])
def test_rare_and_common_words_find_the_same(monkeypatch, few):
    """Whether the index or the pictures are read first is a matter of time only."""
    monkeypatch.setattr(images, "FEW", few)
    for number in range(4):
        add_image(png(20 + number, 20), name=f"beeld-{number}", alt="Zink en water" if number else "Zinkwit")

    def names(text):
        return sorted(Image.objects.search(text).values_list("name", flat=True))

    assert names("zink") == names("BEELD") == names("") == [f"beeld-{number}" for number in range(4)]
    assert names("zinkw") == ["beeld-0"]
    assert names("water zink") == ["beeld-1", "beeld-2", "beeld-3"]
    assert names("beeld-2") == names("zink, water: 2") == ["beeld-2"]
    assert names("ink") == names("zink ijzer") == names("%") == names("_") == []


def test_beginning_of_a_word_is_sought_in_the_index():
    plan = Image.objects.search("zink").explain()

    assert "imageword_word" in plan or connection.vendor == "postgresql"  # which reads an empty table whole


def test_pictures_of_the_measured_crowd_have_the_words_that_saving_gives():
    make_image("blad")
    HealthClaim.objects.create(key="spieren", nutrient="zink", text_nl="Zink is goed.", regulation="432/2012")
    make_crowd(2)

    for image in Image.objects.all():
        assert words(image) == image.index_words()
