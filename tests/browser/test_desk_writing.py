"""Writing at the editors' desk: what is typed is seen at once as readers will see it, and citing takes a few keys."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import field_of, preview_of, save_draft, sources_of, tool, write_at_end

pytestmark = pytest.mark.browser

TWO_FRAMES = "new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))"


@pytest.fixture
def intro(desk_form):
    return desk_form.locator("#id_intro")


@pytest.fixture
def second(desk_form):
    return desk_form.locator("#id_sections-1-body")


def test_login_lets_an_editor_in_and_nobody_without_the_password(browse, site):
    page = browse("/beheer/articles/article/?q=magnesium")
    page.get_by_label("Gebruikersnaam").fill("redacteur")
    page.get_by_label("Wachtwoord").fill("geraden")
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_text("Deze gebruikersnaam en dit wachtwoord horen niet bij elkaar.")).to_be_visible()
    page.get_by_label("Wachtwoord").fill(site.passwords["redacteur"])
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.get_by_role("link", name="Waar is magnesium goed voor? 7 voordelen")).to_be_visible()


def test_preview_shows_what_is_typed_with_the_numbers_of_the_whole_article(second):
    second.fill("Een nieuwe zin.[@grober2015] En **nog** een.[@wester1992]")
    expect(preview_of(second)).to_have_text("Een nieuwe zin.1 En nog een.3")
    expect(preview_of(second).locator("strong")).to_have_text("nog")


def test_a_source_typed_earlier_renumbers_the_previews_further_on(desk_form, intro, second):
    second.focus()
    expect(preview_of(second)).to_have_text("De tweede zin.3")
    write_at_end(intro, " Nog een.[@wester1992]")
    expect(preview_of(intro)).to_have_text("Een inleiding met een bron.1 Nog een.2")
    second.focus()
    expect(preview_of(second)).to_have_text("De tweede zin.4")


def test_an_answer_that_comes_late_leaves_no_old_number_behind(desk_form, intro):
    held, far = [], desk_form.locator("#id_benefits-0-body")

    def hold_early_ones(route):
        is_early = "wester1992" not in route.request.post_data and 'name="field"\r\n\r\nbenefits-0' in route.request.post_data
        held.append(route) if is_early else route.continue_()

    desk_form.route("**/voorbeeld-fragment/", hold_early_ones)
    desk_form.set_viewport_size({"width": 1280, "height": 300})
    far.focus()
    intro.focus()
    expect(preview_of(intro)).to_have_text("Een inleiding met een bron.1")
    desk_form.evaluate(TWO_FRAMES)  # only now the page knows that the other field is out of sight
    write_at_end(intro, " Nog een.[@wester1992]")
    expect(preview_of(intro)).to_have_text("Een inleiding met een bron.1 Nog een.2")
    held[-1].continue_()
    expect(preview_of(far)).to_have_text("Een voordeel met een bron.4")
    far.focus()
    expect(preview_of(far)).to_have_text("Een voordeel met een bron.5")


def test_preview_looks_like_the_page_and_not_like_the_desk(second):
    second.fill("Tekst\n\n### Kop\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n: Bijschrift")
    expect(preview_of(second).get_by_role("table", name="Bijschrift")).to_be_visible()
    expect(preview_of(second).locator("h3")).to_be_visible()
    family = preview_of(second).locator("p").first.evaluate("(p) => getComputedStyle(p).fontFamily")
    assert "serif" in family.split(",")[0].lower()


def test_preview_never_runs_what_is_typed(desk_form, second):
    second.fill("<script>window.ran = 1</script><img src=x onerror='window.ran = 1'> [klik](javascript:window.ran=1) klaar")
    expect(preview_of(second)).to_contain_text("klaar")
    assert preview_of(second).locator("script, img, [onerror], a[href^='javascript']").count() == 0
    assert desk_form.evaluate("window.ran") is None


def test_an_unknown_source_is_seen_in_the_preview(second):
    write_at_end(second, " Onzin.[@bestaatniet]")
    expect(preview_of(second).locator(".cite-unknown")).to_have_text("[@bestaatniet]")


def test_a_row_that_is_added_has_its_preview_and_tools(desk_form):
    desk_form.get_by_role("button", name="hoofdstuk toevoegen").click()
    expect(desk_form.locator("#id_sections-3-heading")).to_be_focused()
    desk_form.keyboard.type("Vierde hoofdstuk")
    body = desk_form.locator("#id_sections-3-body")
    write_at_end(body, "De vierde zin.[@gro")
    expect(sources_of(body).get_by_role("option")).to_have_count(1)
    desk_form.keyboard.press("Enter")
    desk_form.keyboard.type(" En [@ods2022].")
    expect(preview_of(body)).to_have_text("De vierde zin.1 En 5.")
    save_draft(desk_form)
    expect(desk_form.locator("#id_sections-3-heading")).to_have_value("Vierde hoofdstuk")
    expect(desk_form.locator("#id_sections-3-body")).to_have_value("De vierde zin.[@grober2015] En [@ods2022].")


def test_typing_a_bracket_and_at_offers_sources_and_enter_takes_one(second):
    write_at_end(second, " Nog iets.[@grob")
    expect(sources_of(second).get_by_role("option", selected=True)).to_contain_text("Gröber")
    second.press("Enter")
    expect(second).to_have_value("De tweede zin.[@barbagallo2009] Nog iets.[@grober2015]")
    expect(sources_of(second)).to_be_hidden()
    expect(second).to_be_focused()
    expect(preview_of(second)).to_have_text("De tweede zin.3 Nog iets.1")


def test_arrows_choose_among_the_sources_that_are_offered(second):
    write_at_end(second, " Nog iets.[@nutrients")
    options = sources_of(second).get_by_role("option")
    expect(options.first).to_have_attribute("aria-selected", "true")
    keys = options.evaluate_all("(all) => all.map((option) => option.dataset.key)")
    assert len(keys) > 2
    second.press("ArrowDown")
    second.press("ArrowDown")
    expect(options.nth(2)).to_have_attribute("aria-selected", "true")
    expect(second).to_have_attribute("aria-activedescendant", options.nth(2).get_attribute("id"))
    second.press("ArrowUp")
    second.press("Enter")
    expect(second).to_have_value(f"De tweede zin.[@barbagallo2009] Nog iets.[@{keys[1]}]")


def test_escape_closes_the_list_of_sources_and_keeps_the_text(second):
    write_at_end(second, " Nog iets.[@grob")
    expect(sources_of(second).get_by_role("option")).to_have_count(1)
    second.press("Escape")
    expect(sources_of(second)).to_be_hidden()
    expect(second).to_have_value("De tweede zin.[@barbagallo2009] Nog iets.[@grob")
    expect(second).to_be_focused()


@pytest.mark.parametrize(("asked", "key"), [("Nielsen 2006", "nielsen2006"), ("muscle soreness", "tarsitano2024")])
def test_button_finds_a_source_by_author_year_or_title(second, asked, key):
    second.focus()
    second.press("Control+Home")
    tool(second, "Citeer").click()
    search = field_of(second).get_by_label("Zoek een bron")
    expect(search).to_be_focused()
    search.press_sequentially(asked)
    expect(sources_of(second).get_by_role("option")).to_have_count(1)
    search.press("Enter")
    expect(second).to_have_value(f"[@{key}]De tweede zin.[@barbagallo2009]")
    expect(second).to_be_focused()


def test_a_source_can_be_taken_with_the_mouse_and_undone(second):
    write_at_end(second, "[@grob")
    sources_of(second).get_by_role("option").click()
    expect(second).to_have_value("De tweede zin.[@barbagallo2009][@grober2015]")
    second.press("Control+z")
    expect(second).not_to_have_value("De tweede zin.[@barbagallo2009][@grober2015]")


def test_tab_leaves_the_text_and_shift_tab_goes_back(desk_form, second):
    second.focus()
    expect(preview_of(second)).to_be_visible()
    before = second.input_value()
    second.press("Tab")
    expect(second).not_to_be_focused()
    desk_form.keyboard.press("Shift+Tab")
    expect(second).to_be_focused()
    assert second.input_value() == before
    desk_form.keyboard.press("Shift+Tab")
    expect(tool(second, "Citeer")).to_be_focused()


def test_toolbar_is_one_stop_and_the_arrows_go_through_it(second):
    tool(second, "Citeer").focus()
    second.page.keyboard.press("ArrowRight")
    expect(tool(second, "Kop")).to_be_focused()
    second.page.keyboard.press("End")
    expect(tool(second, "Afbeelding")).to_be_focused()
    second.page.keyboard.press("Tab")
    expect(second).to_be_focused()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Vet", "**zin**"), ("Cursief", "*zin*"), ("Kop", "### zin"), ("Lijst", "- zin"), ("Link", "[zin](https://)")],
)
def test_tools_change_what_is_selected(second, name, expected):
    second.fill("zin")
    second.select_text()
    tool(second, name).click()
    expect(second).to_have_value(expected)


def test_control_s_saves_the_draft(desk_form, second):
    second.fill("Met het toetsenbord bewaard.")
    second.press("Control+s")
    expect(desk_form.get_by_text("Het concept is bewaard.")).to_be_visible()
    expect(desk_form.locator("#id_sections-1-body")).to_have_value("Met het toetsenbord bewaard.")


def test_leaving_with_unsaved_text_asks_first(desk_form, second):
    questions = []
    desk_form.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.dismiss()))
    second.fill("Nog niet bewaard.")
    expect(desk_form.get_by_text("Niet-bewaarde wijzigingen")).to_be_visible()
    desk_form.get_by_role("link", name="Geschiedenis").click(no_wait_after=True)
    desk_form.wait_for_function("document.readyState === 'complete'")
    assert questions == ["beforeunload"]
    expect(second).to_have_value("Nog niet bewaard.")


def test_form_works_without_script(desk, draft):
    page = desk(draft.form, java_script_enabled=False)
    page.locator("#id_sections-0-place").fill("3")
    page.locator("#id_sections-2-place").fill("1")
    page.locator("#id_sections-1-body").fill("Zonder script.")
    page.get_by_role("button", name="Opslaan als concept").click()
    assert [page.locator(f"#id_sections-{i}-heading").input_value() for i in range(3)] == [
        "Derde hoofdstuk", "Tweede hoofdstuk", "Eerste hoofdstuk",
    ]  # fmt: skip
    expect(page.locator("#id_sections-1-body")).to_have_value("Zonder script.")
