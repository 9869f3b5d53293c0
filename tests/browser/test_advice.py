"""Asking for advice and reading the answer, as readers do: by keyboard, without scripts, with mistakes, on a phone, in the dark."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.places import ARTICLE
from tests.browser.questions import make_answered, open_conversation

pytestmark = pytest.mark.browser
FORM = "/advies/"
MINE = "/advies/mijn-vraag/"
WRONG = ("status 422", "422 (Unprocessable")
REFUSED = ("status 403", "403 (Forbidden)")
GONE = ("status 404", "404 (Not Found)")
# As the Vitaminetest does: one field, by POST.
SEND_RESULT = """() => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/advies/" });
  const value = "Uitslag\\n\\nJe eet weinig noten.";
  form.append(Object.assign(document.createElement("textarea"), { name: "test_result", value }));
  document.body.append(form);
  form.submit();
}"""
ways = pytest.mark.parametrize("width", [360, 1280])


@pytest.fixture(scope="module")
def answered(site):
    return iter(make_answered(site, 40))


@pytest.fixture
def asked(answered):
    """A request that was answered, for this test alone."""
    return next(answered)


@pytest.fixture
def conversation(browse, asked):
    """The page of that request, opened by its reader; takes what `browse` takes."""

    def open_page(**options):
        page = browse(asked.link, reduced_motion="reduce", **options)
        open_conversation(page)
        return page

    return open_page


def fill_in(page, question: str = "Hoeveel magnesium zit er in een banaan?") -> None:
    page.get_by_label("Magnesium", exact=True).check()
    page.get_by_label("Wat wil je weten?").fill(question)
    page.get_by_label("Je e-mailadres").fill("jan@example.org")
    page.get_by_label(re.compile("^Ik geef toestemming")).check()


def send(page) -> None:
    page.get_by_role("button", name="Verstuur je vraag").click()


def look_through(page, violations) -> None:
    """No rule of axe is broken and nothing sticks out."""
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]


@ways
def test_form_mistakes_and_receipt_break_no_rule(browse, violations, width):
    page = browse(f"{FORM}?artikel=waar-is-magnesium-goed-voor&deel=spieren", width=width, allow=WRONG)
    look_through(page, violations)
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    look_through(page, violations)
    fill_in(page)
    send(page)
    page.wait_for_url("**/advies/ontvangen/**")
    look_through(page, violations)


@ways
def test_link_mistake_conversation_and_erasing_break_no_rule(browse, asked, violations, width):
    page = browse(asked.link, width=width, reduced_motion="reduce", allow=(*WRONG, *GONE))
    look_through(page, violations)
    page.get_by_label("Je e-mailadres").fill("ander@example.org")
    page.get_by_role("button", name="Open mijn vraag").click()
    expect(page.get_by_role("alert")).to_be_visible()
    look_through(page, violations)
    open_conversation(page)
    page.locator("details").evaluate_all("(all) => all.forEach((details) => { details.open = true; })")
    look_through(page, violations)
    page.get_by_role("link", name="Wis mijn vraag").click()
    look_through(page, violations)
    page.goto("/advies/l/bestaatniet/")
    look_through(page, violations)


def test_asked_by_keyboard_alone_from_the_article(browse, site):
    page = browse(ARTICLE, reduced_motion="reduce")
    page.get_by_role("link", name="Vraag hierover: Goede werking van de spieren").press("Enter")
    expect(page.get_by_label(re.compile("^Je vraag gaat over"))).to_be_checked()
    page.get_by_label("Magnesium", exact=True).focus()
    for key in ("Space", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    page.keyboard.type("Kan ik ook te veel noten eten?")
    page.keyboard.press("Tab")
    page.keyboard.type("Jan")
    page.keyboard.press("Tab")
    page.keyboard.type("jan@example.org")
    for key in ("Tab", "Tab", "Space", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/advies/ontvangen/**")
    reference = page.locator(".reference").inner_text()
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", reference)
    page.reload()
    expect(page.locator(".reference")).to_have_text(reference)
    assert page.context.cookies() == []
    stored = (
        "from advice.models import *; r = AdviceRequest.objects.get(reference='{}'); print('got', r.topic.slug, r.section_anchor)"
    )
    assert "got eten-en-drinken spieren" in site.manage("shell", "--command", stored.format(reference))


def test_asked_without_scripts(browse):
    page = browse(FORM, java_script_enabled=False, allow=WRONG)
    page.get_by_label("Wat wil je weten?").fill("Eén vraag & <niets> meer?")
    send(page)
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(3)
    expect(page.get_by_label("Wat wil je weten?")).to_have_value("Eén vraag & <niets> meer?")
    fill_in(page, "Eén vraag & <niets> meer?")
    send(page)
    page.wait_for_url("**/advies/ontvangen/**")
    expect(page.get_by_role("heading", level=1)).to_have_text("Je vraag is verstuurd")


@pytest.mark.parametrize("has_scripts", [True, False])
def test_mistakes_have_the_focus_and_lead_to_their_fields(browse, has_scripts):
    page = browse(FORM, java_script_enabled=has_scripts, allow=WRONG, reduced_motion="reduce")
    send(page)
    page.wait_for_function("document.activeElement.classList.contains('problems')")
    assert page.title() == "Fout: Vraag gratis advies aan · Magsite"
    for problem, field in (("Kies waar", "topic_0"), ("Schrijf je vraag op", "question"), ("Vul je e-mailadres in", "email")):
        page.get_by_role("alert").get_by_role("link", name=re.compile(problem)).click()
        expect(page.locator(f"#{field}")).to_be_focused()
    email = page.get_by_label("Je e-mailadres")
    expect(email).to_have_accessible_description("Hier sturen we het antwoord heen, en verder niets. Fout: Vul je e-mailadres in.")
    expect(email).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_result_of_the_test_is_shown_and_goes_along_only_when_ticked(browse, violations, width):
    page = browse("/over/", width=width)
    page.evaluate(SEND_RESULT)
    page.wait_for_url(f"**{FORM}")
    expect(page.get_by_role("region", name="De uitslag van je Vitaminetest")).to_contain_text("Je eet weinig noten.")
    expect(page.get_by_label("Stuur deze uitslag mee")).not_to_be_checked()
    expect(page.locator("[name=test_result]")).to_be_hidden()
    look_through(page, violations)


def test_a_counter_says_what_is_left_and_what_is_too_much(browse):
    page = browse(FORM)
    question = page.get_by_label("Wat wil je weten?")
    counter = page.locator("[data-counter=question]")
    expect(counter).to_have_text("Er passen 5000 tekens in.")
    question.fill("x" * 4990)
    expect(counter).to_have_text("Je hebt nog 10 tekens.")
    question.fill("x" * 5001)
    expect(counter).to_have_text("Je tekst is 1 teken te lang.")


def test_without_a_connection_the_form_stays_and_says_so(browse):
    page = browse(FORM, allow=("failed: ", "Failed to load resource", "ERR_INTERNET_DISCONNECTED"))
    fill_in(page)
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Er is nog niets verstuurd")
    expect(page.get_by_label("Wat wil je weten?")).to_have_value("Hoeveel magnesium zit er in een banaan?")
    page.context.set_offline(False)
    send(page)
    page.wait_for_url("**/advies/ontvangen/**")


def test_pressing_twice_is_one_question(browse):
    page = browse(FORM)
    fill_in(page)
    page.get_by_role("button", name="Verstuur je vraag").dblclick()
    # The second press may break off the page of the first, which waiting for an address takes for a failure; looking again doesn't.
    expect(page).to_have_url(re.compile("/advies/ontvangen/"))
    first = page.locator(".reference").inner_text()
    page.go_back()
    page.go_forward()
    expect(page.locator(".reference")).to_have_text(first)


def test_a_text_that_was_sent_before_and_changed_is_offered_as_a_new_question(browse):
    page = browse(FORM, java_script_enabled=False, allow=("status 409", "409 (Conflict)", *WRONG))
    send(page)  # what comes back is a page that the browser keeps under the same number
    fill_in(page)
    number = page.locator("[name=submission_id]").input_value()
    send(page)
    page.wait_for_url("**/advies/ontvangen/**")
    page.goto(FORM)
    page.locator("[name=submission_id]").evaluate("(input, number) => { input.value = number; }", number)
    fill_in(page, "En een noot?")
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Dit formulier heb je al verstuurd")
    expect(page.get_by_label("Wat wil je weten?")).to_have_value("En een noot?")
    page.get_by_role("button", name="Verstuur als nieuwe vraag").click()
    page.wait_for_url("**/advies/ontvangen/**")


def test_nobody_meets_the_trap(browse):
    page = browse(FORM, width=360)
    assert page.get_by_role("textbox").evaluate_all("(all) => all.map(({ name }) => name)") == ["question", "name", "email"]
    box = page.locator("#more").bounding_box()
    assert box["x"] + box["width"] < 0


def test_conversation_by_keyboard_with_its_sources(conversation):
    page = conversation()
    assert page.url.endswith(MINE)
    page.locator(".cite a").last.press("Enter")
    card = page.get_by_role("dialog", name="Bronnen 2 en 3")
    expect(card).to_contain_text("Gröber")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.get_by_label("Je reactie").focus()
    page.keyboard.type("En als ik sport?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_have_text("Je reactie is verstuurd. We antwoorden je per mail.")
    expect(page.locator(".said").last).to_contain_text("En als ik sport?")


def test_rating_closing_leaving_without_scripts(conversation):
    page = conversation(java_script_enabled=False, allow=REFUSED)
    page.get_by_role("button", name="Gaat wel").click()
    expect(page.get_by_text("Je vond het: Gaat wel")).to_be_visible()
    page.get_by_role("button", name="Sluit mijn vraag").click()
    expect(page.get_by_text("Deze vraag is gesloten.")).to_be_visible()
    page.get_by_role("button", name="Sluit deze pagina af").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je vraag is dicht")
    assert page.context.cookies() == []
    page.goto(MINE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Open je vraag opnieuw")


def test_a_reaction_outlives_the_pass(conversation):
    page = conversation(allow=REFUSED)
    page.get_by_label("Je reactie").fill("Nog iets:\nen een noot?")
    page.context.clear_cookies()
    page.get_by_role("button", name="Verstuur je reactie").click()
    expect(page.get_by_label("Je reactie")).to_have_value("Nog iets:\nen een noot?")
    page.get_by_label("Je e-mailadres").fill("lezer@example.org")
    page.get_by_role("button", name="Verstuur mijn reactie").click()
    expect(page.locator(".said").last).to_contain_text("en een noot?")


def test_the_cookie_is_for_these_pages_and_short(conversation):
    page = conversation()
    (cookie,) = page.context.cookies()
    facts = {name: cookie[name] for name in ("name", "path", "httpOnly", "sameSite")}
    assert facts == {"name": "advies", "path": "/advies/", "httpOnly": True, "sameSite": "Lax"}
    assert 1700 < cookie["expires"] - page.evaluate("Date.now() / 1000") < 1810
    page.goto(ARTICLE)
    request = next(request for request in page.watch.requests if request.url.endswith(ARTICLE))
    assert "cookie" not in request.all_headers()


def test_everything_comes_as_a_file_and_is_erased(conversation, asked):
    page = conversation(allow=GONE)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download alles").click()
    assert download.value.suggested_filename == f"adviesvraag-{asked.reference}.json"
    page.get_by_role("link", name="Wis mijn vraag").click()
    page.get_by_label("Ja, wis mijn vraag").check()
    page.get_by_role("button", name="Wis alles").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Je vraag is gewist")
    page.goto(asked.link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze link werkt niet meer")


def test_paper_has_the_reference_and_nothing_to_press(browse):
    page = browse(FORM)
    fill_in(page)
    send(page)
    page.wait_for_url("**/advies/ontvangen/**")
    page.emulate_media(media="print")
    expect(page.locator(".reference")).to_be_visible()
    for part in (".masthead-calls", ".colophon", ".emergency", ".unprinted"):
        expect(page.locator(part).first).to_be_hidden()
