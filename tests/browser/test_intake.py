"""“Hoeveel heb jij nodig?” as readers use it: by keyboard, without scripts, with mistakes, on a phone, in the dark."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.places import ARTICLE, CALCULATOR
from tests.intake.tables import FILE as TABLE

pytestmark = pytest.mark.browser
WRONG = ("status 422", "422 (Unprocessable")
ways = pytest.mark.parametrize("width", [360, 1280])
here = pytest.mark.parametrize("with_script", [True, False], ids=["script", "no script"])


def form_of(page):
    return page.get_by_role("form", name="Hoeveel heb jij nodig?")


def fill_in(page, age: str = "30", sex: str = "Vrouw", state: str = "Geen van deze twee") -> None:
    form = form_of(page)
    form.get_by_label("Leeftijd").fill(age)
    form.get_by_label("Geslacht").select_option(label=sex)
    form.get_by_label("Situatie").select_option(label=state)


def ask(page) -> None:
    form_of(page).get_by_role("button", name="Laat zien").click()


def look_through(page, violations) -> None:
    """No rule of axe is broken and nothing sticks out."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


@ways
@pytest.mark.parametrize("path", [ARTICLE, CALCULATOR])
def test_form_mistakes_and_answer_break_no_rule(browse, violations, path, width):
    page = browse(path, width=width, reduced_motion="reduce", allow=WRONG)
    look_through(page, violations)
    ask(page)
    expect(form_of(page).get_by_role("alert")).to_be_visible()
    look_through(page, violations)
    fill_in(page)
    ask(page)
    expect(form_of(page)).to_contain_text("300 milligram")
    look_through(page, violations)


@here
def test_reader_gets_the_value_its_source_and_the_way_back(browse, with_script):
    page = browse(ARTICLE, width=360, java_script_enabled=with_script)
    fill_in(page, state="Zwanger")
    ask(page)

    form = form_of(page)
    expect(form).to_contain_text("Vrouwen die zwanger zijn")
    expect(form).to_contain_text("300 milligram magnesium per dag")
    expect(form).to_contain_text("Overleg met je verloskundige, huisarts of apotheker.")
    expect(form.get_by_role("link", name=re.compile("voedingscentrum.nl"))).to_be_visible()
    expect(form.get_by_label("Situatie")).to_have_value("pregnant")
    expect(page).to_have_url(re.compile(f"{ARTICLE if with_script else CALCULATOR}$"))
    form.get_by_role("link", name=re.compile("^Bekijk de tabel in")).click()
    expect(page).to_have_url(re.compile(f"{ARTICLE}#tabel-1$"))
    expect(page.get_by_role("table")).to_be_in_viewport()


@here
def test_nothing_of_the_choice_is_in_an_address_or_kept(browse, with_script):
    page = browse(ARTICLE, java_script_enabled=with_script)
    fill_in(page, age="44", state="Ik geef borstvoeding")
    ask(page)
    expect(form_of(page)).to_contain_text("280 milligram")

    asked = [request for request in page.watch.requests if request.method == "POST"]
    assert [request.url.endswith(CALCULATOR) for request in asked] == [True]
    assert not any("?" in request.url for request in page.watch.requests)
    assert page.context.cookies() == []
    if with_script:
        assert page.evaluate("[localStorage.length, sessionStorage.length, history.length]") == [0, 0, 2]


@here
def test_mistake_is_told_on_top_with_the_focus_and_at_its_field(browse, with_script):
    page = browse(CALCULATOR, java_script_enabled=with_script, allow=WRONG)
    ask(page)

    form = form_of(page)
    expect(form.get_by_role("alert")).to_contain_text("Vul je leeftijd in")
    if with_script:
        expect(form.locator("[data-focus-first]")).to_be_focused()
    expect(form.get_by_label("Leeftijd")).to_have_accessible_description(
        re.compile("^(Fout: Vul|Jonger dan 2 jaar).*Vul je leeftijd")
    )
    expect(form.get_by_label("Leeftijd")).to_have_attribute("aria-invalid", "true")
    form.get_by_role("link", name=re.compile("^Vul je leeftijd in")).click()
    expect(form.get_by_label("Leeftijd")).to_be_focused()


