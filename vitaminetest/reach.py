"""Whether a condition can come to hold: a search for answers that make it so. Pure.

Depth first over the questions that matter, in the order in which they are asked, with one answer of every sort that these
conditions can tell apart. A branch is left as soon as the condition surely fails (three-valued: what is still open counts as
unknown), so what the search says is certain, unless it ran out of its budget.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from vitaminetest.answers import DECLINED, Answer
from vitaminetest.definition import Clause, Condition, Definition, Kind, Operator, Outcome, OutcomeKind, Question
from vitaminetest.evaluate import clause_holds, evaluate, holds, points_for, telling_answers

BUDGET = 3_000  # evaluations, for each condition
MOST_SETS = 1_024  # of ticks, for each question


@dataclass(frozen=True)
class Way:
    """`answers` lead there. Without them there is no way when `is_sure`, else it is not known."""

    answers: Mapping[str, Answer] | None
    is_sure: bool = True


def way_to_question(definition: Definition, key: str, *, budget: int = BUDGET) -> Way:
    """Return how a reader gets to be asked a question."""
    section = next(section for section in definition.sections if any(question.key == key for question in section.questions))
    return find_way(definition, _both(section.shown_if, definition.questions[key].shown_if), budget=budget)


def way_to_outcome(definition: Definition, outcome: Outcome, *, budget: int = BUDGET) -> Way:
    """Return how a reader gets to see an outcome; a tip is seen only without any word about a doctor."""
    doctors = [other.applies_if for other in definition.outcomes if other.kind == OutcomeKind.DOCTOR]
    return find_way(definition, outcome.applies_if, avoid=doctors if outcome.kind == OutcomeKind.TIP else (), budget=budget)


def find_way(definition: Definition, condition: Condition, *, avoid: Iterable[Condition] = (), budget: int = BUDGET) -> Way:
    """Return answers after which `condition` holds and none of `avoid` does."""
    search = _Search(_relevant(definition, [condition, *avoid]), condition, tuple(avoid), budget)
    answers = search.run({}, 0)
    return Way(answers, is_sure=answers is not None or (search.left >= 0 and not search.is_cut_short))


def _both(first: Condition, second: Condition) -> Condition:
    """Return the condition that holds when both do."""
    return tuple(one + other for one, other in product(first, second)) if first and second else first or second


def _relevant(definition: Definition, conditions: Iterable[Condition]) -> Definition:
    """Return no more of a questionnaire than these conditions hang on: the questions, what shows them, and the scores."""
    waiting = [clause for condition in conditions for group in condition for clause in group]
    questions, scores = set(), set()
    while waiting:
        clause = waiting.pop()
        new = {clause.question} if clause.question else set()
        if clause.score and clause.score not in scores:
            scores.add(clause.score)
            new = {rule.question for score in definition.scores if score.key == clause.score for rule in score.points}
        for section in definition.sections:
            for question in section.questions:
                if question.key in new - questions:
                    waiting += [
                        clause for shown_if in (section.shown_if, question.shown_if) for group in shown_if for clause in group
                    ]
        questions |= new
    sections = [
        replace(section, questions=tuple(question for question in section.questions if question.key in questions))
        for section in definition.sections
    ]
    kept = tuple(score for score in definition.scores if score.key in scores)
    return Definition("", sections=tuple(section for section in sections if section.questions), scores=kept)


@dataclass
class _Search:
    definition: Definition
    goal: Condition
    avoid: tuple[Condition, ...]
    left: int
    is_cut_short: bool = False
    choices: dict[str, list[Answer | None]] = field(default_factory=dict)

    def run(self, answers: dict[str, Answer], start: int) -> dict[str, Answer] | None:
        """Return `answers` with more of them, to the questions from number `start` on, that reach the goal."""
        self.left -= 1
        if self.left < 0:
            return None
        evaluation = evaluate(self.definition, answers)
        truths = [
            holds(condition, lambda clause: clause_holds(clause, evaluation.kept, evaluation.scores))
            for condition in (self.goal, *self.avoid)
        ]
        if truths[0] is False or True in truths[1:]:
            return None
        if truths[0] and set(truths[1:]) <= {False}:
            return answers
        asked = list(self.definition.questions)
        place = next((i for i in range(start, len(asked)) if asked[i] in evaluation.path), None)
        if place is None:
            return answers if truths[0] else None
        for answer in self.choices_of(asked[place]):
            more = answers if answer is None else {**answers, asked[place]: answer}
            if (found := self.run(more, place + 1)) is not None:
                return found
        return None

    def choices_of(self, key: str) -> list[Answer | None]:
        """Return an answer of every sort, the most promising first; None is leaving it open."""
        if key not in self.choices:
            question = self.definition.questions[key]
            sorts: dict[tuple, Answer] = {}
            for answer in self._answers_to(question):
                sorts.setdefault(self._sort_of(question, answer), answer)
            known = sorted(sorts.values(), key=lambda answer: -self._promise(question, answer))
            self.choices[key] = [*known, *([DECLINED] if question.may_decline else [] if question.is_required else [None])]
            if question.kind == Kind.INFO:
                self.choices[key] = [None]
        return self.choices[key]

    def _answers_to(self, question: Question) -> Iterator[Answer]:
        if question.kind != Kind.SEVERAL:
            yield from telling_answers(question, self.thresholds.get(question.key, ()))
            return
        alone = [option.key for option in question.options if option.is_exclusive]
        yield from ((key,) for key in alone)
        sets: dict[tuple, tuple[str, ...]] = {(): ()}
        for option in question.options:
            if option.key not in alone:
                for ticked in [(*ticked, option.key) for ticked in sets.values()]:
                    sets.setdefault(self._hits(question, ticked), ticked)
                if len(sets) > MOST_SETS:
                    self.is_cut_short = True
                    break
        yield from (ticked for ticked in sets.values() if ticked)

    @property
    def thresholds(self) -> dict[str, tuple[int, ...]]:
        own = dict(self.definition.thresholds)
        for clause in self._clauses:
            if clause.question in own:
                own[clause.question] += (clause.number,)
        return own

    @property
    def _clauses(self) -> list[Clause]:
        """Every clause that matters: those of the goal, of what is avoided, and of what shows questions."""
        mine = [clause for condition in (self.goal, *self.avoid) for group in condition for clause in group]
        return [*mine, *self.definition.clauses]

    def _hits(self, question: Question, ticked: tuple[str, ...]) -> tuple:
        """Return which rules and clauses a set of ticks meets: what is equal here stays equal with one more tick."""
        rules = [rule.options for score in self.definition.scores for rule in score.points if rule.question == question.key]
        told = [*rules, *(clause.options for clause in self._clauses if clause.question == question.key)]
        return ("any", *(not set(ticked).isdisjoint(options) for options in told)) if ticked else ()

    def _sort_of(self, question: Question, answer: Answer) -> tuple:
        truths = [clause_holds(clause, {question.key: answer}, {}) for clause in self._clauses if clause.question == question.key]
        return (*truths, *(points_for(score, question.key, answer) for score in self.definition.scores))

    def _promise(self, question: Question, answer: Answer) -> float:
        """Return how much an answer seems to help: only the order of trying hangs on it."""
        wanted = [clause for group in self.goal for clause in group]
        unwanted = [clause for condition in self.avoid for group in condition for clause in group]
        weights = [(wanted, 4.0), (unwanted, -2.0), (self.definition.clauses, 1.0)]
        return sum(weight * self._helps(clause, question, answer) for clauses, weight in weights for clause in clauses)

    def _helps(self, clause: Clause, question: Question, answer: Answer) -> float:
        if clause.question == question.key:
            return 1.0 if clause_holds(clause, {question.key: answer}, {}) else 0.0
        points = sum(points_for(score, question.key, answer) for score in self.definition.scores if score.key == clause.score)
        return points * (0.1 if clause.operator == Operator.AT_LEAST else -0.1)
