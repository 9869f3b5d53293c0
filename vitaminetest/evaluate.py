"""From answers to outcomes. Pure, and the one place that says so on the server; static/js/vitaminetest/evaluate.js says the same.

Truth has three values (Kleene's strong logic of indeterminacy): True, False and None for "not known". An answer that was not given,
was declined or is not asked for is not known, and what is not known shows no question and fires no outcome. For the same reason a
score is an interval.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from vitaminetest.answers import DECLINED, Answer, clean
from vitaminetest.definition import Clause, Condition, Definition, Kind, Operator, OutcomeKind, Points, Question, Score

Truth = bool | None
Interval = tuple[int, int]
ORDER = list(OutcomeKind)


@dataclass(frozen=True)
class Evaluation:
    """What answers lead to.

    `path`: the keys of the questions that are asked, in order. `kept`: the answers that count. `open`: the first question that
    still must be answered, "" when none. `scores`: the lowest and highest each can be. `outcomes`: what the reader sees, in order;
    `suppressed`: the tips that a word about a doctor took away. `trace`: of all of these, which groups of their condition held.
    """

    path: tuple[str, ...]
    kept: Mapping[str, Answer]
    open: str
    scores: Mapping[str, Interval]
    outcomes: tuple[str, ...]
    suppressed: tuple[str, ...]
    trace: tuple[tuple[str, tuple[int, ...]], ...]


def evaluate(definition: Definition, answers: object) -> Evaluation:
    """Return what `answers`, a mapping of keys of questions to answers, lead to.

    Never raises and looks at every question once, whatever `answers` holds. Answers to questions that are not asked change nothing.
    """
    given = answers if isinstance(answers, Mapping) else {}
    shown: dict[str, Truth] = {}
    kept: dict[str, Answer] = {}
    for section in definition.sections:
        here = holds(section.shown_if, lambda clause: _answer_holds(clause, kept))
        for question in section.questions:
            shown[question.key] = _all([here, holds(question.shown_if, lambda clause: _answer_holds(clause, kept))])
            if shown[question.key] and (answer := clean(question, given.get(question.key))) is not None:
                kept[question.key] = answer
    scores = {score.key: _score(score, definition, shown, kept) for score in definition.scores}
    trace = tuple(_fired(definition, kept, scores))
    outcomes, suppressed = _ordered(definition, [key for key, _ in trace])
    path = tuple(key for key, is_shown in shown.items() if is_shown)
    return Evaluation(path, kept, _first_open(definition, path, kept), scores, outcomes, suppressed, trace)


def holds(condition: Condition, clause_holds: Callable[[Clause], Truth]) -> Truth:
    """Return whether any group holds as a whole; a condition without groups always does."""
    return _any(_all(map(clause_holds, group)) for group in condition) if condition else True


def _all(truths: Iterable[Truth]) -> Truth:
    known = list(truths)
    return False if False in known else None if None in known else True


def _any(truths: Iterable[Truth]) -> Truth:
    known = list(truths)
    return True if True in known else None if None in known else False


def _answer_holds(clause: Clause, kept: Mapping[str, Answer]) -> Truth:
    answer = kept.get(clause.question, DECLINED)
    if answer == DECLINED:
        return None
    if clause.operator == Operator.AT_LEAST:
        return answer >= clause.number
    if clause.operator == Operator.AT_MOST:
        return answer <= clause.number
    ticked = {answer} if isinstance(answer, str) else set(answer)
    return ticked.isdisjoint(clause.options) == (clause.operator == Operator.IS_NOT)


def clause_holds(clause: Clause, kept: Mapping[str, Answer], scores: Mapping[str, Interval]) -> Truth:
    """Return whether a clause of an outcome holds, after answers that led to `kept` and `scores`."""
    return _score_holds(clause, scores) if clause.score else _answer_holds(clause, kept)


def _score_holds(clause: Clause, scores: Mapping[str, Interval]) -> Truth:
    low, high = scores[clause.score]
    if clause.operator == Operator.AT_LEAST:
        return True if low >= clause.number else None if high >= clause.number else False
    return True if high <= clause.number else None if low <= clause.number else False


def _fired(definition: Definition, kept: Mapping, scores: Mapping) -> Iterable[tuple[str, tuple[int, ...]]]:
    for outcome in definition.outcomes:
        groups = tuple(
            i for i, group in enumerate(outcome.applies_if) if _all(clause_holds(clause, kept, scores) for clause in group)
        )
        if groups or not outcome.applies_if:
            yield outcome.key, groups


def _ordered(definition: Definition, fired: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    kinds = {outcome.key: outcome.kind for outcome in definition.outcomes}
    has_doctor = any(kinds[key] == OutcomeKind.DOCTOR for key in fired)
    suppressed = tuple(key for key in fired if has_doctor and kinds[key] == OutcomeKind.TIP)
    return tuple(sorted((key for key in fired if key not in suppressed), key=lambda key: ORDER.index(kinds[key]))), suppressed


def _first_open(definition: Definition, path: Iterable[str], kept: Mapping) -> str:
    must = (key for key in path if definition.questions[key].is_required and definition.questions[key].kind != Kind.INFO)
    return next((key for key in must if key not in kept), "")


def _score(score: Score, definition: Definition, shown: Mapping[str, Truth], kept: Mapping[str, Answer]) -> Interval:
    low = high = 0
    for key in dict.fromkeys(rule.question for rule in score.points):
        least, most = _points_of(score, key, definition, shown[key], kept.get(key, DECLINED))
        low, high = low + least, high + most
    return low, high


def _points_of(score: Score, key: str, definition: Definition, shown: Truth, answer: Answer) -> Interval:
    """Return the least and the most that a question adds to a score. What is surely not asked adds nothing."""
    if shown is False:
        return 0, 0
    if answer != DECLINED:
        return (points_for(score, key, answer),) * 2
    least, most = points_range(score, definition.questions[key], definition.thresholds.get(key, ()))
    return (least, most) if shown else (min(0, least), max(0, most))


def points_for(score: Score, key: str, answer: Answer) -> int:
    """Return what an answer adds: every rule that it meets counts once."""
    return sum(rule.points for rule in score.points if rule.question == key and _earns(rule, answer))


def _earns(rule: Points, answer: Answer) -> bool:
    if isinstance(answer, int):
        return (rule.at_least is None or answer >= rule.at_least) and (rule.at_most is None or answer <= rule.at_most)
    return not ({answer} if isinstance(answer, str) else set(answer)).isdisjoint(rule.options)


def points_range(score: Score, question: Question, thresholds: Sequence[int] = ()) -> Interval:
    """Return the least and the most that a question can add. Of SEVERAL these are bounds: not every set can be ticked together."""
    if question.kind == Kind.SEVERAL:
        rules = [rule.points for rule in score.points if rule.question == question.key]
        return sum(points for points in rules if points < 0), sum(points for points in rules if points > 0)
    found = [points_for(score, question.key, answer) for answer in telling_answers(question, thresholds)]
    return min(found), max(found)


def telling_answers(question: Question, thresholds: Sequence[int] = ()) -> list[Answer]:
    """Return an answer of every sort that a questionnaire can tell apart: each option, or numbers around every threshold."""
    if question.kind != Kind.NUMBER:
        return [option.key for option in question.choices]
    near = {number + step for number in thresholds for step in (-1, 0, 1)} | {question.minimum, question.maximum}
    return sorted(number for number in near if question.minimum <= number <= question.maximum)
