"""What a screen reader gets: names and roles of every page, where the focus goes, and what is announced."""

import pytest
from playwright.sync_api import expect

from tests.browser.vitaminetest.doing import WRONG, begin, give, go_on, heading, see_result, steps

pytestmark = pytest.mark.browser
ways = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
FOCUSED = "document.activeElement.textContent.trim()"
NUMBER = """
- paragraph:
  - button "Terug"
- paragraph: Vraag 1 · Over jou
- heading "Hoe oud ben je" [level=1]
- group: Waarom vragen we dit?
- paragraph:
  - textbox "Hoe oud ben je"
  - text: jaar
- paragraph:
  - button "Doorgaan"
"""
FAULT = """
- alert:
  - heading "Er ging iets niet goed" [level=2]
  - list:
    - listitem:
      - link "Vul een heel getal in, alleen met cijfers."
"""
CHOICE = """
- group "Wat is je geslacht":
  - heading "Wat is je geslacht" [level=1]
  - radio "Man"
  - radio "Vrouw"
  - radio "Zeg ik liever niet"
"""
SEVERAL = """
- group "Wat eet je elke week":
  - heading "Wat eet je elke week" [level=1]
  - checkbox "Noten"
  - checkbox "Peulvruchten"
  - checkbox "Geen van deze"
"""
CHECK = """
- term: Hoe oud ben je
- definition: 40 jaar
- definition:
  - button "Wijzig je antwoord op ‘Hoe oud ben je’"
"""
RESULT = """
- heading "Je uitslag" [level=1]
- region "Tips":
  - heading "Tips" [level=2]
  - article:
    - heading "Noten" [level=3]
    - list:
      - listitem:
        - link "Meer over bron 1, Magnesium in prevention and [...]"
- region "Je ADH":
  - heading "Je ADH" [level=2]
  - paragraph: Voor jou geldt een ADH van 350 milligram magnesium per dag.
- region "Wil je dit houden?":
  - list:
    - listitem:
      - button "Bewaar als bestand"
    - listitem:
      - button "Voeg toe aan mijn adviesaanvraag"
  - paragraph:
    - link "Opnieuw beginnen"
"""


@ways
def test_every_page_has_its_names_and_roles(open_test, script):
    page = open_test(java_script_enabled=script)
    main = page.get_by_role("main")
    shapes = {"Hoe oud ben je": NUMBER, "Wat is je geslacht": CHOICE, "Wat eet je elke week": SEVERAL}
    for question in steps(page):
        if question in shapes:
            expect(main).to_match_aria_snapshot(shapes[question])
    expect(main).to_match_aria_snapshot(CHECK)
    see_result(page)
    expect(main).to_match_aria_snapshot(RESULT)


def test_every_page_is_announced_by_its_heading_and_title(open_test):
    page = open_test()
    for question in steps(page):
        assert page.evaluate(FOCUSED) == question
        expect(page).to_have_title(f"{question} · Een proefje · Magsite")
    assert page.evaluate(FOCUSED) == "Controleer je antwoorden"
    see_result(page)
    assert page.evaluate(FOCUSED) == "Je uitslag"
    page.get_by_role("button", name="Terug naar je antwoorden").click()
    assert page.evaluate(FOCUSED) == "Controleer je antwoorden"


@ways
def test_a_mistake_is_announced_and_leads_to_its_field(open_test, script):
    page = open_test(java_script_enabled=script, allow=WRONG)
    begin(page)
    page.get_by_role("textbox").fill("veertig")
    go_on(page)
    expect(page).to_have_title("Fout: Hoe oud ben je · Een proefje · Magsite")
    expect(page.get_by_role("main")).to_match_aria_snapshot(FAULT)
    expect(page.locator(".problems")).to_be_focused()
    field = page.get_by_role("textbox", name="Hoe oud ben je")
    expect(field).to_have_value("veertig")
    expect(field).to_have_accessible_description("jaar Fout: Vul een heel getal in, alleen met cijfers.")
    expect(field).to_have_attribute("aria-invalid", "true")
    page.get_by_role("link", name="Vul een heel getal in, alleen met cijfers.").click()
    expect(field).to_be_focused()
    field.fill("40")
    go_on(page)
    expect(heading(page)).to_have_text("Wat is je geslacht")
    go_on(page)
    page.get_by_role("link", name="Kies een antwoord, of kies ‘zeg ik liever niet’.").click()
    expect(page.get_by_label("Man")).to_be_focused()


def test_a_field_without_a_mistake_says_nothing_of_one(open_test):
    page = open_test()
    begin(page)
    field = page.get_by_role("textbox", name="Hoe oud ben je")
    expect(field).to_have_accessible_description("jaar")
    assert field.get_attribute("aria-invalid") is None
    assert page.get_by_role("alert").count() == 0
    give(page, "40")
    go_on(page)
    expect(page.get_by_label("Man")).not_to_have_attribute("aria-invalid", "true")
