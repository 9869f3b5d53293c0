"""Where a reader is in a questionnaire, and where they go next. Pure; static/js/vitaminetest/journey.js says the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from vitaminetest.answers import Answer
from vitaminetest.definition import Definition, Kind
from vitaminetest.evaluate import evaluate

START, CHECK, RESULT = "", "@check", "@result"  # places that are no question: no key looks like these


@dataclass(frozen=True)
class Journey:
    """`at` is the key of a question, or START, CHECK, RESULT. `answers` has all that were given, also those that no longer count.

    `passed`: the questions that the reader went on from, with an answer or without. `is_changing`: they came from the check page.
    """

    version: int
    answers: Mapping[str, Answer] = field(default_factory=dict)
    at: str = START
    passed: tuple[str, ...] = ()
    is_changing: bool = False


def begin(definition: Definition, journey: Journey) -> Journey:
    """Return the journey at the first page; of a questionnaire without any, at the check page."""
    return replace(journey, at=next(iter(evaluate(definition, journey.answers).path), CHECK), is_changing=False)


def with_answer(journey: Journey, key: str, answer: Answer | None) -> Journey:
    """Return the journey with this answer to a question, or with none."""
    others = {name: given for name, given in journey.answers.items() if name != key}
    return replace(journey, answers=others if answer is None else others | {key: answer})


def go_on(definition: Definition, journey: Journey) -> Journey:
    """Return the journey a page further. Who changes an answer comes by what isn't done yet, and then back at the check page."""
    passed = (*(key for key in journey.passed if key != journey.at), journey.at)
    path = evaluate(definition, journey.answers).path
    if journey.is_changing or journey.at not in path:
        following = next((key for key in path if not _is_done(definition, key, journey.answers, passed)), CHECK)
    else:
        following = next(iter(path[path.index(journey.at) + 1 :]), CHECK)
    return replace(journey, at=following, passed=passed, is_changing=journey.is_changing and following != CHECK)


def go_back(definition: Definition, journey: Journey) -> Journey:
    """Return the journey a page earlier; before the first page lies START."""
    path = evaluate(definition, journey.answers).path
    if journey.at == RESULT or (journey.is_changing and journey.at != CHECK):
        return replace(journey, at=CHECK, is_changing=False)
    before = path[: path.index(journey.at)] if journey.at in path else path
    return replace(journey, at=before[-1] if before else START, is_changing=False)


def go_change(definition: Definition, journey: Journey, key: str) -> Journey:
    """Return the journey of somebody who changes the answer to a question; unmoved when that question is not asked."""
    is_asked = key in evaluate(definition, journey.answers).path
    return replace(journey, at=key, is_changing=True) if is_asked else journey


def go_to_result(definition: Definition, journey: Journey) -> Journey:
    """Return the journey at its end; at what still must be answered, when there is something."""
    missing = evaluate(definition, journey.answers).open
    return replace(journey, at=missing or RESULT, is_changing=bool(missing))


def count_question(definition: Definition, journey: Journey) -> int:
    """Return the number of the question where the reader is: pages that ask nothing don't count."""
    path = evaluate(definition, journey.answers).path
    before = path[: path.index(journey.at) + 1] if journey.at in path else path
    return sum(definition.questions[key].kind != Kind.INFO for key in before)


def _is_done(definition: Definition, key: str, answers: Mapping[str, Answer], passed: tuple[str, ...]) -> bool:
    must = definition.questions[key].is_required and definition.questions[key].kind != Kind.INFO
    return key in answers if must else key in answers or key in passed
