"""A question comes in by the form: judge it, count it, store it. One transaction, so one write to the disk."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from advice.changing import DeskRefused
from advice.limits import count_hit
from advice.models import AdviceRequest
from advice.submitting import SubmittedQuestion, prepare, store
from advice.suspicion import Signs, find_suspicions

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class TooManyQuestions(DeskRefused):
    """More questions come from one network than people could write. Nothing was stored."""


def receive(
    question: SubmittedQuestion, *, trap: str, seconds: float | None, network: str, now: datetime
) -> tuple[AdviceRequest, bool]:
    """Store a question, in quarantine when it looks suspicious; return its request and whether it is new.

    `trap` is what was typed where people see no field, `seconds` how long the form was open, `network` where it comes from ("" when
    that can't be known). Raises SubmissionDiffers, and TooManyQuestions when the network is flooding us. A form that was stored
    before is not counted again.
    """
    prepared = prepare(question, now=now)
    with transaction.atomic():
        if _is_stored(question):
            return store(question, prepared, now=now, suspicions=())
        suspicions = find_suspicions(question.question, _count(question, trap=trap, seconds=seconds, network=network, now=now))
        return store(question, prepared, now=now, suspicions=suspicions)


def _count(question: SubmittedQuestion, *, trap: str, seconds: float | None, network: str, now: datetime) -> Signs:
    """Count the question, and return what makes it look good or bad. Raises TooManyQuestions."""
    from_network = count_hit("question", network, now=now, window=HOUR) if network else 0
    if from_network > settings.ADVICE_MOST_PER_NETWORK and not _is_stored(question):  # it may have come in just now, beside us
        raise TooManyQuestions("Er komen nu te veel vragen van jouw internetaansluiting.")
    return Signs(
        trap=trap,
        seconds=seconds,
        from_network=from_network,
        from_address=count_hit("question-from", question.email, now=now, window=DAY),
        most_from_network=settings.ADVICE_MANY_PER_NETWORK,
        most_from_address=settings.ADVICE_MANY_PER_ADDRESS,
    )


def _is_stored(question: SubmittedQuestion) -> bool:
    field = AdviceRequest._meta.get_field("submission_id")
    with connection.cursor() as cursor:
        sql = f"SELECT 1 FROM {AdviceRequest._meta.db_table} WHERE {field.column} = %s"  # noqa: S608
        cursor.execute(sql, [field.get_db_prep_value(question.submission_id, connection)])
        return cursor.fetchone() is not None
