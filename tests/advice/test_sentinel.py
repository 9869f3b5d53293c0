"""What people write stays where it belongs, and is gone when it is erased.

Markers go into every field, through the whole life of a request, with an error on the way. Then every place is searched. A step is
a function in STEPS; what it writes is a Marker in M, which says where that may stand.
"""

import base64
import io
import itertools
import logging
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings as site
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core import mail
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, RequestFactory

from advice import access, auditing, public_questions
from advice.answering import save_draft, send_answer
from advice.erasing import erase
from advice.export import export_for_access, export_request
from advice.handling import add_note, claim, close, reopen
from advice.models import AdviceRequest
from advice.reader import rate, reply
from advice.search.finding import find_requests
from magsite.generation import read_generation
from magsite.management.commands.worker import Job, run_job
from magsite.page_store import PageStore
from magsite.pages import PublishedPages
from magsite.wsgi import django
from tests.advice.factories import NOW, make_adviser, make_request
from tests.advice.incoming import make_incoming
from tests.advice.sentinel import Marker, find_in_files, find_in_sessions, find_in_tables, markers_in
from tests.factories import make_user

MINUTE = timedelta(minutes=1)
TOKEN, FORM = "a" * 32, "application/x-www-form-urlencoded"
ADVICE = "advice_"


def marker(name: str, *places: str) -> Marker:
    """`places` are columns of tables of the desk, as table.column."""
    return Marker(f"zq{name}Wx71c", frozenset((ADVICE + table, column) for table, column in (place.split(".") for place in places)))


M = {
    "name": marker("naam", "advicerequest.name"),
    "email": marker("adres", "advicerequest.email"),
    "question": marker("vraag", "message.body"),
    "test_result": marker("uitslag", "advicerequest.test_result"),
    "note": marker("notitie", "note.body"),
    "draft": marker("concept", "draft.body"),
    "answer": marker("antwoord", "message.body", "message.html", "message.text", "publicquestion.answer"),
    "reply": marker("reactie", "message.body"),
    "incoming": marker("mail", "incomingmail.raw", "message.body"),
    "rewritten": marker("herschreven", "publicquestion.question"),
    # What a browser sends along, or somebody types in the wrong place, is kept nowhere.
    "user_agent": marker("browser"),
    "referer": marker("verwijzer"),
    "query": marker("zoekvraag"),
    "network": marker("netwerk"),
    "username": marker("gebruiker"),
    "broken": marker("storing"),
}
MARKERS = tuple(M.values())


@dataclass
class Flow:
    """Visitors and a desk. `ask` sends a request to the whole site, as gunicorn would."""

    pages: PublishedPages
    britt: User
    anna: User
    manager: User
    cookies: dict[str, str] = field(default_factory=lambda: {site.CSRF_COOKIE_NAME: TOKEN})
    now: datetime = NOW
    request: AdviceRequest | None = None

    def ask(self, method: str, path: str, data: dict | None = None) -> str:
        """Return the status. Every request carries markers in what a browser sends along."""
        headers = {
            "HTTP_HOST": "testserver",
            "HTTP_USER_AGENT": M["user_agent"].text,
            "HTTP_REFERER": f"http://testserver/{M['referer'].text}/",
            "HTTP_X_FORWARDED_FOR": M["network"].text,
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
        }
        typed = urlencode((data or {}) | {"csrfmiddlewaretoken": TOKEN})
        environ = RequestFactory().generic(method, path, typed, FORM, **headers).environ
        seen: list = []
        body = self.pages(environ, lambda status, headers, exc=None: seen.append(status))
        list(body)
        if hasattr(body, "close"):
            body.close()
        return seen[0]

    def fresh(self) -> AdviceRequest:
        self.now += MINUTE
        self.request.refresh_from_db()
        return self.request


def submit(flow: Flow) -> None:
    texts = {name: M[name].text for name in ("name", "question", "test_result")}
    flow.request = make_request(email=f"{M['email'].text}@example.org", **texts, now=flow.now)


