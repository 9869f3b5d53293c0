"""The Tab key through whole pages: everything gets its turn in order, and whoever has the focus is seen to have it."""

import pytest

from tests.browser.places import ARTICLE, PUBLIC_PAGES, problems_meant_at

pytestmark = pytest.mark.browser

REMEMBER = """() => {
  const selector = "a[href], button, input, select, textarea, summary, [tabindex]";
  // Of a group of choices one has a turn: the one that is chosen, or the first. Arrow keys do the rest.
  const group = ({ name }) => [...document.querySelectorAll(`input[type="radio"][name="${name}"]`)];
  const first = (radio) => group(radio).find(({ checked }) => checked) ?? group(radio)[0];
  const isTurn = (element) => element.type !== "radio" || first(element) === element;
  const isTabbable = (element) => element.tabIndex >= 0 && isTurn(element) && element.checkVisibility({ visibilityProperty: true });
  window.tabbable = [...document.querySelectorAll(selector)].filter(isTabbable);
  window.look = (element) => {
    const style = getComputedStyle(element);
    const outline = style.outlineStyle === "none" || !parseFloat(style.outlineWidth) ? "none" : style.outline;
    return `${outline} / ${style.boxShadow}`;
  };
  window.calm = new Map(tabbable.map((element) => [element, look(element)]));
  return tabbable.length;
}"""

# Return whose turn it is and what is wrong with how that element shows itself. A link on two lines is judged by its first.
JUDGE = """() => {
  const element = document.activeElement;
  const name = `${element.tagName} ${element.getAttribute("aria-label") || element.textContent.trim().slice(0, 40)}`;
  const box = element.getClientRects()[0];
  const wrong = [];
  const fits = box.height < innerHeight && box.width <= innerWidth;
  const isIn = box.top > -1 && box.left > -1 && box.bottom < innerHeight + 1 && box.right < innerWidth + 1;
  if (fits && !isIn) wrong.push(`${name}: out of the window (${[box.left, box.top, box.right, box.bottom].map(Math.round)})`);
  const [x, y] = [box.left + box.width / 2, Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1)];
  const top = document.elementFromPoint(x, y);
  if (!top || !(element.contains(top) || top.contains(element))) wrong.push(`${name}: covered by ${top?.outerHTML.slice(0, 80)}`);
  if (look(element) === calm.get(element)) wrong.push(`${name}: looks as without focus (${look(element)})`);
  return { index: tabbable.indexOf(element), wrong };
}"""


def walk(page, key: str) -> tuple[list[int], list[str]]:
    """Press `key` until everything had its turn; return the order of the turns and what was wrong with them."""
    order, wrong = [], []
    for _ in range(page.evaluate(REMEMBER)):
        page.keyboard.press(key)
        seen = page.evaluate(JUDGE)
        order.append(seen["index"])
        wrong += seen["wrong"]
    return order, wrong


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (360, 640)])
@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_tab_reaches_everything_in_order_and_each_focus_is_seen(browse, path, width, height):
    page = browse(path, width=width, height=height, reduced_motion="reduce", allow=problems_meant_at(path))
    order, wrong = walk(page, "Tab")
    assert order == list(range(len(order)))
    assert len(order) > 8
    assert wrong == []


def test_shift_tab_goes_all_the_way_back(browse):
    page = browse(ARTICLE, width=360, height=640, reduced_motion="reduce")
    order, wrong = walk(page, "Shift+Tab")
    assert order == list(range(len(order)))[::-1]
    assert len(order) > 60
    assert wrong == []
