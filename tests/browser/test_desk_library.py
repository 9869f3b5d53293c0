"""The image library: the focal point by mouse, keyboard or neither, another file, and the way from a picture to its place."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import picture

pytestmark = pytest.mark.browser
LIST = "/beheer/articles/image/"


def add_picture(page: Page, name: str, color: str) -> str:
    """Add a picture of 640 × 400 to the library, open it, and return the address of its page."""
    page.goto(f"{LIST}add/")
    page.get_by_label("Bestand").set_input_files({"name": f"{name}.png", "mimeType": "image/png", "buffer": picture(color)})
    page.get_by_label("Alternatieve tekst").fill(f"Effen {name}")
    page.get_by_role("button", name="Opslaan en opnieuw bewerken").click()
    page.wait_for_url("**/change/")
    return page.url


def point(page: Page) -> tuple[int, int]:
    return tuple(int(page.get_by_label(f"Focuspunt, % van {side}").input_value()) for side in ("links", "boven"))


def marker(page: Page):
    return page.get_by_role("button", name="Focuspunt:")


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan en opnieuw bewerken").click()
    page.locator(".messagelist .success").first.wait_for()


def test_focal_point_follows_a_click_and_a_drag_and_is_kept(desk):
    page = desk(reduced_motion="reduce")
    add_picture(page, "muis", "#102030")
    image = page.locator("[data-focal] > img")
    box = image.bounding_box()
    image.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    assert point(page) == (25, 75)
    expect(marker(page)).to_be_focused()
    expect(marker(page)).to_have_accessible_name("Focuspunt: 25% van links, 75% van boven")
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5, steps=3)
    page.mouse.move(box["x"] + box["width"] + 300, box["y"] + box["height"] * 0.1, steps=3)
    page.mouse.up()
    assert point(page) == (100, 10)
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    assert point(page) == (100, 10)
    cut = page.locator(".focal-cut-list")
    assert cut.evaluate("(image) => getComputedStyle(image).objectPosition") == "100% 10%"
    save(page)
    assert point(page) == (100, 10)


def test_focal_point_moves_by_keyboard_and_stays_inside(desk):
    page = desk(reduced_motion="reduce")
    add_picture(page, "toetsen", "#203040")
    marker(page).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    assert point(page) == (51, 60)
    expect(page.get_by_role("status").filter(has_text="51% van links, 60% van boven")).to_have_count(1)
    for _ in range(7):
        page.keyboard.press("Shift+ArrowUp")
    page.keyboard.press("ArrowLeft")
    assert point(page) == (50, 0)
    center = "(one) => { const box = one.getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; }"
    picture_box = page.locator("[data-focal] > img").bounding_box()
    x, y = marker(page).evaluate(center)
    assert abs(x - picture_box["x"] - picture_box["width"] / 2) <= 2
    assert abs(y - picture_box["y"]) <= 2
    page.keyboard.press("Tab")
    expect(marker(page)).not_to_be_focused()


def test_marker_follows_the_number_fields(desk):
    page = desk(reduced_motion="reduce")
    add_picture(page, "getallen", "#304050")
    page.get_by_label("Focuspunt, % van links").fill("12")
    expect(marker(page)).to_have_accessible_name("Focuspunt: 12% van links, 50% van boven")


def test_library_works_without_script(desk):
    page = desk(java_script_enabled=False)
    address = add_picture(page, "zonder", "#405060")
    expect(marker(page)).to_have_count(0)
    page.get_by_label("Focuspunt, % van boven").fill("30")
    page.get_by_label("Vervangen door").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": picture("#405161")})
    save(page)
    assert point(page) == (50, 30)
    page.get_by_role("button", name="Zet terug").click()
    expect(page.get_by_text("Het eerdere bestand is terug.")).to_be_visible()
    page.goto(f"{LIST}?q=zonder")
    page.get_by_role("link", name="zonder").click()
    page.wait_for_url(address)


def test_list_cuts_around_the_focal_point(desk, draft):
    page = desk(reduced_motion="reduce")
    add_picture(page, "uitsnede", "#506070")
    page.get_by_label("Focuspunt, % van boven").fill("91")
    save(page)
    page.goto(draft.form)
    choose_hero(page, "uitsnede")
    page.get_by_role("button", name="Publiceren").click()
    page.get_by_text("is gepubliceerd").wait_for()
    for path in ("/artikelen/", draft.public):
        page.goto(path)
        image = page.locator("img.focal-y-90")
        assert image.evaluate("(image) => getComputedStyle(image).objectPosition") == "50% 90%"


def choose_hero(page: Page, name: str) -> None:
    page.locator(".field-hero .select2-selection").click()
    page.locator(".select2-search__field").fill(name)
    page.get_by_role("option", name=name).click()


def test_page_of_a_picture_leads_to_its_place_in_a_closed_row(desk):
    page = desk(f"{LIST}?q=gewichtheffer", reduced_motion="reduce")
    page.get_by_role("link", name="gewichtheffer").click()
    page.get_by_role("link", name="afbeelding bij voordeel ‘1. Goede werking van de spieren’").first.click()
    page.wait_for_url("**/article/1/change/#id_benefits-0-image")
    expect(page.locator("#benefits-0 .row-toggle")).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#benefits-1 .row-toggle")).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#benefits-0 .field-image .select2-selection")).to_be_in_viewport()


def test_replaced_picture_breaks_no_rule_of_axe_and_fits_a_small_screen(desk, draft, violations):
    page = desk(width=360, height=740, reduced_motion="reduce")
    address = add_picture(page, "nieuwe", "#708090")
    page.goto(draft.form)
    choose_hero(page, "nieuwe")
    page.get_by_role("button", name="Publiceren").click()
    page.get_by_text("is gepubliceerd").wait_for()
    page.goto(address)
    page.get_by_label("Vervangen door").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": picture("#809101")})
    save(page)
    expect(page.get_by_text("1 gepubliceerd artikel toont nog het beeld van toen").first).to_be_visible()
    for path in (address, LIST):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert violations(page) == []
