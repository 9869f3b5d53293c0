"""The search page. What somebody looks for on a site about health is theirs: it is kept nowhere, and goes to nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.models import Article
from articles.search.finding import search
from articles.search.query import LONGEST_QUERY, MOST_TERMS

NEWEST = 5


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """Show the field, and what was found for ?q=. With ?letterlijk=1 no typing errors are corrected."""
    results = search(request.GET.get("q", ""), page=_page_number(request), literal="letterlijk" in request.GET)
    context = {"results": results, "longest_query": LONGEST_QUERY, "most_terms": MOST_TERMS}
    if results.query.is_too_long:
        context["error"] = f"Je zoekvraag is te lang. Gebruik hooguit {LONGEST_QUERY} tekens."
    if results.query.terms and not results.articles:
        context["newest"] = Article.objects.published().defer("live__rendered", "live__source")[:NEWEST]
    response = render(request, "articles/search.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"  # not even our own log of the next page holds the words
    return response


def _page_number(request: HttpRequest) -> int:
    number = request.GET.get("pagina", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1
