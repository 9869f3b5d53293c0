"""Does the questionnaire hold together: its structure, its test cases, and what readers can get to?"""

from collections.abc import Iterator

from articles.rendering.findings import Finding, Level
from vitaminetest.checks.checked import Checked, found
from vitaminetest.checks.places import CASE, OUTCOME, QUESTION, Place
from vitaminetest.definition import Case, Definition, Kind, Operator, OutcomeKind, Question
from vitaminetest.evaluate import evaluate
from vitaminetest.reach import way_to_outcome, way_to_question
from vitaminetest.words import interval_in_words, titles, trace_in_words


def has_content(checked: Checked) -> Iterator[Finding]:
    if not checked.definition.title.strip():
        yield found("no-title", Level.ERROR, "Geef de vragenlijst een titel.", Place("vragenlijst"))
    if not any(question.kind != Kind.INFO for question in checked.definition.questions.values()):
        yield found("no-question", Level.ERROR, "Er is nog geen vraag. Voeg er een toe.", Place("vragenlijst"))
    if not checked.definition.outcomes:
        yield found("no-outcome", Level.ERROR, "Er is nog geen uitkomst. Voeg er een toe.", Place("vragenlijst"))


def cases_are_green(checked: Checked) -> Iterator[Finding]:
    for case in checked.definition.cases:
        if trouble := trouble_of(checked.definition, case):
            yield found("red-case", Level.ERROR, trouble, Place(CASE, case.name))


def trouble_of(definition: Definition, case: Case) -> str:
    """Return what a test case expected, what came instead, and why; "" when it is green."""
    evaluation = evaluate(definition, dict(case.answers))
    missing = [key for key in case.expects if key not in evaluation.outcomes]
    extra = [key for key in evaluation.outcomes if key not in case.expects]
    if not missing and not extra:
        return ""
    why = trace_in_words(definition, evaluation)
    parts = [f"verwacht {titles(definition, case.expects)}, maar het werd {titles(definition, evaluation.outcomes)}."]
    parts += [f"‘{key}’ komt {why[key]}." for key in extra]
    for key in missing:
        if key in evaluation.suppressed:
            parts.append(f"‘{key}’ valt weg, want een uitkomst ‘huisarts’ neemt alle tips weg.")
        else:
            parts.append(f"‘{key}’ komt niet: de voorwaarde klopt niet met deze antwoorden.")
    parts += [f"Score {key}: {interval_in_words(interval)}." for key, interval in evaluation.scores.items()]
    return "De proef is rood: " + " ".join(parts)


def every_outcome_has_a_case(checked: Checked) -> Iterator[Finding]:
    expected = {key for case in checked.definition.cases for key in case.expects}
    for outcome in checked.definition.outcomes:
        if outcome.key not in expected:
            message = "Geen enkele proef verwacht deze uitkomst. Maak er een: probeer het concept, en kies ‘Bewaar als proef’."
            yield found("outcome-without-case", Level.ERROR, message, Place(OUTCOME, outcome.key))


def cases_are_finished(checked: Checked) -> Iterator[Finding]:
    for case in checked.definition.cases:
        if left := evaluate(checked.definition, dict(case.answers)).open:
            message = (
                f"Met deze antwoorden is de vraag ‘{left}’ nog niet beantwoord. Een lezer krijgt dan geen uitslag: vul haar in."
            )
            yield found("unfinished-case", Level.WARNING, message, Place(CASE, case.name))


def every_question_can_be_asked(checked: Checked) -> Iterator[Finding]:
    for key in checked.definition.questions:
        way, place = way_to_question(checked.definition, key), Place(QUESTION, key)
        if way.answers is None and way.is_sure:
            message = "Deze vraag krijgt niemand te zien: geen enkel antwoord leidt ernaartoe. Kijk de voorwaarde na."
            yield found("unreachable-question", Level.ERROR, message, place)
        elif way.answers is None:
            message = (
                "Of iemand deze vraag te zien krijgt, kon niet worden nagegaan: er zijn te veel mogelijkheden. Maak een proef."
            )
            yield found("unknown-question", Level.WARNING, message, place)


def every_outcome_can_come(checked: Checked) -> Iterator[Finding]:
    for outcome in checked.definition.outcomes:
        way, place = way_to_outcome(checked.definition, outcome), Place(OUTCOME, outcome.key)
        if way.answers is None and way.is_sure:
            why = ", of er is dan altijd ook een uitkomst ‘huisarts’, die tips wegneemt" if outcome.kind == OutcomeKind.TIP else ""
            message = f"Deze uitkomst krijgt niemand te zien: geen antwoorden leiden ernaartoe{why}. Kijk de voorwaarde na."
            yield found("impossible-outcome", Level.ERROR, message, place)
        elif way.answers is None:
            message = (
                "Of iemand deze uitkomst te zien krijgt, kon niet worden nagegaan: er zijn te veel mogelijkheden. Maak een proef."
            )
            yield found("unknown-outcome", Level.WARNING, message, place)


def every_answer_does_something(checked: Checked) -> Iterator[Finding]:
    for question in checked.definition.questions.values():
        used = _used(checked.definition, question)
        if question.kind == Kind.INFO or question.intake:
            continue
        place = Place(QUESTION, question.key)
        if used is None:
            message = "Geen voorwaarde en geen score kijkt naar deze vraag. Gebruik haar, of vraag er niet naar."
            yield found("unused-question", Level.HINT, message, place)
        elif question.kind == Kind.SEVERAL:
            for option in question.options:
                if option.key not in used and not option.is_exclusive:
                    message = f"Wie ‘{option.label}’ aanvinkt, merkt daar niets van: geen voorwaarde of score kijkt ernaar."
                    yield found("unused-option", Level.HINT, message, place)


def _used(definition: Definition, question: Question) -> set[str] | None:
    """Return the options that a condition or score looks at; None when nothing looks at the question. "Is niet" looks at all."""
    clauses = [clause for clause in definition.clauses if clause.question == question.key]
    rules = [rule for score in definition.scores for rule in score.points if rule.question == question.key]
    if not clauses and not rules:
        return None
    named = {key for thing in (*clauses, *rules) for key in thing.options}
    is_not = any(clause.operator == Operator.IS_NOT for clause in clauses)
    return named | {option.key for option in question.options} if is_not else named
