"""Images in a text: pasted, dropped or chosen, always with a question what they show, and refused when they are no image."""

import base64

import pytest
from playwright.sync_api import expect

from tests.browser.desk import picture, preview_of, tool

pytestmark = pytest.mark.browser

HAND_OVER = """(area, [kind, name, type, bytes]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([Uint8Array.from(atob(bytes), (char) => char.charCodeAt(0))], name, { type }));
  const options = { bubbles: true, cancelable: true };
  area.dispatchEvent(kind === "paste" ? new ClipboardEvent("paste", { ...options, clipboardData: transfer })
    : new DragEvent("drop", { ...options, dataTransfer: transfer }));
}"""


@pytest.fixture
def body(desk_form):
    area = desk_form.locator("#id_sections-0-body")
    area.focus()
    area.press("Control+End")
    return area


def hand_over(area, kind: str, name: str, data: bytes, mime: str = "image/png") -> None:
    area.evaluate(HAND_OVER, [kind, name, mime, base64.b64encode(data).decode()])


def dialog(page):
    return page.get_by_role("dialog", name="Afbeelding toevoegen")


@pytest.mark.parametrize(("kind", "color"), [("paste", "#123456"), ("drop", "#654321")])
def test_an_image_that_is_handed_over_asks_what_it_shows_and_lands_in_the_text(desk_form, body, kind, color):
    hand_over(body, kind, f"vlak-{kind}.png", picture(color))
    alt = dialog(desk_form).get_by_label("Wat is er te zien?")
    expect(alt).to_be_focused()
    dialog(desk_form).get_by_role("button", name="Toevoegen").click()
    expect(dialog(desk_form).get_by_text("Beschrijf wat er te zien is")).to_be_visible()
    expect(alt).to_have_attribute("aria-invalid", "")
    alt.fill("Een effen vlak")
    alt.press("Enter")
    expect(dialog(desk_form)).to_be_hidden()
    expect(body).to_have_value(f"De eerste zin.[@nielsen2006]\n\n![Een effen vlak](media:vlak-{kind})")
    expect(body).to_be_focused()
    shown = preview_of(body).get_by_role("img", name="Een effen vlak")
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("(img) => img.naturalWidth") > 0


def test_an_image_is_chosen_with_the_button_and_may_be_decorative(desk_form, body):
    tool(body, "Afbeelding").click()
    dialog(desk_form).get_by_label("Bestand").set_input_files(
        {"name": "sierlijk vlak.jpg", "mimeType": "image/jpeg", "buffer": picture("#00ff88", "JPEG")}
    )
    expect(dialog(desk_form).locator("[data-thumbnail]")).to_be_visible()
    dialog(desk_form).get_by_label("Decoratief").check()
    expect(dialog(desk_form).get_by_label("Wat is er te zien?")).to_be_disabled()
    dialog(desk_form).get_by_role("button", name="Toevoegen").click()
    expect(body).to_have_value("De eerste zin.[@nielsen2006]\n\n![](media:sierlijk-vlak)")
    expect(preview_of(body).locator("img")).to_have_attribute("alt", "")


@pytest.mark.parametrize(
    ("name", "mime", "data"),
    [
        ("kwaad.gif", "image/gif", b"<html><script>alert(1)</script></html>"),
        ("kwaad.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("half.png", "image/png", picture("#abcdef")[:200]),
    ],
)
def test_a_file_that_is_no_image_is_refused_and_what_was_typed_stays(desk, draft, name, mime, data):
    page = desk(draft.form, reduced_motion="reduce", allow=("status 400", "status of 400"))
    body = page.locator("#id_sections-0-body")
    hand_over(body, "paste", name, data, mime)
    dialog(page).get_by_label("Wat is er te zien?").fill("Iets anders")
    dialog(page).get_by_role("button", name="Toevoegen").click()
    expect(dialog(page).locator("[data-errors=upload]")).not_to_be_empty()
    expect(dialog(page).get_by_label("Wat is er te zien?")).to_have_value("Iets anders")
    dialog(page).get_by_role("button", name="Annuleren").click()
    expect(dialog(page)).to_be_hidden()
    expect(body).to_have_value("De eerste zin.[@nielsen2006]")
    expect(body).to_be_focused()


def test_escape_closes_the_dialog_and_changes_nothing(desk_form, body):
    hand_over(body, "paste", "weg.png", picture("#111111"))
    expect(dialog(desk_form)).to_be_visible()
    desk_form.keyboard.press("Escape")
    expect(dialog(desk_form)).to_be_hidden()
    expect(body).to_have_value("De eerste zin.[@nielsen2006]")
    expect(body).to_be_focused()


def test_text_that_is_pasted_stays_text(desk_form, body):
    body.evaluate(
        "(area) => { const clipboardData = new DataTransfer(); clipboardData.setData('text/plain', 'tekst');"
        " window.kept = area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })); }"
    )
    assert desk_form.evaluate("window.kept") is True
    expect(dialog(desk_form)).to_be_hidden()


def test_the_library_takes_an_image_and_shows_it(desk):
    page = desk("/beheer/articles/image/add/", reduced_motion="reduce")
    page.get_by_label("Bestand").set_input_files({"name": "boom.png", "mimeType": "image/png", "buffer": picture("#22aa44")})
    page.get_by_label("Alternatieve tekst").fill("Een groene boom")
    page.get_by_role("button", name="Opslaan", exact=True).click()
    expect(page.get_by_text("Een groene boom", exact=True)).to_be_visible()
    shown = page.get_by_role("link", name="boom", exact=True).last.locator("img")
    assert shown.evaluate("async (img) => { await img.decode(); return img.naturalWidth; }") > 0
