"""Twenty planted faults: every door of the house gives exactly these, on the right line."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse

from articles.checks import rules
from articles.drafts import store_source
from articles.markdown_file import parse
from articles.models import Article, Image
from articles.publishing import PublishRefused, examine, publish
from references.models import HealthClaim
from tests.factories import make_image, make_reference, make_term

pytestmark = pytest.mark.django_db
FILE = Path(__file__).with_name("faulty-article.md")
PLANTED = [
    ("unknown-source", "error", "intro", 1),
    ("retracted-source", "error", "sections-1-body", 1),
    ("heading-level", "error", "sections-1-body", 3),
    ("duplicate-anchor", "error", "sections-1-body", 5),
    ("citation-in-link", "error", "sections-1-body", 7),
    ("unknown-image", "error", "sections-2-body", 1),
    ("missing-alt", "error", "sections-2-body", 5),
    ("forbidden-term", "error", "adviser_text", 0),
    ("short-summary", "warning", "summary", 0),
    ("dead-link", "warning", "intro", 3),
    ("empty-section", "warning", "sections-0-body", 0),
    ("broken-citation", "warning", "sections-1-body", 9),
    ("source-remark", "warning", "sections-1-body", 11),
    ("table-header", "warning", "sections-2-body", 7),
    ("table-caption", "warning", "sections-2-body", 12),
    ("benefit-without-source", "warning", "benefits-0-body", 0),
    ("strengthening-term", "warning", "benefits-0-body", 2),
    ("benefit-without-claim", "warning", "benefits-1-claims", 0),
    ("source-without-link", "hint", "sections-1-body", 11),
    ("long-sentence", "hint", "sections-3-body", 1),
]


@pytest.fixture
def faulty() -> Article:
    make_reference("goed2021", doi="10.1000/goed")
    make_reference("ingetrokken2019", doi="10.1000/weg", is_retracted=True)
    make_reference("vraag2018", url="https://example.org/", remark="Klopt het jaar?")
    make_reference("boek1999")
    make_image("zonder-alt")
    Image.objects.filter(name="zonder-alt").update(alt="")
    HealthClaim.objects.create(key="dorst", nutrient="water", text_nl="Water draagt bij tot de waterhuishouding")
    make_term("wondermiddel", level="error")
    make_term("versterkt", kind="versterkend", level="warning")
    return store_source(parse(FILE.read_text(encoding="utf-8")))


def run(*args) -> tuple[str, int]:
    """Return what the command printed and its exit status."""
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("check_article", "fouten", *args, stdout=out)
    return out.getvalue(), left.value.code


def test_there_are_twenty_different_faults():
    assert len(PLANTED) == len({code for code, *_ in PLANTED}) == 20
    assert {code for code, *_ in PLANTED} < set(rules())


def test_checks_find_exactly_what_was_planted(faulty):
    found = [(f.code, f.level.value, f.field, f.line) for f in examine(faulty)[2]]

    assert found == PLANTED


def test_renderer_gives_the_levels_that_the_rules_name(faulty):
    terms = {"forbidden-term", "strengthening-term"}  # an editor chooses the level of a word
    assert [f.code for f in examine(faulty)[2] if f.code not in terms and f.level != rules()[f.code].level] == []


def test_command_prints_them_and_leaves_with_status_1(faulty):
    printed, status = run()
    lines = printed.splitlines()

    assert status == 1
    assert [line.split("[")[1].split("]")[0] for line in lines[:-1]] == [code for code, *_ in PLANTED]
    assert lines[0].startswith("Fout [unknown-source] Inleiding, regel 1: De bron ‘niemand2020’")
    assert lines[-1] == "8 fout(en), 10 let op, 2 tip(s)."


def test_command_prints_them_for_a_machine(faulty):
    printed, status = run("--json")

    assert status == 1
    assert [(f["code"], f["level"], f["field"], f["line"]) for f in json.loads(printed)] == PLANTED


def test_article_without_errors_leaves_with_status_0(faulty):
    Article.objects.filter(pk=faulty.pk).update(adviser_text="", intro="Nat.")
    faulty.sections.filter(position__in=[2, 3]).update(body="Zin.")
    out = StringIO()
    call_command("check_article", "fouten", stdout=out)

    assert out.getvalue().splitlines()[-1].startswith("0 fout(en), ")


def test_unknown_article_is_said_and_is_no_finding():
    with pytest.raises(Exception, match="geen artikel met het adres ‘weg’") as error:
        call_command("check_article", "weg")
    assert error.value.returncode == 2


def test_editors_page_shows_them(faulty, chief_client):
    context = chief_client.get(reverse("admin:articles_article_change", args=[faulty.pk])).context

    targets = [(f["code"], f["level"], f["target"].removeprefix("id_"), f["line"]) for f in context["findings"]]
    assert targets == PLANTED


def test_gate_refuses_with_the_errors_and_keeps_the_rest(faulty, chief):
    with pytest.raises(PublishRefused) as refused:
        publish(faulty, by=chief)

    assert [(f.code, f.level.value, f.field, f.line) for f in refused.value.examined] == PLANTED
    assert list(refused.value.findings) == [f for f in refused.value.examined if f.level == "error"]


def test_publication_keeps_the_findings_that_did_not_block(faulty, chief):
    Article.objects.filter(pk=faulty.pk).update(adviser_text="", intro="Nat.")
    faulty.sections.filter(position__in=[2, 3]).update(body="Zin.")
    faulty.refresh_from_db()
    expected = [f.code for f in examine(faulty)[2]]

    publication = publish(faulty, by=chief)

    assert [f["code"] for f in publication.findings] == expected
    assert "benefit-without-claim" in expected
