"""Every address of the advice desk against every role: who gets in, who is asked to sign in, who is refused."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.urls import get_resolver, reverse

from advice.canned import save_reply
from advice.handling import add_note
from advice.models import (
    AccessLink,
    AdviceRequest,
    Adviser,
    AuditEvent,
    CannedReply,
    CannedReplyVersion,
    ConsentText,
    Draft,
    IncomingMail,
    Message,
    Note,
    OutgoingMail,
    PublicQuestion,
    Topic,
)
from tests.advice.admin.pages import fields_of
from tests.advice.factories import NOW, make_adviser, make_answer, make_consent, make_request
from tests.advice.incoming import make_incoming
from tests.articles.test_roles import ASKED, DONE, NO, OK, ROLES, SEE, SHOWN, names_of, outcome, sign_in

pytestmark = pytest.mark.django_db
# What a browser asks for with GET.
#                                          nobody member adviser writer chief manager
MATRIX = {
    "advice_advicerequest_changelist":     (ASKED, ASKED, OK,  NO, NO, NO),
    "advice_advicerequest_change":         (ASKED, ASKED, OK,  NO, NO, NO),
    "advice_advicerequest_search":         (ASKED, ASKED, OK,  NO, NO, NO),
    "advice_advicerequest_report":         (ASKED, ASKED, OK,  NO, NO, OK),
    "advice_publicquestion_changelist":    (ASKED, ASKED, OK,  NO, OK, NO),
    "advice_publicquestion_change":        (ASKED, ASKED, OK,  NO, OK, NO),
    "advice_outgoingmail_changelist":      (ASKED, ASKED, OK,  NO, NO, NO),
    "advice_outgoingmail_add":             (ASKED, ASKED, NO,  NO, NO, NO),
    "advice_outgoingmail_change":          (ASKED, ASKED, OK,  NO, NO, NO),
    "advice_outgoingmail_history":         (ASKED, ASKED, OK,  NO, NO, NO),
    "advice_outgoingmail_delete":          (ASKED, ASKED, NO,  NO, NO, NO),
    "advice_outgoingmail_html":            (ASKED, ASKED, NO,  NO, NO, NO),  # this mail was not sent yet
    "advice_incomingmail_changelist":      (ASKED, ASKED, OK,  NO, NO, NO),
    "advice_incomingmail_change":          (ASKED, ASKED, OK,  NO, NO, NO),
    "advice_incomingmail_download":        (ASKED, ASKED, OK,  NO, NO, NO),
    "advice_adviser_changelist":           (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_adviser_add":                  (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_adviser_change":               (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_adviser_history":              (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_adviser_delete":               (ASKED, ASKED, NO,  NO, NO, NO),
    "advice_topic_changelist":             (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_topic_add":                    (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_topic_change":                 (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_topic_history":                (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_topic_delete":                 (ASKED, ASKED, NO,  NO, NO, NO),
    "advice_consenttext_changelist":       (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_consenttext_add":              (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_consenttext_change":           (ASKED, ASKED, NO,  NO, NO, SEE),
    "advice_consenttext_history":          (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_consenttext_delete":           (ASKED, ASKED, NO,  NO, NO, NO),
    "advice_cannedreply_changelist":       (ASKED, ASKED, OK,  NO, NO, OK),
    "advice_cannedreply_add":              (ASKED, ASKED, OK,  NO, NO, OK),
    "advice_cannedreply_change":           (ASKED, ASKED, OK,  NO, NO, OK),
    "advice_cannedreply_history":          (ASKED, ASKED, OK,  NO, NO, OK),
    "advice_cannedreply_delete":           (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_auditevent_changelist":        (ASKED, ASKED, NO,  NO, NO, OK),
    "advice_tombstone_changelist":         (ASKED, ASKED, NO,  NO, NO, OK),
}  # fmt: skip
# Buttons, posted as the page does. DONE changes something, SHOWN answers and changes nothing; all else changes nothing.
POSTS = {
    "advice_advicerequest_claim":    (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_assign":   (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_release":  (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_snooze":   (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_wake":     (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_close":    (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_reopen":   (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_accept":   (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_reject":   (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_revoke":   (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_note":     (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_answer":   (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_undo":     (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_preview":  (ASKED, ASKED, SHOWN, NO, NO, NO),
    "advice_advicerequest_presence": (ASKED, ASKED, SHOWN, NO, NO, NO),
    "advice_advicerequest_retry":    (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_advicerequest_publicize": (ASKED, ASKED, DONE, NO, NO, NO),
    "advice_publicquestion_preview": (ASKED, ASKED, SHOWN, NO, SHOWN, NO),
    "advice_outgoingmail_retry":     (ASKED, ASKED, DONE,  NO, NO, NO),
    "advice_cannedreply_preview":    (ASKED, ASKED, SHOWN, NO, NO, SHOWN),
    "advice_advicerequest_draft":    (NO,    NO,    DONE,  NO, NO, NO),
}  # fmt: skip
CHANGED = (
    AdviceRequest, Message, Note, Draft, OutgoingMail, AccessLink, Adviser, Topic, ConsentText, CannedReply, CannedReplyVersion,
    AuditEvent, LogEntry, PublicQuestion, IncomingMail,
)  # fmt: skip
PREPARED = {"reopen": "closed", "accept": "quarantine", "reject": "quarantine"}


@pytest.fixture
def objects(db):
    anna = make_adviser("anna")
    request = make_request()
    add_note(request, by=anna.user, body="Notitie", now=NOW)
    reply = CannedReply(title="Groet")
    save_reply(reply, body="Beste lezer,", by=anna.user, now=NOW)
    question = PublicQuestion.objects.create(
        article_slug="water", slug="vraag-1", answer="Ja.", created_by=anna.user, created_at=NOW
    )
    return {
        "advicerequest": request,
        "adviser": anna,
        "topic": request.topic,
        "consenttext": make_consent(),
        "cannedreply": reply,
        "publicquestion": question,
        "outgoingmail": request.mails.get(),
        "incomingmail": make_incoming(),
    }


def address(name: str, objects: dict, *more) -> str:
    _, model, page = name.split("_", 2)
    args = (
        []
        if page in ("changelist", "add", "search", "report") or name == "advice_cannedreply_preview"
        else [objects[model].pk, *more]
    )
    return reverse(f"admin:{name}", args=args)


def snapshot() -> list:
    return [list(model.objects.order_by("pk").values()) for model in CHANGED]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_against_every_role(client, objects, role):
    sign_in(client, role)
    found, expected = {}, {}
    for name, row in MATRIX.items():
        may = row[ROLES.index(role)]
        found[name], expected[name] = outcome(client.get(address(name, objects))), OK if may == SEE else may

    assert found == expected


@pytest.mark.parametrize("role", ROLES)
def test_who_may_not_open_a_page_or_only_look_saves_nothing_with_it(client, objects, role):
    sign_in(client, role)
    found, expected, before = {}, {}, snapshot()
    for name, row in MATRIX.items():
        if (may := row[ROLES.index(role)]) != OK:
            found[name] = outcome(client.post(address(name, objects), {"post": "yes", "text": "Tekst"}))
            expected[name] = NO if may == SEE else may

    assert (found, snapshot() == before) == (expected, True)


def prepare(page: str, objects: dict, user) -> list[int]:
    """Bring the request where the button has something to do; return what its address needs more."""
    request = objects["advicerequest"]
    rows = AdviceRequest.objects.filter(pk=request.pk)
    if page in PREPARED:
        left = {"waiting_since": None, "due_at": None}
        closed = {"closed_at": NOW, "outcome": "silent"} if page == "reopen" else {}
        rows.update(status=PREPARED[page], **left, **closed)
    if page == "release" and user:
        rows.update(assignee=user)
    if page == "wake":
        rows.update(snoozed_until=NOW.replace(day=30))
    if page in ("accept", "retry"):
        request.mails.update(state="failed", key="eerder")
    if page == "publicize":
        make_answer(request, by=objects["adviser"].user)
    if page == "undo":
        return [make_answer(request, by=objects["adviser"].user).pk]
    return [request.mails.get(kind="receipt").pk] if page == "retry" else []


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", POSTS)
def test_every_button_against_every_role(client, objects, role, name):
    sign_in(client, role)
    page = name.rsplit("_", 1)[1]
    more = prepare(page, objects, User.objects.filter(username=role.lower()).first())
    if name.startswith("advice_outgoingmail"):
        more = []
    is_adviser = role == "Adviseur"
    fields = fields_of(client.get(address("advice_advicerequest_change", objects))) if is_adviser else {}
    data = fields | {"to": "anna", "rest": "morgen", "outcome": "silent", "note": "Notitie", "body": "Antwoord.", "_send": "lijst"}
    before = snapshot()

    found = outcome(client.post(address(name, objects, *more), {} if page == "retry" else data))

    is_changed = snapshot() != before
    if found == OK:
        found = DONE if is_changed else SHOWN
    assert (found, is_changed) == (POSTS[name][ROLES.index(role)], found == DONE)


def test_the_matrix_covers_every_address_of_the_desk():
    found = {name for name in names_of(get_resolver("magsite.urls").url_patterns) if name.startswith("admin:advice_")}
    by_reference = {f"advice_tombstone_{page}" for page in ("find", "request", "export", "erase")}  # see test_reader_data
    assert found == {f"admin:{name}" for name in (*MATRIX, *POSTS, *by_reference)}
