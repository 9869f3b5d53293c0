"""The numbers in the text: each opens its source in a card beside it, by mouse, touch and keyboard, and gives the place back."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.places import ARTICLE

pytestmark = pytest.mark.browser

SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def article(browse):
    return browse(ARTICLE, reduced_motion="reduce")


def number(page, text: str):
    return page.locator(".cite a", has_text=re.compile(f"^{text}$")).first


def card(page):
    return page.get_by_role("dialog")


def names_by_role(page, role: str) -> list[str]:
    """Return the names that assistive technology hears, in the order of the page."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == role]


def expect_inside_the_window(page) -> None:
    box, window = card(page).bounding_box(), page.viewport_size
    assert box["x"] >= 0
    assert box["y"] >= 0
    assert box["x"] + box["width"] <= window["width"]
    assert box["y"] + box["height"] <= window["height"]


def expect_number_in_sight(page, link) -> None:
    assert link.evaluate(
        "(a) => { const box = a.getBoundingClientRect();"
        " return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest('a') === a; }"
    )


def test_click_opens_the_source_beside_its_number(article):
    link = number(article, "1")
    link.click()
    expect(card(article)).to_be_visible()
    expect(card(article)).to_have_accessible_name("Bron 1")
    shown = card(article).get_by_role("listitem").inner_text()
    assert shown == article.locator("#ref-grober2015 .source-line").inner_text()
    assert shown.startswith("Gröber, U.")
    expect_inside_the_window(article)
    expect_number_in_sight(article, link)
    assert not article.url.endswith(link.get_attribute("href"))


@pytest.mark.parametrize("key", ["Enter", "Control+Enter"])
def test_enter_opens_the_card_and_with_control_a_new_tab(article, key):
    number(article, "1").focus()
    if key == "Enter":
        article.keyboard.press(key)
        expect(card(article)).to_be_focused()
        return
    with article.context.expect_page() as opened:
        article.keyboard.press(key)
    opened.value.wait_for_url("**#ref-grober2015")
    expect(card(article)).to_be_hidden()


def test_touch_opens_the_card_and_touching_the_text_closes_it(browse):
    page = browse(ARTICLE, width=360, height=740, has_touch=True, is_mobile=True, reduced_motion="reduce")
    number(page, "1").tap()
    expect(card(page)).to_be_visible()
    expect_inside_the_window(page)
    page.touchscreen.tap(180, 60)
    expect(card(page)).to_be_hidden()


def test_a_group_shows_every_source_with_its_number(article):
    number(article, "4").click()
    expect(card(article)).to_have_accessible_name("Bronnen 3, 4 en 5")
    entries = card(article).get_by_role("listitem")
    lines = [article.locator(f"#ref-{key} .source-line").inner_text() for key in ("nielsen2006", "barbagallo2009", "tarasov2015")]
    assert entries.all_inner_texts() == lines
    assert entries.evaluate_all("(all) => all.map((li) => getComputedStyle(li, '::before').content)") == ['"3"', '"4"', '"5"']
    expect(card(article).locator("[data-chosen]")).to_have_attribute("data-number", "4")
    for entry in entries.all():
        entry.scroll_into_view_if_needed()
        expect(entry).to_be_in_viewport(ratio=0.99)
    expect_inside_the_window(article)


def test_escape_closes_the_card_and_gives_the_number_its_focus_back(article):
    link = number(article, "4")
    link.click()
    expect(card(article)).to_be_focused()
    article.keyboard.press("Escape")
    expect(card(article)).to_be_hidden()
    expect(link).to_be_focused()


def test_close_button_closes_the_card_and_gives_the_number_its_focus_back(article):
    number(article, "4").click()
    card(article).get_by_role("button", name="Sluit").click()
    expect(card(article)).to_be_hidden()
    expect(number(article, "4")).to_be_focused()


def test_click_elsewhere_closes_the_card(article):
    number(article, "1").click()
    expect(card(article)).to_be_visible()
    card(article).get_by_role("listitem").click()
    expect(card(article)).to_be_visible()
    article.get_by_role("heading", name="Wat is magnesium?").click(position={"x": 5, "y": 5})
    expect(card(article)).to_be_hidden()


def test_another_number_takes_the_card_over(article):
    number(article, "1").click()
    number(article, "2").click()
    expect(card(article)).to_have_accessible_name("Bron 2")
    expect(card(article)).to_have_count(1)
    article.keyboard.press("Escape")
    expect(number(article, "2")).to_be_focused()


def test_the_same_number_again_closes_the_card(article):
    number(article, "1").click()
    number(article, "1").click()
    expect(card(article)).to_be_hidden()
    expect(number(article, "1")).to_be_focused()


