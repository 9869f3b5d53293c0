"""One's own account: what each page shows, in Dutch, under the same policy, and what it changes."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.admin.models import LogEntry
from django.urls import get_resolver, reverse

from tests.factories import make_user
from tests.magsite.staff.people import PASSWORD, code_of, give_app, give_code, give_recovery_codes, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_committed")]
OWN_PAGES = [
    "mfa_index",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_add_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
    "mfa_list_webauthn",
]
DOOR = {"account_login", "mfa_login_webauthn", "mfa_authenticate", "account_inactive"}
ENGLISH = re.compile(
    r"\b(?:the|your|code is|password|sign in|please|authenticator app|security key|recovery|submit|activate)\b", re.I
)


def address(name: str) -> str:
    return reverse(name, args=[1] if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"} else [])


@pytest.fixture
def guarded(client, adviser):
    """The adviser, signed in with an app a moment ago."""
    give_app(adviser)
    give_recovery_codes(adviser)
    sign_in(client)
    give_code(client, code_of())
    return client


def messages_of(user) -> list[str]:
    return list(LogEntry.objects.filter(object_id=str(user.pk)).order_by("pk").values_list("change_message", flat=True))


def test_lists_above_name_every_page():
    names = {name for name in get_resolver("magsite.staff.urls").reverse_dict if isinstance(name, str)}
    assert names == DOOR | set(OWN_PAGES)


@pytest.mark.parametrize("name", OWN_PAGES)
@pytest.mark.parametrize("role", ["nobody", "member"])
def test_own_pages_are_for_staff(client, name, role):
    if role == "member":
        member = make_user("lid")
        member.is_staff = False
        member.save()
        client.force_login(member)
    response = client.get(address(name))
    if name == "mfa_list_webauthn":
        response = client.get(response.url)
    assert response.url.startswith("/beheer/login/?next=/beheer/account/")


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_changing_factors_asks_who_did_not_confirm_lately(client, adviser, name):
    client.force_login(adviser)
    assert client.get(address(name)).url.startswith("/beheer/account/bevestigen/?next=")
    assert client.post(address(name), {"code": code_of()}).url.startswith("/beheer/account/bevestigen/?next=")
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize(
    "name", ["mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_add_webauthn"]
)
def test_who_has_a_factor_confirms_with_it(client, adviser, name):
    give_app(adviser)
    give_recovery_codes(adviser)
    client.force_login(adviser)
    url = address(name)
    assert client.get(url).url.startswith("/beheer/account/bevestigen/code/?next=")
    assert client.post("/beheer/account/bevestigen/", {"password": PASSWORD}).url.startswith("/beheer/account/bevestigen/code/")
    assert client.get(url).status_code == 302
    assert Authenticator.objects.count() == 2


def test_every_page_is_dutch_and_keeps_the_policy(guarded):
    shown = [name for name in OWN_PAGES if "webauthn" not in name or name == "mfa_add_webauthn"]
    for name in shown:
        page = guarded.get(address(name), follow=True)
        html = page.content.decode()
        text = re.sub(r"<head>.*?</head>|<[^>]*>", " ", html, flags=re.DOTALL)
        assert page.status_code == 200, name
        assert ENGLISH.findall(text) == [], name
        assert "no-store" in page["Cache-Control"], name
        assert [part for part in ("data:", "style=", "<script>") if part in html] == [], name
        assert "default-src 'none'" in page["Content-Security-Policy"], name


def test_qr_code_stands_in_the_page(client, adviser):
    sign_in(client)
    html = client.get("/beheer/account/app/instellen/").content.decode()
    assert re.search(r'class="account-qr" role="img" aria-label="[^"]+"><svg [^>]*viewBox', html)
    assert "otpauth://totp/adviseur?secret=" in html
    assert "issuer=Magsite" in html


def test_setting_up_and_taking_away_are_written_down(client, adviser):
    sign_in(client)
    secret = client.get("/beheer/account/app/instellen/").context["form"].secret
    client.post("/beheer/account/app/instellen/", {"code": code_of(secret)})
    client.post("/beheer/account/herstelcodes/nieuwe/")
    client.post("/beheer/account/app/verwijderen/")
    assert messages_of(adviser) == [
        "Tweede factor ingesteld: authenticator-app.",
        "Tweede factor ingesteld: herstelcodes.",
        "Nieuwe herstelcodes gemaakt; de oude werken niet meer.",
        "Tweede factor verwijderd: authenticator-app.",
        "Tweede factor verwijderd: herstelcodes.",
    ]
    assert not Authenticator.objects.exists()


def test_new_recovery_codes_replace_the_old(guarded, adviser):
    before = guarded.get("/beheer/account/herstelcodes/").context["unused_codes"]
    guarded.post("/beheer/account/herstelcodes/nieuwe/")
    after = guarded.get("/beheer/account/herstelcodes/").context["unused_codes"]
    assert (len(before), len(after), set(before) & set(after)) == (10, 10, set())


def test_recovery_codes_come_as_a_file(guarded):
    response = guarded.get("/beheer/account/herstelcodes/bestand/")
    codes = guarded.get("/beheer/account/herstelcodes/").context["unused_codes"]
    assert response["Content-Disposition"] == 'attachment; filename="magsite-herstelcodes.txt"'
    assert "no-store" in response["Cache-Control"]
    assert response.content.decode().split("\n") == [
        "Herstelcodes voor Magsite (adviseur)",
        "Elke code werkt één keer.",
        "",
        *codes,
        "",
        "",
    ]


def test_new_codes_keep_a_session_that_came_in_with_an_old_one(client, adviser, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    give_app(adviser)
    codes = give_recovery_codes(adviser)
    sign_in(client)
    give_code(client, codes[0])
    client.post("/beheer/account/herstelcodes/nieuwe/")
    assert client.get("/beheer/").status_code == 200


def test_overview_says_what_there_is(guarded):
    page = guarded.get("/beheer/account/").content.decode()
    assert "Je hebt nog 10 codes." in page
    assert "App weghalen" in page
    assert "App instellen" not in page
    assert "Stel eerst een tweede factor in" not in page


def test_nobody_touches_the_passkey_of_another(client, adviser):
    other = make_user("collega")
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Sleutel", "credential": {}})
    sign_in(client)
    for page in ("naam", "verwijderen"):
        assert client.get(f"/beheer/account/passkeys/{key.pk}/{page}/").status_code == 404
        assert client.post(f"/beheer/account/passkeys/{key.pk}/{page}/", {"name": "Van mij"}).status_code == 404
    key.refresh_from_db()
    assert key.data["name"] == "Sleutel"


def test_asking_for_a_passkey_tells_nothing_about_accounts(client, adviser):
    Authenticator.objects.create(user=adviser, type="webauthn", data={"name": "Sleutel", "credential": {}})
    options = client.get("/beheer/login/passkey/", HTTP_ACCEPT="application/json").json()["request_options"]["publicKey"]
    assert options["userVerification"] == "required"
    assert not options.get("allowCredentials")
