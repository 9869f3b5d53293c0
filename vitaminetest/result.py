"""The result of a questionnaire, in words, and as a plain text to keep or to show an adviser. Pure.

static/js/vitaminetest/result.js makes the same, to the letter.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from articles.rendering.rendered import NumberedSource
from vitaminetest.answers import Answer
from vitaminetest.definition import Definition, Kind, Outcome
from vitaminetest.evaluate import ORDER, Evaluation, evaluate
from vitaminetest.explain import explain
from vitaminetest.needs import Need, find_need, person_of
from vitaminetest.phrases import KINDS, PHRASES, ReasonGroup, answer_words, change_words, reason_groups
from vitaminetest.shown import ListedSources, ShownTest, Text

LONGEST = 10_000  # characters of a result that the form for advice takes


@dataclass(frozen=True)
class GivenAnswer:
    """A question that was asked, and the answer in words."""

    key: str
    question: str
    answer: str


@dataclass(frozen=True)
class ShownOutcome:
    key: str
    title: str
    text: Text
    sources: ListedSources
    reasons: tuple[ReasonGroup, ...]
    change: str


@dataclass(frozen=True)
class Group:
    """The outcomes of one kind, with what stands above them."""

    kind: str
    heading: str
    outcomes: tuple[ShownOutcome, ...]


@dataclass(frozen=True)
class Result:
    """`note` is a sentence above the outcomes: that there are none, or why there are no tips. `need`: of the intake table."""

    answers: tuple[GivenAnswer, ...]
    groups: tuple[Group, ...]
    note: str = ""
    need: Need | None = None


def make_result(test: ShownTest, answers: Mapping[str, Answer]) -> Result:
    """Return what a reader gets for their answers."""
    evaluation = evaluate(test.definition, answers)
    shown = [test.definition.outcome(key) for key in evaluation.outcomes]
    groups = [Group(kind, KINDS[kind], _of_kind(kind, shown, test, evaluation)) for kind in ORDER]
    note = "none" if not shown else "suppressed" if evaluation.suppressed else ""
    found = tuple(group for group in groups if group.outcomes)
    need = find_need(test.intake.table, person_of(test.definition, evaluation.kept)) if test.intake else None
    return Result(given_answers(test.definition, evaluation), found, PHRASES[note] if note else "", need)


def given_answers(definition: Definition, evaluation: Evaluation) -> tuple[GivenAnswer, ...]:
    """Return the questions on the path with their answers: those that count."""
    asked = [definition.questions[key] for key in evaluation.path if definition.questions[key].kind != Kind.INFO]
    return tuple(GivenAnswer(q.key, q.text, answer_words(q, evaluation.kept.get(q.key))) for q in asked)


def _of_kind(kind: str, shown: list[Outcome], test: ShownTest, evaluation: Evaluation) -> tuple[ShownOutcome, ...]:
    return tuple(_explained(outcome, test, evaluation) for outcome in shown if outcome.kind == kind)


def _explained(outcome: Outcome, test: ShownTest, evaluation: Evaluation) -> ShownOutcome:
    explanation = explain(test.definition, evaluation.kept, outcome.key)
    reasons, change = reason_groups(test.definition, explanation), change_words(test.definition, explanation)
    return show_outcome(outcome, test, reasons=reasons, change=change)


def show_outcome(outcome: Outcome, test: ShownTest, *, reasons: tuple[ReasonGroup, ...], change: str) -> ShownOutcome:
    text = test.outcome_text(outcome.key)
    return ShownOutcome(outcome.key, outcome.title, text, test.list_sources(text), reasons, change)


def result_text(test: ShownTest, result: Result, *, address: str, is_brief: bool = False) -> str:
    """Return a result as a text: blocks with an empty line between. `is_brief` leaves out what the outcomes say."""
    blocks = [head_text(test, address), PHRASES["answers"].upper()]
    blocks.append("\n".join(f"- {given.question}\n  {given.answer}" for given in result.answers))
    blocks += [PHRASES["result"].upper(), result.note]
    for group in result.groups:
        blocks.append(group.heading.upper())
        for outcome in group.outcomes:
            blocks += [outcome.title, *([] if is_brief else _text_blocks(outcome.text)), _why(outcome)]
    if result.need:
        blocks += [PHRASES["adh"].upper(), "\n".join([result.need.lead, *(f"- {line}" for line in result.need.lines)])]
        blocks.append(sources_text(test.intake.sources))
    blocks += [] if is_brief else _text_blocks(test.closing)
    return "\n\n".join(block for block in blocks if block) + "\n"


def text_for_adviser(test: ShownTest, result: Result, *, address: str) -> str:
    """Return the text that fits in the form for advice: whole, or without what the outcomes say. Its line ends are of one kind."""
    whole = result_text(test, result, address=address)
    return whole if len(whole) <= LONGEST else result_text(test, result, address=address, is_brief=True)[:LONGEST]


def file_name(test: ShownTest) -> str:
    return f"{test.slug}-uitslag.txt"


def head_text(test: ShownTest, address: str) -> str:
    """Return the first lines of a text: which questionnaire, which version of it, and where it is."""
    if test.published_at is None:
        return test.definition.title
    day = date_format(timezone.localtime(test.published_at), "j F Y")
    return f"{test.definition.title}\nVersie {test.number} van {day}\n{address}"


def _text_blocks(text: Text) -> list[str]:
    return [text.plain, sources_text(text.sources)]


def sources_text(sources: Iterable[NumberedSource]) -> str:
    lines = [f"[{source.number}] {source.text}" for source in sources]
    return "\n".join([f"{PHRASES['sources']}:", *lines]) if lines else ""


def _why(outcome: ShownOutcome) -> str:
    lines = [PHRASES["why"]]
    for group in outcome.reasons:
        lines += [*([group.lead] if group.lead else []), *(f"- {line}" for line in group.lines)]
    return "\n".join([*lines, *([outcome.change] if outcome.change else [])])
