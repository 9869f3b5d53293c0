"""Signing in with a second factor as people do: by keyboard, with an app, a passkey, without script; and by the rules of axe."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.running import second_server
from tests.magsite.staff.people import PASSWORD, SECRET, code_of

pytestmark = pytest.mark.browser
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])
PASSKEYS_OF_A_LAPTOP = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
NOTHING_YET = ["toetsenbord", "vinger", "zonder-script", "axe-light", "axe-dark", "smal-320", "smal-360", "smal-768"]
HAVE_AN_APP = ["kwijt-light", "kwijt-dark", "baas-light", "baas-dark"]
MAKE = f"""
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from allauth.mfa.models import Authenticator
from magsite.staff.secrets import close
password = make_password("{PASSWORD}")
for name in {NOTHING_YET + HAVE_AN_APP}:
    user = User.objects.create(username=name, password=password, is_staff=True, is_superuser=name.startswith("baas"))
    user.groups.set(Group.objects.filter(name="Adviseur"))
    if name in {HAVE_AN_APP}:
        Authenticator.objects.create(user=user, type="totp", data={{"secret": close("{SECRET}")}})
"""


@pytest.fixture(scope="module")
def door(site):
    """The same site with the demand for a second factor, under a name: an address of numbers can't have passkeys."""
    site.manage("shell", "-c", MAKE)
    with second_server(site, REQUIRE_SECOND_FACTOR="true", ALLOWED_HOSTS="127.0.0.1,localhost") as url:
        yield url.replace("127.0.0.1", "localhost")


@pytest.fixture
def enter(browse, door):
    """Open a page of that site; takes what `browse` takes."""
    return lambda path="/beheer/", **options: browse(door + path, allow=(f"foreign: {door}",), reduced_motion="reduce", **options)


def sign_in(page: Page, name: str) -> None:
    page.get_by_label("Gebruikersnaam").fill(name)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden", exact=True).click()


def press_tab_until(page: Page, role: str, name: str) -> None:
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.get_by_role(role, name=name, exact=True).first.evaluate("(element) => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {role} {name}")


def plug_in_passkeys(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": PASSKEYS_OF_A_LAPTOP})


def test_app_is_set_up_and_used_by_keyboard_alone(enter):
    name = "toetsenbord"
    page = enter("/beheer/references/reference/")
    expect(page.get_by_label("Gebruikersnaam")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Stel eerst een tweede factor in.")).to_be_visible()
    press_tab_until(page, "link", "App instellen")
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name="QR-code voor je authenticator-app.")).to_be_visible()
    secret = page.locator(".account-secret").inner_text().replace(" ", "")
    press_tab_until(page, "textbox", "Code uit je app:")
    page.keyboard.type(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.locator(".account-codes li")).to_have_count(10)
    recovery = page.locator(".account-codes li").first.inner_text()
    press_tab_until(page, "link", "Klaar, naar het beheer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Begin")
    page.get_by_role("button", name="Afmelden").press("Enter")

    page.goto(page.url.split("/beheer/")[0] + "/beheer/references/reference/")
    sign_in(page, name)
    expect(page.get_by_label("Code")).to_be_focused()
    page.keyboard.type(code_of(secret, steps=1))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"^[^?]+/beheer/references/reference/$"))
    page.get_by_role("button", name="Afmelden").press("Enter")

    page.goto(page.url.split("/beheer/")[0] + "/beheer/")
    sign_in(page, name)
    page.keyboard.type("123456")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Deze code klopt niet")
    page.get_by_label("Code").fill(recovery)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Begin")


def test_passkey_is_added_used_renamed_and_taken_away(enter):
    page = enter()
    plug_in_passkeys(page)
    sign_in(page, "vinger")
    page.get_by_role("link", name="Passkey toevoegen").click()
    page.get_by_label("Naam").fill("Laptop")
    page.get_by_role("button", name="Passkey toevoegen").click()
    expect(page.locator(".account-codes li")).to_have_count(10)
    page.get_by_role("button", name="Afmelden").click()

    page.goto(page.url.split("/beheer/")[0] + "/beheer/references/reference/")
    page.get_by_role("button", name="Aanmelden met een passkey").click()
    expect(page).to_have_url(re.compile(r"^[^?]+/beheer/references/reference/$"))
    page.get_by_role("link", name="Mijn account").click()
    expect(page.get_by_role("listitem").filter(has_text="Laptop")).to_contain_text("ook zonder wachtwoord")
    page.get_by_role("link", name="Naam wijzigen van Laptop").click()
    page.get_by_label("Naam").fill("Oude laptop")
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_role("button", name="Afmelden").click()

    page.goto(page.url.split("/beheer/")[0] + "/beheer/")
    sign_in(page, "vinger")
    page.get_by_role("button", name="Bevestigen met een passkey").click()
    page.get_by_role("link", name="Mijn account").click()
    page.get_by_role("link", name="Weghalen: Oude laptop").click()
    page.get_by_role("button", name="Passkey weghalen").click()
    expect(page.get_by_text("Stel eerst een tweede factor in.")).to_be_visible()


