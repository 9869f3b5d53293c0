"""Two editors on one article, each in a browser of their own; and an outsider who reads a draft by a link."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import save_draft

pytestmark = pytest.mark.browser
ANNA = """
from django.contrib.auth.models import Group, User
anna = User.objects.create_user("anna.smit", password="een-lang-wachtwoord", is_staff=True, first_name="Anna", last_name="Smit")
anna.groups.set(Group.objects.filter(name__in=["Redacteur", "Eindredacteur"]))
"""
CONFLICT = ("409",)


@pytest.fixture(scope="session")
def anna_state(chromium, site):
    """The cookies of a second editor, Anna."""
    site.manage("shell", "--verbosity", "0", "--command", ANNA)
    context = chromium.new_context(base_url=site.url)
    page = context.new_page()
    page.goto("/beheer/")
    page.get_by_label("Gebruikersnaam").fill("anna.smit")
    page.get_by_label("Wachtwoord").fill("een-lang-wachtwoord")
    page.get_by_role("button", name="Aanmelden").click()
    page.wait_for_url("**/beheer/")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def forms(desk, browse, anna_state, draft):
    """Mine and Anna's form of one article, both open. `options` go to the context of mine."""

    def open_both(**options):
        options = {"reduced_motion": "reduce"} | options
        mine = desk(draft.form, allow=CONFLICT, **options)
        return mine, browse(draft.form, storage_state=anna_state, reduced_motion="reduce")

    return open_both


def conflict(page):
    return page.get_by_role("region", name="Dit artikel is bewaard terwijl jij schreef")


def test_both_texts_are_kept_and_the_second_save_is_a_choice(forms):
    mine, hers = forms()
    mine.locator("#id_sections-0-body").fill("De zin van mij.")
    mine.locator("#id_intro").fill("Inleiding van mij.")
    hers.locator("#id_sections-0-body").fill("De zin van Anna.")
    hers.locator("#id_intro").fill("Inleiding van Anna.")
    hers.locator("#id_sections-1-body").fill("Alleen Anna.")
    save_draft(hers)
    mine.get_by_role("button", name="Opslaan als concept").click()

    expect(conflict(mine)).to_contain_text("Anna Smit bewaarde")
    expect(conflict(mine)).to_contain_text("Hoofdstuk ‘Tweede hoofdstuk’")
    expect(mine.locator("#id_sections-0-body")).to_have_value("De zin van mij.")
    expect(mine.locator("#id_sections-1-body")).to_have_value("Alleen Anna.")
    expect(mine.locator("[data-unsaved-mark]")).to_be_hidden()
    hers.reload()
    expect(hers.locator("#id_sections-0-body")).to_have_value("De zin van Anna.")
    mine.get_by_role("group", name="Inleiding").get_by_label("Neem de tekst van Anna Smit").check()
    mine.get_by_role("button", name="Bewaar zo").click()
    expect(mine.get_by_text("Het concept is bewaard.")).to_be_visible()
    expect(mine.locator("#id_intro")).to_have_value("Inleiding van Anna.")
    expect(mine.locator("#id_sections-0-body")).to_have_value("De zin van mij.")
    expect(mine.locator("#id_sections-1-body")).to_have_value("Alleen Anna.")


def test_it_works_without_script(forms):
    mine, hers = forms(java_script_enabled=False)
    mine.locator("#id_title").fill("Mijn titel")
    mine.locator("#id_sections-1-body").fill("Van mij.")
    hers.locator("#id_title").fill("Titel van Anna")
    hers.locator("#sections-1 .inline-deletelink, #id_sections-1-DELETE").first.check()
    save_draft(hers)
    mine.get_by_role("button", name="Opslaan als concept").click()

    expect(conflict(mine)).to_contain_text("Anna Smit heeft dit onderdeel verwijderd, jij hebt het veranderd.")
    mine.get_by_role("group", name="Titel").get_by_role("checkbox").check()
    mine.get_by_role("button", name="Bewaar zo").click()
    expect(mine.get_by_text("Het concept is bewaard.")).to_be_visible()
    expect(mine.locator("#id_title")).to_have_value("Titel van Anna")
    expect(mine.locator("#id_sections-1-body")).to_have_value("Van mij.")


