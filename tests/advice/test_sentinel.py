"""What people write stays where it belongs, and is gone when it is erased.

Markers go into every field, through the whole life of a request, with an error on the way. Then every place is searched. A step is
a function in STEPS; what it writes is a Marker in M, which says where that may stand.
"""

import base64
import io
import itertools
import logging
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
import time_machine
from django.conf import settings as site
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advice import access, public_questions
from advice.export import export_for_access
from advice.models import AdviceRequest
from advice.outbox.delivery import ServerPause, deliver_due
from advice.outbox.folder import BACKEND
from magsite.generation import read_generation
from magsite.management.commands.worker import Job, run_job
from magsite.page_store import PageStore
from magsite.pages import PublishedPages
from magsite.wsgi import django
from tests.advice.admin.pages import fields_of
from tests.advice.breaking import refusing
from tests.advice.factories import NOW, make_adviser, make_consent, make_topic
from tests.advice.inbox.posting import received, written
from tests.advice.pages import form_at, read_page
from tests.advice.sentinel import Marker, find_in_files, find_in_sessions, find_in_tables, markers_in
from tests.advice.whole_site import Answer, Browser
from tests.factories import make_user

ADVICE = "advice_"


def marker(name: str, *places: str) -> Marker:
    """`places` are columns of tables of the desk, as table.column."""
    return Marker(f"zq{name}Wx71c", frozenset((ADVICE + table, column) for table, column in (place.split(".") for place in places)))


