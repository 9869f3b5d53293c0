from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

import articles
import intake
import references
from articles.drafts import store_source
from articles.markdown_file import dump
from articles.models import Article, Publication
from tests.factories import make_source

pytestmark = pytest.mark.django_db
CONTENT = Path(articles.__file__).parent / "content"
SOURCES = Path(references.__file__).parent / "content"
INTAKE = Path(intake.__file__).parent / "content"
SEED_ORDER = [
    *("grober2015", "voedingscentrum-magnesium", "nielsen2006", "barbagallo2009", "tarasov2015", "ods2022", "tarsitano2024"),
    *("welch2016", "zhang2017", "uwitonze2020", "rosanoff2021", "zhao2019", "maier2022", "slutsky2010", "pickering2020"),
    *("anjomshoae2018", "yaralizadeh2024", "tardy2020", "wester1992"),
]


def run(*args, **options) -> str:
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "water.md"
    path.write_text(dump(make_source()), encoding="utf-8")
    return path


def test_import_makes_a_draft_and_publishes_only_when_asked(file):
    assert run("import_article", file) == "Artikel ‘water’: ingelezen als concept.\n"
    assert Article.objects.get().status == "draft"


def test_import_publishes(file):
    assert run("import_article", file, publish=True) == "Artikel ‘water’: ingelezen en gepubliceerd.\n"
    assert Publication.objects.get().published_by is None


def test_second_import_changes_nothing(file):
    run("import_article", file, publish=True)

    assert run("import_article", file, publish=True) == "Artikel ‘water’: ongewijzigd.\n"
    assert Publication.objects.count() == 1


def test_changed_file_is_read_again(file):
    run("import_article", file, publish=True)
    file.write_text(dump(make_source(intro="Nieuw.")), encoding="utf-8")

    assert run("import_article", file, publish=True) == "Artikel ‘water’: bijgewerkt en gepubliceerd.\n"
    assert Publication.objects.count() == 2


def test_what_an_editor_changed_stays(file):
    run("import_article", file)
    store_source(make_source(intro="Van de redactie."))
    file.write_text(dump(make_source(intro="Nieuw.")), encoding="utf-8")

    assert run("import_article", file) == "Artikel ‘water’: overgeslagen, want een redacteur heeft het veranderd.\n"
    assert Article.objects.get().intro == "Van de redactie."
    assert run("import_article", file, overwrite_edited=True) == "Artikel ‘water’: bijgewerkt als concept.\n"
    assert Article.objects.get().intro == "Nieuw."


def test_import_export_import_gives_the_same_bytes(file):
    run("import_article", file)
    exported = run("export_article", "water")
    assert exported.encode() == file.read_bytes()

    Article.objects.all().delete()
    file.write_text(exported, encoding="utf-8")
    run("import_article", file)
    assert run("export_article", "water") == exported


def test_export_of_a_publication_gives_what_was_published(file, tmp_path):
    run("import_article", file, publish=True)
    store_source(make_source(intro="Later."))

    output = tmp_path / "oud.md"
    run("export_article", "water", publication=1, output=output)

    assert output.read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("geen kop", "begint niet met een kop"),
        ('---\ntitle: "T"\nslug: t\nhero:\n  image: "weg"\n---\n', "De afbeelding ‘weg’ staat niet in de beeldbank"),
        ('---\ntitle: "T"\nslug: t\n---\n\n## V {#v .benefits}\n\n### B {#b claims="weg"}\n', "claim is niet bekend: weg"),
        ('---\ntitle: "T"\nslug: t\n---\n\n## A {#a}\n\nZin.[@weg]\n', "De bron ‘weg’ in ‘A’, regel 1, bestaat niet"),
    ],
)
def test_import_says_what_is_wrong_and_leaves_nothing_behind(tmp_path, text, message):
    path = tmp_path / "fout.md"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=message):
        run("import_article", path, publish=True)
    assert not Article.objects.exists()


def test_missing_file_and_unknown_article_are_said(tmp_path):
    with pytest.raises(CommandError, match="kan niet worden gelezen"):
        run("import_article", tmp_path / "weg.md")
    with pytest.raises(CommandError, match="geen artikel met het adres ‘weg’"):
        run("export_article", "weg")
    store_source(make_source())
    with pytest.raises(CommandError, match="geen versie 3"):
        run("export_article", "water", publication=3)


def test_the_site_s_own_article_numbers_its_19_sources_in_the_order_of_the_seed():
    run("import_references", SOURCES / "magnesium-references.csl.json")
    run("import_health_claims", SOURCES / "magnesium-health-claims.json")
    run("import_terms", CONTENT / "forbidden-terms.yaml")
    run("import_images", CONTENT / "images" / "images.yaml")
    run("import_intake", INTAKE / "magnesium.csv")
    run("import_article", CONTENT / "waar-is-magnesium-goed-voor.md", publish=True)

    publication = Publication.objects.get()
    sources = publication.rendered["sources"]
    assert [(source["number"], source["key"]) for source in sources] == list(enumerate(SEED_ORDER, start=1))
    assert publication.source == (CONTENT / "waar-is-magnesium-goed-voor.md").read_text(encoding="utf-8")
    assert [(finding["code"], finding["level"]) for finding in publication.findings] == [
        ("dead-link", "warning"),
        ("source-remark", "warning"),
        ("dead-link", "warning"),
        ("benefit-without-claim", "warning"),
        ("strengthening-term", "warning"),
        ("dead-link", "warning"),
        ("source-remark", "warning"),
        *[("source-without-link", "hint")] * 2,
    ]
    benefits = publication.rendered["sections"][2]["benefits"]
    assert [len(benefit["claims"]) for benefit in benefits] == [2, 2, 0, 2, 1, 2, 1]
