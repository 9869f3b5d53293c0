"""The way in: a password, then the second factor, then where one was going."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.admin.models import LogEntry
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from tests.factories import make_user
from tests.magsite.staff.people import code_of, give_app, give_code, give_recovery_codes, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(NOON, tick=False):
        yield


def test_password_is_enough_for_who_has_no_second_factor(client, adviser):
    response = sign_in(client, next="/beheer/references/reference/")
    assert (response.status_code, response.url, is_signed_in(client)) == (302, "/beheer/references/reference/", True)


@pytest.mark.parametrize(
    ("username", "password"), [("adviseur", "fout"), ("niemand", "een-lang-wachtwoord"), ("", ""), ("adviseur", "")]
)
def test_wrong_name_and_wrong_password_look_the_same(client, adviser, username, password):
    response = sign_in(client, username, password)
    assert (response.status_code, is_signed_in(client)) == (200, False)
    if username and password:
        assert "horen niet bij elkaar" in response.content.decode()


def test_password_alone_opens_nothing_for_who_has_an_app(client, adviser):
    give_app(adviser)
    assert sign_in(client).url == "/beheer/login/code/"
    assert not is_signed_in(client)
    for name in (
        "admin:index",
        "admin:references_reference_changelist",
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_activate_totp",
    ):
        assert client.get(reverse(name)).url.startswith("/beheer/login/"), name


def test_code_opens_what_was_asked_for_and_the_session_gets_another_key(client, adviser):
    give_app(adviser)
    sign_in(client, next="/beheer/references/reference/")
    before = client.session.session_key
    response = give_code(client, code_of())
    assert (response.status_code, response.url) == (302, "/beheer/references/reference/")
    assert is_signed_in(client)
    assert client.session.session_key != before


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_code_of_a_neighbouring_half_minute_is_good(client, adviser, steps):
    give_app(adviser)
    sign_in(client)
    assert give_code(client, code_of(steps=steps)).status_code == 302


@pytest.mark.parametrize("steps", [-2, 2])
def test_code_of_another_minute_is_not(client, adviser, steps):
    give_app(adviser)
    sign_in(client)
    assert "Deze code klopt niet" in give_code(client, code_of(steps=steps)).content.decode()
    assert not is_signed_in(client)


def test_code_is_good_once(client, client_factory, adviser):
    give_app(adviser)
    sign_in(client)
    code = code_of()
    give_code(client, code)
    spy = client_factory()
    sign_in(spy)
    assert "al gebruikt" in give_code(spy, code).content.decode()
    assert not is_signed_in(spy)


def test_recovery_code_is_good_once_and_is_written_down(client, client_factory, adviser):
    give_app(adviser)
    codes = give_recovery_codes(adviser)
    sign_in(client)
    give_code(client, codes[3])
    assert is_signed_in(client)
    again = client_factory()
    sign_in(again)
    give_code(again, codes[3])
    assert not is_signed_in(again)
    give_code(again, codes[4])
    assert is_signed_in(again)
    assert [entry.change_message for entry in LogEntry.objects.all()] == ["Een herstelcode gebruikt."] * 2


def test_code_of_a_colleague_is_refused(client, adviser):
    give_app(adviser)
    colleague = make_user("collega", "Adviseur")
    codes = give_recovery_codes(colleague)
    sign_in(client)
    give_code(client, codes[0])
    assert not is_signed_in(client)


def test_second_step_waits_a_quarter_of_an_hour(client, adviser):
    give_app(adviser)
    sign_in(client)
    with time_machine.travel(NOON.replace(minute=16), tick=False):
        assert give_code(client, code_of()).url == "/beheer/login/"
    assert not is_signed_in(client)


def test_address_of_the_second_step_alone_leads_back(client):
    assert client.get("/beheer/login/code/").url == "/beheer/login/"


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "https:evil.example", " //evil.example"],
)
@pytest.mark.parametrize("has_app", [False, True])
def test_nobody_is_sent_to_another_site(client, adviser, target, has_app):
    response = sign_in(client, next=target) if not has_app else None
    if has_app:
        give_app(adviser)
        sign_in(client, next=target)
        response = give_code(client, code_of())
    assert (response.status_code, response.url) == (302, "/beheer/")


def test_inactive_account_gets_no_further(client, adviser):
    adviser.is_active = False
    adviser.save()
    assert sign_in(client).url == "/beheer/login/niet-actief/"
    assert not is_signed_in(client)
    assert "niet actief" in client.get("/beheer/login/niet-actief/").content.decode()


def test_who_is_no_staff_is_told_so_and_can_sign_in_as_another(client, adviser):
    adviser.is_staff = False
    adviser.save()
    page = client.get(sign_in(client).url, follow=True)
    assert page.redirect_chain[-1][0] == "/beheer/login/?next=/beheer/"
    assert "Met dat account kun je niet bij het beheer" in page.content.decode()
    assert not is_signed_in(client)


def test_older_hash_becomes_argon2_on_signing_in(client, adviser, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    adviser.password = make_password("een-lang-wachtwoord", hasher="pbkdf2_sha256")
    adviser.save()
    sign_in(client)
    adviser.refresh_from_db()
    assert adviser.password.startswith("argon2$argon2id$")
    assert is_signed_in(client)


@pytest.mark.parametrize(
    "path", ["signup/", "password/reset/", "email/", "login/code/confirm/", "account/signup/", "account/email/", "mfa/trust/"]
)
def test_nobody_makes_an_account_or_gets_a_password_by_mail(client, path):
    assert client.get(f"/beheer/{path}").status_code in (302, 404)  # the admin answers a stranger with its door
    client.force_login(make_user("iemand"))
    assert client.get(f"/beheer/{path}").status_code == 404


def test_pages_of_the_door_are_never_stored_and_keep_the_policy(client, adviser):
    give_app(adviser)
    pages = [client.get("/beheer/login/"), client.get(sign_in(client).url)]
    for page in pages:
        assert "no-store" in page["Cache-Control"]
        assert "script-src 'self';" in page["Content-Security-Policy"] + ";"
        assert "<script>" not in page.content.decode()
