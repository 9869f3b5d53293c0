"""A manager helps a colleague who lost a second factor; nobody else can, and it is written down."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from tests.factories import make_user
from tests.magsite.staff.people import PASSWORD, give_app, give_recovery_codes, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(db):
    return make_user("beheerder", "Beheerder")


@pytest.fixture
def colleague(adviser):
    give_app(adviser)
    give_recovery_codes(adviser)
    return adviser


def page_of(user) -> str:
    return reverse("admin:auth_user_second_factor", args=[user.pk])


def test_manager_takes_a_factor_away_and_it_is_written_down(client, client_factory, manager, colleague):
    elsewhere = client_factory()
    elsewhere.force_login(colleague)
    sign_in(client, "beheerder")
    page = client.get(page_of(colleague)).content.decode()
    assert "herstelcodes, authenticator-app" in page

    response = client.post(page_of(colleague))

    assert response.url == reverse("admin:auth_user_change", args=[colleague.pk])
    assert not Authenticator.objects.exists()
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.action_flag) == (manager, str(colleague.pk), 2)
    assert entry.change_message == "Tweede factor weggehaald: herstelcodes, authenticator-app. Alle sessies beëindigd."
    assert not is_signed_in(elsewhere)
    assert sign_in(elsewhere, "adviseur").url == "/beheer/"
    history = client.get(reverse("admin:auth_user_history", args=[colleague.pk])).content.decode()
    assert "Tweede factor weggehaald" in history


def test_manager_confirms_first(client, manager, colleague):
    client.force_login(manager)
    for response in (client.get(page_of(colleague)), client.post(page_of(colleague))):
        assert response.url.startswith("/beheer/account/bevestigen/?next=")
    assert Authenticator.objects.count() == 2
    client.post("/beheer/account/bevestigen/", {"password": PASSWORD, "next": page_of(colleague)})
    assert not Authenticator.objects.exists()  # what was asked before confirming is done after it


@pytest.mark.parametrize("role", ["Adviseur", "Redacteur", "Eindredacteur"])
def test_nobody_else_can(client, colleague, role):
    make_user("ander", role)
    sign_in(client, "ander")
    assert [client.get(page_of(colleague)).status_code, client.post(page_of(colleague)).status_code] == [403, 403]
    assert Authenticator.objects.count() == 2


def test_manager_can_not_take_over_a_superuser(client, manager):
    boss = make_user("baas", is_superuser=True)
    give_app(boss)
    sign_in(client, "beheerder")
    assert client.post(page_of(boss)).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[boss.pk]), {"password1": PASSWORD}).status_code == 403
    assert client.post(reverse("admin:auth_user_change", args=[boss.pk]), {"username": "weg"}).status_code == 403
    assert client.post(reverse("admin:auth_user_delete", args=[boss.pk]), {"post": "yes"}).status_code == 403
    delete = {"action": "delete_selected", "_selected_action": [boss.pk], "post": "yes"}
    client.post(reverse("admin:auth_user_changelist"), delete)
    boss.refresh_from_db()
    assert (boss.username, Authenticator.objects.count()) == ("baas", 1)


def test_manager_can_not_become_superuser(client, manager):
    sign_in(client, "beheerder")
    url = reverse("admin:auth_user_change", args=[manager.pk])
    assert client.post(url, form_of(manager) | {"is_superuser": "on", "user_permissions": ["1"]}).status_code == 302
    manager.refresh_from_db()
    assert (manager.first_name, manager.is_superuser, manager.user_permissions.count()) == ("Bea", False, 0)


def form_of(user) -> dict:
    moment = {"date_joined_0": "1-1-2026", "date_joined_1": "12:00", "last_login_0": "", "last_login_1": ""}
    groups = [group.pk for group in user.groups.all()]
    return moment | {"username": user.username, "first_name": "Bea", "is_active": "on", "is_staff": "on", "groups": groups}


def test_superuser_can_help_another(client, db):
    boss, other = make_user("baas", is_superuser=True), make_user("ander", is_superuser=True)
    give_app(other)
    sign_in(client, boss.username)
    client.post(page_of(other))
    assert not Authenticator.objects.exists()


def test_nobody_goes_round_ones_own_page(client, manager):
    give_app(manager)
    client.force_login(manager)
    assert client.post(page_of(manager)).status_code == 403
    assert Authenticator.objects.count() == 1


def test_list_shows_who_has_a_factor_in_as_many_queries_for_all(client, manager, colleague, django_assert_num_queries):
    client.force_login(manager)
    url = reverse("admin:auth_user_changelist")
    client.get(url)
    with django_assert_num_queries(7):
        page = client.get(url)
    assert page.content.decode().count("icon-yes") == 3  # two are staff, one has a factor
    for number in range(3):
        give_app(make_user(f"collega{number}"))
    with django_assert_num_queries(7):
        client.get(url)


def test_lists_that_would_show_secrets_are_not_there():
    assert {model._meta.app_label for model in admin.site._registry} & {"mfa", "account", "allauth"} == set()