M = {
    "name": marker("naam", "advicerequest.name"),
    "email": marker("adres", "advicerequest.email", "incomingmail.raw"),
    "question": marker("vraag", "message.body"),
    "test_result": marker("uitslag", "advicerequest.test_result"),
    "note": marker("notitie", "note.body"),
    "draft": marker("concept", "draft.body"),
    "answer": marker("antwoord", "message.body", "message.html", "message.text", "publicquestion.answer"),
    "reply": marker("reactie", "message.body"),
    "incoming": marker("mail", "incomingmail.raw", "message.body"),
    "subject": marker("onderwerp", "incomingmail.raw"),
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
EMAIL = f"{M['email'].text}@example.org"
MINE = "/advies/mijn-vraag/"
# What every browser here sends along.
SAYS = {
    "HTTP_USER_AGENT": M["user_agent"].text,
    "HTTP_REFERER": f"http://testserver/{M['referer'].text}/",
    "HTTP_X_FORWARDED_FOR": M["network"].text,
}
WHERE_IT_BELONGS = ("db.sqlite3", "db.sqlite3-wal", "db.sqlite3-shm", ".eml")  # files, until it is erased
WENT_WRONG = [
    "ERROR django.request: Internal Server Error: /advies/l/[key]/kapot/",
    "ERROR django.request: Internal Server Error: /beheer/kapot/",
    "ERROR django.request: Internal Server Error: /beheer/advice/advicerequest/1/notitie/",
    "ERROR magsite.worker: mail failed",
    "WARNING django.security.csrf: Forbidden (CSRF cookie not set.): /advies/l/[key]/dicht/",
]


@dataclass
class Flow:
    """A reader and two advisers before the whole site, and what has come of it so far."""

    reader: Browser
    britt: Browser
    anna: Browser
    users: dict[str, User]
    clock: time_machine.Traveller
    request: AdviceRequest | None = None

    @property
    def now(self) -> datetime:
        return timezone.now()

    def fresh(self) -> AdviceRequest:
        """Let a minute pass, and return the request as it is then."""
        self.clock.shift(60)
        self.request = AdviceRequest.objects.get()
        return self.request

    def at_desk(self, page: str) -> str:
        return reverse(f"admin:advice_advicerequest_{page}", args=[self.fresh().pk])

    def on_page(self, who: Browser, **typed: str) -> dict[str, str]:
        """Open the page of the request, and return what its form would send."""
        return fields_of(who.get(self.at_desk("change"))) | typed


def expect(answer: Answer, status: int) -> Answer:
    assert answer.status == status, answer.text
    return answer


def ask(flow: Flow) -> None:
    """With a result of the test, through a link with words in its query, and wrongly at first."""
    page = flow.reader.post("/advies/", {"test_result": M["test_result"].text})
    flow.reader.get(f"/advies/?artikel={M['query'].text}")
    flow.clock.shift(60)
    told = {"name": M["name"].text, "question": M["question"].text, "send_result": "on", "topic": "magnesium"}
    typed = form_at(page, "/advies/").values | told | {"email": M["username"].text}
    expect(flow.reader.post("/advies/", typed), 422)
    answer = expect(flow.reader.post("/advies/", typed | {"email": EMAIL, "consent": "on"}), 303)
    expect(flow.reader.get(answer.headers["Location"]), 200)


def sign_in(flow: Flow) -> None:
    """A stranger tries, two advisers do."""
    stranger = Browser(flow.reader.site, dict(SAYS))
    page = read_page(stranger.get("/beheer/login/")).forms[-1].values
    expect(stranger.post("/beheer/login/", page | dict.fromkeys(["username", "login", "password"], M["username"].text)), 200)
    for name in ("britt", "anna"):
        client = Client()
        client.force_login(flow.users[name])
        getattr(flow, name).cookies |= {key: cookie.value for key, cookie in client.cookies.items()}


def pick_up(flow: Flow) -> None:
    expect(flow.britt.get("/beheer/advice/advicerequest/"), 200)
    expect(flow.britt.post(flow.at_desk("claim"), flow.on_page(flow.britt)), 302)


def deliver(flow: Flow) -> None:
    """Every mail that is due, into files."""
    flow.clock.shift(60)
    assert deliver_due(timezone.now, pause=ServerPause()) > 0


def search(flow: Flow) -> None:
    flow.reader.get(f"/zoeken/?q={M['query'].text}")
    for name in ("name", "email", "question", "query"):
        typed = flow.on_page(flow.britt, q=M[name].text)
        expect(flow.britt.post(reverse("admin:advice_advicerequest_search"), typed), 200)


def write_note(flow: Flow) -> None:
    expect(flow.britt.post(flow.at_desk("note"), flow.on_page(flow.britt, note=M["note"].text)), 302)


def keep_drafts(flow: Flow) -> None:
    """Two advisers write; the second goes on writing after the first has sent."""
    for text in (M["draft"].text, f"{M['draft'].text} en verder"):
        expect(flow.anna.post(flow.at_desk("draft"), flow.on_page(flow.anna, body=text)), 200)


def answer(flow: Flow) -> None:
    """Look at it first, and send what was not finished: that is refused and kept."""
    typed = flow.on_page(flow.britt, body=M["answer"].text)
    expect(flow.britt.post(flow.at_desk("preview"), typed), 200)
    expect(flow.britt.post(flow.at_desk("answer"), typed | {"body": M["answer"].text + " {{ naam }}", "_send": "lijst"}), 400)
    expect(flow.britt.post(flow.at_desk("answer"), typed | {"_send": "lijst"}), 302)


def open_link(flow: Flow) -> None:
    link = f"/advies/l/{access.token_of(flow.fresh().links.first())}/"
    expect(flow.reader.get(link), 200)
    expect(flow.reader.post(link, {"email": M["username"].text + "@example.org"}), 422)
    expect(flow.reader.post(link, {"email": EMAIL}), 303)
    assert M["answer"].text in expect(flow.reader.get(MINE), 200).text


def do_on_own_page(flow: Flow, action: str, **typed: str) -> Answer:
    flow.clock.shift(60)
    return flow.reader.post(MINE + action, form_at(flow.reader.get(MINE), MINE + action).values | typed)


def react(flow: Flow) -> None:
    expect(do_on_own_page(flow, "reageren/", body=M["reply"].text), 303)


def react_by_mail(flow: Flow) -> None:
    answered = flow.fresh().mails.get(kind="answer").rfc_message_id
    mail = written(M["incoming"].text, sender=EMAIL, answers=answered, subject=M["subject"].text)
    assert received(mail, now=flow.now).state == "added"


def rate_and_close(flow: Flow) -> None:
    expect(do_on_own_page(flow, "beoordelen/", rating="3"), 303)
    expect(do_on_own_page(flow, "sluiten/"), 303)


def reopen(flow: Flow) -> None:
    expect(flow.britt.post(flow.at_desk("reopen"), flow.on_page(flow.britt)), 302)


def make_public_question(flow: Flow) -> None:
    question = public_questions.start(flow.fresh(), by=flow.users["britt"], now=flow.now)
    values = {"article_slug": "water", "text": M["rewritten"].text, "answer": M["answer"].text}
    public_questions.rewrite(question, by=flow.users["britt"], **values)


def take_copies(flow: Flow) -> None:
    assert M["question"].text in expect(do_on_own_page(flow, "gegevens/"), 200).text
    copy = export_for_access(flow.fresh(), by=flow.users["beheerder"], now=flow.now)
    assert M["note"].text in str(copy), "a copy without the note would prove nothing"


def break_for_reader(flow: Flow) -> None:
    path = f"/advies/l/{M['broken'].text}/kapot/?{urlencode({'q': M['query'].text})}"
    expect(flow.reader.post(path, {"question": M["broken"].text, "email": EMAIL}), 500)


def break_for_adviser(flow: Flow) -> None:
    expect(flow.britt.post("/beheer/kapot/", {"answer": M["broken"].text, "note": M["broken"].text}), 500)


def break_the_database(flow: Flow) -> None:
    """A row is refused by the database, which says which: on the form of a reader, and on that of an adviser."""
    with refusing("advice_message", M["broken"].text), refusing("advice_note", M["broken"].text):
        expect(do_on_own_page(flow, "reageren/", body=M["broken"].text), 409)
        expect(flow.britt.post(flow.at_desk("note"), flow.on_page(flow.britt, note=M["broken"].text)), 500)


def break_the_worker(flow: Flow) -> None:
    def send(stop) -> str:
        raise ValueError(f"{M['broken'].text} to {EMAIL}")

    assert not run_job(Job("mail", timedelta(minutes=1), send), threading.Event())


def forge_a_form(flow: Flow) -> None:
    path = f"/advies/l/{M['broken'].text}/dicht/?{urlencode({'q': M['query'].text})}"
    expect(flow.reader.post(path, {"question": M["broken"].text}), 403)


# What belongs to more than one step stands before them; what must go wrong comes last.
STEPS = (
    ask,
    deliver,
    sign_in,
    pick_up,
    search,
    write_note,
    keep_drafts,
    answer,
    deliver,
    open_link,
    react,
    react_by_mail,
    rate_and_close,
    reopen,
    make_public_question,
    take_copies,
    break_for_reader,
    break_for_adviser,
    break_the_database,
    break_the_worker,
    forge_a_form,
)


def erase(flow: Flow) -> None:
    flow.clock.shift(60)
    form = form_at(flow.reader.get(f"{MINE}wissen/"), f"{MINE}wissen/")
    expect(flow.reader.post(f"{MINE}wissen/", form.values | {"sure": "on"}), 303)


@pytest.fixture
def flow(shared_database, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    settings.ROOT_URLCONF = "tests.advice.breaking"
    settings.ADMINS = [("Beheer", "beheer@example.org")]
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = BACKEND, tmp_path / "var" / "mail"
    make_topic(), make_consent()
    users = {name: make_adviser(name).user for name in ("britt", "anna")} | {"beheerder": make_user("beheerder", "Beheerder")}
    seconds = itertools.count(step=2)
    site = PublishedPages(django, read_generation=read_generation, store=PageStore(1_000_000), clock=lambda: next(seconds))
    with time_machine.travel(NOW, tick=False) as clock:
        yield Flow(*(Browser(site, dict(SAYS)) for _ in range(3)), users, clock)


@pytest.mark.django_db(transaction=True)
def test_what_people_write_stays_where_it_belongs_and_goes_when_it_is_erased(flow, production_log, tmp_path):
    logging.root.setLevel(logging.DEBUG)
    for step in STEPS:
        step(flow)
    _write_everything_into_the_file()
    assert find_in_tables(MARKERS) == {marker.text: set(marker.allowed) for marker in MARKERS if marker.allowed}
    assert {name: found for name, found in _elsewhere(production_log, tmp_path).items() if found} == {}
    told = [line for line in production_log.getvalue().splitlines() if line.startswith(("ERROR", "WARNING"))]
    assert [line.replace(f"/{flow.request.pk}/", "/1/") for line in told] == WENT_WRONG
    reported = [line.rpartition(": ")[2] for line in told if "Internal Server Error" in line]
    assert sorted(mail["Subject"].rpartition(": ")[2] for mail in _error_mails(tmp_path)) == sorted(reported)
    assert any(M["answer"].text in path.read_text() for path in _mails(tmp_path)), "no mail went out with the answer"

    erase(flow)
    _write_everything_into_the_file()
    assert not AdviceRequest.objects.exists()
    assert find_in_tables(MARKERS) == {}
    assert find_in_files(tmp_path, MARKERS) == {}
    assert {name: found for name, found in _elsewhere(production_log, tmp_path).items() if found} == {}


def _elsewhere(log: io.StringIO, folder: Path) -> dict[str, object]:
    """Return what is where none of it belongs."""
    return {
        "log": markers_in(log.getvalue(), MARKERS),
        "error mail": markers_in("".join(mail.as_string() + mail.get_content() for mail in _error_mails(folder)), MARKERS),
        "sessions": find_in_sessions(MARKERS),
        "cache": markers_in(str(vars(caches[DEFAULT_CACHE_ALIAS])), MARKERS),
        "files": {name: found for name, found in find_in_files(folder, MARKERS).items() if not name.endswith(WHERE_IT_BELONGS)},
    }


def _mails(folder: Path) -> list[Path]:
    return sorted((folder / "var" / "mail").glob("*.eml"))


def _error_mails(folder: Path) -> list[EmailMessage]:
    mails = [BytesParser(policy=policy.default).parsebytes(path.read_bytes()) for path in _mails(folder)]
    return [mail for mail in mails if mail["Subject"].startswith(site.EMAIL_SUBJECT_PREFIX)]


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
