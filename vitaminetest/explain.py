"""Why a reader sees an outcome: the answers that made it fire, and the smallest change that would take it away. Pure.

static/js/vitaminetest/explain.js says the same, in the same order.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from vitaminetest.answers import DECLINED, Answer
from vitaminetest.definition import Clause, Definition, Kind, Outcome, Question
from vitaminetest.evaluate import Evaluation, evaluate, telling_answers

MOST_CHANGES = 3
MOST_TRIES = 2_000  # evaluations; a search that takes longer gives up, after the same one in every language


@dataclass(frozen=True)
class Reason:
    """An answer that counted; `score` is the score that it counted for, "" when the condition names the question itself."""

    question: str
    answer: Answer
    score: str = ""


@dataclass(frozen=True)
class Change:
    question: str
    answer: Answer


@dataclass(frozen=True)
class Explanation:
    """`changes` is empty when none of MOST_CHANGES answers or fewer was found; without reasons every reader sees the outcome."""

    outcome: str
    reasons: tuple[Reason, ...]
    changes: tuple[Change, ...]


def explain(definition: Definition, answers: Mapping[str, Answer], key: str) -> Explanation:
    """Return why the outcome `key` is among those that `answers` lead to. Raises StopIteration when it is not."""
    evaluation = evaluate(definition, answers)
    outcome = definition.outcome(next(shown for shown in evaluation.outcomes if shown == key))
    if not outcome.applies_if:
        return Explanation(key, (), ())
    groups = dict(evaluation.trace)[key]
    reasons = tuple(dict.fromkeys(_reasons(outcome.applies_if[groups[0]], definition, evaluation)))
    return Explanation(key, reasons, _smallest_change(definition, evaluation, outcome))


def _reasons(group: tuple[Clause, ...], definition: Definition, evaluation: Evaluation) -> Iterator[Reason]:
    for clause in group:
        for question in _questions_of(clause, definition):
            if evaluation.kept.get(question, DECLINED) != DECLINED:
                yield Reason(question, evaluation.kept[question], clause.score)


def _questions_of(clause: Clause, definition: Definition) -> list[str]:
    """Return the keys of the questions that a clause looks at, those behind a score in the order of its rules."""
    if clause.question:
        return [clause.question]
    rules = next(score.points for score in definition.scores if score.key == clause.score)
    return list(dict.fromkeys(rule.question for rule in rules))


def _smallest_change(definition: Definition, evaluation: Evaluation, outcome: Outcome) -> tuple[Change, ...]:
    candidates = [
        [Change(key, answer) for answer in other_answers(definition, definition.questions[key], evaluation.kept[key])]
        for key in _changeable(definition, evaluation, outcome)
    ]
    tries = 0
    for size in range(1, MOST_CHANGES + 1):
        for chosen in combinations(candidates, size):
            for changes in product(*chosen):
                tries += 1
                if tries > MOST_TRIES:
                    return ()
                if outcome.key not in evaluate(definition, {**evaluation.kept, **{c.question: c.answer for c in changes}}).outcomes:
                    return changes
    return ()


def _changeable(definition: Definition, evaluation: Evaluation, outcome: Outcome) -> list[str]:
    """Return the answered questions that the outcome hangs on: its own, then those that show them; who somebody is comes last."""
    own = {key for group in outcome.applies_if for clause in group for key in _questions_of(clause, definition)}
    found, waiting = set(), list(own)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            waiting += [clause.question for clause in _shown_by(definition, key)]
    asked = [key for key in evaluation.path if key in found and evaluation.kept.get(key, DECLINED) != DECLINED]
    return sorted(asked, key=lambda key: (key not in own, definition.questions[key].intake != ""))


def _shown_by(definition: Definition, key: str) -> Iterator[Clause]:
    section = next(section for section in definition.sections if any(question.key == key for question in section.questions))
    for condition in (section.shown_if, definition.questions[key].shown_if):
        yield from (clause for group in condition for clause in group)


def other_answers(definition: Definition, question: Question, answer: Answer) -> list[Answer]:
    """Return the answers nearest to `answer` that could make a difference, nearest first. Of SEVERAL one tick is changed."""
    if question.kind == Kind.SEVERAL:
        return list(_other_ticks(question, answer))
    others = [other for other in telling_answers(question, definition.thresholds.get(question.key, ())) if other != answer]
    if question.kind == Kind.NUMBER:
        return sorted(others, key=lambda number: abs(number - answer))
    order = [option.key for option in question.choices]
    return sorted(others, key=lambda key: abs(order.index(key) - order.index(answer)))


def _other_ticks(question: Question, ticked: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for option in question.options:
        if option.key in ticked:
            if len(ticked) > 1:
                yield tuple(key for key in ticked if key != option.key)
        elif option.is_exclusive:
            yield (option.key,)
        else:
            alone = {other.key for other in question.options if other.is_exclusive}
            yield tuple(o.key for o in question.options if o.key == option.key or (o.key in ticked and o.key not in alone))
