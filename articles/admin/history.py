"""Every version of an article: what was published when and why, what differs between two, and the way back."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from articles import publishing
from articles.admin.comparison import NOW, compare
from articles.admin.draft_history import revisions
from articles.drafts import UnknownName
from articles.markdown_file import ArticleFileError
from articles.models import Article, Publication
from articles.revisions import name_of

VERSIONS_PER_PAGE = 50


@dataclass(frozen=True)
class Version:
    """A publication in the list. `findings` counts what the checks said; `earlier` is the number of the one before, or 0."""

    number: int
    published_at: datetime
    by: str
    reason: str
    is_substantive: bool
    findings: int
    is_live: bool
    earlier: int


class VersionHistory:
    """The history page of ArticleAdmin, with the two ways back."""

    object_history_template = "admin/articles/article/history.html"

    def get_urls(self) -> list:
        own = path(
            "<int:pk>/versies/<int:number>/terugzetten/",
            self.admin_site.admin_view(require_POST(self.restore_view)),
            name="articles_article_restore",
        )
        return [own, *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Show all publications and saved drafts, and of two of them (`?van=1&tot=concept`) what differs."""
        response = super().history_view(request, object_id, extra_context)
        if isinstance(response, TemplateResponse):
            article = response.context_data["object"]
            response.context_data |= self._history(request, article)
        return response

    def _history(self, request: HttpRequest, article: Article) -> dict:
        dates = list(article.publications.order_by("-number").values_list("number", "published_at"))
        page = Paginator(dates, VERSIONS_PER_PAGE).get_page(request.GET.get("pagina"))
        choices = [(NOW, "het concept van nu"), *((str(number), label_of(number, at)) for number, at in dates)]
        context = {
            "title": f"Geschiedenis van {article}",
            "choices": choices,
            "page": page,
            "versions": versions(article, [number for number, _ in page]),
            "may_change": self.has_change_permission(request, article),
            "may_publish": request.user.has_perm(publishing.PERMISSION),
            "revisions": revisions(article),
            "van": choices[min(2, len(choices) - 1)][0],
            "tot": choices[1][0] if len(choices) > 2 else NOW,
        }
        if "van" not in request.GET and "tot" not in request.GET:
            return context
        try:
            comparison = compare(article, request.GET.get("van", ""), request.GET.get("tot", ""))
            known = dict(context["choices"])
            extra = [(text.code, text.label) for text in (comparison.old, comparison.new) if text.code not in known]
            chosen = {
                "choices": [*context["choices"], *dict(extra).items()],
                "van": comparison.old.code,
                "tot": comparison.new.code,
            }
            return context | chosen | {"comparison": comparison}
        except LookupError:
            return context | {"trouble": "Deze versies bestaan niet. Kies er twee uit de lijst."}
        except ArticleFileError as error:
            return context | {"trouble": f"Deze versies kunnen niet worden vergeleken. {error}"}

    def restore_view(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        """Make an old version the draft, and with `_publish` also a new version."""
        article = get_object_or_404(Article.objects.select_related("live"), pk=pk)
        publication = get_object_or_404(article.publications, number=number)
        back = redirect("admin:articles_article_history", pk)
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        try:
            return self._restore(request, publication)
        except publishing.PublishRefused as refused:
            messages.error(request, f"Versie {number} is niet hersteld en het concept is niet veranderd. {_sentences(refused)}")
        except (UnknownName, ArticleFileError, PermissionDenied) as error:
            messages.error(request, f"Versie {number} is niet hersteld en het concept is niet veranderd. {error}")
        return back

    def _restore(self, request: HttpRequest, publication: Publication) -> HttpResponse:
        if "_publish" not in request.POST:
            article = publishing.restore_draft(publication, by=request.user)
            text = f"Het concept is nu de tekst van versie {publication.number}. Lezers zien daar nog niets van."
            messages.success(request, f"{text} Wat er stond, vind je bij ‘Wie bewaarde wat’.")
            self.log_change(request, article, f"Concept teruggezet naar versie {publication.number}.")
            return redirect("admin:articles_article_change", article.pk)
        restored = publishing.restore(publication, by=request.user)
        self.log_change(request, restored.article, f"Hersteld naar versie {publication.number}.")
        url = reverse("articles:detail", args=[restored.slug])
        text = 'Versie {} is gepubliceerd, met de tekst van versie {}. <a href="{}">Bekijk de pagina</a>'
        messages.success(request, format_html(text, restored.number, publication.number, url))
        return redirect("admin:articles_article_history", restored.article_id)


def label_of(number: int, published_at: datetime) -> str:
    return f"versie {number} · {date_format(localtime(published_at), 'j F Y')}"


def versions(article: Article, numbers: list[int]) -> tuple[Version, ...]:
    """Return the publications with these numbers, newest first. One query. Numbers count on from 1, without gaps."""
    found = article.publications.filter(number__in=numbers)
    rows = found.select_related("published_by").defer("source", "rendered", "card").order_by("-number")
    return tuple(
        Version(
            number=row.number,
            published_at=row.published_at,
            by=name_of(row.published_by),
            reason=row.reason,
            is_substantive=row.is_substantive,
            findings=len(row.findings),
            is_live=row.pk == article.live_id,
            earlier=row.number - 1,
        )
        for row in rows
    )


def _sentences(refused: publishing.PublishRefused) -> str:
    return " ".join(finding.message for finding in refused.findings)
