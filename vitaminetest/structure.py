"""Whether a questionnaire is one at all: unique keys, conditions about earlier questions, operators that fit. Pure.

What `find_faults` lets through, `evaluate` never raises on.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from vitaminetest.answers import DECLINED, clean
from vitaminetest.definition import KEY, LARGEST, Clause, Condition, Definition, Kind, Operator, Points, Question

_BY_OPTION = {Operator.IS, Operator.IS_NOT}
INTAKE = {"age": frozenset(), "sex": frozenset({"male", "female"}), "state": frozenset({"none", "pregnant", "breastfeeding"})}


def find_faults(definition: Definition) -> tuple[str, ...]:
    """Return what is wrong, in Dutch, each with the name of what it is about; empty when the questionnaire can be evaluated."""
    return tuple(_find(definition))


def _find(definition: Definition) -> Iterator[str]:
    asked = [question for section in definition.sections for question in section.questions]
    yield from _keys("onderdeel", definition.sections)
    yield from _keys("vraag", asked)
    yield from _keys("score", definition.scores)
    yield from _keys("uitkomst", definition.outcomes)
    yield from _sections(definition)
    for score in definition.scores:
        for rule in score.points:
            yield from _points(f"Score ‘{score.key}’", rule, definition.questions)
    scores = {score.key for score in definition.scores}
    for outcome in definition.outcomes:
        if outcome.review_by and not _is_date(outcome.review_by):
            yield f"Uitkomst ‘{outcome.key}’: schrijf de datum van ‘nakijken vóór’ als jjjj-mm-dd."
        yield from _condition(f"Uitkomst ‘{outcome.key}’", outcome.applies_if, definition.questions, scores)
    yield from _cases(definition)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _keys(kind: str, things: Iterable) -> Iterator[str]:
    seen = set()
    for thing in things:
        if not KEY.fullmatch(thing.key):
            yield f"De sleutel ‘{thing.key}’ van een {kind} kan niet: neem kleine letters, cijfers en streepjes, een letter eerst."
        if thing.key in seen:
            yield f"De sleutel ‘{thing.key}’ komt bij twee keer een {kind} voor. Geef elk een eigen sleutel."
        seen.add(thing.key)


def _sections(definition: Definition) -> Iterator[str]:
    earlier: dict[str, Question] = {}
    for section in definition.sections:
        yield from _condition(f"Onderdeel ‘{section.key}’", section.shown_if, earlier, frozenset())
        for question in section.questions:
            yield from _condition(f"Vraag ‘{question.key}’", question.shown_if, earlier, frozenset())
            yield from _question(question)
            earlier[question.key] = question


def _question(question: Question) -> Iterator[str]:
    name = f"Vraag ‘{question.key}’"
    with_options = question.kind in (Kind.CHOICE, Kind.SEVERAL)
    if with_options != bool(question.options):
        yield f"{name}: {'geef antwoorden om uit te kiezen' if with_options else 'bij deze soort vraag horen geen antwoorden'}."
    yield from _keys("antwoord", question.options)
    if question.kind == Kind.NUMBER and not -LARGEST <= question.minimum <= question.maximum <= LARGEST:
        yield f"{name}: het kleinste getal moet onder het grootste liggen, tussen -{LARGEST} en {LARGEST}."
    if question.intake not in ("", *INTAKE):
        yield f"{name}: ‘{question.intake}’ zegt niets voor de innametabel. Kies age, sex of state."
    if (question.intake == "age") != (question.intake != "" and question.kind == Kind.NUMBER):
        yield f"{name}: voor de innametabel is een leeftijd een getal, en zijn geslacht en situatie een keuze."
    for option in question.options:
        if option.key == DECLINED:
            yield f"{name}: de sleutel ‘{DECLINED}’ is al in gebruik. Zet het vinkje bij ‘zeg ik liever niet’ aan."
        if option.intake and option.intake not in INTAKE.get(question.intake, ()):
            yield f"{name}, antwoord ‘{option.key}’: ‘{option.intake}’ past niet bij wat de vraag voor de innametabel zegt."


def _condition(name: str, condition: Condition, questions: dict[str, Question], scores: Iterable[str]) -> Iterator[str]:
    for group in condition:
        if not group:
            yield f"{name}: een groep van de voorwaarde is leeg."
        for clause in group:
            yield from _clause(name, clause, questions, scores)


def _clause(name: str, clause: Clause, questions: dict[str, Question], scores: Iterable[str]) -> Iterator[str]:
    if bool(clause.question) == bool(clause.score):
        yield f"{name}: een voorwaarde gaat over één vraag of over één score."
    elif clause.score:
        if clause.score not in scores:
            yield f"{name}: de voorwaarde kijkt naar de score ‘{clause.score}’, maar die kan hier niet."
        elif clause.operator in _BY_OPTION:
            yield f"{name}: een score vergelijk je met ‘ten minste’ of ‘ten hoogste’."
    elif clause.question not in questions:
        yield f"{name}: de voorwaarde kijkt naar de vraag ‘{clause.question}’, maar die komt niet eerder."
    else:
        yield from _about_question(name, clause, questions[clause.question])


def _about_question(name: str, clause: Clause, question: Question) -> Iterator[str]:
    if question.kind == Kind.INFO:
        yield f"{name}: ‘{question.key}’ is geen vraag maar uitleg, daar kun je niets van laten afhangen."
    elif (question.kind == Kind.NUMBER) == (clause.operator in _BY_OPTION):
        yield f"{name}, ‘{question.key}’: vergelijk een getal met ‘ten minste’ of ‘ten hoogste’, een keuze met ‘is’ of ‘is niet’."
    elif clause.operator in _BY_OPTION:
        known = {option.key for option in question.choices}
        if not clause.options:
            yield f"{name}: kies bij ‘{question.key}’ om welk antwoord het gaat."
        for key in clause.options:
            if key not in known:
                yield f"{name}: de vraag ‘{question.key}’ heeft geen antwoord ‘{key}’."


def _points(name: str, rule: Points, questions: dict[str, Question]) -> Iterator[str]:
    question = questions.get(rule.question)
    if question is None or question.kind == Kind.INFO:
        yield f"{name}: punten horen bij een vraag, en ‘{rule.question}’ is er geen."
        return
    bounded = rule.at_least is not None or rule.at_most is not None
    if (question.kind == Kind.NUMBER) != bounded or (question.kind == Kind.NUMBER) == bool(rule.options):
        yield f"{name}: geef bij een getal van en tot, en bij een keuze de antwoorden (‘{question.key}’)."
    if not -LARGEST <= rule.points <= LARGEST:
        yield f"{name}: {rule.points} punten is te veel."
    known = {option.key for option in question.choices}
    for key in rule.options:
        if key not in known:
            yield f"{name}: de vraag ‘{question.key}’ heeft geen antwoord ‘{key}’."


def _cases(definition: Definition) -> Iterator[str]:
    outcomes = {outcome.key for outcome in definition.outcomes}
    for case in definition.cases:
        for key, answer in case.answers:
            if key not in definition.questions:
                yield f"Proef ‘{case.name}’: de vraag ‘{key}’ bestaat niet."
            elif clean(definition.questions[key], answer) is None:
                yield f"Proef ‘{case.name}’: dat antwoord kan niet bij de vraag ‘{key}’."
        for key in case.expects:
            if key not in outcomes:
                yield f"Proef ‘{case.name}’: de uitkomst ‘{key}’ bestaat niet."
