"""Scripts off, or not yet there: every page reads, every link leads somewhere, and nothing that only a script can do is shown."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import ARTICLE, PUBLIC_PAGES, problems_meant_at

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_page_reads_and_shows_no_dead_control(browse, path):
    page = browse(path, java_script_enabled=False, allow=problems_meant_at(path))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert len(page.get_by_role("main").inner_text()) > 100
    page.locator("details").evaluate_all("(all) => all.forEach((details) => { details.open = true; })")
    assert [button.inner_text() for button in page.locator("button:not(form[action] button)").all() if button.is_visible()] == []
    assert page.locator("a[href='#'], a[href=''], a[href^='javascript']").count() == 0


def test_a_number_leads_to_its_source_and_the_source_back_to_the_sentence(browse):
    page = browse(ARTICLE, java_script_enabled=False, reduced_motion="reduce")
    number = page.locator(".cite a", has_text="4").first
    number.click()
    assert page.url.endswith("#ref-barbagallo2009")
    expect(page.locator("#ref-barbagallo2009")).to_be_in_viewport()
    expect(page.locator("#ref-barbagallo2009:target")).to_have_count(1)
    page.locator("#ref-barbagallo2009 .back").click()
    expect(number).to_be_in_viewport()
    assert page.url.endswith(f"#{number.get_attribute('id')}")


def test_every_link_within_the_article_has_a_target(browse):
    page = browse(ARTICLE, java_script_enabled=False)
    links = page.locator("a[href^='#']").evaluate_all("(all) => all.map((a) => decodeURIComponent(a.hash.slice(1)))")
    ids = page.locator("[id]").evaluate_all("(all) => all.map((element) => element.id)")
    assert len(links) > 80
    assert set(links) - set(ids) == set()
    assert len(ids) == len(set(ids))


def test_every_link_to_a_page_of_the_site_leads_somewhere(browse, site):
    page = browse("/")
    found = set()
    for path in PUBLIC_PAGES[:-1]:
        page.goto(path)
        found |= set(page.locator("a[href^='/']").evaluate_all("(all) => all.map((a) => a.href.split('#')[0])"))
    assert len(found) > 25
    assert {url: page.request.get(url).status for url in found} == dict.fromkeys(found, 200)


def test_topics_fold_and_the_table_reads(browse):
    page = browse(ARTICLE, width=360, java_script_enabled=False)
    first = page.get_by_role("navigation", name="Onderwerpen in dit artikel").get_by_role("link").first
    expect(first).to_be_hidden()
    page.locator(".contents summary").click()
    expect(first).to_be_visible()
    expect(page.get_by_role("table")).to_be_visible()


def test_wide_screen_shows_the_topics(browse):
    page = browse(ARTICLE, java_script_enabled=False)
    links = page.get_by_role("navigation", name="Onderwerpen in dit artikel").get_by_role("link")
    expect(links).to_have_count(14)
    for link in links.all():
        expect(link).to_be_visible()
