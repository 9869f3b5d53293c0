"""An editor changes a questionnaire with form fields alone: a question, its condition, a test case; the chief publishes it."""

import itertools
import re

import pytest
from playwright.sync_api import expect

from tests.vitaminetest.samples import FILE

pytestmark = pytest.mark.browser
PASSWORD = "een-lang-wachtwoord"
MAKE_WRITER = f"""
from django.contrib.auth.models import Group, User
user = User.objects.create_user("vragenmaker", password="{PASSWORD}", is_staff=True)
user.groups.set(Group.objects.filter(name="Redacteur"))
"""
LIST = "/beheer/vitaminetest/questionnaire/"
numbers = itertools.count(1)


@pytest.fixture(scope="session")
def writer_of_tests(chromium, site):
    """The cookies of somebody who writes, and may not publish."""
    site.manage("shell", "--verbosity", "0", "--command", MAKE_WRITER)
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    page.goto("/beheer/")
    page.get_by_label("Gebruikersnaam").fill("vragenmaker")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_url("**/beheer/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def title(site) -> str:
    """The title of a questionnaire for this test alone."""
    slug = f"browserproef-{next(numbers)}"
    file = site.folder / f"{slug}.yaml"
    file.write_text(FILE.replace("Een proefje", f"Test {slug}"), encoding="utf-8")
    site.manage("import_questionnaire", str(file))
    return f"Test {slug}"


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def options(request) -> dict:
    return {"java_script_enabled": request.param, "reduced_motion": "reduce"}


def part(page, name: str):
    return page.locator(".part-line").filter(has_text=name)


def add_question(page, has_script: bool) -> None:
    page.get_by_role("link", name="Vraag erbij in Wat je eet").click()
    page.get_by_label("Vraag:", exact=True).fill("Eet je wel eens zaden?")
    page.get_by_label("Soort:").select_option("yesno")
    row = page.locator("#clauses-0")
    row.get_by_label("Vraag").select_option("vraag:soms")
    row.get_by_label("Vergelijking").select_option("is_not")
    if has_script:
        row.get_by_role("checkbox", name="Noten", exact=True).check()
        expect(row.get_by_label("Getal")).to_be_hidden()
    else:
        row.get_by_label("Antwoord").select_option(["soms=noten"])
    page.get_by_role("button", name="Bewaar", exact=True).click()


def add_case(page, expected: str) -> None:
    page.get_by_role("link", name="Proef erbij").click()
    page.get_by_label("Naam:").fill("Eet zaden")
    page.get_by_label("Hoe oud ben je").fill("40")
    page.get_by_label("Wat is je geslacht").select_option("man")
    page.get_by_role("checkbox", name="Peulvruchten").check()
    page.get_by_label("Eet je volkoren brood").select_option("ja")
    page.get_by_label("Eet je wel eens zaden?").select_option("ja")
    page.get_by_role("checkbox", name=expected).check()
    page.get_by_role("button", name="Bewaar", exact=True).click()


def test_an_editor_adds_a_question_and_a_test_case_and_the_chief_publishes(browse, desk, writer_of_tests, title, options):
    page = browse(LIST, storage_state=writer_of_tests, **options)
    page.get_by_role("link", name=title).click()
    add_question(page, options["java_script_enabled"])
    expect(part(page, "Eet je wel eens zaden?")).to_contain_text("alleen als soms is niet Noten")
    expect(page.get_by_role("link", name="Publiceer …")).to_have_count(0)

    add_case(page, "Noten (noten)")
    expect(part(page, "Eet zaden").locator(".status")).to_have_text("rood")
    expect(part(page, "Eet zaden")).to_contain_text("verwacht ‘noten’, maar het werd ‘lees’")
    expect(page.get_by_role("link", name=re.compile("Nog 1 fout"))).to_be_visible()

    part(page, "Eet zaden").get_by_role("link", name="Eet zaden").click()
    page.get_by_role("checkbox", name="Noten (noten)").uncheck()
    page.get_by_role("checkbox", name="Lees verder (lees)").check()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_text("De proef is groen")).to_be_visible()
    expect(part(page, "Eet zaden").locator(".status")).to_have_text("groen")

    chief = desk(page.url.split("#")[0], **options)
    chief.get_by_role("link", name="Publiceer …").click()
    chief.get_by_role("button", name="Publiceer").click()
    expect(chief.get_by_text("Dit veld is verplicht.")).to_be_visible()
    chief.get_by_label("Wat is er veranderd, en waarom?").fill("Zaden erbij.")
    chief.get_by_role("button", name="Publiceer").click()
    expect(chief.get_by_text("Versie 1 is gepubliceerd.")).to_be_visible()
    expect(chief.get_by_text("Zaden erbij.")).to_be_visible()


def test_a_wrong_line_says_so_and_keeps_what_was_typed(browse, writer_of_tests, title, options):
    page = browse(LIST, storage_state=writer_of_tests, **options)
    page.get_by_role("link", name=title).click()
    page.get_by_role("link", name="Lees verder", exact=True).click()
    page.get_by_label("Titel:").fill("Lees nog verder")
    row = page.locator("#clauses-0")
    row.get_by_label("Vraag").select_option("vraag:leeftijd")
    row.get_by_label("Vergelijking").select_option("at_least")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.locator("#clauses-0").get_by_text("Vul een getal in.")).to_be_visible()
    expect(page.get_by_label("Titel:")).to_have_value("Lees nog verder")
    page.locator("#clauses-0").get_by_label("Getal").fill("18")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(part(page, "Lees nog verder")).to_contain_text("alleen als leeftijd ≥ 18 jaar")


