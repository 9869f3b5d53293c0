"""On paper: the article, its numbered sources, and where it came from; nothing to press."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.places import ARTICLE

pytestmark = pytest.mark.browser


@pytest.fixture
def paper(browse):
    page = browse(ARTICLE, reduced_motion="reduce")
    page.emulate_media(media="print")
    return page


def test_paper_leaves_out_everything_to_press(paper):
    for part in (".masthead nav", ".masthead-calls", ".contents", ".adviser", ".colophon", ".skip-link", ".source-ways", "details"):
        for element in paper.locator(part).all():
            expect(element).to_be_hidden()
    visible = paper.locator("button, input, summary").evaluate_all("(all) => all.filter((e) => e.checkVisibility()).length")
    assert visible == 0


def test_paper_has_the_text_the_sources_and_the_address(paper, site):
    text = paper.locator("body").inner_text()
    entries = paper.locator(".references ol > li").all_inner_texts()
    assert len(entries) == 19
    assert entries[0].startswith("Gröber, U., Schmidt, J., & Kisters, K. (2015).")
    assert entries[18].startswith("Wester, P. O. (1992).")
    assert [entry for entry in entries if entry not in text or len(entry) < 30] == []
    assert f"{site.url}{ARTICLE}" in text
    assert "Aanbevolen dagelijkse hoeveelheid magnesium, per groep en leeftijd" in text
    assert paper.locator(".references ol").evaluate("(list) => getComputedStyle(list).listStyleType") == "decimal"
    assert paper.locator(".cite").count() == 21


def test_an_open_card_is_not_printed(browse):
    page = browse(ARTICLE, reduced_motion="reduce")
    page.locator(".cite a").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".source-card")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_black_on_white_in_either_scheme(browse, scheme):
    page = browse(ARTICLE, color_scheme=scheme, reduced_motion="reduce")
    page.emulate_media(media="print", color_scheme=scheme)
    colours = page.evaluate(
        "['body', '.article-body p', '.references li', 'h1', 'td']"
        ".map((part) => getComputedStyle(document.querySelector(part)).color)"
    )
    assert colours == ["rgb(0, 0, 0)"] * 5
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_the_whole_article_comes_out_on_a_few_pages(paper):
    pdf = paper.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF-")
    assert 4 <= len(re.findall(rb"/Type /Page\b(?!s)", pdf)) <= 9
