"""Searching as readers do it: from any page, by keyboard, on a phone, without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import ARTICLE, SEARCH

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_field_in_the_masthead_leads_to_the_sentence(browse, scripts):
    page = browse(ARTICLE, java_script_enabled=scripts)
    field = page.get_by_role("search").get_by_role("searchbox", name="Zoeken")
    field.fill("spieren")
    field.press("Enter")
    expect(page.get_by_role("heading", level=2, name="1 artikel voor ‘spieren’")).to_be_visible()
    hit = page.locator(".hit").first
    expect(hit.locator(".hit-sentence mark").first).to_have_text("spieren", ignore_case=True)
    hit.locator(".hit-sentence a").click()
    assert page.url.split("#")[0].endswith(ARTICLE)
    assert page.locator(f"#{page.url.split('#')[1]}").is_visible()


def test_small_screen_has_a_link_instead_of_the_field(browse):
    page = browse(ARTICLE, width=360)
    expect(page.locator(".find")).to_be_hidden()
    page.get_by_role("link", name="Zoeken").click()
    field = page.get_by_role("searchbox", name="Waar ben je naar op zoek?")
    field.fill("magnesuim")
    page.get_by_role("button", name="Zoek").click()
    expect(page.get_by_role("heading", level=2)).to_have_text(["1 artikel voor ‘magnesium’", "Bronnen"])
    page.get_by_role("link", name="Zoek toch naar ‘magnesuim’").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Geen artikelen voor ‘magnesuim’")


def test_masthead_stays_on_one_line_from_a_tablet_on(browse):
    page = browse("/")
    for width in (768, 1024, 1152, 1280, 2560):
        page.set_viewport_size({"width": width, "height": 800})
        boxes = [page.locator(part).bounding_box() for part in (".brand", ".masthead-nav", ".masthead-calls")]
        middles = [box["y"] + box["height"] / 2 for box in boxes]
        assert max(middles) - min(middles) < 2, width


@pytest.mark.parametrize("query", ["magnesuim", "spieren paddenstoel", "paddenstoel", "x" * 101])
def test_every_kind_of_answer_breaks_no_rule_of_axe(browse, violations, query):
    page = browse(f"/zoeken/?q={query}", width=360, reduced_motion="reduce")
    assert violations(page) == []


def test_error_belongs_to_the_field(browse):
    page = browse(f"/zoeken/?q={'x' * 101}")
    expect(page.get_by_role("searchbox", name="Waar ben je")).to_have_accessible_description(
        "Je zoekvraag is te lang. Gebruik hooguit 100 tekens."
    )
    assert page.title().startswith("Fout: ")


def test_marks_are_seen_in_forced_colours(browse):
    page = browse(SEARCH, forced_colors="active")
    mark, text = page.locator(".hit-sentence mark").first, page.locator(".hit-sentence").first
    assert mark.evaluate("(e) => getComputedStyle(e).backgroundColor") != text.evaluate(
        "(e) => getComputedStyle(e).backgroundColor"
    )
