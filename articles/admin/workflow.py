"""The pages between draft and reader: plan, move or cancel a plan, send back, take back, withdraw. The services judge who may."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from articles import publishing, reviewing, scheduling
from articles.admin.transitions import SEE_BELOW, count_errors, forget_notes, notes_for
from articles.admin.workflow_forms import MomentForm, ScheduleForm, SendBackForm, WithdrawForm, typed_form
from articles.drafts import digest_of_draft
from articles.links_index import links_to
from articles.local_time import say
from articles.models import Article, ScheduledPublication
from articles.standing import standing, submission_of

Kind = ScheduledPublication.Kind


@dataclass(frozen=True)
class Plan:
    """Something open, as the article page shows it. `draft_differs`: the draft is no longer the text that was approved."""

    row: ScheduledPublication
    draft_differs: bool


class WorkflowPages:
    """The pages of ArticleAdmin that lead a draft to readers, or an article away from them."""

    def get_urls(self) -> list:
        page = require_http_methods(["GET", "POST"])
        own = [
            ("<int:pk>/inplannen/", page(self.schedule_view), "schedule"),
            ("<int:pk>/terugsturen/", page(self.send_back_view), "send_back"),
            ("<int:pk>/intrekken/", page(self.withdraw_view), "withdraw"),
            ("<int:pk>/terugnemen/", require_POST(self.take_back_view), "take_back"),
            ("<int:pk>/planning/<int:row>/moment/", page(self.reschedule_view), "reschedule"),
            ("<int:pk>/planning/<int:row>/annuleren/", require_POST(self.cancel_view), "cancel"),
        ]
        view = self.admin_site.admin_view
        return [path(route, view(target), name=f"articles_article_{name}") for route, target, name in own] + super().get_urls()

    def workflow_context(self, request: HttpRequest, article: Article, text: str) -> dict:
        """Return what the article page says of the way to readers. `text` is the draft as a file."""
        submission = submission_of(article)
        rows = [row for row in article.scheduled.all() if row.is_open]
        return {
            "standing": standing(article),
            "submission": submission,
            "changed_since": submission is not None and reviewing.has_changed_since(submission, text),
            "plans": [Plan(row, row.kind == Kind.PUBLISH and row.source != text) for row in rows],
        }

    def schedule_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Approve the saved draft, to be published at a moment."""
        article = self._article(request, pk)
        notes = notes_for(request, article)
        initial = {"digest": digest_of_draft(article), "reason": notes["publish_reason"], "is_substantive": notes["is_substantive"]}
        form = ScheduleForm(request.POST or None, initial=initial, is_first=article.first_published_at is None)
        if form.is_valid() and self._schedule(request, article, form):
            return redirect("admin:articles_article_change", pk)
        page = {"title": f"{article} inplannen", "action": "Inplannen"}
        replaced = article.scheduled.filter(kind=Kind.PUBLISH, state="waiting").first()
        lead = (
            "Het concept gaat op dat moment naar de lezers, precies zoals het nu is bewaard. Wat je later verandert, gaat niet mee."
        )
        if replaced:
            lead += f" Dit komt in de plaats van de tekst die voor {say(replaced.due)} gepland staat."
        return self._page(request, article, form, **page, lead=lead, show_preview=True)

    def _schedule(self, request: HttpRequest, article: Article, form: ScheduleForm) -> bool:
        given = form.cleaned_data
        try:
            row = scheduling.schedule(
                article,
                due=given["due"].at,
                by=request.user,
                reason=given.get("reason", ""),
                is_substantive=given.get("is_substantive", True),
                expected_digest=given["digest"],
            )
        except publishing.PublishRefused as refused:
            messages.error(request, f"Er is niets ingepland: er is nog {count_errors(refused)}. {SEE_BELOW}")
            return True
        except scheduling.ScheduleRefused as refused:
            form.add_error(None, str(refused))
            return False
        forget_notes(request, article)
        messages.success(request, f"Ingepland voor {say(row.due)}. {given['due'].remark}".strip())
        return True

    def reschedule_view(self, request: HttpRequest, pk: int, row: int) -> HttpResponse:
        """Choose another moment for what is planned, or has failed; the text stays the one that was approved."""
        article = self._article(request, pk)
        plan = get_object_or_404(article.scheduled, pk=row)
        form = MomentForm(request.POST or None, initial={"due": typed_form(plan.due)})
        if form.is_valid():
            due = form.cleaned_data["due"]
            try:
                scheduling.reschedule(plan, due=due.at, by=request.user)
            except scheduling.ScheduleRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, f"Ingepland voor {say(due.at)}. {due.remark}".strip())
                return redirect("admin:articles_article_change", pk)
        what = "De goedgekeurde tekst" if plan.kind == Kind.PUBLISH else "Het intrekken"
        title = f"{article}: ander moment"
        return self._page(request, article, form, title=title, lead=f"{what} blijft zoals gepland.", action="Inplannen")

    def cancel_view(self, request: HttpRequest, pk: int, row: int) -> HttpResponse:
        plan = get_object_or_404(ScheduledPublication, pk=row, article=pk)
        try:
            scheduling.cancel(plan, by=request.user)
        except scheduling.ScheduleRefused as refused:
            messages.error(request, str(refused))
        else:
            done = "De melding is weg." if plan.has_failed else "De planning is geannuleerd."
            messages.success(request, f"{done} Het concept is niet veranderd.")
        return redirect("admin:articles_article_change", pk)

    def send_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Give a submitted draft back to its writer, with a reason."""
        article = self._article(request, pk)
        form = SendBackForm(request.POST or None)
        if form.is_valid():
            try:
                reviewing.send_back(article, by=request.user, reason=form.cleaned_data["reason"])
            except reviewing.ReviewRefused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "Het concept is teruggestuurd. De schrijver ziet je reden boven het artikel.")
                return redirect("admin:articles_article_changelist")
        lead = "Het concept blijft bewaard zoals het is. De schrijver kan het verbeteren en opnieuw insturen."
        return self._page(request, article, form, title=f"{article} terugsturen", lead=lead, action="Terugsturen")

    def take_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            reviewing.take_back(get_object_or_404(Article, pk=pk), by=request.user)
        except reviewing.ReviewRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Het concept is teruggenomen en niet meer ter controle.")
        return redirect("admin:articles_article_change", pk)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why and when, then take the article away from readers, or plan to."""
        article = self._article(request, pk)
        form = WithdrawForm(request.POST or None)
        if form.is_valid() and self._withdraw(request, article, form):
            return redirect("admin:articles_article_change", pk)
        lead = "Lezers vinden het artikel dan niet meer. De versies blijven bewaard en je kunt het later opnieuw publiceren."
        if linking := links_to(article).live:
            what = "1 artikel linkt" if linking == 1 else f"{linking} artikelen linken"
            lead += f" {what} hierheen; die links worden gewone tekst."
        page = {"title": f"{article} intrekken", "action": "Intrekken", "is_danger": True}
        return self._page(request, article, form, lead=lead, **page)

    def _withdraw(self, request: HttpRequest, article: Article, form: WithdrawForm) -> bool:
        given = form.cleaned_data
        if given["when"] == "now" and article.live is None:
            form.add_error("when", "Lezers zien dit artikel nu niet: er valt niets in te trekken.")
            return False
        if given["when"] == "now":
            publishing.withdraw(article, by=request.user, reason=given["reason"])
            messages.success(request, "Het artikel is ingetrokken. Lezers vinden het niet meer; de versies blijven bewaard.")
            return True
        try:
            scheduling.schedule_withdrawal(article, due=given["due"].at, by=request.user, reason=given["reason"])
        except scheduling.ScheduleRefused as refused:
            form.add_error("due", str(refused))
            return False
        messages.success(request, f"Het artikel wordt ingetrokken op {say(given['due'].at)}. {given['due'].remark}".strip())
        return True

    def _article(self, request: HttpRequest, pk: int) -> Article:
        """Return the article for a page of who may publish; the page itself shows nothing to others."""
        publishing.require_permission(request.user)
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Article.objects.select_related("live", "hero"), pk=pk)

    def _page(self, request: HttpRequest, article: Article, form: Form, *, title: str, **context) -> HttpResponse:
        context |= {**self.admin_site.each_context(request), "title": title, "form": form, "article": article, "opts": self.opts}
        return TemplateResponse(request, "admin/articles/article/transition.html", context)
