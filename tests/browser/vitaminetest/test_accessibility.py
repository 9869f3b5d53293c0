"""Every page and every mistake by the rules of axe, in light and dark, on a phone and a wide screen, with a script and without."""

import pytest
from playwright.sync_api import expect

from tests.browser.vitaminetest.doing import GROWN_UP, WRONG, YOUNG, go_on, see_result, steps

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("answers", [GROWN_UP, YOUNG], ids=["tips", "doctor"])
def test_every_page_and_mistake_breaks_no_rule_of_axe(open_test, violations, width, answers):
    page = open_test(width=width)
    found = {"start": violations(page)}
    for question in steps(page, answers):
        page.locator("details").evaluate_all("(all) => all.forEach((details) => { details.open = true; })")
        found[question] = violations(page)
        if question not in ("Nu je bord", "Wat eet je elke week"):
            go_on(page)
            expect(page.get_by_role("alert")).to_be_visible()
            found[f"Fout: {question}"] = violations(page)
    found["check"] = violations(page)
    see_result(page)
    page.locator("details").evaluate_all("(all) => all.forEach((details) => { details.open = true; })")
    found["result"] = violations(page)
    assert {name: broken for name, broken in found.items() if broken} == {}
    assert len(found) == 11


def test_pages_of_the_server_break_no_rule_of_axe(open_test, violations, browse):
    """axe needs a script, so ours is kept away."""
    page = browse("/privacy/", width=360, allow=(*WRONG, "failed: ", "ERR_FAILED"))
    page.route("**/js/vitaminetest/**", lambda route: route.abort())
    page.goto("/vitaminetest/")
    found = {}
    for question in steps(page):
        found[question] = violations(page)
        if question not in ("Nu je bord", "Wat eet je elke week"):
            go_on(page)
            found[f"Fout: {question}"] = violations(page)
    found["check"] = violations(page)
    see_result(page)
    found["result"] = violations(page)
    assert {name: broken for name, broken in found.items() if broken} == {}
    page.evaluate("document.querySelector('[name=state]').value = 'onzin'")
    page.get_by_role("button", name="Terug naar je antwoorden").click()
    expect(page.get_by_role("alert")).to_contain_text("We konden niet verder met je test")
    assert violations(page) == []
