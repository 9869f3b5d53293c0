from tests.vitaminetest.samples import sample
from vitaminetest.answers import DECLINED
from vitaminetest.explain import Change, Explanation, Reason
from vitaminetest.phrases import ReasonGroup, answer_words, change_words, fill, list_words, reason_groups


def test_answers_are_said_as_they_were_chosen():
    questions = sample().questions
    assert answer_words(questions["leeftijd"], 40) == "40 jaar"
    assert answer_words(questions["soms"], ("noten", "peulvruchten")) == "Noten en Peulvruchten"
    assert answer_words(questions["volkoren"], "ja") == "Ja"
    assert answer_words(questions["geslacht"], DECLINED) == "Zeg ik liever niet"
    assert (answer_words(questions["soms"], None), answer_words(questions["volkoren"], None)) == (
        "Niet ingevuld",
        "Nog niet ingevuld",
    )


def test_a_list_has_one_en():
    assert [list_words("a"), list_words("ab"), list_words("abc")] == ["a", "a en b", "a, b en c"]


def test_what_is_filled_in_is_not_looked_into_again():
    assert fill("one_change", question="{answer}", answer="x") == "op ‘{answer}’ ‘x’"


def test_reasons_behind_a_score_stand_together():
    explanation = Explanation("noten", (Reason("leeftijd", 40), Reason("volkoren", "nee", "bord")), (Change("volkoren", "ja"),))
    assert reason_groups(sample(), explanation) == (
        ReasonGroup("", ("Je antwoordde ‘40 jaar’ op ‘Hoe oud ben je’.",)),
        ReasonGroup("Dit telde mee voor ‘Magnesium op je bord’:", ("Je antwoordde ‘Nee’ op ‘Eet je volkoren brood’.",)),
    )
    assert change_words(sample(), explanation) == "Je zou dit niet zien als je op ‘Eet je volkoren brood’ ‘Ja’ had geantwoord."


def test_there_is_always_something_to_say():
    assert reason_groups(sample(), Explanation("lees", (), ())) == (
        ReasonGroup("", ("Dit krijgt iedereen te lezen die de test doet.",)),
    )
    assert change_words(sample(), Explanation("lees", (), ())) == ""
    assert reason_groups(sample(), Explanation("noten", (), ()))[0].lines == ("Dit volgt uit je antwoorden samen.",)
    assert change_words(sample(), Explanation("noten", (), ())).startswith("Met een paar andere antwoorden")
