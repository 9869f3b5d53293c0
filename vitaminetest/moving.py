"""Moving a part of a draft one place up or down. A question at the edge of its section goes on to the next one."""

from django.db import models, transaction

from vitaminetest.models import Case, Outcome, Question, Questionnaire, Score, Section

KINDS = {"onderdeel": Section, "vraag": Question, "score": Score, "uitkomst": Outcome, "proef": Case}


@transaction.atomic
def move(questionnaire: Questionnaire, kind: str, pk: int, step: int) -> models.Model | None:
    """Move a part by one place (`step` -1 or 1) and return it; None when there is no such part here. At the end nothing happens."""
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    part = next((row for row in _rows(questionnaire, kind) if row.pk == pk), None)
    if part is None:
        return None
    around = [row for row in _rows(questionnaire, kind) if kind != "vraag" or row.section_id == part.section_id]
    place = around.index(part)
    if 0 <= place + step < len(around):
        around[place], around[place + step] = around[place + step], around[place]
        _number(around)
    elif kind == "vraag":
        _move_to_neighbour(questionnaire, part, step)
    return part


def _move_to_neighbour(questionnaire: Questionnaire, question: Question, step: int) -> None:
    sections = list(questionnaire.sections.all())
    place = [section.pk for section in sections].index(question.section_id) + step
    if 0 <= place < len(sections):
        question.section = sections[place]
        question.save(update_fields=["section"])
        there = [row for row in sections[place].questions.all() if row.pk != question.pk]
        _number([question, *there] if step > 0 else [*there, question])


def _rows(questionnaire: Questionnaire, kind: str) -> list[models.Model]:
    if kind == "vraag":
        return list(Question.objects.filter(section__questionnaire=questionnaire).order_by("section__position", "position", "pk"))
    return list(KINDS[kind].objects.filter(questionnaire=questionnaire)) if kind in KINDS else []


def _number(rows: list[models.Model]) -> None:
    for position, row in enumerate(rows):
        row.position = position
        row.save(update_fields=["position"])
