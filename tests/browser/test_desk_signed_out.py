"""The session ends while somebody writes: what was typed goes through after signing in again on another tab."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
TEXT = 'Een zin met "tekens" & haken <b>.\n\nEn een tweede alinea.'
REFUSED = ("403", "Forbidden (CSRF")  # the page that asks says so in its status, and the server in its log


@pytest.fixture
def fill_in(site):
    def fill(page) -> None:
        page.get_by_label("Gebruikersnaam").fill("redacteur")
        page.get_by_label("Wachtwoord").fill(site.passwords["redacteur"])
        page.get_by_role("button", name="Aanmelden").click()

    return fill


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with script", "without"])
def test_the_text_is_saved_after_signing_in(desk, draft, fill_in, options):
    page = desk(draft.form, allow=REFUSED, **options)
    page.locator("#id_intro").fill(TEXT)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Opslaan als concept").click()
    expect(page.get_by_text("Wat je typte, is niet weg")).to_be_visible()

    with page.expect_popup() as opened:
        page.get_by_role("link", name="Meld je aan op een nieuw tabblad").click()
    fill_in(opened.value)
    expect(opened.value.get_by_role("heading", name="Begin")).to_be_visible()
    page.get_by_role("button", name="Verstuur het nu").click()
    page.get_by_role("button", name="Verstuur het opnieuw").click()  # signing in gave another token

    expect(page.get_by_text("Het concept is bewaard.")).to_be_visible()
    expect(page.locator("#id_intro")).to_have_value(TEXT)


def test_the_text_is_saved_after_signing_in_on_another_tab(desk, draft, fill_in):
    page = desk(draft.form, allow=REFUSED)
    page.locator("#id_summary").fill(TEXT)  # a field without a preview, which would notice by itself
    page.context.clear_cookies(name="sessionid")
    other = page.context.new_page()
    other.goto("/beheer/")
    fill_in(other)
    expect(other.get_by_role("heading", name="Begin")).to_be_visible()
    page.get_by_role("button", name="Opslaan als concept").click()
    expect(page.get_by_role("heading", name="Het formulier is nog niet verstuurd")).to_be_visible()

    page.get_by_role("button", name="Verstuur het opnieuw").click()

    expect(page.get_by_text("Het concept is bewaard.")).to_be_visible()
    expect(page.locator("#id_summary")).to_have_value(TEXT)


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken"])
def test_the_page_that_asks_breaks_no_rule_of_axe_and_fits_a_small_screen(desk, draft, violations, cookie):
    page = desk(draft.form, allow=REFUSED, width=360)
    page.context.clear_cookies(name=cookie)
    page.get_by_role("button", name="Opslaan als concept").click()
    expect(page.get_by_text("wat je typte").or_(page.get_by_text("Wat je typte"))).to_be_visible()

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
