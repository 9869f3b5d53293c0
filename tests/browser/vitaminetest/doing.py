"""Doing the small questionnaire, one page after the other."""

from playwright.sync_api import Page, expect

ADDRESS = "/vitaminetest/"
WRONG = ("status 422", "422 (Unprocessable")
# What leads to a doctor's word, and what leads to tips: the question, and the answer that is chosen.
PLATE = (("Nu je bord", ""), ("Wat eet je elke week", "Geen van deze"), ("Eet je volkoren brood", "Nee"))
YOUNG = (("Hoe oud ben je", "12"), ("Wat is je geslacht", "Vrouw"), *PLATE)
GROWN_UP = (("Hoe oud ben je", "40"), ("Wat is je geslacht", "Man"), *PLATE)


def heading(page: Page):
    return page.get_by_role("heading", level=1)


def begin(page: Page) -> None:
    page.get_by_role("button", name="Begin met de test").click()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Doorgaan").click()


def give(page: Page, answer: str) -> None:
    if answer.isdigit():
        page.get_by_role("textbox", name="Hoe oud ben je").fill(answer)
    elif answer:
        page.get_by_label(answer, exact=True).check()


def steps(page: Page, answers=GROWN_UP):
    """Do the test up to the check page; yield the question at every page, before it is answered."""
    begin(page)
    for question, answer in answers:
        expect(heading(page)).to_have_text(question)
        yield question
        give(page, answer)
        go_on(page)
    expect(heading(page)).to_have_text("Controleer je antwoorden")


def do_test(page: Page, answers=GROWN_UP) -> None:
    """Do the whole test, to the result."""
    for _ in steps(page, answers):
        pass
    see_result(page)


def see_result(page: Page) -> None:
    page.get_by_role("button", name="Bekijk je uitslag").click()
    expect(heading(page)).to_have_text("Je uitslag")


def outcomes(page: Page) -> list[str]:
    return page.get_by_role("article").get_by_role("heading", level=3).all_inner_texts()


def result_text(page: Page) -> str:
    return page.locator("[name=test_result]").input_value()
