from dataclasses import replace

from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.vitaminetest.questionnaires import definitions, right_answers
from tests.vitaminetest.samples import sample
from vitaminetest.answers import DECLINED
from vitaminetest.definition import (
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
from vitaminetest.definition_file import parse
from vitaminetest.evaluate import evaluate
from vitaminetest.reach import Way, find_way, way_to_outcome, way_to_question

CONTENT = settings.BASE_DIR / "vitaminetest" / "content" / "vitaminetest.yaml"
IMPOSSIBLE = Way(None, is_sure=True)


def asking(*questions: Question, outcomes: tuple[Outcome, ...] = (), scores: tuple[Score, ...] = ()) -> Definition:
    return Definition("T", sections=(Section("a", "A", questions),), outcomes=outcomes, scores=scores)


def outcome(*groups, key: str = "uit", kind=OutcomeKind.TIP) -> Outcome:
    return Outcome(key, kind, "", "", applies_if=tuple(groups))


def is_(question: str, *options: str) -> Clause:
    return Clause(Operator.IS, question, options=options)


ROKEN = Question("roken", Kind.YESNO, "Rook je?")
LEEFTIJD = Question("leeftijd", Kind.NUMBER, "Hoe oud?", maximum=120)
SOORT = Question("soort", Kind.CHOICE, "Wat?", options=(Option("a", "A"), Option("b", "B")), shown_if=((is_("roken", "ja"),),))
ETEN = Question(
    "eten", Kind.SEVERAL, "Wat?", options=(Option("x", "X"), Option("y", "Y"), Option("niets", "Niets", is_exclusive=True))
)


@st.composite
def answered(draw):
    definition = draw(definitions())
    return definition, draw(right_answers([question for question in definition.questions.values() if question.kind != Kind.INFO]))


@hypothesis_settings(deadline=None)
@given(answered())
def test_what_somebody_got_to_is_never_called_impossible_and_every_way_leads_there(both):
    definition, answers = both
    evaluation = evaluate(definition, answers)
    for key in definition.questions:
        way = way_to_question(definition, key)
        assert key in evaluate(definition, way.answers).path if way.answers is not None else True
        if key in evaluation.path and not evaluation.open:
            assert way != IMPOSSIBLE
    for shown in definition.outcomes:
        way = way_to_outcome(definition, shown)
        assert shown.key in evaluate(definition, way.answers).outcomes if way.answers is not None else True
        if shown.key in evaluation.outcomes and not evaluation.open:
            assert way != IMPOSSIBLE


def test_everything_of_the_real_questionnaire_and_of_the_sample_has_a_way():
    for definition in (sample(), parse(CONTENT.read_text(encoding="utf-8"))):
        assert [key for key in definition.questions if way_to_question(definition, key).answers is None] == []
        assert [found.key for found in definition.outcomes if way_to_outcome(definition, found).answers is None] == []


def test_two_answers_to_one_choice_are_impossible():
    never = outcome((is_("soort", "a"), is_("soort", "b")))
    assert way_to_outcome(asking(ROKEN, SOORT, outcomes=(never,)), never) == IMPOSSIBLE


def test_a_question_behind_an_answer_that_its_own_condition_rules_out_is_impossible():
    behind = Question("diep", Kind.YESNO, "?", shown_if=((is_("soort", "a"), is_("roken", "nee")),))
    assert way_to_question(asking(ROKEN, SOORT, behind), "diep") == IMPOSSIBLE


def test_two_ticks_are_possible_but_not_beside_none_of_these():
    both, alone = outcome((is_("eten", "x"), is_("eten", "y"))), outcome((is_("eten", "x"), is_("eten", "niets")))
    definition = asking(ETEN, outcomes=(both, alone))
    assert way_to_outcome(definition, both).answers == {"eten": ("x", "y")}
    assert way_to_outcome(definition, alone) == IMPOSSIBLE


def test_ages_between_thresholds_are_tried():
    between = outcome((Clause(Operator.AT_LEAST, "leeftijd", number=18), Clause(Operator.AT_MOST, "leeftijd", number=18)))
    empty = outcome((Clause(Operator.AT_LEAST, "leeftijd", number=19), Clause(Operator.AT_MOST, "leeftijd", number=18)))
    definition = asking(LEEFTIJD, outcomes=(between, empty))
    assert way_to_outcome(definition, between).answers == {"leeftijd": 18}
    assert way_to_outcome(definition, empty) == IMPOSSIBLE


def test_a_score_can_not_pass_its_highest():
    score = Score("s", "S", (Points("roken", 2, ("ja",)), Points("eten", 1, ("x",))))
    high, higher = (outcome((Clause(Operator.AT_LEAST, score="s", number=number),)) for number in (3, 4))
    definition = asking(ROKEN, ETEN, scores=(score,), outcomes=(high, higher))
    assert way_to_outcome(definition, high).answers == {"roken": "ja", "eten": ("x",)}
    assert way_to_outcome(definition, higher) == IMPOSSIBLE


def test_a_tip_that_only_comes_with_a_doctor_is_impossible():
    tip, doctor = outcome((is_("roken", "ja"),)), outcome((is_("roken", "ja"),), key="arts", kind=OutcomeKind.DOCTOR)
    definition = asking(ROKEN, outcomes=(tip, doctor))
    assert way_to_outcome(definition, tip) == IMPOSSIBLE
    assert way_to_outcome(definition, replace(tip, kind=OutcomeKind.READ)).answers == {"roken": "ja"}


def test_declining_can_be_the_only_way_around_a_doctor():
    always = (is_("roken", "ja"),), (is_("roken", "nee"),)
    tip, doctor = outcome(), outcome(*always, key="arts", kind=OutcomeKind.DOCTOR)
    assert way_to_outcome(asking(ROKEN, outcomes=(tip, doctor)), tip) == IMPOSSIBLE
    declining = asking(replace(ROKEN, may_decline=True), outcomes=(tip, doctor))
    assert way_to_outcome(declining, tip).answers == {"roken": DECLINED}


def test_a_search_without_time_left_is_not_sure():
    questions = [Question(f"q{n}", Kind.NUMBER, "?", maximum=9) for n in range(12)]
    score = Score("s", "S", tuple(Points(f"q{n}", 2, at_least=n % 9) for n in range(12)))
    odd = (
        Clause(Operator.AT_LEAST, score="s", number=11),
        Clause(Operator.AT_MOST, score="s", number=11),
    )
    assert find_way(asking(*questions, scores=(score,)), (odd,), budget=200) == Way(None, is_sure=False)
