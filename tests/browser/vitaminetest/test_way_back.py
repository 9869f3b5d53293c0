"""The browser's own buttons, and ours: going back keeps the answers, and the history of the browser holds none."""

import pytest
from playwright.sync_api import expect

from tests.browser.vitaminetest.doing import ADDRESS, begin, do_test, give, go_on, heading, outcomes, see_result, steps

pytestmark = pytest.mark.browser
ways = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def test_back_and_forward_of_the_browser_keep_the_answers(open_test):
    page = open_test()
    address = page.url
    do_test(page)
    for title in ("Controleer je antwoorden", "Eet je volkoren brood", "Wat eet je elke week", "Nu je bord", "Wat is je geslacht"):
        page.go_back()
        expect(heading(page)).to_have_text(title)
    expect(page.get_by_label("Man")).to_be_checked()
    page.go_back()
    expect(page.get_by_role("textbox", name="Hoe oud ben je")).to_have_value("40")
    page.go_back()
    expect(page.get_by_role("button", name="Begin met de test")).to_be_visible()
    for _ in range(7):
        page.go_forward()
    expect(heading(page)).to_have_text("Je uitslag")
    assert outcomes(page) == ["Noten", "Lees verder"]
    assert page.url == address
    assert page.evaluate("[history.state, sessionStorage.length]") == [{"step": 7}, 0]


def test_a_jump_within_the_page_is_no_step(open_test):
    page = open_test()
    do_test(page)
    page.get_by_role("link", name="Bron 1", exact=True).click()
    expect(page).to_have_url(page.url.partition("#")[0] + "#ref-t3-grober2015")
    expect(heading(page)).to_have_text("Je uitslag")
    page.go_back()
    expect(heading(page)).to_have_text("Je uitslag")
    page.go_back()
    expect(heading(page)).to_have_text("Controleer je antwoorden")


@ways
def test_our_way_back_keeps_the_answers(open_test, script):
    page = open_test(java_script_enabled=script)
    for question in steps(page):
        if question == "Wat eet je elke week":
            break
    for title in ("Nu je bord", "Wat is je geslacht", "Hoe oud ben je"):
        page.get_by_role("button", name="Terug").click()
        expect(heading(page)).to_have_text(title)
    expect(page.get_by_role("textbox")).to_have_value("40")
    page.get_by_role("button", name="Terug").click()
    begin(page)
    expect(page.get_by_role("textbox")).to_have_value("40")


@ways
def test_a_changed_answer_leads_past_what_it_opened_and_back(open_test, script):
    page = open_test(java_script_enabled=script)
    for _ in steps(page):
        pass
    page.get_by_role("button", name="Wijzig je antwoord op ‘Wat is je geslacht’").click()
    expect(heading(page)).to_have_text("Wat is je geslacht")
    give(page, "Vrouw")
    go_on(page)
    expect(heading(page)).to_have_text("Ben je zwanger of geef je borstvoeding")
    give(page, "Ik ben zwanger")
    go_on(page)
    expect(heading(page)).to_have_text("Controleer je antwoorden")
    see_result(page)
    assert outcomes(page) == ["Overleg", "Lees verder"]


@ways
def test_beginning_anew_forgets_everything(open_test, script):
    page = open_test(java_script_enabled=script)
    do_test(page)
    page.get_by_role("link", name="Opnieuw beginnen").click()
    expect(page.get_by_role("button", name="Begin met de test")).to_be_visible()
    begin(page)
    expect(page.get_by_role("textbox")).to_have_value("")
    if script:
        page.go_back()
        page.go_back()
        expect(page.get_by_role("button", name="Begin met de test")).to_be_visible()


def test_loading_the_page_anew_forgets_everything(open_test):
    page = open_test()
    do_test(page)
    page.reload()
    expect(page.get_by_role("button", name="Begin met de test")).to_be_visible()
    assert page.url.endswith(ADDRESS)
    begin(page)
    expect(page.get_by_role("textbox")).to_have_value("")


def test_reloading_a_page_of_the_server_shows_the_same(open_test):
    page = open_test(java_script_enabled=False)
    begin(page)
    give(page, "40")
    go_on(page)
    expect(heading(page)).to_have_text("Wat is je geslacht")
    page.reload()
    expect(heading(page)).to_have_text("Wat is je geslacht")