def test_without_a_passkey_at_hand_the_page_says_what_to_do(enter):
    page = enter()
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new DOMException('', 'NotAllowedError')); }")
    page.get_by_role("button", name="Aanmelden met een passkey").click()
    expect(page.get_by_role("alert")).to_have_text("Er is geen passkey gekozen. Probeer het opnieuw, of kies een andere manier.")
    expect(page.get_by_role("button", name="Aanmelden met een passkey")).to_be_enabled()


def test_without_script_an_app_and_codes_do(enter):
    page = enter(java_script_enabled=False)
    expect(page.get_by_role("button", name="Aanmelden met een passkey")).to_be_hidden()
    sign_in(page, "zonder-script")
    page.get_by_role("link", name="Passkey toevoegen").click()
    expect(page.get_by_text("Passkeys werken hier niet.")).to_be_visible()
    page.get_by_role("link", name="Mijn account").last.click()
    page.get_by_role("link", name="App instellen").click()
    secret = page.locator(".account-secret").inner_text().replace(" ", "")
    page.get_by_label("Code uit je app").fill(code_of(secret))
    page.get_by_role("button", name="App instellen").click()
    expect(page.locator(".account-codes li")).to_have_count(10)


@SCHEMES
def test_pages_of_the_door_and_the_account_break_no_rule_of_axe(enter, violations, scheme):
    name = f"axe-{scheme}"
    page = enter(color_scheme=scheme)
    plug_in_passkeys(page)
    found = {"login": violations(page)}
    page.get_by_role("button", name="Aanmelden", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["login, with errors"] = violations(page)
    sign_in(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn account")
    found["must set up"] = violations(page)
    page.get_by_role("link", name="App instellen").click()
    found["app"] = violations(page)
    secret = page.locator(".account-secret").inner_text().replace(" ", "")
    page.get_by_role("button", name="App instellen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["app, with errors"] = violations(page)
    page.get_by_label("Code uit je app").fill(code_of(secret))
    page.get_by_role("button", name="App instellen").click()
    found["codes"] = violations(page)
    root = page.url.split("/beheer/")[0] + "/beheer/"
    page.goto(f"{root}account/passkeys/toevoegen/")
    found["passkey"] = violations(page)
    page.get_by_role("button", name="Passkey toevoegen").click()
    page.wait_for_url("**/account/")
    found["account"] = violations(page)
    for link in ("Naam wijzigen van Passkey", "Weghalen: Passkey"):
        page.goto(f"{root}account/")
        page.get_by_role("link", name=link).click()
        found[link] = violations(page)
    for path in ("app/verwijderen", "herstelcodes/nieuwe", "bevestigen/code", "bevestigen/passkey"):
        page.goto(f"{root}account/{path}/")
        found[path] = violations(page)
    page.get_by_role("button", name="Afmelden").click()
    page.goto(root)
    sign_in(page, name)
    expect(page.get_by_label("Code")).to_be_visible()
    found["code"] = violations(page)
    assert {where: what for where, what in found.items() if what} == {}


@SCHEMES
def test_page_that_takes_a_factor_away_breaks_no_rule_of_axe(enter, violations, scheme):
    page = enter("/beheer/auth/user/", color_scheme=scheme)
    sign_in(page, f"baas-{scheme}")
    page.get_by_label("Code").fill(code_of())
    page.get_by_role("button", name="Bevestigen").click()
    page.get_by_role("link", name=f"kwijt-{scheme}").click()
    page.get_by_role("link", name="Tweede factor weghalen").click()
    found = violations(page)
    page.get_by_role("button", name="Tweede factor weghalen").click()
    expect(page.get_by_text(f"kwijt-{scheme} is overal afgemeld")).to_be_visible()
    assert found == []


@pytest.mark.parametrize("width", [320, 360, 768])
def test_pages_do_not_scroll_sideways(enter, width):
    page = enter(width=width, height=740)
    widths = [page.evaluate("document.documentElement.scrollWidth")]
    sign_in(page, f"smal-{width}")
    for link in ("App instellen", "Mijn account", "Passkey toevoegen"):
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
        page.get_by_role("link", name=link).last.click()
    widths.append(page.evaluate("document.documentElement.scrollWidth"))
    assert max(widths) <= width
