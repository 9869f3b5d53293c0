"""Every page of the advice desk by the rules of axe, light and dark, on a small screen and a large one, with everything open."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import preview_of, sources_of, write_at_end

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280)
PAGES = (
    "/beheer/",
    "/beheer/advice/advicerequest/",
    "/beheer/advice/advicerequest/?lijst=gesloten&onderwerp=bestaat-niet",
    "/beheer/advice/cannedreply/",
    "/beheer/advice/cannedreply/add/",
    "/beheer/advice/cannedreply/1/change/",
    "/beheer/advice/advicerequest/rapport/",
    "/beheer/advice/outgoingmail/",
    "/beheer/advice/incomingmail/",
    "/beheer/account/",
)
MANAGED = (
    "/beheer/advice/adviser/",
    "/beheer/advice/adviser/add/",
    "/beheer/advice/topic/add/",
    "/beheer/advice/consenttext/add/",
    "/beheer/advice/consenttext/1/change/",
    "/beheer/advice/auditevent/",
    "/beheer/advice/tombstone/",
    "/beheer/advice/publicquestion/",
)


def check(page, violations) -> None:
    """Look at a page as it is now, on a large screen and a small one."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert violations(page) == [], (page.url, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_page_breaks_no_rule_of_axe_and_fits(advice_desk, question, violations):
    for path in PAGES:
        check(advice_desk(path, reduced_motion="reduce"), violations)


def test_page_of_a_manager_breaks_no_rule_of_axe(browse, sign_in, question, violations):
    state = sign_in("beheerder")
    for path in MANAGED:
        check(browse(path, storage_state=state, reduced_motion="reduce"), violations)


def test_search_and_a_question_for_everybody_break_no_rule_of_axe(advice_desk, question, violations):
    page = advice_desk("/beheer/advice/advicerequest/", allow=("409",), reduced_motion="reduce")
    page.get_by_role("searchbox").fill("banaan")
    page.keyboard.press("Enter")
    expect(page.locator("mark", has_text="banaan").first).to_be_visible()
    check(page, violations)
    question.colleague(
        "from advice.answering import send_answer; from datetime import timedelta; "
        "handling.claim(request, by=anna, now=now); request.refresh_from_db(); earlier = now - timedelta(minutes=5); "
        "send_answer(request, by=anna, body='Zie de noten.[@grober2015]', base_version=request.version, now=earlier)"
    )
    page.goto(question.page)
    page.get_by_role("button", name="Maak hier een vraag & antwoord van").click()
    page.get_by_role("link", name="herschrijf vraag en antwoord").click()
    expect(page.get_by_role("heading", name="Openbare vraag")).to_be_visible()
    expect(preview_of(page.get_by_label("Antwoord"))).to_contain_text("Zie de noten.")
    check(page, violations)
    page.get_by_role("button", name="Bewaar en leg voor").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page, violations)


def test_request_with_everything_open_breaks_no_rule_of_axe(advice_desk, question, violations):
    question.colleague("handling.add_note(request, by=anna, body='Belt morgen.', now=now)")
    page = advice_desk(question.page, reduced_motion="reduce", allow=("400", "409"))
    check(page, violations)
    for choice in ("Geef aan …", "Stel uit …", "Sluit …"):
        page.get_by_text(choice).click()
        check(page, violations)
    page.keyboard.press("Escape")
    page.locator(".trail summary").click()
    page.locator("[data-beside]").evaluate("(details) => { details.open = true; }")
    area = page.locator("#id_body")
    write_at_end(area, "Beste {{ naam }},[@bestaatniet] en [@grob")
    expect(sources_of(area).get_by_role("option")).to_have_count(1)
    expect(preview_of(area)).to_contain_text("[@bestaatniet]")
    expect(page.locator("[data-findings]")).to_be_visible()
    check(page, violations)
    area.press("Enter")
    page.get_by_role("button", name="Verstuur antwoord").click()
    expect(page.locator("#antwoord-fouten")).to_be_visible()
    check(page, violations)


def test_conflict_and_the_bar_to_take_back_break_no_rule_of_axe(advice_desk, question, violations):
    page = advice_desk(question.page, reduced_motion="reduce", allow=("409",))
    page.locator("#id_body").fill("Zie de noten.[@grober2015]")
    question.colleague(
        "handling.add_note(request, by=anna, body='Belt morgen.', now=now); handling.claim(request, by=anna, now=now)"
    )
    page.get_by_role("button", name="Verstuur antwoord").click()
    expect(page.locator("#nieuw")).to_be_visible()
    check(page, violations)
    page.get_by_role("button", name="Toch versturen", exact=True).click()
    expect(page.locator(".undo", has_text=question.reference)).to_be_visible()
    check(page, violations)
    page.goto(question.page)
    expect(page.locator(".talk-sources")).to_be_visible()
    check(page, violations)


def test_start_page_has_room_for_its_names_on_a_tablet(browse, sign_in):
    page = browse("/beheer/", storage_state=sign_in("beheerder"), width=768)
    assert page.locator("#content-main").bounding_box()["width"] > 300
