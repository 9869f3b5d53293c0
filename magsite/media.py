"""Serves the files of the image library, and nothing else, from whatever storage they are in."""

from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.images.renditions import CONTENT_TYPES, FILE_NAME

HEADERS = {
    # A name holds a digest of its content: what was fetched once never has to be asked for again.
    "Cache-Control": "public, max-age=31536000, immutable",
    "X-Content-Type-Options": "nosniff",
    # Should a file ever be opened as a page, it may do nothing. django-csp leaves a policy that is already there alone.
    "Content-Security-Policy": "sandbox; default-src 'none'",
}


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer `/media/<path>`. Only a path of the form that `renditions` gives is looked at: it can't leave the folder."""
    match = FILE_NAME.fullmatch(path)
    if not match:
        raise Http404("Geen afbeelding uit de beeldbank.")
    try:
        file = default_storage.open(path)
    except FileNotFoundError:
        raise Http404("Deze afbeelding bestaat niet.") from None
    name = PurePosixPath(path).name
    response = FileResponse(file, filename=name, content_type=CONTENT_TYPES[match["extension"]])
    response = get_conditional_response(request, etag=f'"{name}"') or _without_body_for_head(request, response)
    if not response.streaming:
        file.close()
    for header, value in {**HEADERS, "ETag": f'"{name}"'}.items():
        response.headers[header] = value
    _leave_uncompressed(request)
    return response


def _without_body_for_head(request: HttpRequest, response: FileResponse) -> HttpResponseBase:
    return HttpResponse(headers=dict(response.headers)) if request.method == "HEAD" else response


def _leave_uncompressed(request: HttpRequest) -> None:
    """Keep GZipMiddleware off: pictures don't get smaller, and it would take away Content-Length and the strong ETag."""
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
