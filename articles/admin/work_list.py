"""The list of articles as a work list: where each stands, what waits for whom, and what went wrong."""

from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import Case, Count, Prefetch, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles import publishing
from articles.models import Article, ScheduledPublication, Submission
from articles.standing import standing

Status = Article.Status
MOST_URGENT = 200


class StateFilter(admin.SimpleListFilter):
    title = "staat"
    parameter_name = "staat"
    choices_in_order = {
        "ter-controle": ("ter controle", lambda found: found.in_review()),
        "mislukt": ("planning mislukt", lambda found: found.with_failed_plan()),
        "gepland": ("gepland", lambda found: found.planned()),
        "concept": ("concept", lambda found: found.filter(status=Status.DRAFT).at_rest()),
        "gepubliceerd": ("gepubliceerd", lambda found: found.filter(status=Status.PUBLISHED)),
        "ingetrokken": ("ingetrokken", lambda found: found.filter(status=Status.WITHDRAWN)),
    }

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.choices_in_order.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        chosen = self.choices_in_order.get(self.value())
        return chosen[1](queryset) if chosen else queryset


class WorkFirst:
    """For the list: what a chief editor has to act on comes first, what went wrong before what waits for review."""

    def get_ordering(self, request: HttpRequest, queryset: QuerySet) -> list:
        order = super().get_ordering(request, queryset)
        if ORDER_VAR in self.params or not request.user.has_perm(publishing.PERMISSION):
            return order
        failed, waiting = urgent()
        if not failed and not waiting:
            return order  # by the index
        first = Case(When(pk__in=failed, then=Value(0)), When(pk__in=waiting, then=Value(1)), default=Value(2))
        return [first.asc(), *order]


class WorkList:
    """The list of ArticleAdmin."""

    change_list_template = "admin/articles/article/change_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = ScheduledPublication.objects.filter(state__in=ScheduledPublication.OPEN).defer("source")
        return super().get_queryset(request).prefetch_related(Prefetch("scheduled", rows))

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().changelist_view(request, {**(extra_context or {}), "work": work()})

    @admin.display(description="staat", ordering="status")
    def state(self, article: Article) -> str:
        now = standing(article)
        marks = [("failed", "planning mislukt")] if now.failed else []
        marks = format_html_join(" ", '<span class="status status-{}">{}</span>', [*marks, (now.code, now.parts[0])])
        return marks + format_html_join("", '<span class="state-more">{}</span>', ([part] for part in now.parts[1:]))

    @admin.display(description="versie")
    def version(self, article: Article) -> str:
        """The live version; the link leads to everything that readers ever saw."""
        if not article.first_published_at:
            return "–"
        url, number = reverse("admin:articles_article_history", args=[article.pk]), article.live.number if article.live else "–"
        return format_html('<a href="{}">{}<span class="visually-hidden">: geschiedenis</span></a>', url, number)


def urgent() -> tuple[list[int], list[int]]:
    """Return the articles whose plan failed and those in review, a few pages of them at most. Two queries."""
    failed = ScheduledPublication.objects.filter(state="failed").values_list("article", flat=True)
    waiting = Submission.objects.filter(state=Submission.State.WAITING).values_list("article", flat=True)
    return list(failed[:MOST_URGENT]), list(waiting[:MOST_URGENT])


def work() -> list[tuple[str, int, str]]:
    """Return what there is to do, as (value of the filter, how many, what people read). Two queries."""
    waiting = Submission.objects.filter(state=Submission.State.WAITING).count()
    rows = ScheduledPublication.objects.filter(state__in=ScheduledPublication.OPEN).order_by()
    plans = dict(rows.values_list("state").annotate(Count("article", distinct=True)))
    return [
        ("ter-controle", waiting, "ter controle"),
        ("gepland", plans.get("waiting", 0), "gepland"),
        ("mislukt", plans.get("failed", 0), "planning mislukt"),
    ]
