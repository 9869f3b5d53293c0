"""Where things are on the editors' form, and the few moves that every test of it makes."""

import io

from PIL import Image
from playwright.sync_api import Locator, Page


def field_of(area: Locator) -> Locator:
    """Return the whole Markdown field around a text: toolbar, text and preview."""
    return area.page.locator(".markdown-field", has=area)


def preview_of(area: Locator) -> Locator:
    return field_of(area).locator("[data-markdown-preview] .prose")


def tool(area: Locator, name: str) -> Locator:
    return field_of(area).get_by_role("button", name=name, exact=True)


def sources_of(area: Locator) -> Locator:
    """Return the list of sources that opens when one is being cited."""
    return field_of(area).get_by_role("listbox", name="Bronnen")


def write_at_end(area: Locator, text: str) -> None:
    area.focus()
    area.press("Control+End")
    area.press_sequentially(text)


def save_draft(page: Page) -> None:
    page.get_by_role("button", name="Opslaan als concept").click()
    page.get_by_text("Het concept is bewaard.").wait_for()


def headings(page: Page, kind: str) -> list[str]:
    """Return the headings of the rows (`sections` or `benefits`) as they stand on the page."""
    rows = page.locator(f"#{kind}-group .inline-related:not(.empty-form)")
    return rows.locator("[name$='-heading'], [name$='-title']").evaluate_all("(all) => all.map((input) => input.value)")


def places(page: Page, kind: str) -> list[str]:
    rows = page.locator(f"#{kind}-group .inline-related:not(.empty-form)")
    return rows.locator("[name$='-place']").evaluate_all("(all) => all.map((input) => input.value)")


def picture(color: str, form: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (640, 400), color).save(buffer, form)
    return buffer.getvalue()
