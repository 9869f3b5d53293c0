"""The server and a browser judge alike: the same answers by both, on the same questionnaires, and every word compared."""

import json
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from random import Random

import pytest

from tests.conftest import require
from tests.vitaminetest.by_chance import make_answers, make_definition
from tests.vitaminetest.samples import sample
from tests.vitaminetest.tables import table
from vitaminetest import journey as journeys
from vitaminetest.answers import DECLINED, clean
from vitaminetest.asking import Fault, read
from vitaminetest.definition import (
    Clause,
    Definition,
    Kind,
    Operator,
    Outcome,
    OutcomeKind,
    Points,
    Question,
    Score,
    Section,
)
from vitaminetest.definition_file import parse
from vitaminetest.evaluate import evaluate
from vitaminetest.explain import MOST_TRIES, explain
from vitaminetest.journey import CHECK, RESULT, START, Journey
from vitaminetest.needs import asks_for_age
from vitaminetest.program import readable_program
from vitaminetest.result import LONGEST, make_result, result_text, text_for_adviser
from vitaminetest.shown import CLOSING, INTRO, ShownTable, ShownTest, Text, outcome_name

SCRIPT = Path(__file__).with_name("both.mjs")
CONTENT = Path("vitaminetest/content/vitaminetest.yaml")
SEED = 5
EVALUATIONS = 100_000
TYPED = (
    "",
    " ",
    "ja",
    "nee",
    "o0",
    "o1",
    "o2",
    DECLINED,
    "7",
    " 7\u00a0",
    "-3",
    "-0",
    "007",
    "7,0",
    "7 jaar",
    "٧",
    "12345678",
    "1e1",
)


@pytest.fixture(scope="module")
def definitions() -> list[Definition]:
    """The sample, the real one, and four dozen by chance."""
    chance = Random(SEED)
    return [sample(), parse(CONTENT.read_text(encoding="utf-8")), *(make_definition(chance) for _ in range(48))]


def shown(definition: Definition) -> ShownTest:
    bodies = {outcome_name(outcome.key): Text("", outcome.body) for outcome in definition.outcomes}
    intake = ShownTable(table(), ()) if asks_for_age(definition) else None
    return ShownTest("proef", 3, None, definition, {INTRO: Text("", ""), CLOSING: Text("", "Slot.")} | bodies, intake=intake)


def in_browser(questions: Iterable[dict]) -> Iterator[str]:
    """Yield what the modules of the browser say to each question, as JSON."""
    node = shutil.which("node")
    require(node, "Node", "apt-get install nodejs")
    lines = "".join(f"{json.dumps(question, ensure_ascii=False)}\n" for question in questions)
    done = subprocess.run([node, SCRIPT], input=lines, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return iter(done.stdout.split("\n")[:-1])


def compare(asked: list[tuple[dict, object]]) -> int:
    """Assert that the browser says the same to each; return how many were compared. A program has no answer."""
    told = [(question, answer) for question, answer in asked if "do" in question]
    for (question, here), there in zip_longest(told, in_browser(question for question, _ in asked)):
        if as_json(here) != there:
            assert (question, here) == (question, json.loads(there))
    return len(told)


def as_json(thing: object) -> str:
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))


def program_of(definition: Definition) -> tuple[dict, object]:
    return {"program": readable_program(shown(definition), address="https://example.org/vitaminetest/")}, None


def judged(definition: Definition, answers: object) -> list:
    found = evaluate(definition, answers)
    scores = [[key, list(score)] for key, score in found.scores.items()]
    kept = list(found.kept.items())
    return [found.path, kept, found.open, scores, found.outcomes, found.suppressed, found.trace]


def reasons(definition: Definition, answers: object) -> list:
    kept = evaluate(definition, answers).kept
    found = [explain(definition, kept, key) for key in evaluate(definition, kept).outcomes]
    return [
        [one.outcome, [[r.question, r.answer, r.score] for r in one.reasons], [[c.question, c.answer] for c in one.changes]]
        for one in found
    ]


def texts(definition: Definition, answers: dict) -> list[str]:
    test, address = shown(definition), "https://example.org/vitaminetest/"
    result = make_result(test, answers)
    return [result_text(test, result, address=address), text_for_adviser(test, result, address=address)]


def ask(definitions: list[Definition], what: str, answer, counts: list[int]) -> list[tuple[dict, object]]:
    """Return that many questions about answers by chance to each definition, with what the server says to them."""
    chance, asked = Random(SEED), []
    for definition, count in zip(definitions, counts, strict=True):
        asked.append(program_of(definition))
        for _ in range(count):
            answers = make_answers(chance, definition)
            asked.append(({"do": what, "answers": answers}, answer(definition, answers)))
    return asked


