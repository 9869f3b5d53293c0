"""What a condition or a rule for points may look at, as the choices of its form: questions with their answers, and scores."""

from collections.abc import Iterable
from dataclasses import dataclass

from vitaminetest.definition import Definition, Kind, Question, Score

Groups = list[tuple[str, list[tuple[str, str]]]]
OF_QUESTION, OF_SCORE = "vraag:", "score:"
NOTHING = ("", "kies …")


@dataclass(frozen=True)
class Choices:
    """`questions` come in the order in which they are asked, in groups by section."""

    sections: tuple[tuple[str, tuple[Question, ...]], ...] = ()
    scores: tuple[Score, ...] = ()

    @property
    def questions(self) -> dict[str, Question]:
        return {question.key: question for _, questions in self.sections for question in questions}

    def about(self) -> list:
        """Return the choices of what to look at, by section."""
        groups: Groups = [
            (title, [(OF_QUESTION + question.key, f"{question.text} ({question.key})") for question in questions])
            for title, questions in self.sections
        ]
        if self.scores:
            groups.append(("Scores", [(OF_SCORE + score.key, f"{score.label} ({score.key})") for score in self.scores]))
        return [NOTHING, *groups]

    def answers(self) -> Groups:
        """Return the choices of answers, by question."""
        return [
            (question.text, [(f"{question.key}={option.key}", option.label) for option in question.choices])
            for question in self.questions.values()
            if question.choices
        ]


def choices_for(
    definition: Definition, *, before_section: str = "", before_question: str = "", with_scores: bool = False
) -> Choices:
    """Return the questions before a section or a question, all of them without either; scores only when asked for."""
    found: list[tuple[str, tuple[Question, ...]]] = []
    for section in definition.sections:
        if section.key == before_section and not before_question:
            break
        keys = [question.key for question in section.questions]
        until = keys.index(before_question) if before_question in keys else len(keys)
        found.append((section.title, _asked(section.questions[:until])))
        if before_question in keys:
            break
    filled = tuple((title, questions) for title, questions in found if questions)
    return Choices(filled, definition.scores if with_scores else ())


def choices_within(definition: Definition, section: str) -> Choices:
    """Return the questions before one that is added at the end of a section."""
    found = []
    for each in definition.sections:
        found.append((each.title, _asked(each.questions)))
        if each.key == section:
            break
    return Choices(tuple((title, questions) for title, questions in found if questions))


def _asked(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(question for question in questions if question.kind != Kind.INFO)
