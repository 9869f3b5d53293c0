"""The gate: nobody passes it with only a password, and what lets one pass is what was used in this session."""

from types import SimpleNamespace

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.urls import get_resolver, reverse

from magsite.staff.factors import remove_second_factor
from magsite.staff.gate import SETTING_UP, USING
from tests.factories import make_user
from tests.magsite.staff.people import PASSWORD, code_of, give_app, give_code, give_recovery_codes, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
SET_UP, USE = "/beheer/account/?", "/beheer/account/bevestigen/code/?"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def guarded(client, adviser):
    """The adviser, signed in with an app."""
    give_app(adviser)
    sign_in(client)
    give_code(client, code_of())
    assert client.get("/beheer/").status_code == 200
    return client


def every_address() -> dict[str, str]:
    """Return an address of every page under /beheer/, by name."""
    found = {}
    inside = get_resolver("magsite.urls").namespace_dict["admin"][1]
    for prefix, resolver in (("admin:", inside), ("", get_resolver("magsite.staff.urls"))):
        for name, entries in resolver.reverse_dict.lists():
            if isinstance(name, str):
                parameters = entries[0][0][0][1]
                values = {key: "auth" if key == "app_label" else "1" for key in parameters}
                try:
                    found[prefix + name] = reverse(prefix + name, kwargs=values)
                except Exception:
                    found[prefix + name] = reverse(prefix + name, args=list(values.values()))
    return found


def test_every_page_sends_who_has_only_a_password_to_set_up_a_factor(client, superuser):
    client.force_login(superuser)
    addresses = every_address()
    open_to_all = SETTING_UP | {"admin:logout"}
    let_through = {name for name, url in addresses.items() if not client.get(url).get("Location", "").startswith(SET_UP)}
    assert len(addresses) > 60
    assert let_through <= open_to_all
    assert SETTING_UP - {"mfa_index"} <= set(addresses)


def test_every_page_sends_who_did_not_use_a_factor_here_to_use_it(client, superuser):
    """Signed in before the factor was set up, or before it was demanded: no page may let such a session change factors."""
    give_app(superuser)
    give_recovery_codes(superuser)
    client.force_login(superuser)
    let_through = {name for name, url in every_address().items() if not client.get(url).get("Location", "").startswith(USE)}
    assert let_through <= USING | {"admin:logout"}


@pytest.fixture
def superuser(db):
    return make_user("baas", is_superuser=True)


def test_posting_is_no_way_round(client, superuser):
    client.force_login(superuser)
    data = {"username": "nieuw", "usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(reverse("admin:auth_user_add"), data).url.startswith(SET_UP)
    assert client.post(reverse("admin:auth_user_second_factor", args=[superuser.pk])).url.startswith(SET_UP)
    assert client.post(reverse("admin:password_change"), {"old_password": PASSWORD}).url.startswith(SET_UP)


def test_gate_keeps_where_one_was_going(client, adviser):
    client.force_login(adviser)
    assert (
        client.get("/beheer/references/reference/?q=zink").url == f"{SET_UP}next=%2Fbeheer%2Freferences%2Freference%2F%3Fq%3Dzink"
    )


def test_using_the_factor_opens_the_page_that_was_asked_for(client, adviser):
    give_app(adviser)
    client.force_login(adviser)
    target = "/beheer/references/reference/"
    response = client.post("/beheer/account/bevestigen/code/", {"code": code_of(), "next": target})
    assert (response.status_code, response.url) == (302, target)
    assert client.get(target).status_code == 200


def test_password_does_not_replace_the_factor(client, adviser):
    give_app(adviser)
    client.force_login(adviser)
    client.post("/beheer/account/bevestigen/", {"password": PASSWORD})
    assert client.get("/beheer/").url.startswith(USE)


@pytest.mark.usefixtures("_committed")
def test_setting_up_opens_the_gate_and_gives_recovery_codes(client, adviser):
    sign_in(client)
    assert client.get("/beheer/").url.startswith(SET_UP)
    page = client.get("/beheer/account/app/instellen/")
    secret = page.context["form"].secret
    response = client.post("/beheer/account/app/instellen/", {"code": code_of(secret)})
    assert response.url == "/beheer/account/herstelcodes/"
    assert len(client.get(response.url).context["unused_codes"]) == 10
    assert client.get("/beheer/").status_code == 200


def test_setting_up_asks_who_signed_in_long_ago_for_the_password(client, adviser):
    client.force_login(adviser)
    assert (
        client.get("/beheer/account/app/instellen/").url
        == "/beheer/account/bevestigen/?next=%2Fbeheer%2Faccount%2Fapp%2Finstellen%2F"
    )
    client.post("/beheer/account/bevestigen/", {"password": "fout"})
    assert client.get("/beheer/account/app/instellen/").status_code == 302
    client.post("/beheer/account/bevestigen/", {"password": PASSWORD})
    assert client.get("/beheer/account/app/instellen/").status_code == 200


def test_code_that_was_seen_before_sets_nothing_up(client, adviser):
    sign_in(client)
    client.get("/beheer/account/app/instellen/")
    page = client.post("/beheer/account/app/instellen/", {"code": code_of()})
    assert "Deze code klopt niet" in page.content.decode()
    assert not Authenticator.objects.exists()


def test_taking_the_factor_away_closes_the_gate_for_sessions_that_used_it(guarded, adviser):
    Authenticator.objects.all().delete()
    assert guarded.get("/beheer/").url.startswith(SET_UP)


def test_record_of_somebody_else_or_of_a_false_factor_opens_nothing(client, adviser):
    factor, other = give_app(make_user("collega")), make_user("derde")
    client.force_login(adviser)
    session = client.session
    record_authentication(SimpleNamespace(session=session), other, "mfa", id=factor.pk, type="totp")
    session.save()
    assert client.get("/beheer/").url.startswith(SET_UP)
    record_authentication(SimpleNamespace(session=session), adviser, "mfa", id=factor.pk, type="totp")
    session.save()
    assert client.get("/beheer/").url.startswith(SET_UP)


def test_signing_in_as_somebody_else_in_the_same_browser_starts_anew(guarded):
    guarded.force_login(make_user("collega"))
    assert guarded.get("/beheer/").url.startswith(SET_UP)


def test_one_can_always_sign_off(client, adviser):
    client.force_login(adviser)
    client.post("/beheer/logout/")
    assert not is_signed_in(client)


def test_ended_sessions_are_really_ended(guarded, adviser):
    assert remove_second_factor(adviser) == ["authenticator-app"]
    assert guarded.get("/beheer/").url.startswith("/beheer/login/")


def test_readers_pages_are_left_alone(client, adviser):
    client.force_login(adviser)
    assert client.get("/robots.txt").status_code == 200
    assert client.get("/over/").status_code == 200


def test_gate_costs_one_query(guarded, settings, django_assert_num_queries):
    def queries(required: bool) -> int:
        settings.REQUIRE_SECOND_FACTOR = required
        with django_assert_num_queries(4 + required):
            guarded.get("/beheer/password_change/")

    queries(False)
    queries(True)


def test_without_the_demand_a_password_is_enough(client, adviser, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    sign_in(client)
    assert client.get("/beheer/").status_code == 200


def test_own_login_form_of_django_is_nowhere(client, adviser):
    """`admin.site.login` was the way past allauth."""
    give_app(adviser)
    response = admin.site.login(client.get("/beheer/login/").wsgi_request)
    assert response.template_name == ["account/login.html"]
