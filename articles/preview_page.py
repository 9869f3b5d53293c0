"""The draft of an article for somebody with a link: no login, no findings, nothing that is kept or found."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.drafts import render_draft
from articles.models import PreviewLink
from articles.presentation import LinkedDraft, page_context
from articles.preview_links import find_link, note_opened

HEADERS = {
    "Cache-Control": "no-store, private",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",  # the address is the key: no other site gets to see it
}


@require_safe
def linked_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show the draft as it is now. Whatever is wrong with the link, the answer is the same."""
    link = find_link(token)
    response = _show(request, link) if link else render(request, "articles/preview_link_gone.html", status=404)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _show(request: HttpRequest, link: PreviewLink) -> HttpResponse:
    article = link.article
    if request.method == "GET":
        note_opened(link)
    context = page_context(
        render_draft(article),
        published_at=article.first_published_at,
        modified_at=None,
        version=None,
        linked_draft=LinkedDraft(article.updated_at, link.expires_at),
    )
    return render(request, "articles/article_detail.html", context)
