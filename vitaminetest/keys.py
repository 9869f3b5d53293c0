"""Keys: what conditions, files and test cases call a part. Made from its text once; after that the text may change."""

from collections.abc import Collection
from itertools import count

from django.db import transaction

from articles.rendering.page import slugify
from vitaminetest.answers import DECLINED
from vitaminetest.definition import KEY
from vitaminetest.models import Case, Clause, Outcome, PointsRule, Question, Questionnaire, Score

LONGEST_MADE = 40


def key_for(text: str, taken: Collection[str]) -> str:
    """Return a key that resembles `text` and is not `taken` yet."""
    start = slugify(text)[:LONGEST_MADE].strip("-")
    start = start if KEY.fullmatch(start) else f"k-{start}".rstrip("-")
    candidates = (start if number == 1 else f"{start}-{number}" for number in count(1))
    return next(key for key in candidates if key not in taken and key != DECLINED)


def taken_keys(part: object, questionnaire: Questionnaire) -> set[str]:
    """Return the keys of the other parts of the same kind."""
    rows = type(part).objects
    if isinstance(part, Question):
        found = rows.filter(section__questionnaire=questionnaire)
    else:
        found = rows.filter(questionnaire=questionnaire)
    return set(found.exclude(pk=part.pk).values_list("key", flat=True))


@transaction.atomic
def follow_key(part: object, questionnaire: Questionnaire, old: str) -> None:
    """Let whatever named a part by its `old` key name it by the new one."""
    if isinstance(part, Question):
        _clauses(questionnaire).filter(asked=old).update(asked=part.key)
        PointsRule.objects.filter(score__questionnaire=questionnaire, question=old).update(question=part.key)
        for case in questionnaire.cases.all():
            case.answers = [[part.key if key == old else key, answer] for key, answer in case.answers]
            case.save(update_fields=["answers"])
    if isinstance(part, Score):
        _clauses(questionnaire).filter(score=old).update(score=part.key)
    if isinstance(part, Outcome):
        for case in Case.objects.filter(questionnaire=questionnaire):
            case.expects = [part.key if key == old else key for key in case.expects]
            case.save(update_fields=["expects"])


def _clauses(questionnaire: Questionnaire):
    of = ("section__questionnaire", "question__section__questionnaire", "outcome__questionnaire")
    found = Clause.objects.none()
    for path in of:
        found = found | Clause.objects.filter(**{path: questionnaire})
    return Clause.objects.filter(pk__in=found.values("pk"))