def test_the_page_breaks_no_rule_of_axe_and_fits_a_small_screen(forms, violations):
    mine, hers = forms(width=360, height=740)
    for page, text in ((mine, "mij"), (hers, "Anna")):
        page.locator("#id_intro").fill(f"Inleiding van {text}. " * 60)
        page.locator("#id_title").fill(f"{'Heel' * 30} {text}")
    save_draft(hers)
    mine.get_by_role("button", name="Opslaan als concept").click()

    expect(conflict(mine)).to_be_visible()
    assert violations(mine) == []
    assert mine.evaluate("document.documentElement.scrollWidth") <= 360


def test_going_back_after_saving_says_that_it_was_yourself(desk, draft):
    page = desk(draft.form, allow=CONFLICT, reduced_motion="reduce")
    page.locator("#id_intro").fill("Een.")
    save_draft(page)
    page.go_back()
    page.locator("#id_intro").fill("Twee.")
    page.get_by_role("button", name="Opslaan als concept").click()

    expect(page.get_by_text("Het concept is bewaard.").or_(conflict(page))).to_be_visible()
    if conflict(page).count():
        expect(conflict(page)).to_contain_text("Je hebt zelf op")
        page.get_by_role("button", name="Bewaar zo").click()
        expect(page.get_by_text("Het concept is bewaard.")).to_be_visible()
    expect(page.locator("#id_intro")).to_have_value("Twee.")


def test_an_outsider_reads_the_draft_until_the_link_is_taken_back(desk, browse, draft, violations):
    page = desk(draft.form, reduced_motion="reduce")
    page.get_by_text("Voorbeeldlinks voor wie geen account heeft").click()
    page.get_by_label("Voor wie?").fill("Dr. Bakker")
    page.get_by_role("button", name="Maak een voorbeeldlink").click()
    address = page.locator("#preview-link").inner_text()
    expect(page.get_by_role("button", name="Kopieer de link")).to_be_visible()
    assert violations(page) == []

    reader = browse(address, reduced_motion="reduce", allow=("404",))
    expect(reader.get_by_role("heading", level=1)).to_have_text(draft.title)
    expect(reader.get_by_role("region", name="Voorbeeld")).to_contain_text("nog niet openbaar")
    assert violations(reader) == []
    page.get_by_role("link", name="Terug naar het artikel").click()
    expect(page.locator("#voorbeeldlinks")).to_contain_text("1 keer geopend")
    assert violations(page) == []
    page.get_by_role("button", name="Trek in de link voor Dr. Bakker").click()
    expect(page.get_by_text("De voorbeeldlink is ingetrokken")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("Deze link is verlopen of ingetrokken.")).to_be_visible()
    assert violations(reader) == []


def test_saved_drafts_are_compared_and_put_back(desk, draft, violations):
    page = desk(draft.form, reduced_motion="reduce")
    page.locator("#id_intro").fill("Anders.")
    save_draft(page)
    page.get_by_role("link", name="Geschiedenis").click()
    page.get_by_text("Wie bewaarde wat").click()
    page.get_by_role("link", name="Vergelijk concept 1 met nu").click()
    expect(page.get_by_role("heading", name="Van bewaard concept 1 naar het concept van nu")).to_be_visible()
    page.get_by_text("Wie bewaarde wat").click()
    assert violations(page) == []
    page.get_by_role("button", name="Zet concept 1 terug").click()
    expect(page.get_by_text("Concept 1 is teruggezet.")).to_be_visible()
    expect(page.locator("#id_intro")).to_have_value("Een inleiding met een bron.[@grober2015]")