def claim_it(flow: Flow) -> None:
    claim(flow.fresh(), by=flow.britt, now=flow.now)


def search(flow: Flow) -> None:
    for name in ("name", "email", "question", "query"):
        find_requests(M[name].text, by=flow.britt)
    flow.ask("GET", f"/zoeken/?q={M['query'].text}")


def write_note(flow: Flow) -> None:
    add_note(flow.fresh(), by=flow.britt, body=M["note"].text, now=flow.now)


def keep_drafts(flow: Flow) -> None:
    for text in (M["draft"].text, M["draft"].text + " en verder"):
        save_draft(flow.fresh(), by=flow.anna, body=text, base_version=1, now=flow.now)


def answer(flow: Flow) -> None:
    request = flow.fresh()
    send_answer(request, by=flow.britt, body=M["answer"].text, base_version=request.version, now=flow.now)


def open_link(flow: Flow) -> None:
    link = flow.fresh().links.first()
    for path in (f"/advies/l/{access.token_of(link)}/", f"/advies/?{urlencode({'vraag': M['query'].text})}"):
        flow.ask("GET", path)
        flow.ask("POST", path, {"question": M["query"].text, "email": M["email"].text})
    access.note_opened(link, now=flow.now)


def react(flow: Flow) -> None:
    reply(flow.fresh(), body=M["reply"].text, submission_id=None, now=flow.now)


def react_by_mail(flow: Flow) -> None:
    message, _ = reply(flow.fresh(), body=M["incoming"].text, submission_id=None, now=flow.now, via="mail")
    make_incoming(M["incoming"].text, request=flow.request, message=message)


def make_public_question(flow: Flow) -> None:
    question = public_questions.start(flow.fresh(), by=flow.britt, now=flow.now)
    values = {"article_slug": "water", "text": M["rewritten"].text, "answer": M["answer"].text}
    public_questions.rewrite(question, by=flow.britt, **values)


def rate_close_reopen(flow: Flow) -> None:
    rate(flow.fresh(), rating=3, now=flow.now)
    close(flow.request, by=flow.britt, outcome="answered", version=flow.request.version, now=flow.now)
    reopen(flow.fresh(), by=flow.britt, now=flow.now)


def take_copies(flow: Flow) -> None:
    copy = export_request(flow.fresh(), flow.now)
    assert M["question"].text in str(copy), "a copy without the question would prove nothing"
    export_for_access(flow.request, by=flow.manager, now=flow.now)


def sign_in(flow: Flow) -> None:
    flow.ask("POST", "/beheer/login/", {"username": M["username"].text, "password": M["username"].text})
    client = Client()
    client.force_login(flow.britt)
    flow.cookies |= {name: cookie.value for name, cookie in client.cookies.items()}


def break_for_reader(flow: Flow) -> None:
    path = f"/advies/l/{M['broken'].text}/kapot/?{urlencode({'q': M['query'].text})}"
    assert flow.ask("POST", path, {"question": M["broken"].text, "email": M["email"].text}).startswith("500")


def break_for_adviser(flow: Flow) -> None:
    typed = {"answer": M["broken"].text, "note": M["broken"].text}
    assert flow.ask("POST", "/beheer/kapot/", typed).startswith("500")


def break_the_worker(flow: Flow) -> None:
    def send(stop) -> str:
        raise ValueError(f"{M['broken'].text} to {M['email'].text}@example.org")

    assert not run_job(Job("mail", MINUTE, send), threading.Event())


def forge_a_form(flow: Flow) -> None:
    flow.cookies[site.CSRF_COOKIE_NAME] = "b" * 32
    path = f"/advies/l/{M['broken'].text}/dicht/?{urlencode({'q': M['query'].text})}"
    assert flow.ask("POST", path, {"question": M["broken"].text}).startswith("403")


