"""What the checks say on the article page, and leaving a warning standing for a reason."""

from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST

from articles import publishing
from articles.models import Article
from articles.rendering import ArticleSource, RenderedArticle
from articles.rendering.findings import Finding


class FindingsPages:
    """Accepting a warning, for ArticleAdmin."""

    def get_urls(self) -> list:
        own = path("<int:pk>/akkoord/", self.admin_site.admin_view(require_POST(self.accept_view)), name="articles_article_accept")
        return [own, *super().get_urls()]

    def accept_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Leave one warning standing, with a reason."""
        article, posted = get_object_or_404(Article, pk=pk), request.POST
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        try:
            publishing.accept_finding(article, digest=posted.get("digest", ""), reason=posted.get("reason", ""), by=request.user)
        except publishing.AcceptRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "De waarschuwing blijft staan, met je reden. Verandert de tekst, dan komt ze terug.")
        return redirect("admin:articles_article_change", pk)


def render_checked(source: ArticleSource, article: Article | None = None) -> RenderedArticle:
    """Return the article as readers would see it, with everything that the checks find."""
    rendered, findings = publishing.examine_source(source, article)
    return replace(rendered, findings=findings)


def finding_data(finding: Finding) -> dict:
    """Return a finding as the page shows it; `target` is the id of the form element to go to."""
    labels = {"error": "Fout", "warning": "Let op", "hint": "Tip"}
    return {
        "code": finding.code,
        "level": finding.level.value,
        "label": "Akkoord" if finding.accepted else labels[finding.level.value],
        "message": f"{finding.message}{_accepted(finding)}",
        "place": _place(finding),
        "line": finding.line,
        "target": f"id_{finding.field}" if finding.field else "",
    }


def _accepted(finding: Finding) -> str:
    by = f" (akkoord van {finding.accepted_by})" if finding.accepted_by else ""
    return f" Blijft staan, omdat: {finding.accepted}{by}" if finding.accepted else ""


def _place(finding: Finding) -> str:
    """Return where a finding is in words; a finding about a field without a name of its own still says that it leads somewhere."""
    place = finding.heading or ("Naar het veld" if finding.field else "")
    line = f", regel {finding.line}" if finding.line else ""
    return f"{place}{line}"
