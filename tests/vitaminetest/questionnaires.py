"""Questionnaires and answers by chance, for Hypothesis: every kind of question, conditions on earlier ones, scores, outcomes."""

from hypothesis import strategies as st

from vitaminetest.answers import DECLINED
from vitaminetest.definition import (
    ALWAYS,
    Case,
    Clause,
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

SMALL = st.integers(-3, 12)
# What a file can hold: no surrogates, and nothing that YAML folds away at the ends of lines.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


@st.composite
def options(draw):
    exclusive = draw(st.booleans())
    count = draw(st.integers(1, 4))
    return tuple(Option(f"o{n}", draw(TEXT), is_exclusive=exclusive and n == count - 1) for n in range(count))


@st.composite
def questions(draw, key: str, earlier: list[Question]):
    kind = draw(st.sampled_from(Kind))
    low = draw(SMALL)
    bounds = {"minimum": low, "maximum": low + draw(st.integers(0, 10))} if kind == Kind.NUMBER else {}
    return Question(
        key,
        kind,
        draw(TEXT),
        hint=draw(TEXT),
        is_required=draw(st.booleans()),
        may_decline=draw(st.booleans()),
        options=draw(options()) if kind in (Kind.CHOICE, Kind.SEVERAL) else (),
        shown_if=draw(conditions(earlier)),
        **bounds,
    )


@st.composite
def clauses(draw, about: list[Question], scores: tuple[Score, ...]):
    if scores and draw(st.booleans()):
        operator = draw(st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST]))
        return Clause(operator, score=draw(st.sampled_from(scores)).key, number=draw(SMALL))
    question = draw(st.sampled_from(about))
    if question.kind == Kind.NUMBER:
        operator = draw(st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST]))
        return Clause(operator, question.key, number=draw(SMALL))
    keys = draw(st.lists(st.sampled_from([option.key for option in question.choices]), min_size=1, unique=True))
    return Clause(draw(st.sampled_from([Operator.IS, Operator.IS_NOT])), question.key, options=tuple(keys))


@st.composite
def conditions(draw, about: list[Question], scores: tuple[Score, ...] = ()):
    asked = [question for question in about if question.kind != Kind.INFO]
    if not asked or not draw(st.booleans()):
        return ALWAYS
    group = st.lists(clauses(asked, scores), min_size=1, max_size=2).map(tuple)
    return tuple(draw(st.lists(group, min_size=1, max_size=2)))


@st.composite
def points(draw, question: Question):
    if question.kind != Kind.NUMBER:
        keys = draw(st.lists(st.sampled_from([option.key for option in question.choices]), min_size=1, unique=True))
        return Points(question.key, draw(SMALL), options=tuple(keys))
    at_least = draw(st.none() | SMALL)
    return Points(question.key, draw(SMALL), at_least=at_least, at_most=draw(SMALL if at_least is None else st.none() | SMALL))


@st.composite
def definitions(draw):
    earlier, sections = [], []
    for number in range(draw(st.integers(1, 3))):
        shown_if, here = draw(conditions(list(earlier))), []
        for place in range(draw(st.integers(0, 3))):
            here.append(draw(questions(f"v{number}{place}", [*earlier, *here])))
        earlier += here
        sections.append(Section(f"d{number}", draw(TEXT), tuple(here), shown_if))
    asked = [question for question in earlier if question.kind != Kind.INFO]
    rules = [draw(st.lists(points(question), max_size=2)) for question in asked]
    scores = (Score("s", draw(TEXT), tuple(rule for group in rules for rule in group)),)
    outcomes = tuple(
        Outcome(f"u{n}", draw(st.sampled_from(OutcomeKind)), draw(TEXT), draw(TEXT), applies_if=draw(conditions(earlier, scores)))
        for n in range(draw(st.integers(0, 4)))
    )
    cases = tuple(
        Case(f"proef {n}", tuple(draw(right_answers(asked)).items()), tuple(outcome.key for outcome in outcomes[:n]))
        for n in range(2)
    )
    return Definition(draw(TEXT), draw(TEXT), draw(TEXT), tuple(sections), scores, outcomes, cases)


@st.composite
def right_answers(draw, asked: list[Question]):
    """Answers that fit, to some of the questions, in their order."""
    found = {}
    for question in [question for question in asked if draw(st.booleans())]:
        keys = [option.key for option in question.choices]
        single = [option.key for option in question.choices if not option.is_exclusive] or keys[:1]
        values = {
            Kind.NUMBER: st.integers(question.minimum, min(question.maximum, question.minimum + 20)),
            Kind.SEVERAL: st.lists(st.sampled_from(single or [""]), min_size=1, unique=True).map(sorted).map(tuple),
        }.get(question.kind, st.sampled_from(keys or [""]))
        found[question.key] = draw(values | st.just(DECLINED) if question.may_decline else values)
    return found


def answers(definition: Definition):
    """Answers that a browser, or somebody who means harm, could send: right ones, wrong ones, nonsense."""
    junk = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=3)
    keys = [option.key for question in definition.questions.values() for option in question.choices]
    near = st.sampled_from([*keys, DECLINED]) | SMALL | st.lists(st.sampled_from(keys or ["o0"]), max_size=3)
    names = st.sampled_from([*definition.questions, "vreemd"])
    return st.dictionaries(names, near | junk) | right_answers([q for q in definition.questions.values() if q.kind != Kind.INFO])


@st.composite
def answered(draw):
    """A questionnaire with answers to it."""
    definition = draw(definitions())
    return definition, draw(answers(definition))
