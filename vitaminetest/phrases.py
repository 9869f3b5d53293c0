"""Answers, reasons and changes in words. Pure. The phrases stand here only: a browser gets them with the questionnaire."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from vitaminetest.answers import DECLINED, Answer
from vitaminetest.definition import Definition, OutcomeKind, Question
from vitaminetest.explain import Change, Explanation

PHRASES = {
    "wrong": "Fout: ",
    "count": "Vraag {number}",
    "declined": "Zeg ik liever niet",
    "skipped": "Niet ingevuld",
    "open": "Nog niet ingevuld",
    "number": "{number} {unit}",
    "and": "{some} en {last}",
    "reason": "Je antwoordde ‘{answer}’ op ‘{question}’.",
    "counted": "Dit telde mee voor ‘{score}’:",
    "everybody": "Dit krijgt iedereen te lezen die de test doet.",
    "together": "Dit volgt uit je antwoorden samen.",
    "change": "Je zou dit niet zien als je {changes} had geantwoord.",
    "one_change": "op ‘{question}’ ‘{answer}’",
    "no_change": "Met een paar andere antwoorden zou je dit nog steeds zien.",
    "answers": "Je antwoorden",
    "result": "Je uitslag",
    "why": "Waarom zie ik dit?",
    "sources": "Bronnen",
    "adh": "Je ADH",
    "need": "Voor jou geldt een ADH van {amount} {name} per dag.",
    "needs": "We weten niet alles van je. Een van deze hoeveelheden {name} per dag kan voor jou gelden:",
    "no_need": "Voor jouw leeftijd staat er geen hoeveelheid {name} in de tabel.",
    "none": "Bij je antwoorden hoort geen tip. Dat zegt niets over je gezondheid: de test kijkt alleen naar je gewoontes.",
    "suppressed": (
        "Tips laten we nu weg. Wat voor de meeste mensen kan, past niet altijd bij jouw situatie. "
        "Je huisarts of apotheker kent die wel."
    ),
}
KINDS = {
    OutcomeKind.DOCTOR: "Overleg eerst",
    OutcomeKind.CAUTION: "Let op",
    OutcomeKind.TIP: "Tips",
    OutcomeKind.READ: "Lees verder",
}


@dataclass(frozen=True)
class ReasonGroup:
    """Reasons in words; `lead` comes before them when they counted together for a score, else it is empty."""

    lead: str
    lines: tuple[str, ...]


def fill(phrase: str, **values: object) -> str:
    """Return a phrase with every {name} replaced by its value, which is not looked into again."""
    return re.sub(r"\{(\w+)\}", lambda match: str(values[match[1]]), PHRASES[phrase])


def list_words(words: Iterable[str]) -> str:
    """Return "a", "a en b", "a, b en c"."""
    *some, last = words
    return fill("and", some=", ".join(some), last=last) if some else last


def answer_words(question: Question, answer: Answer | None) -> str:
    if answer is None:
        return PHRASES["open" if question.is_required else "skipped"]
    if answer == DECLINED:
        return PHRASES["declined"]
    if isinstance(answer, int):
        return fill("number", number=answer, unit=question.unit) if question.unit else str(answer)
    labels = {option.key: option.label for option in question.choices}
    return list_words([labels[key] for key in ((answer,) if isinstance(answer, str) else answer)])


def reason_groups(definition: Definition, explanation: Explanation) -> tuple[ReasonGroup, ...]:
    """Return the reasons in words, those behind one score together. There is always something to say."""
    scores = {score.key: score.label for score in definition.scores}
    groups: dict[str, list[str]] = {}
    for reason in explanation.reasons:
        question = definition.questions[reason.question]
        line = fill("reason", answer=answer_words(question, reason.answer), question=question.text)
        groups.setdefault(reason.score, []).append(line)
    if not groups:
        is_for_all = not definition.outcome(explanation.outcome).applies_if
        return (ReasonGroup("", (PHRASES["everybody" if is_for_all else "together"],)),)
    return tuple(ReasonGroup(fill("counted", score=scores[key]) if key else "", tuple(lines)) for key, lines in groups.items())


def change_words(definition: Definition, explanation: Explanation) -> str:
    """Return the smallest change as a sentence; empty for what everybody reads."""
    if not definition.outcome(explanation.outcome).applies_if:
        return ""
    if not explanation.changes:
        return PHRASES["no_change"]
    return fill("change", changes=list_words([_one_change(definition, change) for change in explanation.changes]))


def _one_change(definition: Definition, change: Change) -> str:
    question = definition.questions[change.question]
    return fill("one_change", question=question.text, answer=answer_words(question, change.answer))
