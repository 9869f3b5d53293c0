"""A questionnaire as plain data for a browser: what static/js/vitaminetest/ evaluates, explains and puts into words. Pure."""

from vitaminetest.asking import Fault, describe
from vitaminetest.definition import Clause, Condition, Definition, Kind, Option, Points, Question
from vitaminetest.needs import tabulate
from vitaminetest.phrases import KINDS, PHRASES
from vitaminetest.result import LONGEST, file_name, head_text, sources_text
from vitaminetest.shown import ShownTest, Text


def program(definition: Definition) -> dict:
    """Return JSON data that says how answers are judged, with the words for questions, answers and scores."""
    return {
        "sections": [
            {"shown_if": _condition(section.shown_if), "questions": [_question(question) for question in section.questions]}
            for section in definition.sections
        ],
        "scores": [
            {"key": score.key, "label": score.label, "points": [_points(rule) for rule in score.points]}
            for score in definition.scores
        ],
        "outcomes": [
            {"key": outcome.key, "kind": outcome.kind, "title": outcome.title, "applies_if": _condition(outcome.applies_if)}
            for outcome in definition.outcomes
        ],
        "thresholds": definition.thresholds,
    }


def readable_program(test: ShownTest, *, address: str) -> dict:
    """Return the program with all that the text of a result is made of."""
    outcomes = {outcome.key: _text(test.outcome_text(outcome.key)) for outcome in test.definition.outcomes}
    return program(test.definition) | {
        "phrases": PHRASES,
        "kinds": [[kind, heading] for kind, heading in KINDS.items()],
        "texts": outcomes,
        "closing": _text(test.closing),
        "intake": test.intake and tabulate(test.intake.table) | {"sources": sources_text(test.intake.sources)},
        "head": head_text(test, address),
        "longest": LONGEST,
        "file": file_name(test),
    }


def _question(question: Question) -> dict:
    faults = {} if question.kind == Kind.INFO else {fault: describe(question, fault) for fault in Fault}
    return {
        "key": question.key,
        "kind": question.kind,
        "text": question.text,
        "is_required": question.is_required,
        "may_decline": question.may_decline,
        "minimum": question.minimum,
        "maximum": question.maximum,
        "unit": question.unit,
        "intake": question.intake,
        "options": [_option(option) for option in question.choices],
        "shown_if": _condition(question.shown_if),
        "faults": faults,
    }


def _option(option: Option) -> dict:
    return {"key": option.key, "label": option.label, "is_exclusive": option.is_exclusive, "intake": option.intake}


def _condition(condition: Condition) -> list:
    return [[_clause(clause) for clause in group] for group in condition]


def _clause(clause: Clause) -> dict:
    about = {"score": clause.score} if clause.score else {"question": clause.question}
    return about | {"operator": clause.operator, "options": clause.options, "number": clause.number}


def _points(rule: Points) -> dict:
    bounds = {"at_least": rule.at_least, "at_most": rule.at_most}
    return {"question": rule.question, "points": rule.points, "options": rule.options} | bounds


def _text(text: Text) -> dict:
    return {"plain": text.plain, "sources": sources_text(text.sources)}
