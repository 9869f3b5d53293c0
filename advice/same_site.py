"""Whether a form was sent from a page of this site. Pure.

Forms of readers have no session and no CSRF cookie, on purpose: a reader gets no cookie for asking. There is no authority in the
browser that another site could ride on; what is left is that it could make a visitor send a question that they never wrote. The
browser itself tells where a form comes from, in headers that no page can set.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit

FROM_HERE = ("same-origin", "none")  # "none": the reader did it, by reloading or from the history


def is_from_here(headers: Mapping[str, str], *, hosts: tuple[str, ...]) -> bool:
    """Judge a POST by its headers. `hosts` are the names, with port, that this site has.

    Sec-Fetch-Site decides where a browser sends it (all since 2023). An older one sends Origin, which is "null" from a page that
    names no referrer; what sends neither is no browser that another site could use.
    """
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if site:
        return site in FROM_HERE
    return origin in (None, "null") or urlsplit(origin).netloc in hosts
