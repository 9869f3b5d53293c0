"""Trying the draft: answer it on one page, and see where that leads and why. What you see can be kept as a test case."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from vitaminetest.admin.answers_form import AnswersForm
from vitaminetest.definition import Case, Definition, Kind
from vitaminetest.drafts import add_case, definition_of
from vitaminetest.evaluate import Evaluation, evaluate
from vitaminetest.models import Questionnaire
from vitaminetest.structure import find_faults
from vitaminetest.words import KINDS, answer_in_words, interval_in_words, trace_in_words


@dataclass(frozen=True)
class Shown:
    title: str
    key: str
    kind: str
    why: str


@dataclass(frozen=True)
class Result:
    """What answers lead to, in words. `path` holds (question, answer); `dropped` are answers that don't count."""

    path: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    scores: tuple[tuple[str, str], ...]
    outcomes: tuple[Shown, ...]
    suppressed: tuple[Shown, ...]
    open: str


def result_of(definition: Definition, answers: dict) -> Result:
    evaluation = evaluate(definition, answers)
    questions = definition.questions
    kept = {key: answer_in_words(questions[key], answer) for key, answer in evaluation.kept.items()}
    return Result(
        path=tuple((questions[key].text, kept.get(key, _missing(questions[key].kind))) for key in evaluation.path),
        dropped=tuple(questions[key].text for key in answers if key not in evaluation.kept),
        scores=tuple((score.label, interval_in_words(evaluation.scores[score.key])) for score in definition.scores),
        outcomes=_shown(definition, evaluation, evaluation.outcomes),
        suppressed=_shown(definition, evaluation, evaluation.suppressed),
        open=questions[evaluation.open].text if evaluation.open else "",
    )


def _missing(kind: Kind) -> str:
    return "alleen om te lezen" if kind == Kind.INFO else "nog geen antwoord"


def _shown(definition: Definition, evaluation: Evaluation, keys: tuple[str, ...]) -> tuple[Shown, ...]:
    why = trace_in_words(definition, evaluation)
    found = (definition.outcome(key) for key in keys)
    return tuple(Shown(outcome.title, outcome.key, KINDS[outcome.kind], why[outcome.key]) for outcome in found)


class TryingPage:
    """A page of QuestionnaireAdmin."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(require_http_methods(["GET", "POST"])(self.try_view))
        return [path("<int:pk>/proberen/", view, name="vitaminetest_questionnaire_try"), *super().get_urls()]

    def try_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        is_kept = "_case" in request.POST
        questionnaire = self.found(request, pk, write=is_kept)
        definition = definition_of(questionnaire)
        faults = find_faults(definition)
        form = AnswersForm(definition, request.POST or None)
        context = {"faults": faults, "form": form, "result": None, "may_write": self.has_change_permission(request, questionnaire)}
        if request.method == "POST" and not faults and form.is_valid():
            if is_kept:
                return self._keep(request, questionnaire, definition, form)
            context["result"] = result_of(definition, form.answers)
        context["parts"] = [
            (section.title, [(question, form.of(question.key)) for question in section.questions])
            for section in definition.sections
        ]
        return self._page(request, questionnaire, "try", title=f"{questionnaire} proberen", **context)

    def _keep(self, request: HttpRequest, questionnaire: Questionnaire, definition: Definition, form: AnswersForm) -> HttpResponse:
        """Make a test case of the answers that count, expecting what they lead to now."""
        evaluation = evaluate(definition, form.answers)
        name = " ".join(request.POST.get("name", "").replace("\0", "").split()) or f"Proef {len(definition.cases) + 1}"
        row = add_case(questionnaire, Case(name, tuple(evaluation.kept.items()), evaluation.outcomes))
        self.log_change(request, questionnaire, f"Proef ‘{name}’ bewaard.")
        messages.success(request, f"De proef ‘{name}’ is bewaard. Kijk na of de lezer dit hoort te krijgen.")
        return redirect("admin:vitaminetest_case_change", row.pk)
