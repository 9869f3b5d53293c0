"""Every public page by the rules of axe, in both colour schemes, and the few things that every page must have."""

from itertools import pairwise

import pytest

from tests.browser.places import ARTICLE, PUBLIC_PAGES, SEARCH, VERSION, problems_meant_at

pytestmark = pytest.mark.browser

TITLES = {
    "/": "Magsite: gezondheid met de bron erbij",
    "/artikelen/": "Artikelen · Magsite",
    ARTICLE: "Waar is magnesium goed voor? 7 voordelen · Magsite",
    VERSION: "Waar is magnesium goed voor? 7 voordelen (versie 1) · Magsite",
    "/bronnen/grober2015/": "Magnesium in prevention and [...] · Bronnen · Magsite",
    SEARCH: "‘magnesium’ zoeken · Magsite",
}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_page_breaks_no_rule_of_axe(browse, violations, path, width):
    page = browse(path, width=width, reduced_motion="reduce", allow=problems_meant_at(path))
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_article_with_everything_unfolded_breaks_no_rule_of_axe(browse, violations, width):
    page = browse(ARTICLE, width=width, reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    assert violations(page) == []


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_page_has_a_title_a_language_one_first_heading_and_no_skipped_level(browse, path):
    page = browse(path, allow=problems_meant_at(path))
    headings = page.evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map((heading) => [Number(heading.tagName[1]), heading.innerText])"
    )
    levels = [level for level, _ in headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []
    assert page.locator("html").get_attribute("lang") == "nl"
    assert page.title() == TITLES.get(path, f"{headings[0][1]} · Magsite")


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_skip_link_leads_past_the_masthead(browse, path):
    page = browse(path, allow=problems_meant_at(path), reduced_motion="reduce")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main, footer') !== null")


def test_english_titles_are_marked_as_english(browse):
    page = browse(ARTICLE)
    assert page.locator("#ref-welch2016 [lang=en]").first.inner_text().startswith("Dietary magnesium is positively associated")
    assert page.locator("#ref-voedingscentrum-magnesium [lang=en]").count() == 0


def test_article_in_forced_colours_keeps_buttons_and_focus_visible(browse):
    page = browse(ARTICLE, forced_colors="active", reduced_motion="reduce")
    button = page.locator(".masthead-calls .button").first
    assert button.evaluate("(element) => parseFloat(getComputedStyle(element).borderTopWidth)") >= 1
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
