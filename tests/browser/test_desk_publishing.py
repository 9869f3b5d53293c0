"""From the desk to the reader: seen before it is public, refused while something is wrong, public once and at once."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.desk import write_at_end
from tests.browser.places import GONE, NOT_FOUND

pytestmark = pytest.mark.browser


def publish(page) -> None:
    page.get_by_role("button", name="Publiceren").click()


def reload_until(page, locator) -> None:
    """Reload until `locator` is there: a published change shows everywhere within two seconds, not at once."""
    deadline = time.monotonic() + 2
    while not locator.count() and time.monotonic() < deadline:
        page.reload()
    expect(locator).to_be_visible()


def findings(page):
    return page.get_by_role("region", name="Bevindingen")


def test_preview_of_the_page_shows_what_is_typed_in_a_tab_of_its_own(desk_form, draft):
    desk_form.locator("#id_sections-0-body").fill("Nog nergens bewaard.[@wester1992]")
    with desk_form.context.expect_page() as opened:
        desk_form.get_by_role("button", name="Voorbeeld", exact=True).click()
    page = opened.value
    expect(page.get_by_role("heading", level=1)).to_have_text(draft.title)
    expect(page.get_by_text("Nog nergens bewaard.")).to_be_visible()
    expect(page.get_by_role("heading", name="Voorbeeld: dit is het concept")).to_be_visible()
    expect(page.locator(".references ol > li")).to_have_count(4)
    assert page.title().startswith("Voorbeeld: ")
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex, nofollow"
    page.locator(".cite a", has_text="2").first.click()
    expect(page.get_by_role("dialog")).to_contain_text("Wester")
    assert draft.versions == []


def test_readers_see_nothing_of_a_draft_until_it_is_published(browse, desk_form, draft):
    reader = browse(draft.public, allow=NOT_FOUND)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Deze pagina bestaat niet")
    publish(desk_form)
    expect(desk_form.get_by_text("Versie 1 is gepubliceerd.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_role("heading", level=1)).to_have_text(draft.title)
    desk_form.locator("#id_sections-0-body").fill("Een zin die nog niet mag.")
    desk_form.get_by_role("button", name="Opslaan als concept").click()
    expect(desk_form.get_by_text("Lezers zien nog niets van deze wijziging.")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("De eerste zin.")).to_be_visible()
    expect(reader.get_by_text("Een zin die nog niet mag.")).to_have_count(0)
    publish(desk_form)
    expect(desk_form.get_by_text("Versie 2 is gepubliceerd.")).to_be_visible()
    reload_until(reader, reader.get_by_text("Een zin die nog niet mag."))
    assert draft.versions == [1, 2]


def test_a_finding_leads_to_its_field_and_stops_publishing_until_it_is_mended(browse, desk_form, draft):
    body = desk_form.locator("#id_sections-1-body")
    write_at_end(body, "\n\nEen tweede alinea.[@bestaatniet]")
    finding = findings(desk_form).get_by_role("listitem").filter(has_text="De bron ‘bestaatniet’").get_by_role("link")
    expect(finding).to_be_visible()
    finding.click()
    expect(body).to_be_focused()
    assert body.evaluate("(area) => area.value.slice(area.selectionStart, area.selectionEnd)") == "Een tweede alinea.[@bestaatniet]"
    publish(desk_form)
    expect(desk_form.get_by_text("Het concept is bewaard maar niet gepubliceerd: er is nog een fout.")).to_be_visible()
    expect(findings(desk_form).get_by_role("listitem").filter(has_text="bestaatniet")).to_contain_text("Tweede hoofdstuk, regel 3")
    assert draft.versions == []
    body.fill(body.input_value().replace("bestaatniet", "wester1992"))
    expect(findings(desk_form).get_by_text("bestaatniet")).to_have_count(0)
    publish(desk_form)
    expect(desk_form.get_by_text("Versie 1 is gepubliceerd.")).to_be_visible()
    desk_form.locator(".messagelist").get_by_role("link", name="Bekijk de pagina").click()
    expect(desk_form.get_by_text("Een tweede alinea.")).to_be_visible()
    reader = browse(draft.public)
    expect(reader.get_by_text("Een tweede alinea.").locator(".cite")).to_have_text("4")


def test_a_finding_in_a_closed_row_opens_that_row(desk_form):
    body = desk_form.locator("#id_benefits-0-body")
    write_at_end(body, "[@bestaatniet]")
    finding = findings(desk_form).get_by_role("listitem").filter(has_text="De bron ‘bestaatniet’").get_by_role("link")
    expect(finding).to_be_visible()
    desk_form.locator("#benefits-0 .row-toggle").click()
    expect(body).to_be_hidden()
    finding.click()
    expect(body).to_be_focused()


def test_clicking_again_while_the_server_is_busy_publishes_one_version(desk_form, draft):
    sent = []
    desk_form.route(f"**{draft.form}", lambda route: sent.append(route) if route.request.method == "POST" else route.continue_())
    button = desk_form.get_by_role("button", name="Publiceren")
    with desk_form.expect_request(lambda request: request.method == "POST" and request.url.endswith(draft.form)):
        button.dblclick(no_wait_after=True)
    for key in ("Enter", "Space", "Control+s"):
        desk_form.keyboard.press(key)
    sent[-1].continue_()
    expect(desk_form.get_by_text("Versie 1 is gepubliceerd.")).to_be_visible()
    assert len(sent) == 1
    assert draft.versions == [1]


def test_a_wrong_field_keeps_everything_that_was_typed(desk_form, draft):
    desk_form.locator("#id_sections-0-body").fill("Veel werk.")
    desk_form.locator("#id_sections-1-anchor").fill("eerste")
    desk_form.get_by_role("button", name="Opslaan als concept").click()
    expect(desk_form.get_by_text("Het anker ‘eerste’ komt twee keer voor.")).to_be_visible()
    expect(desk_form.locator("#id_sections-0-body")).to_have_value("Veel werk.")


def withdraw(page, reason: str) -> None:
    page.get_by_role("link", name="Intrekken").click()
    page.get_by_label("Waarom?").fill(reason)
    page.get_by_role("button", name="Intrekken").click()
    expect(page.get_by_text("Het artikel is ingetrokken.")).to_be_visible()


def test_withdrawing_asks_why_first_and_takes_the_page_away(browse, desk_form, draft):
    publish(desk_form)
    expect(desk_form.get_by_text("Versie 1 is gepubliceerd.")).to_be_visible()
    desk_form.get_by_role("link", name="Intrekken").click()
    desk_form.get_by_role("button", name="Intrekken").click()
    expect(desk_form.get_by_text("Dit veld is verplicht.")).to_be_visible()
    desk_form.get_by_role("link", name="Terug naar het artikel").click()
    browse(draft.public)
    withdraw(desk_form, "Een bron deugt niet.")
    gone = browse(draft.public, allow=GONE)
    reload_until(gone, gone.get_by_role("heading", level=1, name="Dit artikel is ingetrokken"))
    assert draft.versions == [1]


def test_a_new_article_is_written_and_published_by_hand(browse, desk):
    page = desk("/beheer/articles/article/add/", reduced_motion="reduce")
    page.locator("#id_title").fill("Hoe lang kook je linzen?")
    page.locator("#id_summary").fill("Linzen koken is eenvoudig, als je weet hoe lang. Hier lees je het, met de bron erbij.")
    expect(page.locator("#id_slug")).to_have_value("hoe-lang-kook-je-linzen")
    page.get_by_role("button", name="hoofdstuk toevoegen").click()
    page.keyboard.type("Rode linzen")
    write_at_end(page.locator("#id_sections-0-body"), "Tien minuten.[@grober2015]")
    publish(page)
    expect(page.get_by_text("Versie 1 is gepubliceerd.")).to_be_visible()
    reader = browse("/artikelen/hoe-lang-kook-je-linzen/")
    expect(reader.get_by_role("heading", name="Rode linzen")).to_be_visible()
    expect(reader.locator(".cite")).to_have_text("1")
    withdraw(page, "Het was een proef.")
