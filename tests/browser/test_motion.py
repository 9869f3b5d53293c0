"""Who asks for less motion gets none."""

import pytest
from playwright.sync_api import expect

from tests.browser.places import ARTICLE

pytestmark = pytest.mark.browser

MOVES = """() => {
  const seconds = (text) => Math.max(...text.split(",").map((part) => parseFloat(part) * (part.trim().endsWith("ms") ? 0.001 : 1)));
  const moving = [];
  for (const element of [document.documentElement, ...document.querySelectorAll("body, body *")]) {
    for (const pseudo of [null, "::before", "::after"]) {
      const style = getComputedStyle(element, pseudo);
      const transition = style.transitionProperty === "none" ? 0 : seconds(style.transitionDuration);
      const animation = style.animationName === "none" ? 0 : seconds(style.animationDuration);
      if (Math.max(transition, animation) > 0.01) moving.push(`${element.tagName}.${element.className}${pseudo || ""}`);
    }
  }
  return [...new Set(moving)];
}"""


@pytest.mark.parametrize("path", ["/", ARTICLE])
def test_nothing_moves_when_less_motion_is_asked_for(browse, path):
    page = browse(path, reduced_motion="reduce")
    assert page.evaluate(MOVES) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_the_card_appears_without_moving_when_less_motion_is_asked_for(browse):
    page = browse(ARTICLE, reduced_motion="reduce")
    page.locator(".cite a").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert (
        page.evaluate("document.getAnimations().map((animation) => animation.animationName || animation.transitionProperty)") == []
    )
    assert page.evaluate(MOVES) == []
