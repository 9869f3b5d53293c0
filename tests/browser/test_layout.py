"""Nothing scrolls sideways, nothing jumps while a page loads, and pictures come in the right size and form."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import ARTICLE, PUBLIC_PAGES, WIDTHS, problems_meant_at

pytestmark = pytest.mark.browser

STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const clips = (element) => element && (getComputedStyle(element).overflowX !== "visible" || clips(element.parentElement));
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > width + 1 && !clips(element.parentElement))
    .map((element) => `${element.tagName}.${element.className}`);
}"""

COUNT_SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) shifts.push([entry.value, entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80))]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""

SCROLL = """async (y) => {
  scrollTo(0, y);
  await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); setTimeout(resolve, 500); });
}"""

SLOW = {"offline": False, "latency": 60, "downloadThroughput": 400_000, "uploadThroughput": 200_000}  # a phone: 3.2 Mbit/s


def read_down(page) -> None:
    """Scroll through the whole page, step by step, and wait until every picture that is shown is there."""
    for y in range(0, page.evaluate("document.documentElement.scrollHeight"), page.viewport_size["height"] // 2):
        page.evaluate(SCROLL, y)
    for image in page.locator("img:visible").all():
        image.scroll_into_view_if_needed()
        expect(image).to_have_js_property("complete", True)
    page.evaluate("document.fonts.ready.then(() => true)")


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_page_never_scrolls_sideways(browse, path):
    page = browse(path, allow=problems_meant_at(path))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
        assert (width, page.evaluate("document.documentElement.scrollWidth")) == (width, width)
        assert (width, page.evaluate(STICKS_OUT)) == (width, [])


def test_text_at_twice_its_size_does_not_scroll_sideways(browse):
    page = browse(ARTICLE, width=640)
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    page.reload()
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 32
    assert page.evaluate("document.documentElement.scrollWidth") == 640


@pytest.mark.parametrize("path", [ARTICLE, "/"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_shifts_while_a_page_loads_slowly_and_is_read(browse, width, path):
    page = browse("/robots.txt", width=width)
    page.add_init_script(COUNT_SHIFTS)
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    page.goto(path)
    read_down(page)
    shifts = page.evaluate("shifts")
    assert sum(value for value, _ in shifts) < 0.01, shifts


@pytest.mark.parametrize("width", [360, 1280])
def test_opening_picture_comes_first_small_enough_and_in_a_new_format(browse, width):
    page = browse(ARTICLE, width=width)
    hero = page.locator(".opening-figure img")
    expect(hero).to_have_js_property("complete", True)
    facts = hero.evaluate(
        "(img) => ({ src: img.currentSrc, natural: img.naturalWidth, shown: img.clientWidth, ratio: img.width / img.height,"
        " loading: img.loading, attributes: [img.getAttribute('width'), img.getAttribute('height')] })"
    )
    assert facts["src"].endswith((".avif", ".webp"))
    assert facts["attributes"] == ["2400", "1350"]
    assert facts["loading"] != "lazy"
    assert hero.get_attribute("fetchpriority") == "high"
    served = int(facts["src"].rsplit("-", 1)[1].split(".")[0])
    assert 0.9 * facts["shown"] <= served <= 2 * facts["shown"]


def test_pictures_below_the_fold_wait_until_they_are_near(browse):
    page = browse(ARTICLE, width=360, height=640)
    facts = page.locator("main img").evaluate_all(
        "(all) => all.map((img) => [img.getBoundingClientRect().top > innerHeight, img.loading,"
        " img.hasAttribute('width') && img.hasAttribute('height')])"
    )
    assert len(facts) >= 3
    assert {(is_below, loading, has_size) for is_below, loading, has_size in facts if is_below} == {(True, "lazy", True)}
    asked = {request.url for request in page.watch.requests if "/media/" in request.url}
    assert len(asked) == 1
    read_down(page)
    shown = page.locator("main img").evaluate_all("(all) => all.filter((img) => img.naturalWidth).map((img) => img.currentSrc)")
    assert len(shown) == len(facts)
    assert {src.rsplit(".", 1)[1] for src in shown} <= {"avif", "webp", "svg"}


def test_table_on_a_small_screen_scrolls_in_its_own_named_box(browse):
    page = browse(ARTICLE, width=320)
    table = page.get_by_role("table")
    expect(table).to_have_accessible_name("Aanbevolen dagelijkse hoeveelheid magnesium, per groep en leeftijd")
    expect(table.get_by_role("rowheader", name="Kinderen")).to_have_attribute("rowspan", "5")
    box = page.get_by_role("region", name="Aanbevolen dagelijkse hoeveelheid magnesium")
    expect(box).to_have_attribute("tabindex", "0")
    assert box.evaluate("(box) => getComputedStyle(box.querySelector('table')).display") == "table"
