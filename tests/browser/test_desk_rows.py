"""Chapters and benefits in order: by keyboard, by dragging, by adding and by taking away."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import headings, places, preview_of, save_draft
from tests.browser.places import ARTICLE

pytestmark = pytest.mark.browser

FIRST, SECOND, THIRD = "Eerste hoofdstuk", "Tweede hoofdstuk", "Derde hoofdstuk"


def button(page, step: str, heading: str):
    return page.get_by_role("button", name=f"{step}: {heading}")


def test_keyboard_moves_a_chapter_and_the_order_is_kept(desk_form):
    button(desk_form, "Omlaag", FIRST).focus()
    desk_form.keyboard.press("Enter")
    expect(desk_form.get_by_role("status").get_by_text(f"‘{FIRST}’ staat nu op plaats 2 van 3.")).to_be_attached()
    expect(button(desk_form, "Omlaag", FIRST)).to_be_focused()
    assert headings(desk_form, "sections") == [SECOND, FIRST, THIRD]
    assert places(desk_form, "sections") == ["1", "2", "3"]
    desk_form.keyboard.press("Space")
    assert headings(desk_form, "sections") == [SECOND, THIRD, FIRST]
    expect(button(desk_form, "Omlaag", FIRST)).to_have_attribute("aria-disabled", "true")
    save_draft(desk_form)
    assert headings(desk_form, "sections") == [SECOND, THIRD, FIRST]
    assert places(desk_form, "sections") == ["1", "2", "3"]


def test_moving_a_chapter_renumbers_the_sources(desk_form):
    moved = desk_form.locator("#id_sections-1-body")
    moved.focus()
    expect(preview_of(moved)).to_have_text("De tweede zin.3")
    button(desk_form, "Omhoog", SECOND).click()
    moved.focus()
    expect(preview_of(moved)).to_have_text("De tweede zin.2")


def test_mouse_drags_a_chapter_and_the_order_is_kept(desk_form):
    row = desk_form.locator("#sections-2")
    row.scroll_into_view_if_needed()
    handle = row.locator(".row-handle")
    handle.hover()
    desk_form.mouse.down()
    expect(desk_form.locator(".is-dragged")).to_have_count(1)
    top = desk_form.locator("#sections-0").bounding_box()
    desk_form.mouse.move(top["x"] + 30, top["y"] + 2, steps=8)
    desk_form.wait_for_function("document.querySelector('#sections-group .inline-related').id === 'sections-2'")
    desk_form.mouse.up()
    expect(desk_form.locator(".is-dragged")).to_have_count(0)
    assert headings(desk_form, "sections") == [THIRD, FIRST, SECOND]
    assert places(desk_form, "sections") == ["1", "2", "3"]
    save_draft(desk_form)
    assert headings(desk_form, "sections") == [THIRD, FIRST, SECOND]


def test_escape_while_dragging_puts_everything_back(desk_form):
    row = desk_form.locator("#sections-2")
    row.scroll_into_view_if_needed()
    row.locator(".row-handle").hover()
    desk_form.mouse.down()
    top = desk_form.locator("#sections-0").bounding_box()
    desk_form.mouse.move(top["x"] + 30, top["y"] + 2, steps=8)
    desk_form.wait_for_function("document.querySelector('#sections-group .inline-related').id === 'sections-2'")
    desk_form.keyboard.press("Escape")
    desk_form.mouse.up()
    assert headings(desk_form, "sections") == [FIRST, SECOND, THIRD]
    assert places(desk_form, "sections") == ["1", "2", "3"]


def test_a_new_benefit_gets_the_last_place_and_can_be_moved_up(desk_form):
    desk_form.get_by_role("button", name="voordeel toevoegen").click()
    expect(desk_form.locator("#id_benefits-2-title")).to_be_focused()
    desk_form.keyboard.type("Derde voordeel")
    button(desk_form, "Omhoog", "Derde voordeel").click()
    assert headings(desk_form, "benefits") == ["Eerste voordeel", "Derde voordeel", "Tweede voordeel"]
    save_draft(desk_form)
    assert headings(desk_form, "benefits") == ["Eerste voordeel", "Derde voordeel", "Tweede voordeel"]


def test_a_chapter_marked_for_removal_is_gone_after_saving(desk_form):
    desk_form.locator("#id_sections-1-DELETE").check()
    save_draft(desk_form)
    assert headings(desk_form, "sections") == [FIRST, THIRD]
    assert places(desk_form, "sections") == ["1", "2"]


def test_rows_of_a_long_article_are_one_line_until_opened(desk):
    page = desk("/beheer/articles/article/?q=magnesium", reduced_motion="reduce")
    page.get_by_role("link", name="Waar is magnesium goed voor? 7 voordelen").click()
    toggle = page.get_by_role("button", name="Wat is magnesium?").and_(page.locator(".row-toggle"))
    expect(toggle).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#id_sections-0-body")).to_be_hidden()
    toggle.focus()
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#id_sections-0-body")).to_be_visible()
    assert len(headings(page, "benefits")) == 7
    assert ARTICLE.endswith(page.locator("#id_slug").input_value() + "/")
