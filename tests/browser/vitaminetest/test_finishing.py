"""A reader finishes the test: on a phone, by keyboard alone, without scripts, without a connection, and when the script breaks."""

import pytest
from playwright.sync_api import expect

from tests.browser.vitaminetest.doing import (
    GROWN_UP,
    WRONG,
    YOUNG,
    begin,
    do_test,
    give,
    go_on,
    heading,
    outcomes,
    result_text,
    see_result,
    steps,
)

pytestmark = pytest.mark.browser
COUNT_KEPT = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
  document.cookie.length, (await navigator.storage.estimate()).usage,
]"""
ways = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def tab_to(page, name: str) -> None:
    """Press Tab until the focus is on the control with that name."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate("(document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim()")
        if focused == name:
            return
    raise AssertionError(f"no way to {name} by Tab")


@ways
def test_a_reader_finishes_on_a_phone(open_test, script):
    page = open_test(width=360, height=640, has_touch=True, is_mobile=True, java_script_enabled=script)
    for _ in steps(page, YOUNG):
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        boxes = [control.bounding_box() for control in page.locator("main .choice, main .button, main .as-link").all()]
        assert all(box["height"] >= 44 for box in boxes)
    see_result(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert outcomes(page) == ["Overleg", "Lees verder"]
    expect(page.get_by_role("paragraph").filter(has_text="Tips laten we nu weg.")).to_be_visible()


@ways
def test_a_reader_finishes_at_320_pixels(open_test, script):
    page = open_test(width=320, java_script_enabled=script)
    for _ in steps(page):
        assert page.evaluate("document.documentElement.scrollWidth") == 320
    see_result(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@ways
def test_a_reader_finishes_by_keyboard_alone(open_test, script):
    page = open_test(java_script_enabled=script)
    tab_to(page, "Begin met de test")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Hoe oud ben je")
    tab_to(page, "Hoe oud ben je")
    page.keyboard.type("40")
    page.keyboard.press("Enter")  # the field's own way to go on
    expect(heading(page)).to_have_text("Wat is je geslacht")
    tab_to(page, "Man")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Nu je bord")
    tab_to(page, "Doorgaan")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Wat eet je elke week")
    tab_to(page, "Geen van deze")
    page.keyboard.press("Space")
    tab_to(page, "Doorgaan")
    page.keyboard.press("Space")
    expect(heading(page)).to_have_text("Eet je volkoren brood")
    tab_to(page, "Ja")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Controleer je antwoorden")
    tab_to(page, "Bekijk je uitslag")
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text("Je uitslag")
    assert outcomes(page) == ["Noten", "Lees verder"]
    tab_to(page, "Waarom zie ik dit?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Je antwoordde ‘Nee’ op ‘Eet je volkoren brood’.", exact=True)).to_be_visible()


def test_offline_from_the_first_question_the_result_is_that_of_the_server(open_test):
    there = open_test(java_script_enabled=False)
    do_test(there)
    page = open_test()
    begin(page)
    page.context.set_offline(True)
    asked, address = len(page.watch.requests), page.url
    for question, answer in GROWN_UP:
        expect(heading(page)).to_have_text(question)
        give(page, answer)
        go_on(page)
    see_result(page)
    assert result_text(page) == result_text(there)
    assert page.locator(".test-groups").inner_text() == there.locator(".test-groups").inner_text()
    assert page.locator(".test-groups").inner_html().split() == there.locator(".test-groups").inner_html().split()
    assert len(page.watch.requests) == asked
    assert page.url == address
    assert page.evaluate(COUNT_KEPT) == [0, 0, 0, 0, 0, 0]
    assert page.context.cookies() == []


def test_every_page_of_the_script_is_that_of_the_server(open_test):
    """One markup: what the two ways show differs in hidden fields, and in the button that prints."""
    here, there = open_test(), open_test(java_script_enabled=False)
    shown = [[], []]
    for page, seen in zip((here, there), shown, strict=True):
        for _ in steps(page):
            seen.append(page.locator(".test-page").aria_snapshot())
        seen.append(page.locator(".test-page").aria_snapshot())
        see_result(page)
        page.evaluate("document.querySelector('[data-print]').hidden = true")
        seen.append(page.locator(".test-page").aria_snapshot())
    assert shown[0] == shown[1]


def test_when_the_script_breaks_half_way_the_server_goes_on(open_test):
    page = open_test(allow=("TypeError", "console: "))
    begin(page)
    give(page, "40")
    go_on(page)
    expect(heading(page)).to_have_text("Wat is je geslacht")
    page.evaluate("delete Object.hasOwn")
    give(page, "Vrouw")
    go_on(page)
    expect(heading(page)).to_have_text("Ben je zwanger of geef je borstvoeding")
    assert page.evaluate("document.querySelector('[data-test]')") is None  # a page of the server
    give(page, "Geen van beide")
    go_on(page)
    for answer in ("", "Noten", "Ja"):
        give(page, answer)
        go_on(page)
    expect(page.get_by_role("definition").filter(has_text="40 jaar")).to_be_visible()
    see_result(page)


@ways
def test_a_ticked_nothing_takes_the_others_away_or_is_a_mistake(open_test, script):
    page = open_test(java_script_enabled=script, allow=WRONG)
    for question in steps(page):
        if question == "Wat eet je elke week":
            break
    give(page, "Noten")
    give(page, "Geen van deze")
    if script:
        expect(page.get_by_label("Noten")).not_to_be_checked()
        give(page, "Peulvruchten")
        expect(page.get_by_label("Geen van deze")).not_to_be_checked()
    else:
        go_on(page)
        expect(page.get_by_role("alert")).to_contain_text("‘Geen van deze’ kan niet samen met een ander antwoord.")
        expect(page.get_by_label("Noten")).to_be_checked()
