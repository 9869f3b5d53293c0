"""Every rule that looks at more than one text, tried on the smallest article that breaks it."""

from datetime import date
from pathlib import Path

import pytest

import articles.checks
from articles.checks import Term, check_article, describe, rules
from articles.checks.registry import register
from articles.rendering import render_article
from articles.rendering.findings import Level
from articles.rendering.rendered import Adviser, Claim, Picture
from articles.rendering.source import ArticleSource, BenefitSource, HeroSource, Library, LibraryPicture, SectionSource

GUIDE = Path(articles.__file__).parents[1] / "docs" / "editors-guide.md"
SUMMARY = "Een samenvatting die lang genoeg is om in een lijst te staan."
SOURCE = {"id": "a", "type": "book", "title": "A", "DOI": "10.1000/a"}
BOOK = {"id": "b", "type": "book", "title": "B"}
TODAY = date(2026, 3, 1)
TABLE = "| a | b |\n| - | - |\n| c | d |\n"
LONG = " ".join(["woord"] * 31)


def article(**fields) -> ArticleSource:
    section = SectionSource("Een", "een", fields.pop("body", "Tekst."), bool(fields.get("benefits")), field="sections-0-body")
    return ArticleSource(**{"title": "T", "slug": "t", "summary": SUMMARY, "sections": (section,)} | fields)


def benefit(body: str = "Zin.[@a]", claims: tuple[str, ...] = ("c",), **fields) -> BenefitSource:
    return BenefitSource("Voordeel", "v", body, claims=claims, field="benefits-0-body", **fields)


def found(source: ArticleSource, library: Library | None = None, **context) -> list[tuple[str, str, str, int]]:
    library = library or Library(references={"a": SOURCE, "b": BOOK}, claims={"c": Claim("c", "Claim.")})
    findings = check_article(source, render_article(source, library), library, **context)
    return [(f.code, f.level.value, f.field, f.line) for f in findings]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"body": f"Tekst.\n\n{TABLE}: Bijschrift"}, []),
        ({"body": f"Tekst.\n\n{TABLE}"}, [("table-caption", "warning", "sections-0-body", 3)]),
        ({"body": "| a | |\n| - | - |\n| c | d |\n: B"}, [("table-header", "warning", "sections-0-body", 1)]),
        ({"body": "| | b |\n| - | - |\n| c | d |\n: B"}, []),
        ({"body": "| |\n| - |\n| c |\n: B"}, [("table-header", "warning", "sections-0-body", 1)]),
        ({"benefits": (benefit(),)}, []),
        ({"benefits": (benefit("Zin."),)}, [("benefit-without-source", "warning", "benefits-0-body", 0)]),
        ({"benefits": (benefit(claims=()),)}, [("benefit-without-claim", "warning", "benefits-0-claims", 0)]),
        ({"body": "Zin.\n\nZin.[@b]"}, [("source-without-link", "hint", "sections-0-body", 3)]),
        ({"body": f"Zin.\nNog een. {LONG}."}, [("long-sentence", "hint", "sections-0-body", 2)]),
        ({"body": f"- kort\n- {LONG}"}, [("long-sentence", "hint", "sections-0-body", 2)]),
        ({"body": f"### {LONG}\n\n| {LONG} |\n| - |\n| {LONG} |\n: B\n\n```\n{LONG}\n```"}, []),
        ({"body": "Zin.\n\nZin.[@ a]"}, [("broken-citation", "warning", "sections-0-body", 3)]),
        ({"body": "Verantwoordelijkheidsgevoeligheid. " * 100}, [("readability", "hint", "intro", 0)]),
    ],
)
def test_rule_gives_its_finding_at_its_place(fields, expected):
    assert found(article(**fields)) == expected


def test_masked_source_needs_no_link():
    library = Library(references={"b": BOOK}, masked=frozenset("b"))

    assert found(article(body="Zin.[@b]"), library) == []


def test_retracted_source_blocks_and_only_where_it_is_cited():
    library = Library(references={"a": SOURCE}, retracted=frozenset("ax"))

    assert found(article(intro="Zin.\nZin.[@a]"), library) == [("retracted-source", "error", "intro", 2)]
    assert found(article(), library) == []


def test_remark_leads_to_the_first_place_that_cites():
    library = Library(references={"a": SOURCE}, remarks={"a": "klopt dit?"})

    assert found(article(intro="Zin.", body="Een.\n\nZin.[@a] Zin.[@a]"), library) == [
        ("source-remark", "warning", "sections-0-body", 3)
    ]


def test_benefit_without_claim_is_told_which_claims_there_are():
    library = Library(references={"a": SOURCE}, nutrient_claims={"magnesium": ("Claim een", "Claim twee")})
    source = article(benefits=(benefit(claims=()),))

    messages = [f.message for f in check_article(source, render_article(source, library), library)]

    assert "Voor magnesium zijn er: Claim een; Claim twee." in messages[0]


