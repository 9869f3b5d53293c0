"""What the start page carries for the browser, so that the whole test runs in the page: data, and every page made blank."""

from vitaminetest.shown import ShownTest


def script_parts(test: ShownTest, address: str) -> dict:
    return {}
