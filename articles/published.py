"""How a view says that its page may be kept as finished bytes: the same for everybody until something is published or deployed."""

from collections.abc import Callable
from functools import wraps

MARK = "magsite.published"  # in the environ: False when the page would be kept, and True when its view says that it may be
OF_ONE_VISITOR = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")


def published(view: Callable) -> Callable:
    """Mark a view for the server around Django (magsite.pages), which keeps its page under the site's generation.

    When that asks, the headers of this one visitor are taken away after the view has run, so that the middleware around it leaves
    the bytes whole. A request that it hands on (with a query string, of an editor) is answered as any other.
    """

    @wraps(view)
    def marked(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if MARK in request.META:
            request.META[MARK] = True
            for name in OF_ONE_VISITOR:
                request.META.pop(name, None)
        return response

    return marked