@pytest.mark.parametrize(("due", "codes"), [(date(2026, 2, 28), ["review-due"]), (TODAY, []), (None, [])])
def test_review_date_counts_when_it_has_passed(due, codes):
    assert [code for code, *_ in found(article(), review_due=due, today=TODAY)] == codes


def test_review_date_is_not_judged_without_a_today():
    assert found(article(), review_due=date(2000, 1, 1)) == []


def test_anchors_of_the_published_version_that_are_gone_are_named():
    source = article(body="Tekst.\n\n### Onder {#onder}\n\nTekst.", benefits=(benefit("Zin.[@a]\n\n#### Diep\n\nZin."),))
    library = Library(references={"a": SOURCE}, claims={"c": Claim("c", "Claim.")})

    def gone(*anchors: str) -> list[str]:
        findings = check_article(source, render_article(source, library), library, published_anchors=frozenset(anchors))
        return [f.message.split("’")[0].split("‘")[1] for f in findings if f.code == "anchor-gone" and f.level == Level.WARNING]

    assert gone("een", "onder", "v", "diep") == []
    assert gone("een", "vroeger", "eerder") == ["eerder", "vroeger"]


TERMS = (Term("wonder", Level.ERROR, "Nee."), Term("boost", Level.WARNING, is_strengthening=True))
PICTURE = LibraryPicture(Picture("p", "/p", "", (), 1, 1, alt="Een wonder", credit="Foto: Wonder"), caption="Nog een wonder")


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"title": "Wonder"}, [("title", 0)]),
        ({"summary": f"{SUMMARY} Wonder."}, [("summary", 0)]),
        ({"hero": HeroSource("p", "Wonder", "x")}, [("hero", 0), ("hero_alt", 0)]),
        ({"hero": HeroSource("p", "x", "Wonder")}, [("hero", 0), ("hero_caption", 0)]),
        ({"intro": "Nat.\nWonder."}, [("intro", 2)]),
        ({"sections": (SectionSource("Wonder", "een", "Tekst.", field="sections-0-body"),)}, [("sections-0-heading", 0)]),
        ({"body": "Nat.\n\n### Wonder"}, [("sections-0-body", 3)]),
        ({"body": 'Nat.\n\n![Wonder](media:q "x")'}, [("sections-0-body", 3)]),
        ({"body": 'Nat.\n\n![x](media:q "Wonder")'}, [("sections-0-body", 3)]),
        ({"body": "Nat.\n\n![x](media:p)"}, [("sections-0-body", 3)]),
        ({"body": f"{TABLE}: Wonder"}, [("sections-0-body", 4)]),
        ({"benefits": (benefit("Nat.\nWonder.[@a]"),)}, [("benefits-0-body", 2)]),
        ({"benefits": (benefit(image="p"),)}, [("benefits-0-image", 0)]),
        ({"adviser": Adviser("Britt", "", "", "Wonder")}, [("adviser_text", 0)]),
        ({"adviser": Adviser("Britt", "Wonder")}, [("adviser_role", 0)]),
    ],
)
def test_term_is_found_in_every_public_text(fields, places):
    known = LibraryPicture(Picture("q", "/q", "", (), 1, 1, alt="x"))
    library = Library(references={"a": SOURCE}, claims={"c": Claim("c", "C")}, pictures={"p": PICTURE, "q": known})

    findings = found(article(**fields), library, terms=TERMS)

    assert [(field, line) for code, _, field, line in findings if code == "forbidden-term"] == places


def test_kind_gives_the_code_and_the_word_its_own_level():
    assert found(article(intro="Boost en wonder, wonder."), terms=TERMS) == [
        ("forbidden-term", "error", "intro", 1),
        ("strengthening-term", "warning", "intro", 1),
    ]


def test_every_rule_is_described_once_and_named_in_the_guide():
    guide, described = GUIDE.read_text(encoding="utf-8"), describe()

    assert len(described) == len(rules()) == len({says for _, _, says in described})
    labels = {Level.ERROR: "Fout", Level.WARNING: "Let op", Level.HINT: "Tip"}
    assert [row for code, level, says in described if (row := f"| `{code}` | {labels[level]} | {says} |") not in guide] == []


def test_two_rules_can_not_share_a_code():
    with pytest.raises(ValueError, match="table-caption"):
        register("table-caption", Level.HINT, "Nog een.")


def test_words_of_a_benefits_picture_are_looked_at():
    pictures = {"blad": LibraryPicture(Picture("blad", "/b.jpg", "", (), 9, 9, "Een wonder"), caption="Een wonder")}
    library = Library(references={"a": SOURCE}, claims={"c": Claim("c", "Claim.")}, pictures=pictures)
    terms = (Term("wonder", Level.ERROR),)

    own = benefit(image="blad", image_alt="Ook een wonder", image_caption="Nog een wonder")
    assert [field for _, _, field, _ in found(article(benefits=(own,)), library, terms=terms)] == [
        "benefits-0-image_alt",
        "benefits-0-image_caption",
    ]
    library_counts = found(article(benefits=(benefit(image="blad"),)), library, terms=terms)
    assert {field for _, _, field, _ in library_counts} == {"benefits-0-image"}
