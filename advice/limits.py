"""How often somebody may do something. Counted in the database, so that the limit is the same however many processes there are."""

import hashlib
import hmac
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from advice.models import RateBucket

KEEP = timedelta(days=2)


def count_hit(what: str, who: str, *, now: datetime, window: timedelta) -> int:
    """Count one time that `who` does `what`, and return how often that makes in the window of time that `now` falls in.

    `who` (an address, a network) is kept as a keyed digest only, with a key of the day. One statement, safe with many at once.
    """
    start = window_start(now, window)
    table = RateBucket._meta.db_table
    sql = (
        f'INSERT INTO {table} (key, "window", count) VALUES (%s, %s, 1) '  # noqa: S608
        f'ON CONFLICT (key, "window") DO UPDATE SET count = {table}.count + 1 RETURNING count'
    )
    alone = nullcontext() if connection.in_atomic_block else transaction.atomic()  # so that it has its turn on SQLite
    with alone, connection.cursor() as cursor:
        cursor.execute(sql, [_key(what, who, start), connection.ops.adapt_datetimefield_value(start)])
        return cursor.fetchone()[0]


def window_start(now: datetime, window: timedelta) -> datetime:
    """Return when the window of `now` began: windows of this length follow each other from 1970 on."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return epoch + (now - epoch) // window * window


def _key(what: str, who: str, start: datetime) -> str:
    text = f"{what}|{start.date()}|{who.strip().casefold()}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
