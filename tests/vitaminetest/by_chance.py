"""Questionnaires and answers by chance, always the same ones: a seed, and no library that shrinks or remembers.

Quick enough for a hundred thousand. `tests.vitaminetest.questionnaires` has them for Hypothesis.
"""

from random import Random

from vitaminetest.answers import DECLINED
from vitaminetest.definition import (
    ALWAYS,
    Clause,
    Condition,
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
from vitaminetest.structure import find_faults

WORDS = ("Hoe vaak", "‘Zo’ & zo", "<b>vet</b>", "{question}", "{answer}?", "Noten 🥜", "é", "a\u0301", "$&", "\\1", "Één", "x" * 40)
GARBAGE = (
    None,
    True,
    False,
    "",
    "ja ",
    "JA",
    DECLINED,
    0,
    -1,
    1.5,
    2.0,
    1e30,
    -0.0,
    [],
    ["ja"],
    [[]],
    [1],
    {},
    {"ja": 1},
    "__proto__",
)
KEYS = ("constructor", "valueof", "leeftijd", "length", "to-string")


def make_definition(chance: Random) -> Definition:
    """Return a questionnaire that find_faults finds nothing in."""
    asked: list[Question] = []
    sections = tuple(_section(chance, f"s{n}", asked) for n in range(chance.randint(1, 4)))
    told = [question for question in asked if question.kind != Kind.INFO]
    scores = tuple(_score(chance, f"score-{n}", told) for n in range(chance.randint(0, 3) if told else 0))
    outcomes = tuple(_outcome(chance, f"u{n}", told, scores) for n in range(chance.randint(0, 8)))
    definition = Definition(chance.choice(WORDS), "Inleiding.", "Slot.", sections, scores, outcomes)
    assert find_faults(definition) == ()
    return definition


def make_answers(chance: Random, definition: Definition) -> dict[str, object]:
    """Return answers, most of them good, to most questions; some to questions that there are none of."""
    found = {key: _answer(chance, question) for key, question in definition.questions.items() if chance.random() < 0.9}
    return found | {chance.choice(KEYS): chance.choice(GARBAGE) for _ in range(chance.random() < 0.1)}


def _answer(chance: Random, question: Question) -> object:
    roll = chance.random()
    if roll < 0.08:
        return chance.choice(GARBAGE)
    if roll < 0.16:
        return DECLINED
    if question.kind == Kind.NUMBER:
        number = chance.randint(question.minimum - 2, question.maximum + 2)
        return number + 0.0 if chance.random() < 0.2 else number
    keys = [option.key for option in question.choices] or ["niets"]
    return chance.sample(keys, chance.randint(0, len(keys))) if question.kind == Kind.SEVERAL else chance.choice([*keys, "niets"])


def _section(chance: Random, key: str, asked: list[Question]) -> Section:
    shown_if = _condition(chance, asked, ())
    questions = []
    for number in range(chance.randint(1, 4)):
        questions.append(_question(chance, KEYS[len(asked)] if len(asked) < 2 else f"{key}-v{number}", asked))
        asked.append(questions[-1])
    return Section(key, chance.choice(WORDS), tuple(questions), shown_if)


def _question(chance: Random, key: str, asked: list[Question]) -> Question:
    kind = chance.choice(list(Kind))
    lowest = chance.randint(-5, 5)
    bounds = {"minimum": lowest, "maximum": lowest + chance.randint(0, 20)} if kind == Kind.NUMBER else {}
    count = chance.randint(1, 5) if kind in (Kind.CHOICE, Kind.SEVERAL) else 0
    options = tuple(Option(f"o{n}", chance.choice(WORDS), chance.random() < 0.2) for n in range(count))
    intake = {Kind.NUMBER: "age", Kind.CHOICE: "sex"}.get(kind, "") if chance.random() < 0.2 else ""
    flags = {"is_required": chance.random() < 0.8, "may_decline": chance.random() < 0.4}
    words = {"unit": chance.choice(["", "jaar"]), "intake": intake}
    return Question(
        key, kind, chance.choice(WORDS), options=options, shown_if=_condition(chance, asked, ()), **flags, **words, **bounds
    )


def _score(chance: Random, key: str, told: list[Question]) -> Score:
    return Score(key, chance.choice(WORDS), tuple(_points(chance, chance.choice(told)) for _ in range(chance.randint(0, 6))))


def _points(chance: Random, question: Question) -> Points:
    points = chance.randint(-3, 4)
    if question.kind != Kind.NUMBER:
        return Points(question.key, points, options=_some_options(chance, question))
    low, high = chance.choice([(1, None), (None, 1), (1, 1)])
    return Points(question.key, points, at_least=low and chance.randint(-5, 15), at_most=high and chance.randint(-5, 25))


def _outcome(chance: Random, key: str, told: list[Question], scores: tuple[Score, ...]) -> Outcome:
    kind = chance.choice(list(OutcomeKind))
    body = f"Tekst van {key}, met {chance.choice(WORDS)}."
    return Outcome(key, kind, chance.choice(WORDS), body, applies_if=_condition(chance, told, scores))


def _condition(chance: Random, about: list[Question], scores: tuple[Score, ...]) -> Condition:
    about = [question for question in about if question.kind != Kind.INFO]
    if chance.random() < 0.3 or not (about or scores):
        return ALWAYS
    return tuple(tuple(_clause(chance, about, scores) for _ in range(chance.randint(1, 3))) for _ in range(chance.randint(1, 3)))


def _clause(chance: Random, about: list[Question], scores: tuple[Score, ...]) -> Clause:
    thing = chance.choice([*about, *scores])
    compare = chance.choice([Operator.AT_LEAST, Operator.AT_MOST])
    if isinstance(thing, Score):
        return Clause(compare, score=thing.key, number=chance.randint(-4, 8))
    if thing.kind == Kind.NUMBER:
        return Clause(compare, thing.key, number=chance.randint(-5, 20))
    return Clause(chance.choice([Operator.IS, Operator.IS_NOT]), thing.key, options=_some_options(chance, thing))


def _some_options(chance: Random, question: Question) -> tuple[str, ...]:
    keys = [option.key for option in question.choices]
    return tuple(chance.sample(keys, chance.randint(1, len(keys))))
