"""The advice desk as twenty people use it all day: by keyboard, with a bad connection, with a colleague in the same question."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import preview_of, sources_of, write_at_end

pytestmark = pytest.mark.browser
SAVED = re.compile(r"Concept bewaard om \d\d:\d\d:\d\d\.")
REFUSED = ("400", "403", "409", "Forbidden (CSRF")  # what these tests cause on purpose


@pytest.fixture
def page(advice_desk, question) -> Page:
    """The page of the question, open before the demo adviser."""
    return advice_desk(question.page, reduced_motion="reduce", allow=REFUSED)


def answer(page: Page):
    return page.locator("#id_body")


def saved(page: Page):
    return page.locator("[data-draft-said]")


def alarm(page: Page):
    return page.locator("[data-draft-alarm]")


def bar(page: Page, question):
    """Return the bar with which the answer to this question is taken back; other tests may have sent one too."""
    return page.locator(".undo", has_text=question.reference)


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until what `selector` describes has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} can't be reached with {most} times Tab")


def test_from_signing_in_to_a_sent_answer_with_two_sources_by_keyboard_alone(browse, site, question):
    page = browse("/beheer/", reduced_motion="reduce")
    page.keyboard.type("adviseur")  # the field has the focus
    page.keyboard.press("Tab")
    page.keyboard.type(site.passwords["adviseur"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Adviesvragen")).to_be_visible()
    tab_to(page, ".desk-list[href$='nieuw']")
    page.keyboard.press("Enter")
    expect(page.get_by_role("table")).to_be_visible()
    tab_to(page, f".queue th a[href='{question.page}']", most=200)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(question.reference)
    tab_to(page, "[formaction$='/oppakken/']")
    page.keyboard.press("Enter")
    expect(page.get_by_text("De vraag is nu van jou.")).to_be_visible()

    tab_to(page, "#id_body")
    page.keyboard.type("Eet noten.[@grob")
    expect(sources_of(answer(page)).get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    page.keyboard.type(" En brood.[@niel")
    expect(sources_of(answer(page)).get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(preview_of(answer(page))).to_contain_text("Eet noten.1 En brood.2")
    tab_to(page, "[name=_send][value=lijst]")
    page.keyboard.press("Enter")

    expect(bar(page, question)).to_contain_text("gaat om")
    tab_to(page, f".undo[action*='/{question.pk}/'] button")
    page.keyboard.press("Enter")
    expect(answer(page)).to_have_value("Eet noten.[@grober2015] En brood.[@nielsen2006]")
    expect(page.get_by_text("Teruggehaald.")).to_be_visible()


def test_what_is_typed_is_saved_by_itself_and_survives_a_reload(page):
    write_at_end(answer(page), "Een begin.")
    expect(saved(page)).to_have_text(SAVED)
    page.reload()
    expect(answer(page)).to_have_value("Een begin.")


def test_reloading_at_once_keeps_the_last_words(page):
    write_at_end(answer(page), "Meteen opnieuw geladen.")
    with page.expect_request_finished(lambda request: request.url.endswith("/concept/")):
        page.reload()
    if not answer(page).input_value():
        page.reload()  # two processes: on a busy machine the page may have been made before the last words came in
    expect(answer(page)).to_have_value("Meteen opnieuw geladen.")


def test_a_page_with_a_refusal_can_be_loaded_again(page, question):
    answer(page).fill("Beste {{ naam }},")
    page.get_by_role("button", name="Verstuur antwoord").click()
    expect(page.locator("#antwoord-fouten")).to_be_visible()
    page.reload()
    expect(page.locator("#antwoord-fouten")).to_have_count(0)
    expect(answer(page)).to_have_value("Beste {{ naam }},")


def test_leaving_at_once_saves_the_last_words(page):
    write_at_end(answer(page), "Nog net getypt.")
    page.goto("/beheer/advice/advicerequest/")
    page.go_back()
    page.reload()
    expect(answer(page)).to_have_value("Nog net getypt.")


def test_a_note_is_not_left_unasked_and_who_stays_goes_on_writing(page):
    page.on("dialog", lambda dialog: dialog.dismiss())  # "stay on this page"
    page.get_by_label("Nieuwe notitie").fill("Nog niet bewaard.")
    write_at_end(answer(page), "Een antwoord.")
    page.evaluate("() => location.assign('/')")
    expect(page.get_by_label("Nieuwe notitie")).to_have_value("Nog niet bewaard.")
    write_at_end(answer(page), " En verder.")
    with page.expect_request_finished(lambda request: request.url.endswith("/concept/")):
        expect(saved(page)).to_have_text(SAVED)
    assert "/beheer/" in page.url


def test_a_server_that_is_gone_is_said_and_the_text_is_saved_when_it_is_back(page):
    page.route("**/concept/", lambda route: route.abort())
    page.watch.allowed = (*page.watch.allowed, "concept", "ERR_FAILED")
    write_at_end(answer(page), "Zonder verbinding.")
    expect(alarm(page)).to_contain_text("Je tekst is nog niet bewaard: er is geen verbinding.")
    page.unroute("**/concept/")
    expect(saved(page)).to_have_text(SAVED)
    expect(alarm(page)).to_be_empty()
    page.reload()
    expect(answer(page)).to_have_value("Zonder verbinding.")


def sign_in_on(page: Page, site) -> None:
    page.get_by_label("Gebruikersnaam").fill("adviseur")
    page.get_by_label("Wachtwoord").fill(site.passwords["adviseur"])
    page.get_by_role("button", name="Aanmelden").click()


def test_an_ended_session_is_said_and_typing_goes_on_after_signing_in_elsewhere(page, site, question):
    page.context.clear_cookies(name="sessionid")
    write_at_end(answer(page), "Een.")
    expect(alarm(page)).to_contain_text("Je bent niet meer aangemeld. Je tekst wordt nog wel bewaard.")
    with page.context.expect_page() as opened:
        alarm(page).get_by_role("link", name="Meld je aan op een nieuw tabblad").click()
    sign_in_on(opened.value, site)
    expect(opened.value.get_by_role("heading", name="Adviesvragen")).to_be_visible()
    write_at_end(answer(page), " Twee.")
    expect(alarm(page)).to_be_empty()
    page.get_by_role("button", name="Verstuur antwoord").click()
    expect(bar(page, question).or_(page.get_by_text("Doe het nog een keer."))).to_be_visible()


@pytest.mark.parametrize("options", [{}, {"java_script_enabled": False}], ids=["with script", "without"])
def test_sending_after_the_session_ended_loses_nothing(advice_desk, question, site, options):
    page = advice_desk(question.page, **options)
    answer(page).fill("Een lang antwoord.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Verstuur antwoord").click()
    expect(page.get_by_text("Je tekst is bewaard als concept en staat klaar.")).to_be_visible()
    sign_in_on(page, site)
    expect(answer(page)).to_have_value("Een lang antwoord.")


def test_a_colleague_is_seen_and_news_stops_the_answer(page, question):
    write_at_end(answer(page), "Mijn antwoord.")
    question.colleague("note_presence(request, by=anna, is_writing=True, now=now)")
    expect(page.locator("[data-presence]")).to_contain_text("Anna schrijft ook een antwoord.")
    question.colleague("handling.add_note(request, by=anna, body='Ik bel haar.', now=now)")
    expect(page.locator("[data-presence]")).to_contain_text("Er is iets nieuws bij deze vraag.")

    page.get_by_role("link", name="Laad het").click()
    expect(page.locator("#nieuw")).to_contain_text("Sinds je concept kwam dit erbij")
    expect(page.locator("#nieuw")).to_contain_text("Ik bel haar.")
    expect(answer(page)).to_have_value("Mijn antwoord.")
    question.colleague("handling.claim(request, by=anna, now=now)")
    page.get_by_role("button", name="Verstuur antwoord").click()

    expect(page.locator("#nieuw")).to_be_focused()
    expect(page.locator("#nieuw")).to_contain_text("Anna: opgepakt")
    expect(answer(page)).to_have_value("Mijn antwoord.")
    page.get_by_role("link", name="Aanpassen").click()
    expect(answer(page)).to_be_focused()
    page.get_by_role("button", name="Toch versturen", exact=True).click()
    expect(bar(page, question)).to_be_visible()


def test_what_is_not_finished_is_seen_before_and_after_sending(page):
    write_at_end(answer(page), "Beste {{ naam }},")
    findings = page.locator("[data-findings]")
    expect(findings).to_contain_text("Vul eerst in of haal weg: {{ naam }}.")
    page.get_by_role("button", name="Verstuur antwoord").click()
    expect(page.locator("#antwoord-fouten")).to_be_focused()
    expect(page.locator("#antwoord-fouten")).to_contain_text("Vul eerst in of haal weg: {{ naam }}.")
    expect(answer(page)).to_have_value("Beste {{ naam }},")


def test_a_standard_text_goes_in_at_the_cursor_and_can_be_undone(page):
    answer(page).fill("Onder.")
    answer(page).press("Control+Home")
    page.get_by_label("Standaardtekst").select_option(label="Begroeting")
    page.get_by_role("button", name="Voeg in").click()
    expect(answer(page)).to_have_value("Beste Sanne,\n\nOnder.")
    page.get_by_label("Standaardtekst").select_option(label="Over het artikel")
    page.get_by_role("button", name="Voeg in").click()
    expect(page.locator("[data-canned-said]")).to_have_text("Vul nog in of haal weg: deel.")
    answer(page).press("Control+z")
    expect(answer(page)).to_have_value("Beste Sanne,\n\nOnder.")


def test_the_seconds_to_take_back_are_counted_and_end(advice_desk, question):
    page = advice_desk(question.page)
    page.clock.install()
    answer(page).fill("Kort.")
    page.get_by_role("button", name="Verstuur antwoord").click()
    sent = page.locator(f".undo[action*='/{question.pk}/']")
    expect(sent.locator("[data-undo-left]")).to_have_text(re.compile(r"\(nog \d\d s\)"))
    page.clock.fast_forward(31_000)
    expect(sent.locator("[data-undo-told]")).to_have_text("Je antwoord is de deur uit.")
    expect(sent.get_by_role("button", name="Terughalen")).to_be_hidden()


def test_the_desk_works_without_script(advice_desk, question):
    page = advice_desk(question.page, java_script_enabled=False, allow=REFUSED)
    answer(page).fill("Eerst dit.")
    page.get_by_role("button", name="Pak op").click()
    expect(answer(page)).to_have_value("Eerst dit.")
    page.get_by_label("Standaardtekst").select_option(label="Begroeting")
    page.get_by_role("button", name="Voeg in").click()
    expect(answer(page)).to_have_value("Eerst dit.\n\nBeste Sanne,")
    page.get_by_role("button", name="Voorbeeld").click()
    expect(page.locator("#voorbeeld")).to_contain_text("Beste Sanne,")
    page.get_by_label("Nieuwe notitie").fill("Bel haar.")
    page.get_by_role("button", name="Bewaar notitie").click()
    expect(page.locator("#notities")).to_contain_text("Bel haar.")
    page.get_by_role("button", name="Verstuur antwoord").click()
    bar(page, question).get_by_role("button").click()
    expect(answer(page)).to_have_value("Eerst dit.\n\nBeste Sanne,")


def test_a_panel_closes_with_escape_and_gives_the_focus_back(page):
    page.get_by_text("Stel uit …").click()
    page.get_by_role("button", name="Tot morgenochtend").focus()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Tot morgenochtend")).to_be_hidden()
    expect(page.locator("summary", has_text="Stel uit …")).to_be_focused()


def test_the_article_stands_beside_the_question_and_is_folded_on_a_small_screen(advice_desk, question):
    opened = "[data-beside]"
    wide = advice_desk(question.page)
    expect(wide.locator(opened)).to_contain_text("hier gevraagd")
    box, talk = wide.locator(opened).bounding_box(), wide.locator(".talk").bounding_box()
    assert box["x"] >= talk["x"] + talk["width"]
    assert advice_desk(question.page, width=360).locator(opened).get_attribute("open") is None
