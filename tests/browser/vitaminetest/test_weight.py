"""What the start page costs: bytes, waiting, and a page that stays where it is."""

import pytest

from tests.browser.vitaminetest.doing import begin, go_on

pytestmark = pytest.mark.browser
MOST_BYTES = 32_000  # HTML with every page of the test, CSS and JavaScript together, compressed
WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def test_the_whole_test_weighs_little(open_test):
    page = open_test()
    page.wait_for_load_state("networkidle")
    counted = [r for r in page.watch.responses if r.request.resource_type in {"document", "stylesheet", "script"}]
    sizes = {response.url: response.request.sizes()["responseBodySize"] for response in counted}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_no_script_blocks_the_first_paint(open_test):
    page = open_test()
    status = page.evaluate(
        "performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('.js'))"
        ".map((entry) => entry.renderBlockingStatus)"
    )
    assert len(status) == 10
    assert set(status) == {"non-blocking"}


def test_nothing_shifts(open_test):
    page = open_test(width=360)
    page.evaluate(WATCH_SHIFTS)
    page.wait_for_load_state("networkidle")
    begin(page)
    go_on(page)
    page.wait_for_timeout(600)
    assert page.evaluate("window.shifted") == 0
