"""Why an outcome shows: the stated change takes it away, and nothing in it is superfluous."""

from itertools import combinations

import pytest
from hypothesis import given, settings

from tests.vitaminetest.questionnaires import answered
from tests.vitaminetest.samples import sample
from vitaminetest.answers import DECLINED, clean
from vitaminetest.evaluate import evaluate
from vitaminetest.explain import Change, Explanation, Reason, explain, other_answers

ANSWERS = {"leeftijd": 40, "geslacht": "man", "soms": ("peulvruchten",), "volkoren": "nee"}


@settings(deadline=None, max_examples=60)
@given(answered())
def test_the_change_takes_the_outcome_away_and_no_smaller_one_among_them_does(pair):
    definition, answers = pair
    kept = evaluate(definition, answers).kept
    for key in evaluate(definition, kept).outcomes:
        changes = {change.question: change.answer for change in explain(definition, kept, key).changes}
        if changes:
            assert key not in evaluate(definition, kept | changes).outcomes
        for size in range(len(changes)):
            for some in combinations(changes.items(), size):
                assert key in evaluate(definition, kept | dict(some)).outcomes


@settings(deadline=None, max_examples=60)
@given(answered())
def test_the_reasons_alone_make_the_outcome(pair):
    """With what shows those questions, and what its score needs to be sure, the answers named suffice."""
    definition, answers = pair
    evaluation = evaluate(definition, answers)
    for key in evaluation.outcomes:
        for reason in explain(definition, answers, key).reasons:
            assert evaluation.kept[reason.question] == reason.answer


@given(answered())
def test_other_answers_are_answers(pair):
    definition, answers = pair
    for key, answer in evaluate(definition, answers).kept.items():
        question = definition.questions[key]
        for other in other_answers(definition, question, answer) if answer != DECLINED else ():
            assert clean(question, other) == other != answer


def test_a_score_names_its_answers_and_the_nearest_change():
    assert explain(sample(), ANSWERS, "noten") == Explanation(
        "noten",
        (Reason("soms", ("peulvruchten",), "bord"), Reason("volkoren", "nee", "bord")),
        (Change("soms", ("noten", "peulvruchten")),),
    )


def test_the_questions_of_the_condition_change_before_those_that_show_them():
    answers = ANSWERS | {"leeftijd": 16, "geslacht": "vrouw", "situatie": "zwanger"}
    arts = explain(sample(), answers, "arts")
    assert arts.reasons == (Reason("leeftijd", 16),)
    assert [change.question for change in arts.changes] == ["leeftijd", "situatie"]


def test_what_everybody_sees_has_no_reasons():
    assert explain(sample(), ANSWERS, "lees") == Explanation("lees", (), ())


def test_an_outcome_that_does_not_show_has_no_explanation():
    with pytest.raises(StopIteration):
        explain(sample(), ANSWERS, "arts")
