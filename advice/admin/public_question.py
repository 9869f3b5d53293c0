"""Questions for everybody: the list, and the page on which one is rewritten, vouched for and published."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from advice import public_questions
from advice.admin.widgets import AnswerWidget
from advice.admin.writing import preview_html
from advice.answer_text import render_answer
from advice.drafting import as_typed
from advice.models import PublicQuestion
from advice.permissions import HANDLE, PUBLISH
from advice.public_questions import QuestionRefused, digest_of

DONE = {
    "_save": "De vraag is bewaard. Lezers zien er nog niets van.",
    "_propose": "De vraag is bewaard en ligt klaar voor een eindredacteur.",
    "_publish": "De vraag staat nu onder het artikel.",
    "_withdraw": "De vraag is van de site gehaald. De tekst blijft hier staan.",
}
CHANGED = "Een collega bewaarde intussen een andere tekst. Druk nog een keer op de knop als de jouwe ervoor in de plaats komt."


class QuestionForm(forms.ModelForm):
    """The text as somebody is writing it. What is wrong with it is for `public_questions.examine` to say."""

    class Meta:
        model = PublicQuestion
        fields = ["article_slug", "question", "answer"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False
        preview = reverse("admin:advice_publicquestion_preview", args=[self.instance.pk])
        self.fields["answer"].widget = AnswerWidget(preview, {"rows": 12})
        self.fields["question"].widget.attrs["class"] = "vTextField"
        self.fields["article_slug"].help_text = "Het laatste deel van het webadres, zoals waar-is-magnesium-goed-voor."


@admin.register(PublicQuestion)
class PublicQuestionAdmin(admin.ModelAdmin):
    list_display = ["text", "article_slug", "state", "created_at"]
    list_display_links = ["text"]
    list_filter = ["state"]
    ordering = ["-pk"]
    actions = None

    @admin.display(description="vraag")
    def text(self, question: PublicQuestion) -> str:
        return question.question or "(nog geen vraag)"

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/change/", wrap(self.question_view), name="advice_publicquestion_change"),
            path("<int:pk>/voorbeeld/", wrap(require_POST(self.preview_view)), name="advice_publicquestion_preview"),
        ]
        return own + [url for url in super().get_urls() if url.name and url.name.endswith("_changelist")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def question_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a question, and do what the pressed button says; what was typed stays when that can't be."""
        question = self._load(request, pk)
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponseNotAllowed(["GET", "POST"])
        if request.method != "POST":
            return self._show(request, question, QuestionForm(instance=question))
        form = QuestionForm(request.POST, instance=self._load(request, pk))
        if not form.is_valid():
            return self._show(request, question, form, status=400)
        if request.POST.get("seen", digest_of(question)) != digest_of(question):
            theirs = f"De tekst van je collega: {question.question} {question.answer}"
            return self._show(request, question, form, problems=[CHANGED, theirs], status=409)
        pressed = next((name for name in ("_propose", "_publish", "_withdraw") if name in request.POST), "_save")
        try:
            self._do(pressed, request, question, form.cleaned_data)
        except QuestionRefused as refused:
            shown = QuestionForm(request.POST, instance=self._load(request, pk))
            return self._show(request, question, shown, problems=refused.problems, status=409)
        messages.success(request, DONE[pressed])
        return redirect("admin:advice_publicquestion_change", pk)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._load(request, pk)
        rendered = render_answer(as_typed(request.POST.get("answer", "")), prefix="voorbeeld-")
        return JsonResponse({"html": preview_html(rendered), "findings": []})

    def _do(self, pressed: str, request: HttpRequest, question: PublicQuestion, data: dict) -> None:
        by, now, checked = request.user, timezone.now(), "checked" in request.POST
        if pressed == "_withdraw":
            return public_questions.withdraw(question, by=by)
        answer = as_typed(data["answer"])
        public_questions.rewrite(question, by=by, article_slug=data["article_slug"], text=data["question"], answer=answer)
        if pressed == "_propose":
            public_questions.propose(question, by=by, has_checked=checked, now=now)
        elif pressed == "_publish":
            public_questions.publish(question, by=by, now=now, has_checked=checked)

    def _load(self, request: HttpRequest, pk: int) -> PublicQuestion:
        if not (request.user.has_perm(HANDLE) or request.user.has_perm(PUBLISH)):
            raise PermissionDenied
        return get_object_or_404(PublicQuestion.objects.select_related("request", "checked_by"), pk=pk)

    def _show(self, request: HttpRequest, question: PublicQuestion, form, *, status: int = 200, problems=()) -> HttpResponse:
        examined = public_questions.examine(question)
        context = {
            **self.admin_site.each_context(request),
            "title": question.question or "Openbare vraag",
            "opts": self.opts,
            "question": question,
            "form": form,
            "problems": problems,
            "seen": digest_of(question),
            "examined": examined,
            "preview": preview_html(examined.rendered),
            "is_checked": question.checked_digest == digest_of(question),
            "may_publish": request.user.has_perm(PUBLISH),
            "may_see_request": request.user.has_perm(HANDLE),
        }
        return TemplateResponse(request, "admin/advice/public_question.html", context, status=status)
