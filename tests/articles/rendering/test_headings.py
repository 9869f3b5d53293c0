from articles.rendering.markdown import render_block
from articles.rendering.page import Page
from articles.rendering.source import Library


def render(text: str, level: int = 2) -> tuple[str, Page]:
    page = Page(Library(), first_level=level)
    return render_block(text, page), page


def test_heading_takes_the_anchor_that_was_typed_and_offers_its_address():
    html, _ = render("### Hoeveel water? {#hoeveel}")

    assert (
        html
        == '<h3 id="hoeveel">Hoeveel water? <a class="anchor" href="#hoeveel" aria-label="Link naar ‘Hoeveel water?’">#</a></h3>\n'
    )


def test_heading_without_anchor_gets_one_of_its_words():
    _, page = render("### Één & twee\n\n### Één & twee")

    assert [entry.anchor for entry in page.headings] == ["een-twee", "een-twee-2"]


def test_same_anchor_twice_is_an_error_with_its_line():
    _, page = render("### A {#x}\n\n### B {#x}")

    assert [(finding.code, finding.line) for finding in page.findings] == [("duplicate-anchor", 3)]


def test_skipped_level_is_an_error():
    _, page = render("#### Te diep")

    assert [(finding.code, finding.line) for finding in page.findings] == [("heading-level", 1)]


def test_level_of_the_chapter_itself_is_an_error():
    assert [finding.code for finding in render("## Te hoog")[1].findings] == ["heading-level"]


def test_levels_in_order_are_fine():
    assert render("### A\n\n#### B\n\n### C\n\n#### D\n\n##### E")[1].findings == []
