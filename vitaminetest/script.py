"""What the start page carries for the browser, so that the whole test runs in the page: the program, and every page made blank."""

import json

from vitaminetest.pages import blank_groups, blank_outcomes, blank_pages
from vitaminetest.program import readable_program
from vitaminetest.shown import ShownTest

_FOR_HTML = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script_parts(test: ShownTest, *, address: str) -> dict:
    """Return what templates/vitaminetest/_script.html shows."""
    return {
        "program": as_html(readable_program(test, address=address)),
        "pages": blank_pages(test, address=address),
        "groups": blank_groups(),
        "outcomes": blank_outcomes(test),
    }


def as_html(data: dict) -> str:
    """Return JSON in which nothing means something to HTML: it can stand in a page as it is."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_FOR_HTML)