def test_answer_is_told_in_place_and_the_button_keeps_the_focus(browse):
    page = browse(ARTICLE, allow=WRONG)
    fill_in(page, age="8", sex="Kies", state="Kies")
    ask(page)

    region = form_of(page).locator("[aria-live=polite]")
    expect(region).to_contain_text("200 milligram")
    expect(form_of(page).get_by_role("button")).to_be_focused()
    form_of(page).get_by_label("Leeftijd").fill("")
    ask(page)
    expect(form_of(page).get_by_role("alert")).to_be_visible()
    expect(region).to_be_empty()


def test_keyboard_alone_is_enough(browse):
    page = browse(ARTICLE, reduced_motion="reduce")
    form_of(page).get_by_label("Leeftijd").focus()
    page.keyboard.type("7")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")  # maanden
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(form_of(page)).to_contain_text("Kinderen, 6-11 maanden")
    expect(form_of(page)).to_contain_text("80 milligram")


def test_without_a_connection_the_browser_says_so(browse):
    page = browse(ARTICLE, allow=("ERR_INTERNET_DISCONNECTED", "failed"))
    fill_in(page)
    page.context.set_offline(True)
    ask(page)
    page.wait_for_url("chrome-error://**")


def test_older_version_and_paper_show_no_form(browse):
    page = browse(f"{ARTICLE}v/1/")
    expect(page.get_by_role("table")).to_be_visible()
    expect(form_of(page)).to_have_count(0)
    page.goto(ARTICLE)
    page.emulate_media(media="print")
    expect(page.locator("[data-calculator]")).to_be_hidden()


def test_editor_adds_a_value_looks_first_and_takes_it_away_again(desk, violations):
    """A limit is not printed, so the article that every test reads stays as it is."""
    page = desk("/beheer/intake/nutrient/")
    page.get_by_role("link", name="magnesium").first.click()
    assert violations(page) == []
    page.get_by_role("button", name="Nog een rij").click()
    expect(page.get_by_label("Soort, rij 13")).to_be_focused()
    page.get_by_label("Soort, rij 13").select_option(label="UL")
    for name, text in (("Vanaf (maand)", "0"), ("Hoeveelheid", "250"), ("Bron", "voedingscentrum-magnesium")):
        page.get_by_label(f"{name}, rij 13").fill(text)
    page.get_by_role("button", name="Bewaren en tonen aan lezers").click()
    expect(page.get_by_role("alert")).to_contain_text("Geldt de grens alleen voor supplementen?")
    assert violations(page) == []
    page.get_by_label("Alleen supplementen, rij 13").check()
    page.get_by_role("button", name="Eerst bekijken").click()
    expect(page.get_by_role("heading", name="Dit zou veranderen")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Bewaren en tonen aan lezers").click()
    expect(page.get_by_text("De tabel is bewaard.")).to_be_visible()

    page.get_by_label("Weg, rij 11").check()
    page.get_by_role("button", name="Bewaren en tonen aan lezers").click()
    expect(page.get_by_label("Hoeveelheid, rij 11")).to_have_value("")


@pytest.mark.parametrize("width", [360, 1280])
def test_file_shows_its_difference_and_breaks_no_rule(desk, violations, width):
    page = desk("/beheer/intake/nutrient/inlezen/", width=width)
    assert violations(page) == []
    data = TABLE.read_bytes().replace(b";350;", b";375;")
    page.get_by_label("CSV-bestand").set_input_files({"name": "tabel.csv", "mimeType": "text/csv", "buffer": data})
    page.get_by_role("button", name="Laat het verschil zien").click()
    expect(page.get_by_text("Wordt meteen opnieuw gepubliceerd: ‘Waar is magnesium goed voor? 7 voordelen’.")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
