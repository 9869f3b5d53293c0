"""Counts for reports, written in the transaction of what they count. They hold no personal data and outlive the request."""

from datetime import datetime

from django.db import connection
from django.utils import timezone

from advice.models import AdviceRequest, DailyFact


def count(
    kind: DailyFact.Kind, request: AdviceRequest, *, at: datetime, adviser: str = "", bucket: int = 0, times: int = 1
) -> None:
    """Add `times` to the count of this day (in the time zone of the site); -1 takes back what was undone. One statement."""
    table = DailyFact._meta.db_table
    sql = (
        f"INSERT INTO {table} (day, kind, topic, article, adviser, bucket, count) VALUES (%s, %s, %s, %s, %s, %s, %s) "  # noqa: S608
        f"ON CONFLICT (day, kind, topic, article, adviser, bucket) DO UPDATE SET count = {table}.count + excluded.count"
    )
    day = timezone.localtime(at).date()
    values = [connection.ops.adapt_datefield_value(day), kind, request.topic.slug, request.article_slug, adviser, bucket]
    if times > 0:
        with connection.cursor() as cursor:
            cursor.execute(sql, [*values, times])
    else:
        taken = (
            f"UPDATE {table} SET count = count - %s WHERE (day, kind, topic, article, adviser, bucket) = (%s, %s, %s, %s, %s, %s)"  # noqa: S608
        )
        with connection.cursor() as cursor:
            cursor.execute(taken, [-times, *values])
