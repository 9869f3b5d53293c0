"""A mail scanner follows every link and presses every button of every page that it finds. It changes nothing."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from advice.access import token_of
from advice.models import AccessLink, AdviceRequest, AuditEvent, Message, OutgoingMail
from tests.advice.factories import NOW, make_answer
from tests.advice.pages import read_page

pytestmark = pytest.mark.django_db
MOST_PAGES = 200


class Scanner:
    """A robot with cookies that opens all it sees, below an address, and sends every form as it stands, by each of its buttons."""

    def __init__(self):
        self.browser = Client(enforce_csrf_checks=True)
        self.seen: set[tuple] = set()
        self.statuses: list[tuple[str, str, int]] = []

    def visit(self, address: str) -> None:
        if self._is_new("GET", address):
            self._read(address, "GET", self.browser.get(address))

    def _press(self, address: str, values: dict) -> None:
        if self._is_new("POST", address, frozenset(values.items() - {("submission_id", "")})):
            self._read(address, "POST", self.browser.post(address, values))

    def _is_new(self, *what) -> bool:
        is_new = what not in self.seen and len(self.seen) < MOST_PAGES
        self.seen.add(what)
        return is_new

    def _read(self, address: str, method: str, response) -> None:
        self.statuses.append((method, urlsplit(address).path, response.status_code))
        if location := response.headers.get("Location"):
            self.visit(urljoin(address, location))
        page = read_page(response)
        for link in page.links:
            if link.startswith("/advies/"):
                self.visit(link)
        for form in page.forms:
            for name, value in form.buttons if form.method == "post" else ():
                self._press(urljoin(address, form.action), form.values | ({name: value} if name else {}))


@pytest.fixture
def everything():
    """What a scanner must leave as it is."""

    def rows() -> list:
        kept = (AdviceRequest, Message, AccessLink, OutgoingMail, AuditEvent)
        return [list(model.objects.order_by("pk").values()) for model in kept]

    return rows


@pytest.mark.parametrize("state", ["works", "revoked"])
def test_a_scanner_changes_nothing(asked, britt, desk, everything, state, clock):
    request, address = asked
    make_answer(request, by=britt)
    clock.shift(60)
    (mail,) = request.mails.filter(kind="answer")
    if state == "revoked":
        AccessLink.objects.update(revoked_at=NOW)
    before = everything()
    scanner = Scanner()
    for link in (address, f"/advies/l/{token_of(mail.link)}/"):
        scanner.visit(link)
    pressed = {path for method, path, _ in scanner.statuses if method == "POST"}
    assert {address, "/advies/"} <= pressed if state == "works" else {f"{address}nieuwe-link/", "/advies/"} <= pressed
    assert len(scanner.seen) < MOST_PAGES
    assert everything() == before
    assert not any(cookie.value for cookie in scanner.browser.cookies.values())


def test_a_scanner_that_somebody_let_in_would_press_all_there_is(inside, reader, everything, clock):
    """The proof that the robot above could do harm: with a pass it reaches every button."""
    scanner = Scanner()
    scanner.browser.cookies["advies"] = reader.cookies["advies"].value
    before = everything()
    scanner.visit("/advies/mijn-vraag/")
    assert everything() != before
    assert ("POST", "/advies/mijn-vraag/sluiten/", 303) in scanner.statuses
    assert AdviceRequest.objects.count() == 1  # even then: erasing asks for a tick
