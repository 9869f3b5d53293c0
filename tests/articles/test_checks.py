import pytest

from articles.checks import check_article, errors
from articles.rendering import render_article
from articles.rendering.source import ArticleSource, BenefitSource, Library, SectionSource

RECORDS = {key: {"id": key, "type": "book", "title": key.upper(), "URL": "https://example.org/"} for key in "ab"}
GOOD = {
    "title": "T",
    "slug": "t",
    "summary": "Een samenvatting die lang genoeg is om in een lijst te staan.",
    "sections": (SectionSource("Een", "een", "Zin.[@a]", field="sections-0-body"),),
}


def codes(library: Library | None = None, published=(), **fields) -> list[str]:
    source = ArticleSource(**GOOD | fields)
    library = library or Library(references=RECORDS)
    return [f.code for f in check_article(source, render_article(source, library), library, published_keys=frozenset(published))]


def test_good_article_has_no_findings():
    assert codes() == []


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"summary": "Kort."}, ["short-summary"]),
        ({"sections": ()}, ["no-section"]),
        ({"sections": (SectionSource("Een", "een"),)}, ["empty-section"]),
        ({"benefits": (BenefitSource("V", "v", "x"),)}, ["benefits-not-shown", "benefit-without-source", "benefit-without-claim"]),
        ({"intro": "Zin.[@ a]"}, ["broken-citation"]),
        ({"intro": "Zin.[@weg]"}, ["unknown-source"]),
        ({"intro": "[[elders]]"}, ["dead-link"]),
        ({"intro": "![x](media:weg)"}, ["unknown-image"]),
        ({"intro": "#### Diep"}, ["heading-level"]),
        ({"intro": "### X {#een}"}, ["duplicate-anchor"]),
        ({"intro": "[x [@a]](/y/)"}, ["citation-in-link"]),
    ],
)
def test_each_fault_gives_its_own_finding(fields, expected):
    assert codes(**fields) == expected


def test_source_that_the_draft_dropped_is_named():
    assert codes(published=["a", "b"]) == ["unused-source"]


def test_remark_on_a_cited_source_is_shown_and_on_another_is_not():
    assert codes(Library(references=RECORDS, remarks={"a": "klopt dit?"})) == ["source-remark"]
    assert codes(Library(references=RECORDS, remarks={"b": "klopt dit?"})) == []


def test_remark_never_reaches_the_rendered_article():
    library = Library(references=RECORDS, remarks={"a": "klopt dit?"})

    assert "klopt dit?" not in str(render_article(ArticleSource(**GOOD), library))


def test_errors_come_first_and_only_errors_block():
    source = ArticleSource(**GOOD | {"summary": "", "intro": "Zin.[@weg]"})
    library = Library(references=RECORDS)

    findings = check_article(source, render_article(source, library), library)

    assert [(f.code, f.level) for f in findings] == [("unknown-source", "error"), ("short-summary", "warning")]
    assert [f.code for f in errors(findings)] == ["unknown-source"]
