"""A questionnaire in words, for editors: conditions, points, answers, and what answers led to. Pure."""

from collections.abc import Iterable, Mapping

from vitaminetest.answers import DECLINED, Answer
from vitaminetest.definition import Clause, Condition, Definition, Kind, Operator, OutcomeKind, Points, Question
from vitaminetest.evaluate import Evaluation, Interval

COMPARED = {Operator.IS: "=", Operator.IS_NOT: "is niet", Operator.AT_LEAST: "≥", Operator.AT_MOST: "≤"}
KINDS = {OutcomeKind.DOCTOR: "huisarts", OutcomeKind.CAUTION: "let op", OutcomeKind.TIP: "tip", OutcomeKind.READ: "lees verder"}
UNSAID = "zeg ik liever niet"


def condition_in_words(definition: Definition, condition: Condition) -> str:
    """Return what must hold, as "geslacht = Vrouw en leeftijd ≥ 14, of …"; "" when that is nothing."""
    return ", of ".join(" en ".join(_clause(definition, clause) for clause in group) for group in condition)


def _clause(definition: Definition, clause: Clause) -> str:
    if clause.operator in (Operator.AT_LEAST, Operator.AT_MOST):
        unit = definition.questions[clause.question].unit if clause.question in definition.questions else ""
        about = f"score {clause.score}" if clause.score else clause.question
        return f"{about} {COMPARED[clause.operator]} {clause.number} {unit}".strip()
    return f"{clause.question} {COMPARED[clause.operator]} {_labels(definition, clause.question, clause.options)}"


def _labels(definition: Definition, key: str, options: Iterable[str]) -> str:
    question = definition.questions.get(key)
    known = {option.key: option.label for option in question.choices} if question else {}
    return " of ".join(known.get(option, option) for option in options)


def points_in_words(definition: Definition, rule: Points) -> str:
    """Return what earns points, as "noten = Vaak: 2"."""
    if rule.options:
        return f"{rule.question} = {_labels(definition, rule.question, rule.options)}: {rule.points}"
    bounds = [f"≥ {rule.at_least}"] if rule.at_least is not None else []
    bounds += [f"≤ {rule.at_most}"] if rule.at_most is not None else []
    return f"{rule.question} {' en '.join(bounds)}: {rule.points}"


def answer_in_words(question: Question, answer: Answer | object) -> str:
    if answer == DECLINED:
        return UNSAID
    if question.kind == Kind.NUMBER:
        return f"{answer} {question.unit}".strip()
    known = {option.key: option.label for option in question.choices}
    return ", ".join(known.get(key, str(key)) for key in ([answer] if isinstance(answer, str) else answer))


def interval_in_words(interval: Interval) -> str:
    low, high = interval
    return str(low) if low == high else f"{low} tot en met {high}, want niet alles is bekend"


def trace_in_words(definition: Definition, evaluation: Evaluation) -> dict[str, str]:
    """Return why every outcome came, by its key: the first group of its condition that held."""
    found = {}
    for key, groups in evaluation.trace:
        condition = definition.outcome(key).applies_if
        found[key] = f"omdat {condition_in_words(definition, (condition[groups[0]],))}" if groups else "altijd"
    return found


def titles(definition: Definition, keys: Iterable[str]) -> str:
    """Return the keys of outcomes for people."""
    return ", ".join(f"‘{key}’" for key in keys) or "geen"


def answers_in_words(definition: Definition, answers: Mapping[str, Answer]) -> str:
    return ", ".join(
        f"{key}: {answer_in_words(definition.questions[key], answer)}"
        for key, answer in answers.items()
        if key in definition.questions
    )