STEPS = (
    submit,
    claim_it,
    search,
    write_note,
    keep_drafts,
    answer,
    open_link,
    react,
    react_by_mail,
    make_public_question,
    rate_close_reopen,
    take_copies,
    sign_in,
    break_for_reader,
    break_for_adviser,
    break_the_worker,
    forge_a_form,
)


@pytest.fixture
def flow(shared_database, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.ROOT_URLCONF = "tests.advice.breaking"
    settings.ADMINS = [("Beheer", "beheer@example.org")]
    seconds = itertools.count(step=2)
    pages = PublishedPages(django, read_generation=read_generation, store=PageStore(1_000_000), clock=lambda: next(seconds))
    advisers = (make_adviser(name).user for name in ("britt", "anna"))
    return Flow(pages, *advisers, make_user("beheerder", "Beheerder"))


@pytest.mark.django_db(transaction=True)
def test_what_people_write_stays_where_it_belongs_and_goes_when_it_is_erased(flow, production_log, settings, tmp_path):
    logging.root.setLevel(logging.DEBUG)
    for step in STEPS:
        step(flow)
    _write_everything_into_the_file()
    assert find_in_tables(MARKERS) == {marker.text: set(marker.allowed) for marker in MARKERS if marker.allowed}
    assert {name: found for name, found in _elsewhere(production_log, tmp_path).items() if found} == {}
    told = production_log.getvalue()
    lines = [line for line in told.splitlines() if line.startswith(("ERROR", "WARNING"))]
    assert lines == [
        "ERROR django.request: Internal Server Error: /advies/l/‹key›/kapot/",
        "ERROR django.request: Internal Server Error: /beheer/kapot/",
        "ERROR magsite.worker: mail failed",
        "WARNING django.security.csrf: Forbidden (CSRF token from POST incorrect.): /advies/l/‹key›/dicht/",
    ]
    assert [error.subject.rpartition(": ")[2] for error in mail.outbox] == ["/advies/l/‹key›/kapot/", "/beheer/kapot/"]

    erase(flow.fresh(), by=auditing.READER, now=flow.now, because="op verzoek van de lezer")
    _write_everything_into_the_file()
    assert find_in_tables(MARKERS) == {}
    assert find_in_files(tmp_path, MARKERS) == {}
    assert {name: found for name, found in _elsewhere(production_log, tmp_path).items() if found} == {}


def _elsewhere(log: io.StringIO, folder: Path) -> dict[str, object]:
    """Return what is where none of it belongs."""
    return {
        "log": markers_in(log.getvalue(), MARKERS),
        "error mail": markers_in("".join(error.body + error.message().as_string() for error in mail.outbox), MARKERS),
        "sessions": find_in_sessions(MARKERS),
        "cache": markers_in(str(vars(caches[DEFAULT_CACHE_ALIAS])), MARKERS),
        "files": {name: found for name, found in find_in_files(folder, MARKERS).items() if not name.startswith("db.sqlite3")},
    }


def _write_everything_into_the_file() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@pytest.mark.parametrize("disguise", [str, lambda text: base64.b64encode(f"x{text}".encode()), lambda text: text.upper(), quote])
def test_a_marker_is_found_in_every_disguise(disguise):
    found = disguise(M["question"].text)
    assert markers_in(found, MARKERS) == {M["question"].text}


def test_a_marker_is_found_in_every_table_and_file(db, tmp_path):
    """The search itself must be able to fail: a marker where it doesn't belong."""
    MigrationRecorder(connection).record_applied("advice", M["note"].text)
    session = SessionStore()
    session["form"] = M["reply"].text + "x" * 500  # so long that it is compressed
    session.save()
    (tmp_path / f"{M['name'].text}.eml").write_bytes(base64.b64encode(M["draft"].text.encode()))
    assert find_in_tables(MARKERS) == {M["note"].text: {("django_migrations", "name")}}
    assert find_in_sessions(MARKERS) == {M["reply"].text}
    assert find_in_files(tmp_path, MARKERS) == {f"{M['name'].text}.eml": {M["name"].text, M["draft"].text}}
