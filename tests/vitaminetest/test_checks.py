from dataclasses import replace
from datetime import date

import pytest

from articles.rendering.findings import Finding, Level
from tests.factories import make_article, make_reference, make_term
from tests.vitaminetest.samples import FILE, sample
from vitaminetest import checks
from vitaminetest.checking import examine
from vitaminetest.checks import Checked, errors
from vitaminetest.definition import (
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
from vitaminetest.definition_file import parse
from vitaminetest.shown import outcome_name

TODAY = date(2026, 11, 28)


def check(definition: Definition, **more) -> list[tuple[str, str, str]]:
    sources = {outcome_name(outcome.key): 1 for outcome in definition.outcomes}
    found = checks.check(Checked(definition, TODAY, **{"sources": sources} | more))
    return [(finding.code, str(finding.level), finding.field) for finding in found]


def changed(old: str, new: str) -> Definition:
    assert old in FILE
    return parse(FILE.replace(old, new, 1))


def message(definition: Definition, code: str) -> str:
    found = checks.check(Checked(definition, TODAY))
    return next(finding.message for finding in found if finding.code == code)


REST = [("no-review-date", "warning", "uitkomst:arts"), ("no-review-date", "warning", "uitkomst:lees")]


def test_the_sample_has_no_more_than_missing_dates():
    assert check(sample()) == REST


def test_nothing_has_a_finding_that_says_where_to_begin():
    assert [code for code, *_ in check(Definition(""))] == ["no-title", "no-question", "no-outcome"]


def test_faults_of_structure_come_alone_with_those_of_texts():
    broken = replace(sample(), sections=sample().sections[1:])
    found = check(broken)
    assert found[0] == ("structure", "error", "uitkomst:arts")
    assert {code for code, *_ in found} == {"structure", "no-review-date"}


def test_a_red_case_says_what_came_and_why():
    red = replace(sample(), cases=(replace(sample().cases[0], expects=("arts", "lees")), *sample().cases[1:]))
    assert message(red, "red-case") == (
        "De proef is rood: verwacht ‘arts’, ‘lees’, maar het werd ‘noten’, ‘lees’. ‘noten’ komt omdat score bord ≤ 1. "
        "‘arts’ komt niet: de voorwaarde klopt niet met deze antwoorden. Score bord: 0."
    )


def test_a_case_that_expects_a_tip_beside_a_doctor_says_what_took_it_away():
    red = replace(sample(), cases=(sample().cases[0], replace(sample().cases[1], expects=("arts", "noten", "lees"))))
    assert "‘noten’ valt weg, want een uitkomst ‘huisarts’ neemt alle tips weg." in message(red, "red-case")


def test_the_order_in_which_a_case_expects_does_not_matter():
    turned = replace(sample(), cases=tuple(replace(case, expects=case.expects[::-1]) for case in sample().cases))
    assert check(turned) == REST


def test_an_outcome_without_a_case_is_an_error():
    extra = Outcome("extra", OutcomeKind.READ, "T", "B", "2027-01-01", ((Clause(Operator.IS, "volkoren", options=("ja",)),),))
    assert check(replace(sample(), outcomes=(*sample().outcomes, extra)))[0] == ("outcome-without-case", "error", "uitkomst:extra")


def test_a_case_that_no_reader_could_finish_is_a_warning():
    half = Case("Half", (("leeftijd", 40),), ("lees",))
    assert ("unfinished-case", "warning", "proef:Half") in check(replace(sample(), cases=(*sample().cases, half)))


def test_what_nobody_gets_to_is_an_error():
    never = changed(
        "- - {question: geslacht, is: [vrouw]}\n      - {question: leeftijd, at_least: 14}",
        "- - {question: geslacht, is: [vrouw]}\n      - {question: geslacht, is: [man]}",
    )
    assert ("unreachable-question", "error", "vraag:situatie") in check(never)
    tip = changed("kind: read", "kind: tip")
    unavoidable = replace(tip, outcomes=(replace(tip.outcomes[0], applies_if=()), *tip.outcomes[1:]))
    found = check(unavoidable)
    assert ("impossible-outcome", "error", "uitkomst:noten") in found
    assert ("impossible-outcome", "error", "uitkomst:lees") in found


def test_what_could_not_be_searched_is_a_warning_not_an_error():
    numbers = tuple(Question(f"q{n}", Kind.NUMBER, "Hoeveel?", maximum=9) for n in range(14))
    even = Score("s", "S", tuple(Points(question.key, 2, at_least=5) for question in numbers))
    odd = (Clause(Operator.AT_LEAST, score="s", number=13), Clause(Operator.AT_MOST, score="s", number=13))
    lost = Outcome("lost", OutcomeKind.READ, "T", "B", "2027-01-01", (odd,))
    cases = (Case("Een", tuple((question.key, 1) for question in numbers), ("lost",)),)
    definition = Definition("T", sections=(Section("a", "A", numbers),), scores=(even,), outcomes=(lost,), cases=cases)
    assert check(definition) == [("red-case", "error", "proef:Een"), ("unknown-outcome", "warning", "uitkomst:lost")]


def test_questions_and_ticks_that_do_nothing_are_hints():
    loose = Question("loos", Kind.YESNO, "Loos")
    ticks = Question(
        "vink", Kind.SEVERAL, "Vink", options=(Option("a", "A"), Option("b", "B"), Option("c", "C", is_exclusive=True))
    )
    clause = Clause(Operator.IS, "vink", options=("a",))
    more = Outcome("extra", OutcomeKind.READ, "T", "B", "2027-01-01", ((clause,),))
    definition = replace(
        sample(), sections=(*sample().sections, Section("z", "Z", (loose, ticks))), outcomes=(*sample().outcomes, more)
    )
    hints = [row for row in check(definition) if row[1] == "hint"]
    assert hints == [("unused-question", "hint", "vraag:loos"), ("unused-option", "hint", "vraag:vink")]


def test_dates_and_sources_are_looked_after():
    old = changed("'2027-11-01'", "'2026-11-27'")
    found = check(old, sources={outcome_name("lees"): 1})
    assert ("review-date-passed", "warning", "uitkomst:noten") in found
    assert [field for code, _, field in found if code == "outcome-without-source"] == ["uitkomst:noten"]


def test_careful_words_are_asked_of_every_text():
    places = {
        "intro: Over noten": ("intro: Je hebt een tekort. Over noten", "vragenlijst"),
        "closing: Dit is algemene informatie": ("closing: Neem 400 mg per dag", "vragenlijst"),
        "title: Over jou": ("title: Je lijdt aan stress", "onderdeel:jij"),
        "why: De hoeveelheid hangt ervan af.": ("why: Dit wijst op een tekort.", "vraag:leeftijd"),
        "hint: Denk aan een gewone week.": ("hint: Slik magnesium.", "vraag:uitleg"),
        "label: Peulvruchten": ("label: Je mist magnesium", "vraag:soms"),
        "body: Over magnesium.": ("body: Neem twee tabletten.", "uitkomst:lees"),
    }
    for old, (new, field) in places.items():
        found = [row for row in check(changed(old, new)) if row[1] == "error"]
        assert [(level, place) for _, level, place in found] == [("error", field)]


@pytest.mark.django_db
def test_examining_brings_in_sources_articles_and_watched_words(django_assert_num_queries):
    make_article()
    make_term("wondermiddel", explanation="Schrijf wat het doet.")
    definition = changed("body: Over magnesium.", "body: Een wondermiddel in [[bestaat-niet]].")
    long = " ".join(["woord"] * 31)
    definition = replace(definition, closing=f"Eerst dit.\n\nDan {long}.")
    with django_assert_num_queries(3):
        found = examine(definition).findings
    seen = {(finding.code, str(finding.level), finding.field, finding.line) for finding in found}
    assert {
        ("forbidden-term", "error", "uitkomst:lees", 1),
        ("long-sentence", "hint", "vragenlijst", 3),
    } <= seen
    said = {finding.code: finding.message for finding in found}
    assert said["unknown-source"].startswith("De bron ‘grober2015’ in ‘Noten’, regel 1, bestaat niet.")
    assert "dead-link" in said


@pytest.mark.django_db
def test_a_known_source_is_no_finding():
    make_reference("grober2015")
    found = examine(sample()).findings
    assert not [finding for finding in errors(found) if "grober2015" in finding.message]
    assert all(isinstance(finding, Finding) and isinstance(finding.level, Level) for finding in found)
