"""Headers that gunicorn has checked once are not checked again for every reader: a tenth of what a kept page costs.

gunicorn tests name and value of every header of every answer with regular expressions. Those of a kept page never change, so the
first answer keeps gunicorn's own result and later ones hand it back. This sets four attributes of gunicorn's Response that are no
public interface: tests/magsite/test_checked_headers.py compares both ways byte for byte and fails when an upgrade changes them.
Any other server, and anything but a plain GET answered with 200, goes the plain way.
"""

from collections.abc import Callable

from gunicorn.http.wsgi import Response


class CheckedHeaders(list):
    """A list of headers that never changes.

    `checked` is gunicorn's view of it: headers and content length. `written` is what magsite.page_worker sends of it: the bytes of
    the head before and after the date.
    """

    checked: tuple[tuple, int] | None = None
    written: tuple[bytes, bytes] | None = None


def start(start_response: Callable, status: str, headers: CheckedHeaders) -> None:
    """Call start_response, or do what gunicorn would do with these headers. They must hold a Content-Length."""
    response = getattr(start_response, "__self__", None)
    if type(response) is not Response or status != "200 OK" or response.req.method != "GET" or response.status is not None:
        start_response(status, headers)
    elif headers.checked is None:
        start_response(status, headers)
        headers.checked = (tuple(response.headers), response.response_length)
    else:
        response.status, response.status_code = status, 200
        checked, response.response_length = headers.checked
        response.headers = list(checked)
