"""What an auditor asks: what stood on the site on that day, on which sources, who approved it, and who did what."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone

from articles import scheduling
from articles.admin.findings import finding_data, render_checked
from articles.admin.workflow_forms import DayForm
from articles.local_time import TimeRefused, read_span, say
from articles.models import Article
from articles.rendering.rendered import NumberedSource, RenderedBenefit
from articles.rendering.snapshot import findings_from_data, from_data
from articles.revisions import name_of
from articles.timeline import LiveInterval, live_between, steps


@dataclass(frozen=True)
class Shown:
    """A version that readers could see: who approved it, what the checks said, what it claimed and on which sources."""

    interval: LiveInterval
    by: str
    findings: tuple[dict, ...]
    benefits: tuple[RenderedBenefit, ...]
    sources: tuple[NumberedSource, ...]


class AuditPages:
    """The question "what stood there on …?" on the history page of ArticleAdmin, and the texts that answer it."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        own = [
            path("<int:pk>/versies/<int:number>/", view(self.version_view), name="articles_article_version"),
            path("<int:pk>/planning/<int:row>/", view(self.planned_view), name="articles_article_planned"),
        ]
        return [*own, *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Add who did what, and with `?datum=` (and `tijd=`) what readers saw then."""
        response = super().history_view(request, object_id, extra_context)
        if isinstance(response, TemplateResponse):
            article = response.context_data["object"]
            asked = "datum" in request.GET
            form = DayForm(request.GET if asked else None, initial={"datum": timezone.localdate()})
            response.context_data |= {"steps": steps(article), "day_form": form}
            if asked and form.is_valid():
                response.context_data |= _answer(article, form)
        return response

    def version_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Show a publication whole, also of an article that readers no longer find."""
        article = self._visible(request, pk)
        publication = get_object_or_404(article.publications, number=number)
        rendered = replace(from_data(publication.rendered), findings=())
        title = f"Versie {number}, gepubliceerd op {say(publication.published_at)}"
        return self.show_preview(request, rendered, article, title=title)

    def planned_view(self, request: HttpRequest, pk: int, row: int) -> HttpResponse:
        """Show the text that was approved and waits for its moment, with what the checks say of it now."""
        article = self._visible(request, pk)
        plan = get_object_or_404(article.scheduled.exclude(source=""), pk=row)
        title = f"Voorbeeld: deze tekst is goedgekeurd voor {say(plan.due)}"
        return self.show_preview(request, render_checked(scheduling.parse_text(plan.source), article), article, title=title)

    def _visible(self, request: HttpRequest, pk: int) -> Article:
        article = get_object_or_404(Article.objects.select_related("live"), pk=pk)
        if not self.has_view_permission(request, article):
            raise PermissionDenied
        return article


def _answer(article: Article, form: DayForm) -> dict:
    try:
        start, end = read_span(form.cleaned_data["datum"], form.cleaned_data["tijd"])
    except TimeRefused as refused:
        form.add_error("tijd" if form.cleaned_data["tijd"] else "datum", str(refused))
        return {}
    if start > datetime.now(UTC):
        form.add_error("datum", "Dat moment moet nog komen.")
        return {}
    found = live_between(article, start, end)
    return {"answer": tuple(_shown(interval) for interval in found), "answered": True}


def _shown(interval: LiveInterval) -> Shown:
    publication = interval.publication
    rendered, findings = from_data(publication.rendered), findings_from_data(publication.findings)
    return Shown(
        interval=interval,
        by=name_of(publication.published_by),
        findings=tuple(finding_data(finding) for finding in findings),
        benefits=tuple(benefit for section in rendered.sections for benefit in section.benefits),
        sources=rendered.sources,
    )
