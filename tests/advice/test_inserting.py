"""A row that was made ready is stored as the ORM would have stored it."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from advice.inserting import insert, make_ready
from advice.models import AccessLink, Message
from tests.advice.factories import make_request

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def link(**fields) -> AccessLink:
    return AccessLink(nonce="n", digest="d", created_at=NOW, expires_at=NOW, **fields)


def test_what_was_not_known_yet_comes_with_the_insert(db):
    request, ready = make_request(), make_ready(link())
    stored = ready.insert(request=request, digest="later")
    assert (stored.pk, stored.request, stored._state.adding) == (AccessLink.objects.latest("pk").pk, request, False)
    found = AccessLink.objects.latest("pk")
    columns = [field.attname for field in AccessLink._meta.concrete_fields]
    assert [getattr(found, name) for name in columns] == [getattr(stored, name) for name in columns]
    assert found.digest == "later"


def test_making_ready_asks_nothing(db, django_assert_num_queries):
    request = make_request()
    with django_assert_num_queries(0):
        ready = make_ready(link())
    with django_assert_num_queries(1):
        ready.insert(request=request)


def test_a_row_that_can_not_be_is_refused(db):
    request = make_request()
    insert(link(request=request))
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(link(request=request))


@pytest.mark.usefixtures("only_on_sqlite")
@pytest.mark.parametrize(("table", "column"), [("message", "request_id"), ("outgoingmail", "message_id")])
def test_a_row_that_goes_finds_those_that_hang_on_it_by_an_index(db, table, column):
    """Some foreign keys share the index of a constraint, or have one of rows that have a value: no deletion may read all."""
    with connection.cursor() as cursor:
        plan = cursor.execute(f"EXPLAIN QUERY PLAN SELECT 1 FROM advice_{table} WHERE {column} IN (%s, %s)", [1, 2]).fetchall()
    assert "SEARCH" in plan[0][3], plan


def test_every_kind_of_value_comes_back(db):
    message = Message(
        request=make_request(), number=9, author="reader", via="form", body="é", created_at=NOW, visible_at=NOW, at_version=1
    )
    message.sources, message.before = [{"a": 1}], {"status": "waiting"}
    insert(message)
    found = Message.objects.get(number=9)
    assert (found.sources, found.before, found.created_at, found.body) == ([{"a": 1}], {"status": "waiting"}, NOW, "é")
