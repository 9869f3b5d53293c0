"""What the templates of the questionnaire get. A page is also made blank, for the browser to fill: same template, placeholders."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from vitaminetest.answers import DECLINED
from vitaminetest.asking import Fault, describe, typed_as
from vitaminetest.definition import Kind, Question
from vitaminetest.evaluate import evaluate
from vitaminetest.journey import CHECK, RESULT, Journey, count_question
from vitaminetest.needs import Need
from vitaminetest.phrases import KINDS, PHRASES, ReasonGroup, fill
from vitaminetest.result import (
    GivenAnswer,
    Group,
    Result,
    ShownOutcome,
    given_answers,
    head_text,
    make_result,
    show_outcome,
    text_for_adviser,
)
from vitaminetest.shown import ShownTest
from vitaminetest.state import seal

BLANK = "…"  # where the browser fills in something of its own


@dataclass(frozen=True)
class Choice:
    """`is_alone`: nothing can be chosen with it; `begins_rest`: it is the first of those that come after the word "of"."""

    key: str
    label: str
    is_checked: bool
    is_alone: bool = False
    begins_rest: bool = False


@dataclass(frozen=True)
class QuestionPage:
    """`fault` says what is wrong with what was `typed`, in words; empty when nothing is."""

    question: Question
    section: str
    state: str
    count: str = BLANK
    typed: tuple[str, ...] = ()
    fault: str = ""
    template: ClassVar[str] = "vitaminetest/_question.html"

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def heading(self) -> str:
        return self.question.text

    @property
    def hint(self) -> str:
        is_several = self.question.kind == Kind.SEVERAL
        more = [
            "Vink alles aan wat past." if is_several else "",
            "" if self.question.is_required else "Je mag deze vraag overslaan.",
        ]
        return " ".join(filter(None, [self.question.hint, *more]))

    @property
    def described_by(self) -> str:
        """The ids of what a screen reader says with the field."""
        parts = {"uitleg": self.hint, "eenheid": self.question.unit, "fout": self.fault}
        return " ".join(key for key, is_there in parts.items() if is_there)

    @property
    def target(self) -> str:
        """The id of the control that a fault leads to."""
        return "antwoord" if self.question.kind == Kind.NUMBER else "antwoord-1"

    @property
    def number(self) -> str:
        """What was typed in the field for a number."""
        return next((value for value in self.typed if value != DECLINED), "")

    @property
    def declines(self) -> bool:
        return DECLINED in self.typed

    @property
    def choices(self) -> tuple[Choice, ...]:
        options = [(option.key, option.label, option.is_exclusive) for option in self.question.choices]
        options += [(DECLINED, PHRASES["declined"], True)] if self.question.may_decline else []
        rest = next((key for key, _, is_alone in options if is_alone), "")
        return tuple(Choice(key, label, key in self.typed, alone, key == rest) for key, label, alone in options)


@dataclass(frozen=True)
class CheckPage:
    answers: tuple[GivenAnswer, ...]
    state: str
    key: ClassVar[str] = CHECK
    heading: ClassVar[str] = "Controleer je antwoorden"
    template: ClassVar[str] = "vitaminetest/_check.html"


@dataclass(frozen=True)
class ResultPage:
    """`text` is what may go along with a question for an adviser; `head` says on paper what it is the result of."""

    test: ShownTest
    result: Result
    state: str
    head: str
    text: str = ""
    key: ClassVar[str] = RESULT
    heading: ClassVar[str] = PHRASES["result"]
    template: ClassVar[str] = "vitaminetest/_result.html"


Page = QuestionPage | CheckPage | ResultPage


def make_page(
    test: ShownTest, journey: Journey, *, address: str, typed: Iterable[str] | None = None, fault: Fault | None = None
) -> Page:
    """Return the page where a reader is. `typed` is shown instead of the answer that the journey has, with its `fault`."""
    evaluation = evaluate(test.definition, journey.answers)
    if journey.at == RESULT:
        result = make_result(test, journey.answers)
        return ResultPage(test, result, seal(journey), head_text(test, address), text_for_adviser(test, result, address=address))
    question = test.definition.questions.get(journey.at)
    if question is None:
        return CheckPage(given_answers(test.definition, evaluation), seal(journey))
    return QuestionPage(
        question,
        _section_of(test, question.key),
        seal(journey),
        count=fill("count", number=count_question(test.definition, journey)) if question.kind != Kind.INFO else "",
        typed=typed_as(journey.answers.get(question.key)) if typed is None else tuple(typed),
        fault=describe(question, fault) if fault else "",
    )


def blank_pages(test: ShownTest, *, address: str) -> list[Page]:
    """Return every page without anything of a reader in it."""
    pages: list[Page] = []
    for key, question in test.definition.questions.items():
        is_info = question.kind == Kind.INFO
        count, fault = ("", "") if is_info else (BLANK, BLANK)
        pages.append(QuestionPage(question, _section_of(test, key), seal(Journey(test.number, at=key)), count=count, fault=fault))
    given = (GivenAnswer(BLANK, BLANK, BLANK),)
    pages.append(CheckPage(given, seal(Journey(test.number, at=CHECK))))
    need = Need(BLANK, (BLANK,)) if test.intake else None
    result = Result(given, (), BLANK, need)
    pages.append(ResultPage(test, result, seal(Journey(test.number, at=RESULT)), head_text(test, address)))
    return pages


def blank_groups() -> list[Group]:
    """Return a group of every kind, without outcomes."""
    return [Group(kind, heading, ()) for kind, heading in KINDS.items()]


def blank_outcomes(test: ShownTest) -> list[ShownOutcome]:
    """Return every outcome without what made it one."""
    reasons = (ReasonGroup(BLANK, (BLANK,)),)
    return [show_outcome(outcome, test, reasons=reasons, change=BLANK) for outcome in test.definition.outcomes]


def _section_of(test: ShownTest, key: str) -> str:
    return next(section.title for section in test.definition.sections if any(question.key == key for question in section.questions))
