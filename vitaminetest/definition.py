"""What a questionnaire is: frozen data. Evaluating, explaining and checking it need no database.

A condition is a tuple of groups of clauses: it holds when every clause of at least one group holds; without groups it always does.
Those of sections and questions look at earlier questions only, so that nothing goes round; outcomes look at all, and at scores.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

KEY = re.compile(r"[a-z][a-z0-9-]{0,49}")
LARGEST = 1_000_000  # of a number that is asked for, and of points: whole numbers that Python and a browser count alike


class Kind(StrEnum):
    """How a question is answered. INFO asks nothing: a page to read."""

    CHOICE = "choice"
    SEVERAL = "several"
    YESNO = "yesno"
    NUMBER = "number"
    INFO = "info"


class Operator(StrEnum):
    """IS: the answer is one of the options (of SEVERAL: one of them is ticked). IS_NOT: it is none of them."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class OutcomeKind(StrEnum):
    """In the order in which a reader sees them. DOCTOR takes away every TIP."""

    DOCTOR = "doctor"
    CAUTION = "caution"
    TIP = "tip"
    READ = "read"


@dataclass(frozen=True)
class Clause:
    """One thing that must hold, of the answer to a question or of a score. `options` go with IS and IS_NOT, else `number`."""

    operator: Operator
    question: str = ""
    score: str = ""
    options: tuple[str, ...] = ()
    number: int = 0


Condition = tuple[tuple[Clause, ...], ...]
ALWAYS: Condition = ()


@dataclass(frozen=True)
class Option:
    """`is_exclusive`: nothing else can be ticked with it ("geen van deze"). `intake`: what it says for the intake table."""

    key: str
    label: str
    is_exclusive: bool = False
    intake: str = ""


YES, NO = Option("ja", "Ja"), Option("nee", "Nee")


@dataclass(frozen=True)
class Question:
    """`minimum` and `maximum` bound a NUMBER, both included, in `unit`. `intake` is "age" (in years), "sex" or "state", else "".

    `may_decline` offers "zeg ik liever niet": an answer, that tells nothing.
    """

    key: str
    kind: Kind
    text: str
    hint: str = ""
    why: str = ""
    is_required: bool = True
    may_decline: bool = False
    minimum: int = 0
    maximum: int = LARGEST
    unit: str = ""
    intake: str = ""
    options: tuple[Option, ...] = ()
    shown_if: Condition = ALWAYS

    @cached_property
    def choices(self) -> tuple[Option, ...]:
        """The options to choose from; those of a YESNO are given."""
        return (YES, NO) if self.kind == Kind.YESNO else self.options


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    questions: tuple[Question, ...] = ()
    shown_if: Condition = ALWAYS


@dataclass(frozen=True)
class Points:
    """What an answer adds to a score: one of `options`, or a number from `at_least` to `at_most`, both included (None: any)."""

    question: str
    points: int
    options: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None


@dataclass(frozen=True)
class Score:
    key: str
    label: str
    points: tuple[Points, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """What a reader may get to read; `body` is Markdown of the site. `review_by` is a date as YYYY-MM-DD, or ""."""

    key: str
    kind: OutcomeKind
    title: str
    body: str
    review_by: str = ""
    applies_if: Condition = ALWAYS


@dataclass(frozen=True)
class Case:
    """A test of the editors: with these answers (question, answer: see vitaminetest.answers), exactly these outcomes."""

    name: str
    answers: tuple[tuple[str, object], ...] = ()
    expects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Definition:
    """A whole questionnaire. `intro` and `closing` are Markdown: what the start page says, and what stands under every result."""

    title: str
    intro: str = ""
    closing: str = ""
    sections: tuple[Section, ...] = ()
    scores: tuple[Score, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    cases: tuple[Case, ...] = ()

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question by its key, in the order in which they are asked."""
        return {question.key: question for section in self.sections for question in section.questions}

    @cached_property
    def thresholds(self) -> dict[str, tuple[int, ...]]:
        """The numbers at which something changes, in order, by the question that asks for a number."""
        found: dict[str, set[int]] = {key: set() for key, question in self.questions.items() if question.kind == Kind.NUMBER}
        for clause in self.clauses:
            if clause.question in found:
                found[clause.question].add(clause.number)
        for rule in (rule for score in self.scores for rule in score.points if rule.question in found):
            found[rule.question] |= {bound for bound in (rule.at_least, rule.at_most) if bound is not None}
        return {key: tuple(sorted(numbers)) for key, numbers in found.items()}

    @property
    def clauses(self) -> Iterator[Clause]:
        """Every clause of every condition."""
        conditions = [section.shown_if for section in self.sections]
        conditions += [question.shown_if for question in self.questions.values()]
        conditions += [outcome.applies_if for outcome in self.outcomes]
        return (clause for condition in conditions for group in condition for clause in group)

    def outcome(self, key: str) -> Outcome:
        """Return one outcome. Raises StopIteration when there is none with that key."""
        return next(outcome for outcome in self.outcomes if outcome.key == key)
