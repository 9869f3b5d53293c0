"""What a reader does with a result: a file, paper, a question to an adviser. Stored only when they tick it."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.browser.vitaminetest.doing import do_test, result_text

pytestmark = pytest.mark.browser
ways = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


def save(page) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Bewaar als bestand").click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def stored_results(site) -> list[str]:
    with closing(sqlite3.connect(site.folder / "db.sqlite3")) as database:
        return [text for (text,) in database.execute("SELECT test_result FROM advice_advicerequest ORDER BY id")]


def test_the_file_is_the_same_to_the_byte_with_and_without_a_script(open_test):
    files = []
    for script in (True, False):
        page = open_test(java_script_enabled=script)
        do_test(page)
        if script:
            page.context.set_offline(True)
        files.append(save(page))
        expect(page.get_by_role("heading", level=1)).to_have_text("Je uitslag")
    assert files[0] == files[1]
    name, content = files[0]
    assert name == "vitaminetest-uitslag.txt"
    assert content.decode("utf-8").startswith("Een proefje\nVersie ")
    assert "- Hoe oud ben je\n  40 jaar" in content.decode("utf-8")


def test_paper_has_the_result_with_its_reasons_and_sources_and_nothing_to_press(open_test):
    page = open_test()
    do_test(page)
    page.emulate_media(media="print")
    visible = page.locator("button, input, textarea").evaluate_all("(all) => all.filter((e) => e.checkVisibility()).length")
    assert visible == 0
    for part in (".masthead nav", ".masthead-calls", ".colophon", ".test-keep"):
        expect(page.locator(part)).to_be_hidden()
    text = page.get_by_role("main").inner_text()
    for words in ("Je uitslag", "Noten zijn een bron van magnesium.", "Gröber, U.", "Dit is algemene informatie."):
        assert words in text
    assert page.locator(".test-why li").evaluate_all("(all) => all.every((e) => e.checkVisibility({contentVisibilityAuto: true}))")


def test_the_button_prints(open_test):
    page = open_test()
    do_test(page)
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Druk af").click()
    assert page.evaluate("window.printed") is True


def test_nothing_that_needs_a_script_is_shown_without_one(open_test):
    page = open_test(java_script_enabled=False)
    do_test(page)
    expect(page.locator("[data-print]")).to_be_hidden()


@ways
@pytest.mark.parametrize("ticked", [True, False], ids=["ticked", "unticked"])
def test_a_result_goes_along_with_a_question_only_when_it_is_ticked(open_test, site, script, ticked):
    page = open_test(java_script_enabled=script)
    do_test(page)
    text = result_text(page)
    before = stored_results(site)
    page.get_by_role("button", name="Voeg toe aan mijn adviesaanvraag").click()
    expect(page).to_have_url(re.compile("/advies/$"))
    expect(page.get_by_role("region", name="De uitslag van je Vitaminetest")).to_contain_text("Noten zijn een bron van magnesium.")
    box = page.get_by_label("Stuur deze uitslag mee met mijn vraag")
    expect(box).not_to_be_checked()
    assert stored_results(site) == before
    box.set_checked(ticked)
    page.get_by_label("Magnesium", exact=True).check()
    page.get_by_label("Wat wil je weten?").fill("Wat kan ik doen?")
    page.get_by_label("Je e-mailadres").fill("jan@example.org")
    page.get_by_label(re.compile("^Ik geef toestemming")).check()
    page.get_by_role("button", name="Verstuur je vraag").click()
    expect(page).to_have_url(re.compile("/advies/ontvangen/"))
    assert stored_results(site) == [*before, text.strip() if ticked else ""]
