"""Who has a request open right now."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from advice.models import Presence
from advice.presence import Present, forget_presence, note_presence, who_else
from tests.advice.factories import NOW, make_request

pytestmark = pytest.mark.django_db


def test_a_colleague_is_seen_for_a_quarter_of_a_minute(britt, anna):
    request, other = make_request(), make_request()
    note_presence(request, by=anna, is_writing=False, now=NOW)
    seen = [who_else([request.pk, other.pk], but=britt, now=NOW + timedelta(seconds=s)) for s in (14, 15)]
    assert seen == [{request.pk: (Present("Anna", is_writing=False),)}, {}]
    assert who_else([request.pk], but=anna, now=NOW) == {}


def test_somebody_who_starts_to_write_is_one_row_still(britt, anna):
    request = make_request()
    for second, is_writing in enumerate((False, True)):
        note_presence(request, by=anna, is_writing=is_writing, now=NOW + timedelta(seconds=second))
    assert who_else([request.pk], but=britt, now=NOW) == {request.pk: (Present("Anna", is_writing=True),)}
    assert Presence.objects.count() == 1


def test_rows_of_an_hour_ago_are_removed_and_only_ones_own(britt, anna):
    old, new = make_request(), make_request()
    for who in (britt, anna):
        note_presence(old, by=who, is_writing=False, now=NOW - timedelta(hours=2))
    note_presence(new, by=britt, is_writing=False, now=NOW)
    forget_presence(by=britt, now=NOW)
    assert {(row.request, row.user) for row in Presence.objects.all()} == {(old, anna), (new, britt)}


def test_only_who_may_handle_requests_is_there(manager):
    with pytest.raises(PermissionDenied):
        note_presence(make_request(), by=manager, is_writing=False, now=NOW)
