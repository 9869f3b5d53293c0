"""Every page of the editors' desk by the rules of axe, with everything open that can open, in both colour schemes."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import picture, preview_of, sources_of, tool, write_at_end

pytestmark = pytest.mark.browser

PAGES = (
    "/beheer/",
    "/beheer/articles/article/",
    "/beheer/articles/article/?q=bestaatniet",
    "/beheer/articles/article/add/",
    "/beheer/articles/image/",
    "/beheer/articles/image/1/change/",
    "/beheer/articles/image/add/",
    "/beheer/articles/image/1/delete/",
    "/beheer/references/reference/",
    "/beheer/references/reference/1/change/",
    "/beheer/references/reference/add/",
    "/beheer/references/reference/1/delete/",
    "/beheer/references/healthclaim/",
    "/beheer/references/healthclaim/1/change/",
    "/beheer/password_change/",
    "/beheer/articles/article/1/change/",
    "/beheer/articles/article/1/history/",
    "/beheer/articles/redirect/",
    "/beheer/articles/redirect/add/",
    "/beheer/articles/redirect/plakken/",
    "/beheer/articles/article/1/history/?datum=2027-03-28&tijd=02:30",
    "/beheer/articles/article/1/inplannen/",
    "/beheer/articles/article/1/intrekken/",
    "/beheer/articles/article/1/versies/1/",
)


def test_login_breaks_no_rule_of_axe(browse, violations):
    page = browse("/beheer/", reduced_motion="reduce")
    assert violations(page) == []
    page.get_by_label("Gebruikersnaam").fill("redacteur")
    page.get_by_label("Wachtwoord").fill("geraden")
    page.get_by_role("button", name="Aanmelden").click()
    expect(page.locator(".errornote")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_page_of_the_desk_breaks_no_rule_of_axe(desk, violations, path):
    page = desk(path, reduced_motion="reduce")
    assert violations(page) == []


def test_form_with_preview_list_and_dialog_open_breaks_no_rule_of_axe(desk, draft, violations):
    page = desk(draft.form, reduced_motion="reduce")
    body = page.locator("#id_sections-0-body")
    write_at_end(body, " Fout.[@bestaatniet] En [@gro")
    expect(preview_of(body)).to_contain_text("[@bestaatniet]")
    expect(sources_of(body).get_by_role("option")).to_have_count(1)
    assert violations(page) == []
    body.press("Escape")
    tool(body, "Citeer").click()
    expect(sources_of(body).get_by_role("option").first).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    tool(body, "Afbeelding").click()
    page.get_by_role("button", name="Toevoegen", exact=True).click()
    expect(page.get_by_text("Kies een bestand.")).to_be_visible()
    assert violations(page) == []


def test_form_with_errors_breaks_no_rule_of_axe(desk, draft, violations):
    page = desk(draft.form, reduced_motion="reduce")
    page.locator("#id_title").fill("")
    page.locator("#id_sections-1-anchor").fill("eerste")
    page.locator("#id_title").evaluate("(input) => { input.form.noValidate = true; }")
    page.get_by_role("button", name="Opslaan als concept").click()
    expect(page.locator(".errornote")).to_be_visible()
    assert violations(page) == []


def test_list_with_a_decorative_image_breaks_no_rule_of_axe(desk, violations):
    page = desk("/beheer/articles/image/add/", reduced_motion="reduce")
    page.get_by_label("Bestand").set_input_files({"name": "sier.png", "mimeType": "image/png", "buffer": picture("#77aa11")})
    page.get_by_label("Decoratief").check()
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_role("link", name="sier").first).to_be_visible()
    assert violations(page) == []


def test_form_on_a_small_screen_does_not_scroll_sideways(desk, draft, violations):
    page = desk(draft.form, width=360, height=740, reduced_motion="reduce")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []


# Which fields of the open rows stick out of the window, and how far it is at most from a field to the next one.
SIZES = """
  () => {
    const shown = [...document.querySelectorAll("#benefits-group .dynamic-benefits .form-row")];
    const fields = shown.flatMap((row) => [...row.querySelectorAll("input, textarea, label")]);
    const boxes = fields.map((field) => field.getBoundingClientRect());
    const heights = shown.map((row) => [row.offsetHeight, row.querySelector(".markdown-field, [id$=-claims]")]);
    return {
      claims: document.querySelectorAll("#id_benefits-0-claims label").length,
      sticking: boxes.filter((box) => box.right > innerWidth).length,
      tallest: Math.max(...heights.filter(([, large]) => !large).map(([height]) => height)),
    };
  }
"""


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_every_field_of_an_open_row_is_in_sight(desk, draft, width):
    page = desk(draft.form, width=width, reduced_motion="reduce")
    sizes = page.evaluate(SIZES)
    assert (sizes["claims"] > 3, sizes["sticking"], sizes["tallest"] < 140) == (True, 0, True), sizes


def test_preview_page_breaks_no_rule_of_axe(desk, draft, violations):
    page = desk(draft.form.replace("change", "voorbeeld"), reduced_motion="reduce")
    expect(page.get_by_role("heading", level=1)).to_have_text(draft.title)
    assert violations(page) == []
