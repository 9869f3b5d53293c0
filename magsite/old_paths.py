"""Paths that nothing answers: perhaps an editor knows where they lead."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from articles.redirects import find_target
from articles.views import moved_to

NOTHING_THERE = (404, 410)


class OldPathsMiddleware:
    """Looks in the editors' list of redirects, but only when the answer is that there is no such page (any more)."""

    def __init__(self, get_response: Callable):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code not in NOTHING_THERE or request.method not in ("GET", "HEAD"):
            return response
        target = find_target(request.path_info)
        return moved_to(target) if target else response
