"""“Hoeveel heb jij nodig?”: the form under a printed intake table, and the page that answers it.

What a reader tells stays between them and the answer: it travels in the body of a POST, nothing of it is stored, logged or put into
an address, and no cookie is set. So there is no token against forgery either: an answer changes nothing, whoever asked for it.
"""

import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from articles.addresses import find_articles
from articles.rendering.intake import fill_places
from intake.forms import CalculatorForm
from intake.models import Nutrient
from intake.table import Kind, Table
from references.bibliography import format_entry
from references.models import Reference

_BACK = re.compile(r"([a-z0-9-]{1,120})#(tabel-[0-9]{1,3})")
_CAPTION = re.compile(r'<caption id="(tabel-[0-9]+)">')


def put_calculators(html: str, *, slug: str, seen: set[str]) -> str:
    """Put a form under every intake table in a piece of an article; the second table of a nutrient on the page gets none."""

    def form(key: str, before: str) -> str:
        if key in seen:
            return ""
        seen.add(key)
        anchors = _CAPTION.findall(before)
        back = f"{slug}#{anchors[-1]}" if anchors else ""
        return render_to_string("intake/_calculator.html", {"form": CalculatorForm(key=key, back=back), "in_article": True})

    return fill_places(html, form)


def _private(view: Callable) -> Callable:
    """No cache keeps the page, and no report of an error says what was typed."""

    @csrf_exempt
    @sensitive_variables()
    @sensitive_post_parameters()
    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return marked


@require_http_methods(["GET", "HEAD", "POST"])
@_private
def calculator(request: HttpRequest) -> HttpResponse:
    """Show an empty form for every table, whatever the address says; answer what was posted about one of them."""
    if request.method != "POST":
        tables = [table for table in Nutrient.objects.tables().values() if table.of(Kind.ADH)]
        return _page(request, tables, [CalculatorForm(key=table.key) for table in tables])
    table = Nutrient.objects.tables([request.POST.get("nutrient", "")]).get(request.POST.get("nutrient", ""))
    if table is None:
        raise Http404("Deze tabel is er niet.")
    form = CalculatorForm(request.POST, key=table.key, table=table)
    return _page(request, [table], [form], status=200 if form.is_valid() else 422)


def _page(request: HttpRequest, tables: list[Table], forms: list[CalculatorForm], *, status: int = 200) -> HttpResponse:
    form = forms[0] if forms else None
    answer = form.answer if form else None
    context = {
        "calculators": list(zip(tables, forms, strict=True)),
        "form": form,
        "answer": answer,
        "sources": _sources(answer.source_keys) if answer else [],
        "back": _back(request.POST.get("back", "")),
        "canonical": settings.SITE_URL + reverse("calculator"),
    }
    return render(request, "intake/calculator.html", context, status=status)


def _sources(keys: tuple[str, ...]) -> list[str]:
    """Return the lines of these sources as safe HTML, as readers may see them."""
    found = Reference.objects.by_key(keys)
    records = [found[key].public_csl(link_masked=settings.LINK_MASKED_REFERENCES) for key in keys if key in found]
    return [mark_safe(format_entry(record)) for record in records]  # noqa: S308


def _back(typed: str) -> dict | None:
    """Return title and address of the table that the form came from, if that article can still be read."""
    match = _BACK.fullmatch(typed)
    article = find_articles([match[1]]).get(match[1]) if match else None
    return {"title": article.title, "url": f"{reverse('articles:detail', args=[article.slug])}#{match[2]}"} if article else None
