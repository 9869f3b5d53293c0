"""Between a questionnaire and the rows of its draft. `definition_of` after `store` gives the same Definition, every field of it."""

import hashlib
from collections.abc import Iterable
from itertools import groupby

from django.db import models, transaction
from django.db.models import Prefetch

from vitaminetest.definition import (
    Case,
    Clause,
    Condition,
    Definition,
    Kind,
    Operator,
    Option,
    Outcome,
    OutcomeKind,
    Points,
    Question,
    Score,
    Section,
)
from vitaminetest.definition_file import dump
from vitaminetest.models import Questionnaire
from vitaminetest.models import draft as rows

PLAIN = {
    Section: ("title",),
    Question: (*("kind", "text", "hint", "why", "is_required", "may_decline", "minimum", "maximum", "unit", "intake"),),
    Option: ("key", "label", "is_exclusive", "intake"),
    Points: ("question", "points", "at_least", "at_most"),
    Score: ("label",),
    Outcome: ("kind", "title", "body"),
}


def digest_of(definition: Definition) -> str:
    """Return what tells two questionnaires apart, however long they are."""
    return hashlib.sha256(dump(definition).encode()).hexdigest()


def definition_of(questionnaire: Questionnaire) -> Definition:
    """Return the draft, whatever is wrong with it. Ten queries, however long it is."""
    questions = rows.Question.objects.prefetch_related("options", "clauses")
    sections = questionnaire.sections.prefetch_related("clauses", Prefetch("questions", questions))
    return Definition(
        title=questionnaire.title,
        intro=questionnaire.intro,
        closing=questionnaire.closing,
        sections=tuple(map(section_of, sections)),
        scores=tuple(map(score_of, questionnaire.scores.prefetch_related("points"))),
        outcomes=tuple(map(outcome_of, questionnaire.outcomes.prefetch_related("clauses"))),
        cases=tuple(map(case_of, questionnaire.cases.all())),
    )


def section_of(row: rows.Section) -> Section:
    return Section(row.key, row.title, tuple(map(question_of, row.questions.all())), condition_of(row.clauses.all()))


def question_of(row: rows.Question) -> Question:
    plain = _plain(row, Question) | {"kind": Kind(row.kind)}
    return Question(key=row.key, options=options_of(row), shown_if=condition_of(row.clauses.all()), **plain)


def options_of(row: rows.Question) -> tuple[Option, ...]:
    return tuple(Option(**_plain(option, Option)) for option in row.options.all())


def score_of(row: rows.Score) -> Score:
    return Score(
        row.key, row.label, tuple(Points(options=tuple(rule.options), **_plain(rule, Points)) for rule in row.points.all())
    )


def outcome_of(row: rows.Outcome) -> Outcome:
    review_by = row.review_by.isoformat() if row.review_by else ""
    return Outcome(row.key, OutcomeKind(row.kind), row.title, row.body, review_by, condition_of(row.clauses.all()))


def case_of(row: rows.Case) -> Case:
    answers = tuple((key, tuple(answer) if isinstance(answer, list) else answer) for key, answer in row.answers)
    return Case(row.name, answers, tuple(row.expects))


def condition_of(clauses: Iterable[rows.Clause]) -> Condition:
    return tuple(tuple(map(_clause, group)) for _, group in groupby(clauses, key=lambda row: row.group))


def _clause(row: rows.Clause) -> Clause:
    return Clause(Operator(row.operator), row.asked, row.score, tuple(row.options), row.number)


def _plain(thing: object, kind: type) -> dict:
    return {name: getattr(thing, name) for name in PLAIN[kind]}


@transaction.atomic
def store(questionnaire: Questionnaire, definition: Definition) -> None:
    """Make `definition` the draft. Parts that keep their key keep their row, so that a page that shows one still finds it."""
    for name in ("title", "intro", "closing"):
        setattr(questionnaire, name, getattr(definition, name))
    questionnaire.save(update_fields=["title", "intro", "closing", "imported_digest"] if questionnaire.pk else None)
    _store_sections(questionnaire, definition)
    _store_scores(questionnaire, definition.scores)
    _store_outcomes(questionnaire, definition.outcomes)
    _store_cases(questionnaire, definition.cases)


