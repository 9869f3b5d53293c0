"""The topics of an article and the anchors of its headings: where am I, and how do I get there?"""

import pytest
from playwright.sync_api import expect

from tests.browser.places import ARTICLE

pytestmark = pytest.mark.browser

TOP_OF = "(id) => document.getElementById(id).getBoundingClientRect().top"
TOPICS = [
    "wat-is-magnesium", "waar-zit-magnesium-in", "hoeveel-magnesium", "opname", "voordelen", "spieren", "botten-en-tanden",
    "hart-en-bloedvaten", "brein", "mentale-balans", "vermoeidheid", "elektrolytenbalans", "tot-slot", "referenties",
]  # fmt: skip


def contents(page):
    return page.get_by_role("navigation", name="Onderwerpen in dit artikel")


def test_wide_screen_marks_the_topic_being_read(browse):
    page = browse(ARTICLE, reduced_motion="reduce")
    current = contents(page).locator("a[aria-current=true]")
    expect(contents(page).get_by_role("link")).to_have_count(len(TOPICS))
    expect(current).to_have_count(0)
    for topic in [*TOPICS, *TOPICS[-2::-1]]:  # down the page and up again
        page.evaluate("(id) => scrollBy(0, document.getElementById(id).getBoundingClientRect().top - 100)", topic)
        expect(current).to_have_attribute("href", f"#{topic}")
    page.evaluate("scrollTo(0, 0)")
    expect(current).to_have_count(0)


def test_wide_screen_keeps_the_topics_in_sight_while_reading(browse):
    page = browse(ARTICLE, reduced_motion="reduce")
    for topic in TOPICS[:-2]:  # with the last two the column goes out with the text
        page.evaluate("(id) => document.getElementById(id).scrollIntoView()", topic)
        expect(contents(page).get_by_role("link", name="Wat is magnesium?")).to_be_in_viewport()


def test_small_screen_folds_the_topics_and_opens_them_by_keyboard(browse):
    page = browse(ARTICLE, width=360, height=740, reduced_motion="reduce")
    first = contents(page).get_by_role("link", name="Wat is magnesium?")
    expect(first).to_be_hidden()
    contents(page).locator("summary").focus()
    page.keyboard.press("Enter")
    expect(first).to_be_visible()
    page.keyboard.press("Enter")
    expect(first).to_be_hidden()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    expect(first).to_be_focused()


def test_choosing_a_topic_on_a_small_screen_folds_the_box_and_goes_there(browse):
    page = browse(ARTICLE, width=360, height=740, reduced_motion="reduce")
    contents(page).locator("summary").focus()
    page.keyboard.press("Enter")
    link = contents(page).get_by_role("link", name="De opname van magnesium")
    link.focus()
    page.keyboard.press("Enter")
    expect(link).to_be_hidden()
    expect(page.get_by_role("heading", name="De opname van magnesium")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Tab")
    expect(page.get_by_role("heading", name="De opname van magnesium").locator(".anchor")).to_be_focused()


def test_each_topic_leads_to_its_heading(browse):
    page = browse(ARTICLE, reduced_motion="reduce")
    for topic in TOPICS:
        contents(page).locator(f"a[href='#{topic}']").click()
        expect(page.locator(f"[id='{topic}']")).to_be_in_viewport(ratio=1)
        assert page.url.endswith(f"#{topic}")


@pytest.mark.parametrize("width", [360, 1280])
def test_each_heading_has_an_anchor_that_leads_back_to_it(browse, width):
    page = browse(ARTICLE, width=width, reduced_motion="reduce")
    anchors = page.locator(":is(h2, h3) .anchor")
    assert anchors.evaluate_all("(all) => all.map((a) => a.closest('h2, h3').id)") == TOPICS
    for topic, address in zip(TOPICS, anchors.evaluate_all("(all) => all.map((a) => a.href)"), strict=True):
        page.goto(address)
        expect(page.locator(f"[id='{topic}']")).to_be_in_viewport(ratio=1)
    page.goto("/over/")
    page.goto(f"{ARTICLE}#brein")
    expect(page.locator("[id='brein']")).to_be_in_viewport(ratio=1)
    assert page.evaluate(TOP_OF, "brein") < 300


def test_pages_of_sources_lead_to_the_sentence_that_cites_them(browse):
    page = browse("/bronnen/grober2015/", reduced_motion="reduce")
    links = page.locator(f".sentence[href^='{ARTICLE}']").evaluate_all("(all) => all.map((a) => a.href)")
    assert len(links) == 4
    for address in links:
        page.goto(address)
        expect(page.locator(".cite a:target")).to_be_in_viewport()
        expect(page.locator(".cite a:target")).to_have_text("1")
