"""What a page costs the reader: bytes, waiting, cookies, and who hears of the visit."""

import pytest

from tests.browser.places import ARTICLE, PUBLIC_PAGES, problems_meant_at

pytestmark = pytest.mark.browser

ADD_INLINE_SCRIPT = """() => {
  const script = document.createElement("script");
  script.textContent = "window.ran = true";
  document.head.append(script);
}"""
MOST_BYTES = 25_000  # HTML, CSS and JavaScript of the article together, compressed


def test_article_weighs_little(browse):
    page = browse(ARTICLE)
    page.wait_for_load_state("networkidle")
    counted = [r for r in page.watch.responses if r.request.resource_type in {"document", "stylesheet", "script"}]
    sizes = {response.url: response.request.sizes()["responseBodySize"] for response in counted}
    assert {response.headers["content-encoding"] for response in counted} <= {"br", "gzip"}
    assert {response.request.resource_type for response in counted} == {"document", "stylesheet", "script"}
    assert sum(sizes.values()) <= MOST_BYTES, sizes


def test_no_script_blocks_the_first_paint(browse):
    page = browse(ARTICLE)
    page.wait_for_load_state("load")
    status = dict(
        page.evaluate(
            "performance.getEntriesByType('resource').filter((entry) => entry.name.endsWith('.js'))"
            ".map((entry) => [entry.name, entry.renderBlockingStatus])"
        )
    )
    assert len(status) == 4
    assert set(status.values()) == {"non-blocking"}


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_page_sets_no_cookie_keeps_nothing_and_asks_nobody_else(browse, site, path):
    page = browse(path, allow=problems_meant_at(path))
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    assert [response.url for response in page.watch.responses if "set-cookie" in response.all_headers()] == []
    assert {request.url.startswith((site.url, "data:")) for request in page.watch.requests} == {True}


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_page_has_nothing_inline_and_a_policy_that_would_refuse_it(browse, path):
    page = browse(path, allow=problems_meant_at(path))
    inline = "style, [style], script:not([src]):not([type='application/ld+json']), [onclick], [onload], [onerror]"
    assert page.locator(inline).count() == 0
    policy = next(r for r in page.watch.responses if r.request.is_navigation_request()).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


def test_the_policy_is_in_force(browse):
    page = browse("/over/", allow=("policy: script-src-elem refused inline", "Executing inline script violates"))
    with page.expect_console_message(lambda message: message.text.startswith("policy: script-src-elem refused inline")):
        page.evaluate(ADD_INLINE_SCRIPT)
    assert page.evaluate("window.ran") is None
