import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from references.models import HealthClaim, Reference
from references.words import fold


def test_the_name_of_a_source_shows_the_public_title(sources):
    assert str(sources["grober2015"]) == "Gröber e.a. (2015), Magnesium in prevention and [...]"
    assert str(sources["voedingscentrum-magnesium"]) == "Voedingscentrum (z.d.), Encyclopedie: magnesium"
    assert str(sources["slutsky2010"]) == "Slutsky e.a. (2010), Enhancement of learning and memory by elevating brain magnes…"

    assert str(Reference(key="x", title="Geheim", public_title="Iets over [...]")) == "Iets over [...] (z.d.), Iets over [...]"


def test_a_source_knows_whether_it_is_masked(sources):
    masked = {key for key, source in sources.items() if source.is_masked}
    assert len(masked) == 10
    assert sources["grober2015"].public_csl() == {
        "id": "grober2015",
        "type": "article-journal",
        "title": "Magnesium in prevention and [...]",
        "author": [{"family": "Gröber", "given": "U."}, {"family": "Schmidt", "given": "J."}, {"family": "Kisters", "given": "K."}],
        "issued": {"date-parts": [[2015]]},
        "container-title": "Nutrients",
        "volume": "7",
        "issue": "9",
        "page": "8199-8226",
        "language": "en",
    }
    assert sources["grober2015"].public_csl(link_masked=True)["DOI"] == "10.3390/nu7095388"
    assert not Reference(title="T", public_title="T").is_masked
    assert not Reference(title="T").is_masked


def test_by_key_takes_one_query_and_skips_what_is_unknown(sources, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = Reference.objects.by_key(iter(["grober2015", "bestaat-niet", "wester1992", "grober2015"]))
    assert {key: source.key for key, source in found.items()} == {"grober2015": "grober2015", "wester1992": "wester1992"}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("gröber", ["grober2015"]),
        ("GROBER 2015", ["grober2015"]),
        ("exercise nielsen", ["nielsen2006"]),
        ("wester1992", ["wester1992"]),
        ("british journal", ["anjomshoae2018"]),
        ("heart failure", ["wester1992"]),
        ("voedingscentrum", ["voedingscentrum-magnesium"]),
        ("gröber 1992", []),
        ("100% _ruis_", []),
        ("'; DROP TABLE", []),
    ],
)
def test_search_finds_every_word_anywhere(sources, text, keys):
    assert [source.key for source in Reference.objects.search(text)] == keys


def test_search_for_nothing_finds_everything_and_many_words_are_bounded(sources):
    assert Reference.objects.search("  ").count() == 19
    assert Reference.objects.search("magnesium " * 10_000).count() == 18


def test_search_follows_edits_even_narrow_ones(sources):
    source = sources["grober2015"]
    source.container_title = "Łódź Ärzteblatt"
    source.save(update_fields=["container_title"])
    assert [found.key for found in Reference.objects.search("lodz arzteblatt")] == ["grober2015"]


def test_fold_drops_capitals_and_accents():
    assert fold("Ærøskøbing ÉÈ ﬁ Straße Đặng İ") == "aeroskobing ee fi strasse dang i"


@pytest.mark.parametrize(
    "fields",
    [
        {"key": ""},
        {"key": "grober2015"},
        {"type": "boek"},
        {"issued_year": 2020, "issued_month": 13},
        {"issued_year": 2020, "issued_month": 0},
        {"issued_month": 1},
        {"issued_year": 2020, "issued_day": 1},
        {"issued_year": 2020, "issued_month": 1, "issued_day": 32},
    ],
)
def test_the_database_refuses_what_cannot_be(sources, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Reference(**{"key": "nieuw", "type": "book", "title": "T"} | fields).save()


def test_the_database_refuses_a_claim_without_a_key(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        HealthClaim(key="").save()


@pytest.mark.parametrize("key", ["a b", "a..b", "-a", "a-", "a;b", "a,b", "a]b", "@a", "a\n"])
def test_a_key_that_cannot_be_cited_is_refused(db, key):
    with pytest.raises(ValidationError, match="Gebruik letters, cijfers"):
        Reference(key=key, title="T").clean_fields()


def test_the_name_of_a_claim_is_its_text():
    assert str(HealthClaim(text_nl="Magnesium draagt bij")) == "Magnesium draagt bij"
