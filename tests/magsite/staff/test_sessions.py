"""How long somebody stays signed in, to the minute."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

from magsite.staff.factors import end_sessions
from tests.factories import make_user
from tests.magsite.staff.people import is_signed_in, sign_in

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def look(client, after: timedelta) -> int:
    with time_machine.travel(MORNING + after, tick=False):
        return client.get("/beheer/").status_code


@pytest.fixture
def working(client, adviser, settings):
    settings.SESSION_IDLE_MINUTES = 60
    with time_machine.travel(MORNING, tick=False):
        sign_in(client)
    return client


def test_who_does_nothing_for_an_hour_signs_in_again_and_is_told_why(working):
    assert look(working, timedelta(minutes=59)) == 200
    with time_machine.travel(MORNING + timedelta(minutes=59 + 60), tick=False):
        page = working.get("/beheer/references/reference/", follow=True)
    assert page.redirect_chain == [("/beheer/login/?next=/beheer/references/reference/", 302)]
    assert "Je bent afgemeld" in page.content.decode()
    assert not is_signed_in(working)


def test_who_keeps_working_stays_until_twelve_hours_after_signing_in(working):
    assert [look(working, timedelta(minutes=minutes)) for minutes in range(30, 720, 30)] == [200] * 23
    assert look(working, timedelta(minutes=720)) == 302
    assert not is_signed_in(working)


def test_moment_of_the_last_page_is_written_every_five_minutes_at_most(working, django_assert_num_queries):
    reads = 4
    for minutes, writes in ((4, 0), (5, 3), (9, 0), (10, 3)):
        with time_machine.travel(MORNING + timedelta(minutes=minutes), tick=False), django_assert_num_queries(reads + writes):
            working.get("/beheer/password_change/")


def test_session_without_a_beginning_is_over(client, adviser):
    client.force_login(adviser)
    session = client.session
    del session["staff_session"]
    session.save()
    assert client.get("/beheer/").status_code == 302
    assert not is_signed_in(client)


def test_readers_pages_do_not_end_or_lengthen_a_session(working):
    with time_machine.travel(MORNING + timedelta(hours=3), tick=False):
        response = working.get("/over/")
        assert (response.status_code, "Cookie" in response.get("Vary", "")) == (200, False)
        assert is_signed_in(working)


def test_ending_the_sessions_of_one_person_leaves_the_others(client, client_factory, adviser):
    others = client_factory(), client_factory()
    sign_in(client)
    sign_in(others[0])
    others[1].force_login(make_user("collega"))
    assert end_sessions(adviser) == 2
    assert Session.objects.count() == 1
    assert [browser.get("/beheer/").status_code for browser in (client, *others)] == [302, 302, 200]