def _store_sections(questionnaire: Questionnaire, definition: Definition) -> None:
    known = {row.key: row for row in questionnaire.sections.all()}
    asked = {row.key: row for row in rows.Question.objects.filter(section__questionnaire=questionnaire)}
    for place, section in enumerate(definition.sections):
        values = {"questionnaire": questionnaire, "position": place, "title": section.title}
        row = _put(known, rows.Section, section.key, values)
        write_condition(row, section.shown_if)
        for number, question in enumerate(section.questions):
            _store_question(asked, question, {"section": row, "position": number})
    _drop(asked, definition.questions)
    _drop(known, [section.key for section in definition.sections])


def _store_question(known: dict, question: Question, place: dict) -> None:
    row = _put(known, rows.Question, question.key, place | _plain(question, Question))
    write_options(row, question.options)
    write_condition(row, question.shown_if)


def _store_scores(questionnaire: Questionnaire, scores: tuple[Score, ...]) -> None:
    known = {row.key: row for row in questionnaire.scores.all()}
    for place, score in enumerate(scores):
        row = _put(known, rows.Score, score.key, {"questionnaire": questionnaire, "position": place, "label": score.label})
        write_points(row, score.points)
    _drop(known, [score.key for score in scores])


def _store_outcomes(questionnaire: Questionnaire, outcomes: tuple[Outcome, ...]) -> None:
    known = {row.key: row for row in questionnaire.outcomes.all()}
    for place, outcome in enumerate(outcomes):
        values = {"questionnaire": questionnaire, "position": place, "review_by": outcome.review_by or None}
        write_condition(_put(known, rows.Outcome, outcome.key, values | _plain(outcome, Outcome)), outcome.applies_if)
    _drop(known, [outcome.key for outcome in outcomes])


def _store_cases(questionnaire: Questionnaire, cases: tuple[Case, ...]) -> None:
    known = list(questionnaire.cases.all())
    for place, case in enumerate(cases):
        row = next((row for row in known if row.name == case.name), None) or rows.Case(questionnaire=questionnaire)
        if row.pk:
            known.remove(row)
        row.position = place
        _write_case(row, case)
    questionnaire.cases.filter(pk__in=[row.pk for row in known]).delete()


@transaction.atomic
def add_case(questionnaire: Questionnaire, case: Case) -> rows.Case:
    """Put a test case behind the others."""
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    last = questionnaire.cases.order_by("-position").first()
    return _write_case(rows.Case(questionnaire=questionnaire, position=last.position + 1 if last else 0), case)


def _write_case(row: rows.Case, case: Case) -> rows.Case:
    row.name, row.expects = case.name, list(case.expects)
    row.answers = [[key, list(answer) if isinstance(answer, tuple) else answer] for key, answer in case.answers]
    row.save()
    return row


def write_options(row: rows.Question, options: Iterable[Option]) -> None:
    row.options.all().delete()
    rows.Option.objects.bulk_create(
        rows.Option(question=row, position=place, **_plain(option, Option)) for place, option in enumerate(options)
    )


def write_points(row: rows.Score, points: Iterable[Points]) -> None:
    row.points.all().delete()
    rows.PointsRule.objects.bulk_create(
        rows.PointsRule(score=row, position=place, options=list(rule.options), **_plain(rule, Points))
        for place, rule in enumerate(points)
    )


def write_condition(row: models.Model, condition: Condition) -> None:
    """Make `condition` that of a section, question or outcome."""
    row.clauses.all().delete()
    target = {row._meta.model_name: row}
    rows.Clause.objects.bulk_create(
        rows.Clause(
            group=number,
            position=place,
            asked=clause.question,
            score=clause.score,
            operator=clause.operator,
            options=list(clause.options),
            number=clause.number,
            **target,
        )
        for number, group in enumerate(condition)
        for place, clause in enumerate(group)
    )


def _put(known: dict, model: type[models.Model], key: str, values: dict) -> models.Model:
    row = known.get(key) or model(key=key)
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


def _drop(known: dict, kept: Iterable[str]) -> None:
    for key in known.keys() - set(kept):
        known[key].delete()
