"""What `evaluate` promises, on questionnaires and answers by chance; and what it does, on a small one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vitaminetest.questionnaires import answered, definitions
from tests.vitaminetest.samples import sample
from vitaminetest.answers import DECLINED, clean
from vitaminetest.definition import Kind, Option, OutcomeKind, Question
from vitaminetest.evaluate import evaluate
from vitaminetest.structure import find_faults


@given(definitions())
def test_chance_makes_whole_questionnaires(definition):
    assert find_faults(definition) == ()


@given(answered())
def test_any_answers_lead_somewhere(pair):
    definition, answers = pair
    evaluation = evaluate(definition, answers)
    assert list(evaluation.path) == [key for key in definition.questions if key in evaluation.path]
    assert set(evaluation.kept) <= set(evaluation.path)
    assert all(low <= high for low, high in evaluation.scores.values())
    assert {key for key, _ in evaluation.trace} == {*evaluation.outcomes, *evaluation.suppressed}


@given(st.none() | st.text() | st.lists(st.integers()) | st.integers())
def test_answers_that_are_no_answers_at_all_are_none(nonsense):
    assert evaluate(sample(), nonsense) == evaluate(sample(), {})


@given(answered(), st.randoms(use_true_random=False))
def test_the_order_of_answering_does_not_matter(pair, chance):
    definition, answers = pair
    shuffled = list(answers.items())
    chance.shuffle(shuffled)
    assert evaluate(definition, dict(shuffled)) == evaluate(definition, answers)


@given(answered())
def test_answers_that_do_not_count_change_nothing(pair):
    definition, answers = pair
    evaluation = evaluate(definition, answers)
    assert evaluate(definition, evaluation.kept) == evaluation


@given(answered())
def test_declining_tells_no_more_than_not_answering(pair):
    definition, answers = pair
    told = {key: answer for key, answer in evaluate(definition, answers).kept.items() if answer != DECLINED}
    declined, silent = evaluate(definition, answers), evaluate(definition, told)
    assert (declined.path, declined.scores, declined.trace) == (silent.path, silent.scores, silent.trace)


@given(answered(), st.data())
def test_what_is_not_known_fires_nothing_that_an_answer_could_undo(pair, data):
    """Whatever an open question is answered with, an outcome that fired before stays, unless a doctor takes it away."""
    definition, answers = pair
    before = evaluate(definition, answers)
    silent = [key for key in before.path if key not in before.kept and definition.questions[key].kind != Kind.INFO]
    if not silent:
        return
    question = definition.questions[data.draw(st.sampled_from(silent))]
    if question.kind == Kind.NUMBER:
        answer = data.draw(st.integers(question.minimum, question.maximum))
    else:
        answer = data.draw(st.sampled_from([option.key for option in question.choices]))
    given_now = (answer,) if question.kind == Kind.SEVERAL else answer
    after = evaluate(definition, before.kept | {question.key: given_now})
    assert dict(before.trace).keys() <= dict(after.trace).keys()
    assert all(b[0] <= a[0] <= a[1] <= b[1] for b, a in zip(before.scores.values(), after.scores.values(), strict=True))


@given(answered())
def test_a_doctor_takes_away_every_tip(pair):
    definition, answers = pair
    evaluation = evaluate(definition, answers)
    kinds = [definition.outcome(key).kind for key in evaluation.outcomes]
    if OutcomeKind.DOCTOR in kinds:
        assert OutcomeKind.TIP not in kinds
    assert kinds == sorted(kinds, key=list(OutcomeKind).index)
    assert all(definition.outcome(key).kind == OutcomeKind.TIP for key in evaluation.suppressed)


def test_an_answer_that_is_not_asked_for_comes_back():
    answers = {"leeftijd": 30, "geslacht": "vrouw", "situatie": "zwanger", "soms": ("noten",), "volkoren": "ja"}
    assert evaluate(sample(), answers).outcomes == ("arts", "lees")
    as_man = evaluate(sample(), answers | {"geslacht": "man"})
    assert ("situatie" in as_man.path, "situatie" in as_man.kept, as_man.outcomes) == (False, False, ("lees",))
    assert evaluate(sample(), answers | {"geslacht": "vrouw"}).kept["situatie"] == "zwanger"


def test_a_score_with_an_open_question_is_an_interval():
    some = {"leeftijd": 30, "geslacht": "man", "volkoren": "nee"}
    assert evaluate(sample(), some).scores == {"bord": (0, 3)}
    assert "noten" not in evaluate(sample(), some).outcomes, "it may still turn out to be enough"
    assert evaluate(sample(), some | {"soms": ["niets"]}).outcomes == ("noten", "lees")


def test_the_first_question_without_an_answer_is_open():
    assert evaluate(sample(), {}).open == "leeftijd"
    assert evaluate(sample(), {"leeftijd": 30, "geslacht": DECLINED}).open == "volkoren"
    assert evaluate(sample(), {"leeftijd": 30, "geslacht": DECLINED, "volkoren": "ja"}).open == ""


@pytest.mark.parametrize(
    ("kind", "raw", "right"),
    [
        (Kind.NUMBER, 5, 5),
        (Kind.NUMBER, 5.0, 5),
        (Kind.NUMBER, 5.5, None),
        (Kind.NUMBER, "5", None),
        (Kind.NUMBER, True, None),
        (Kind.NUMBER, float("nan"), None),
        (Kind.NUMBER, float("inf"), None),
        (Kind.NUMBER, 10**30, None),
        (Kind.NUMBER, -1, None),
        (Kind.YESNO, "ja", "ja"),
        (Kind.YESNO, "a", None),
        (Kind.CHOICE, "a", "a"),
        (Kind.CHOICE, ["a"], None),
        (Kind.CHOICE, DECLINED, DECLINED),
        (Kind.SEVERAL, ["b", "a", "a"], ("a", "b")),
        (Kind.SEVERAL, ["a", "geen"], None),
        (Kind.SEVERAL, ["geen"], ("geen",)),
        (Kind.SEVERAL, [], None),
        (Kind.SEVERAL, "a", None),
        (Kind.SEVERAL, [["a"]], None),
        (Kind.INFO, DECLINED, None),
    ],
)
def test_an_answer_is_cleaned(kind, raw, right):
    assert clean(_question(kind), raw) == right
    assert type(clean(_question(kind), raw)) is type(right)


def _question(kind: Kind) -> Question:
    options = (Option("a", "A"), Option("b", "B"), Option("geen", "Geen van deze", is_exclusive=True))
    wants = kind in (Kind.CHOICE, Kind.SEVERAL)
    return Question("v", kind, "Vraag", may_decline=True, minimum=0, maximum=10, options=options if wants else ())
