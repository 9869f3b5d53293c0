"""Links between articles: the cards under an article, who links here, and the page where an article was."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.places import GONE

pytestmark = pytest.mark.browser


def publish(page, path: str) -> None:
    page.goto(path)
    page.get_by_role("button", name="Publiceren").click()
    expect(page.locator(".messagelist")).to_contain_text("is gepubliceerd")


@pytest.fixture
def linked(desk, drafts):
    """Two published articles and the desk: the second links to the first, in its second chapter and with a card."""
    goal, other = next(drafts), next(drafts)
    page = desk(goal.form, reduced_motion="reduce", allow=GONE)
    publish(page, goal.form)
    page.goto(other.form)
    page.locator("#id_sections-1-body").fill(f"Zie [[proefartikel-{goal.number}#tweede|het andere]].")
    page.get_by_label("Lees ook, artikel 1").fill(f"/artikelen/proefartikel-{goal.number}/")
    page.get_by_role("button", name="Publiceren").click()
    expect(page.locator(".messagelist")).to_contain_text("is gepubliceerd")
    return goal, other, page


def test_cards_are_seen_reached_and_left_off_paper(browse, violations, linked):
    goal, other, _ = linked
    for width in (320, 768, 1280):
        page = browse(other.public, width=width, reduced_motion="reduce", java_script_enabled=width != 320)
        card = page.get_by_role("region", name="Lees ook").get_by_role("link", name=goal.title)
        expect(card).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if width != 320:
            assert violations(page) == []
    page.emulate_media(media="print")
    expect(card).to_be_hidden()
    page.emulate_media(media="screen")
    card.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{goal.public}")


def test_editor_sees_who_links_here_and_goes_to_the_sentence(linked, violations):
    goal, other, page = linked
    page.goto(goal.form)
    panel = page.get_by_role("region", name=re.compile("Wie linkt hierheen"))
    expect(panel).to_contain_text("1 ander artikel linkt hierheen.")
    expect(panel).to_contain_text("Zie het andere.")
    expect(panel).to_contain_text("Kaartje onder het artikel")
    assert violations(page) == []

    panel.get_by_role("link", name="Tweede hoofdstuk").click()
    page.wait_for_url(f"**{other.form}#id_sections-1-body")
    expect(page.locator("#id_sections-1-body")).to_be_focused()


def test_withdrawing_says_which_links_close_and_leaves_a_page_that_helps(linked, browse, violations):
    goal, other, page = linked
    page.goto(goal.form)
    page.get_by_role("link", name="Intrekken").click()
    expect(page.get_by_text("1 artikel linkt hierheen; die links worden gewone tekst.")).to_be_visible()
    page.get_by_label("Waarom?").fill("Een bron deugt niet.")
    page.get_by_role("button", name="Intrekken").click()
    expect(page.get_by_text("Het artikel is ingetrokken.")).to_be_visible()

    reader = browse(goal.public, width=360, reduced_motion="reduce", allow=GONE)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Dit artikel is ingetrokken")
    assert violations(reader) == []
    reader.goto(other.public)
    expect(reader.get_by_text("het andere")).not_to_have_attribute("href", re.compile("."))
    expect(reader.get_by_role("region", name="Lees ook")).to_have_count(0)