def test_a_condition_is_made_by_keyboard(browse, writer_of_tests, title):
    page = browse(LIST, storage_state=writer_of_tests, reduced_motion="reduce")
    page.get_by_role("link", name=title).click()
    page.get_by_role("link", name="Lees verder", exact=True).click()
    row = page.locator("#clauses-0")
    row.get_by_label("Vraag").focus()
    page.keyboard.type("Eet je volkoren")
    page.keyboard.press("Tab")
    expect(row.get_by_label("Vergelijking")).to_be_focused()
    page.keyboard.press("Tab")
    expect(row.get_by_role("checkbox", name="Ja")).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Bewaar", exact=True).focus()
    page.keyboard.press("Enter")
    expect(part(page, "Lees verder").first).to_contain_text("alleen als volkoren = Ja")


def test_lines_are_added_and_taken_away(browse, writer_of_tests, title):
    page = browse(LIST, storage_state=writer_of_tests, reduced_motion="reduce")
    page.get_by_role("link", name=title).click()
    page.get_by_role("link", name="Overleg", exact=True).click()
    rows = page.locator("#clauses-group .inline-related:not(.empty-form)")
    expect(rows).to_have_count(3)
    expect(rows.nth(0).get_by_label("Hoort bij de vorige regel")).to_be_hidden()
    page.get_by_role("button", name=re.compile("Nog een voorwaarde", re.IGNORECASE)).click()
    expect(rows).to_have_count(4)
    rows.nth(3).get_by_label("Hoort bij de vorige regel").select_option("or")
    rows.nth(3).get_by_label("Vraag").select_option("score:bord")
    expect(rows.nth(3).get_by_label("Vergelijking")).to_have_value("at_least")
    rows.nth(3).get_by_label("Getal").fill("4")
    rows.nth(0).get_by_role("button", name="Verwijder").click()
    page.get_by_role("button", name="Bewaar", exact=True).click()
    words = "alleen als situatie = Ik ben zwanger of Ik geef borstvoeding, of score bord ≥ 4"
    expect(part(page, "Overleg").first).to_contain_text(words)


def test_what_is_tried_becomes_a_test_case(browse, writer_of_tests, title, options):
    page = browse(LIST, storage_state=writer_of_tests, **options)
    page.get_by_role("link", name=title).click()
    page.get_by_role("link", name="Probeer het concept").click()
    page.get_by_label("Hoe oud ben je").fill("15")
    page.get_by_role("button", name="Toon wat dit oplevert").click()
    expect(page.get_by_role("heading", name="Wat dit oplevert")).to_be_visible()
    expect(page.locator(".result-outcomes")).to_contain_text("Overleg huisarts omdat leeftijd ≤ 17 jaar")
    page.get_by_label("Naam van de proef").fill("Vijftien")
    page.get_by_role("button", name="Bewaar als proef").click()
    expect(page.get_by_text("De proef ‘Vijftien’ is bewaard.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Overleg (arts)")).to_be_checked()


@pytest.mark.parametrize("width", [768, 1280])
def test_pages_break_no_rule_of_axe_and_fit(desk, violations, site, title, width):
    page = desk(LIST, width=width, reduced_motion="reduce")
    page.get_by_role("link", name=title).click()
    home = page.url
    pages = [
        home,
        *(home.replace("change/", f"{name}/") for name in ("proberen", "publiceren", "intrekken", "importeren", "history")),
    ]
    pages += [
        f"/beheer/vitaminetest/{kind}/add/?vragenlijst={re.search('[0-9]+/change', home)[0].split('/')[0]}"
        for kind in ("section", "question", "score", "outcome", "case")
    ]
    names = ("Over jou", "Ben je zwanger of geef je borstvoeding", "Magnesium op je bord", "Overleg", "Jong")
    for name in names:
        page.goto(home)
        pages.append(page.get_by_role("link", name=name, exact=True).get_attribute("href"))
    pages.append(pages[-1].replace("change", "delete"))
    for path in [LIST, f"{LIST}add/", f"{LIST}1/versies/1/", *pages]:
        page.goto(path)
        assert (path, violations(page)) == (path, [])
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.goto(home.replace("change/", "publiceren/"))
    page.get_by_role("button", name="Publiceer").click()
    assert violations(page) == []
    page.goto(home.replace("change/", "proberen/"))
    page.get_by_label("Hoe oud ben je").fill("15")
    page.get_by_role("button", name="Toon wat dit oplevert").click()
    assert violations(page) == []


def test_an_uploaded_file_shows_its_difference_first(browse, writer_of_tests, title, site, options):
    page = browse(LIST, storage_state=writer_of_tests, **options)
    page.get_by_role("link", name=title).click()
    page.get_by_role("link", name="Lees een YAML-bestand in …").click()
    data = FILE.replace("title: Noten", "title: Nootjes").encode()
    page.get_by_label("YAML-bestand").set_input_files([{"name": "x.yaml", "mimeType": "application/yaml", "buffer": data}])
    page.get_by_role("button", name="Toon het verschil").click()
    expect(page.locator(".lines ins").filter(has_text="Nootjes")).to_be_visible()
    page.get_by_role("button", name="Zet dit in het concept").click()
    expect(part(page, "Nootjes")).to_be_visible()
