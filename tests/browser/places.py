"""Addresses that several tests go to."""

ARTICLE = "/artikelen/waar-is-magnesium-goed-voor/"
MISSING = "/deze-pagina-bestaat-niet/"
VERSION = f"{ARTICLE}v/1/"
CALCULATOR = "/hoeveel-heb-jij-nodig/"
SEARCH = "/zoeken/?q=magnesium"
PUBLIC_PAGES = (
    "/",
    "/artikelen/",
    ARTICLE,
    VERSION,
    "/bronnen/grober2015/",
    "/advies/",
    CALCULATOR,
    "/vitaminetest/",
    "/privacy/",
    "/over/",
    "/zoeken/",
    SEARCH,
    MISSING,
)
WIDTHS = (320, 360, 768, 1280, 2560)
GONE = ("status 410", "410 (Gone)")  # and about an article that was withdrawn
NOT_FOUND = ("status 404", "404 (Not Found)")  # what a browser says about MISSING


def problems_meant_at(path: str) -> tuple[str, ...]:
    """Return the problems that opening `path` should give."""
    return NOT_FOUND if path == MISSING else ()