def test_pointing_opens_the_card_and_it_stays_while_pointed_at(browse):
    page = browse("/over/", reduced_motion="reduce")
    page.clock.install()
    page.goto(ARTICLE)
    link = number(page, "1")
    link.hover()
    expect(card(page)).to_be_hidden()
    page.clock.run_for(300)
    expect(card(page)).to_be_visible()
    assert page.evaluate("document.activeElement === document.body")
    card(page).hover()
    page.clock.run_for(60_000)
    expect(card(page)).to_be_visible()
    page.mouse.move(5, 5)
    page.clock.run_for(1_000)
    expect(card(page)).to_be_hidden()


def test_escape_takes_away_a_card_that_pointing_opened(browse):
    page = browse("/over/", reduced_motion="reduce")
    page.clock.install()
    page.goto(ARTICLE)
    number(page, "1").hover()
    page.clock.run_for(300)
    expect(card(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()


def test_tab_goes_from_number_through_card_to_what_comes_after(article):
    link = number(article, "3")
    link.focus()
    article.keyboard.press("Enter")
    expect(card(article)).to_be_focused()
    stops = []
    for _ in range(12):
        article.keyboard.press("Tab")
        if not article.evaluate("document.activeElement.closest('.source-card') !== null"):
            break
        stops.append(article.evaluate("document.activeElement.textContent"))
    assert stops[-2:] == ["Naar de bronnenlijst", "×"]
    expect(number(article, "4")).to_be_focused()
    expect(card(article)).to_be_hidden()


def test_shift_tab_goes_from_card_back_to_its_number(article):
    number(article, "3").focus()
    article.keyboard.press("Enter")
    expect(card(article)).to_be_focused()
    article.keyboard.press("Shift+Tab")
    expect(number(article, "3")).to_be_focused()
    expect(card(article)).to_be_hidden()


@pytest.mark.parametrize("text", ["1", "4", "19"])
def test_on_a_small_screen_the_card_fits_and_leaves_its_number_in_sight(browse, text):
    page = browse(ARTICLE, width=320, height=640, reduced_motion="reduce")
    link = number(page, text)
    link.click()
    expect(card(page)).to_be_visible()
    expect_inside_the_window(page)
    expect_number_in_sight(page, link)
    assert not page.evaluate(SCROLLS_SIDEWAYS)


def test_control_click_opens_the_list_in_a_new_tab(article):
    with article.context.expect_page() as opened:
        number(article, "1").click(modifiers=["Control"])
    assert opened.value.url.endswith("#ref-grober2015")
    article.mouse.move(5, 5)
    expect(card(article)).to_be_hidden()


def test_the_card_leads_to_the_list_and_the_list_back_to_the_sentence(article):
    number(article, "6").click()
    card(article).get_by_role("link", name="Naar de bronnenlijst").click()
    expect(card(article)).to_be_hidden()
    expect(article.locator("#ref-ods2022")).to_be_in_viewport()
    article.locator("#ref-ods2022 .back").first.click()
    expect(number(article, "6")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1280])
def test_page_with_the_card_open_breaks_no_rule_of_axe(browse, violations, width):
    page = browse(ARTICLE, width=width, reduced_motion="reduce")
    number(page, "4").click()
    expect(card(page)).to_be_visible()
    assert violations(page) == []


def test_each_number_is_in_the_name_of_its_link(article):
    numbers = article.locator(".cite a").all_inner_texts()
    assert names_by_role(article, "doc-noteref") == [f"Bron {number}" for number in numbers]
    assert set(numbers) == {str(i) for i in range(1, 20)}


def test_ways_back_of_one_source_have_names_of_their_own(article):
    names = iter(names_by_role(article, "doc-backlink"))
    counts = article.locator(".references ol > li").evaluate_all("(all) => all.map((li) => li.querySelectorAll('.back').length)")
    by_source = [[next(names) for _ in range(count)] for count in counts]
    assert list(names) == []
    assert by_source[0] == [
        "Terug naar ‘Wat is magnesium?’, gebruik a van 4",
        "Terug naar ‘Waar zit magnesium in?’, gebruik b van 4",
        "Terug naar ‘6. Helpt mogelijk bij vermoeidheid’, gebruik c van 4",
        "Terug naar ‘6. Helpt mogelijk bij vermoeidheid’, gebruik d van 4",
    ]
    assert [those for those in by_source if not those or len(set(those)) != len(those)] == []


def test_each_number_has_a_way_back_to_itself(article):
    ids = article.locator(".cite a").evaluate_all("(all) => all.map((a) => '#' + a.id)")
    ways = article.locator(".source-ways .back").evaluate_all("(all) => all.map((a) => a.getAttribute('href'))")
    assert sorted(ways) == sorted(ids)
    assert len(set(ids)) == len(ids)
