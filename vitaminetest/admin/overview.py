"""What the page of a questionnaire shows: every part in its order and in words, what the checks say, and where to change it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import models
from django.urls import reverse

from articles.rendering.findings import Finding, Level
from vitaminetest.checks.flow import trouble_of
from vitaminetest.definition import Case, Definition, Outcome, Question, Score, Section
from vitaminetest.models import Questionnaire, Version, draft
from vitaminetest.structure import find_faults
from vitaminetest.words import KINDS, answers_in_words, condition_in_words, points_in_words

LABELS = {Level.ERROR: "Fout", Level.WARNING: "Let op", Level.HINT: "Tip"}
MODELS = {
    "onderdeel": draft.Section,
    "vraag": draft.Question,
    "score": draft.Score,
    "uitkomst": draft.Outcome,
    "proef": draft.Case,
}


@dataclass(frozen=True)
class Part:
    """A part on the page. `pk` is that of its row, `more` and `details` what stands under it, `trouble` why a case is red."""

    pk: int
    kind: str
    key: str
    title: str
    tags: tuple[str, ...] = ()
    condition: str = ""
    more: tuple[str, ...] = ()
    details: str = ""
    trouble: str = ""
    parts: tuple["Part", ...] = field(default=())

    @property
    def anchor(self) -> str:
        return f"{self.kind}-{self.pk}"

    @property
    def url(self) -> str:
        return reverse(f"admin:vitaminetest_{MODELS[self.kind]._meta.model_name}_change", args=[self.pk])


@dataclass(frozen=True)
class Remark:
    """A finding with the address of the page on which it can be mended."""

    finding: Finding
    label: str
    url: str


class Overview:
    """The parts of a draft. Five queries for the rows."""

    def __init__(self, questionnaire: Questionnaire, definition: Definition):
        self.definition, self.questionnaire = definition, questionnaire
        own = {"questionnaire": questionnaire}
        self.pks = {
            "onderdeel": _by_key(draft.Section.objects.filter(**own)),
            "vraag": _by_key(draft.Question.objects.filter(section__questionnaire=questionnaire)),
            "score": _by_key(draft.Score.objects.filter(**own)),
            "uitkomst": _by_key(draft.Outcome.objects.filter(**own)),
        }
        self.case_pks = list(draft.Case.objects.filter(**own).values_list("pk", "name"))
        self.can_evaluate = not find_faults(definition)

    @property
    def sections(self) -> tuple[Part, ...]:
        return tuple(map(self._section, self.definition.sections))

    @property
    def scores(self) -> tuple[Part, ...]:
        return tuple(map(self._score, self.definition.scores))

    @property
    def outcomes(self) -> tuple[Part, ...]:
        return tuple(map(self._outcome, self.definition.outcomes))

    @property
    def cases(self) -> tuple[Part, ...]:
        return tuple(self._case(case, pk) for case, (pk, _) in zip(self.definition.cases, self.case_pks, strict=True))

    def _section(self, section: Section) -> Part:
        pk = self.pks["onderdeel"][section.key]
        questions = tuple(map(self._question, section.questions))
        return Part(pk, "onderdeel", section.key, section.title, condition=self._words(section.shown_if), parts=questions)

    def _question(self, question: Question) -> Part:
        tags = [draft.Kinds(question.kind).label.split(":")[0].split(",")[0]]
        tags += [] if question.is_required or question.kind == "info" else ["mag leeg"]
        tags += ["zeg ik liever niet"] if question.may_decline else []
        more = [" / ".join(option.label for option in question.options)] if question.options else []
        if question.kind == "number":
            more.append(f"{question.minimum} tot en met {question.maximum} {question.unit}".strip())
        words = self._words(question.shown_if)
        return Part(self.pks["vraag"][question.key], "vraag", question.key, question.text, tuple(tags), words, tuple(more))

    def _score(self, score: Score) -> Part:
        more = tuple(points_in_words(self.definition, rule) for rule in score.points)
        return Part(self.pks["score"][score.key], "score", score.key, score.label, more=more)

    def _outcome(self, outcome: Outcome) -> Part:
        tags = (KINDS[outcome.kind], *([f"nakijken vóór {outcome.review_by}"] if outcome.review_by else []))
        words = self._words(outcome.applies_if) or "altijd"
        return Part(self.pks["uitkomst"][outcome.key], "uitkomst", outcome.key, outcome.title, tags, words)

    def _case(self, case: Case, pk: int) -> Part:
        answers = answers_in_words(self.definition, {key: answer for key, answer in case.answers if _is_plain(answer)})
        more = (f"Verwacht: {', '.join(case.expects) or 'geen uitkomst'}",)
        trouble = trouble_of(self.definition, case) if self.can_evaluate else "kan nog niet: de vragenlijst heeft fouten"
        return Part(pk, "proef", "", case.name, more=more, details=answers, trouble=trouble)

    def _words(self, condition) -> str:
        return condition_in_words(self.definition, condition)

    def remarks(self, findings: Iterable[Finding]) -> list[Remark]:
        return [Remark(finding, LABELS[finding.level], self._url(finding.field)) for finding in findings]

    def _url(self, place: str) -> str:
        kind, _, key = place.partition(":")
        pks = {name: pk for pk, name in self.case_pks} if kind == "proef" else self.pks.get(kind, {})
        if key not in pks:
            return "#teksten" if kind == "vragenlijst" else ""
        return reverse(f"admin:vitaminetest_{MODELS[kind]._meta.model_name}_change", args=[pks[key]])


def _by_key(rows: models.QuerySet) -> dict[str, int]:
    return dict(rows.values_list("key", "pk"))


def _is_plain(answer: object) -> bool:
    return isinstance(answer, int | str) or (isinstance(answer, tuple) and all(isinstance(key, str) for key in answer))


def versions_of(questionnaire: Questionnaire) -> list[Version]:
    """Return the versions, the newest first, without what they hold."""
    return list(questionnaire.versions.select_related("published_by").defer("definition", "texts"))