def test_a_hundred_thousand_evaluations_are_the_same(definitions):
    counts = [20_000, 20_000, *[1_250] * 48]
    assert compare(ask(definitions, "evaluate", judged, counts)) == EVALUATIONS


@pytest.mark.parametrize("answers", [None, [], "leeftijd", 7, True, {}, [["leeftijd", 40]]])
def test_answers_that_are_none_are_judged_the_same(answers):
    asked = [program_of(sample()), ({"do": "evaluate", "answers": answers}, judged(sample(), answers))]
    assert compare(asked) == 1


def test_reasons_and_the_smallest_change_are_the_same(definitions):
    assert compare(ask(definitions, "explain", reasons, [600, 150, *[40] * 48])) == 2_670


@pytest.mark.parametrize(("last", "found"), [(MOST_TRIES - 1, [["getal", MOST_TRIES]]), (MOST_TRIES, [])])
def test_both_give_up_a_search_at_the_same_try(last, found):
    """Every number is another answer to try, and the one that takes the outcome away comes just in time, or one too late."""
    question = Question("getal", Kind.NUMBER, "Welk getal", maximum=last + 1)
    rules = tuple(Points("getal", 1, at_least=number) for number in range(1, last + 1, 3))
    outcome = Outcome("u", OutcomeKind.READ, "U", "U", applies_if=((Clause(Operator.AT_MOST, "getal", number=last),),))
    definition = Definition("D", sections=(Section("s", "S", (question,)),), scores=(Score("t", "T", rules),), outcomes=(outcome,))
    here = reasons(definition, {"getal": 0})
    assert here == [["u", [["getal", 0, ""]], found]]
    assert compare([program_of(definition), ({"do": "explain", "answers": {"getal": 0}}, here)]) == 1


def test_texts_of_results_are_the_same_to_the_letter(definitions):
    assert compare(ask(definitions, "text", texts, [100, 60, *[8] * 48])) == 544


@pytest.mark.parametrize(("nuts", "fits"), [(6_000, True), (12_000, False)])
def test_a_text_that_is_too_long_is_shortened_alike(nuts, fits):
    """The limit is in characters, also of those that a browser counts for two."""
    long = replace(sample(), closing="🥜" * nuts)
    test = shown(long)
    test = replace(test, texts={**test.texts, CLOSING: Text("", long.closing)})
    answers = {"leeftijd": 40}
    result = make_result(test, answers)
    address = "https://example.org/vitaminetest/"
    here = [result_text(test, result, address=address), text_for_adviser(test, result, address=address)]
    program = ({"program": readable_program(test, address=address)}, None)
    assert compare([program, ({"do": "text", "answers": answers}, here)]) == 1
    assert (here[0] == here[1], len(here[1]) <= LONGEST < 2 * nuts) == (fits, True)


def test_what_was_typed_is_read_the_same(definitions):
    chance, asked = Random(SEED), []
    for definition in definitions:
        asked.append(program_of(definition))
        for key, question in definition.questions.items():
            for _ in range(20):
                typed = chance.sample(TYPED, chance.randint(0, 2)) + chance.sample(["ja", "o0", "o1"], chance.randint(0, 1))
                found = read(question, typed)
                here = [None, found] if isinstance(found, Fault) else [found, None]
                asked.append(({"do": "read", "key": key, "typed": typed}, here))
    assert compare(asked) > 5_000


def test_ways_through_a_questionnaire_are_the_same(definitions):
    chance, asked = Random(SEED), []
    for definition in definitions:
        asked.append(program_of(definition))
        for _ in range(60):
            here = make_journey(chance, definition)
            there = {"answers": dict(here.answers), "at": here.at, "passed": here.passed, "isChanging": here.is_changing}
            key = chance.choice(list(definition.questions))
            asked.append(({"do": "travel", "journey": there, "key": key}, ways(definition, here, key)))
    assert compare(asked) == 3_000


def make_journey(chance: Random, definition: Definition) -> Journey:
    raw = make_answers(chance, definition)
    questions = definition.questions
    cleaned = {key: clean(questions[key], value) for key, value in raw.items() if key in questions}
    answers = {key: value for key, value in cleaned.items() if value is not None}
    passed = tuple(key for key in questions if chance.random() < 0.5)
    return Journey(3, answers, chance.choice([*questions, START, CHECK, RESULT]), passed, chance.random() < 0.5)


def ways(definition: Definition, journey: Journey, key: str) -> list:
    moves = (journeys.begin, journeys.go_on, journeys.go_back, journeys.go_to_result)
    found = [move(definition, journey) for move in moves]
    found.append(journeys.go_change(definition, journey, key))
    found.append(journeys.with_answer(journey, key, clean(definition.questions[key], "ja")))
    plain = [[list(one.answers.items()), one.at, one.passed, one.is_changing] for one in found]
    return [*plain, journeys.count_question(definition, journey)]
