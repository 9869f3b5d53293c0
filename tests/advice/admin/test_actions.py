"""The buttons of a request: what each does, and that a refusal says why and loses nothing."""

from datetime import timedelta

import pytest

from advice import handling
from advice.models import AdviceRequest, Draft, Note
from tests.advice.admin.pages import events, messages_of, page_of, part_of, url
from tests.advice.factories import NOW, make_adviser, make_answer, make_request

pytestmark = pytest.mark.django_db
WEDNESDAY = NOW.replace(day=25, hour=9)


def press(client, request: AdviceRequest, name: str, **typed):
    """Press a button on a page that was just opened."""
    return client.post(url(name, request), page_of(client, request) | typed, follow=True)


def state(request: AdviceRequest) -> tuple:
    found = AdviceRequest.objects.get(pk=request.pk)
    return found.status, found.assignee and found.assignee.username, found.snoozed_until, found.outcome


def test_every_button_does_its_work_and_says_so(britt_client, anna):
    request = make_request()
    steps = [
        ("claim", {}, ("waiting", "britt", None, ""), "De vraag is nu van jou."),
        ("release", {}, ("waiting", None, None, ""), "De vraag staat weer bij de nieuwe, voor iedereen."),
        ("assign", {"to": "anna"}, ("waiting", "anna", None, ""), "De vraag is nu van Anna."),
        (
            "snooze",
            {"rest": "morgen"},
            ("waiting", "anna", WEDNESDAY, ""),
            "Uitgesteld tot morgen 09:00. De lezer wacht intussen door.",
        ),
        ("wake", {}, ("waiting", "anna", None, ""), "De vraag staat weer op de lijst."),
        ("close", {"outcome": "silent"}, ("closed", "anna", None, "silent"), "De vraag is gesloten: geen reactie meer."),
        ("reopen", {}, ("waiting", "anna", None, ""), "De vraag is weer open en wacht op een antwoord."),
        ("revoke", {}, ("waiting", "anna", None, ""), "De 2 links van de lezer werken niet meer."),
    ]
    for name, typed, expected, said in steps:
        response = press(britt_client, request, name, **typed)
        assert (state(request), messages_of(response), response.redirect_chain) == (
            expected,
            [said],
            [(url("change", request), 302)],
        )
    done = ["submitted", "read", "claimed", "released", "assigned", "snoozed", "woken", "closed", "reopened", "links_revoked"]
    assert [action for _, action in events()] == done


@pytest.mark.parametrize(
    ("name", "expected"), [("accept", ("waiting", None, None, "")), ("reject", ("closed", None, None, "spam"))]
)
def test_quarantine_is_left_by_one_of_two_doors(britt_client, name, expected):
    request = make_request(suspicions=("veel links",))
    press(britt_client, request, name)
    assert state(request) == expected


@pytest.mark.parametrize(
    ("typed", "until"),
    [
        ({"rest": "morgen"}, WEDNESDAY),
        ({"rest": "volgende-week"}, NOW.replace(day=30, hour=9)),
        ({"until": "2026-12-24"}, NOW.replace(month=12, day=24, hour=9)),
        ({"until": "2026-12-25"}, NOW.replace(month=12, day=28, hour=9)),  # Christmas, on a Friday
    ],
)
def test_a_request_rests_until_the_desk_opens(britt_client, typed, until):
    request = make_request()
    press(britt_client, request, "snooze", **typed)
    assert state(request)[2] == until


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [
        ("snooze", {"until": "2026-11-23"}, "Kies een moment dat nog komt."),
        ("snooze", {"until": "morgen"}, "Kies tot welke dag je deze vraag uitstelt."),
        ("snooze", {"until": "9999-12-31"}, "Kies een dag binnen twee jaar."),
        ("assign", {"to": ""}, "Kies eerst aan wie je deze vraag geeft."),
        ("assign", {"to": "joost"}, "Joost is afwezig. Kies een andere adviseur."),
        ("close", {"outcome": "answered"}, "Kies hoe je deze vraag sluit."),
        ("close", {"outcome": "by_reader"}, "Kies hoe je deze vraag sluit."),
        ("close", {"outcome": "silent", "base_version": "0"}, "Deze vraag is intussen veranderd."),
        ("close", {"outcome": "silent", "base_version": "x"}, "Deze vraag is intussen veranderd."),
        ("release", {}, "Je hebt deze vraag niet (meer)."),
        ("reopen", {}, "Deze vraag is al open."),
        ("accept", {}, "Deze vraag staat niet (meer) in quarantaine."),
    ],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(britt_client, britt, name, typed, why):
    make_adviser("joost", is_away=True)
    request = make_request()
    response = press(britt_client, request, name, **({"body": "Half antwoord"} | typed))
    html = response.content.decode()
    assert (response.status_code, part_of(response, 'class="errornote"').startswith(why)) == (409, True)
    assert (">\nHalf antwoord</textarea>" in html, Draft.objects.get().body) == (True, "Half antwoord")
    assert f'value="{typed.get("until", "")}"' in html
    assert state(request) == ("waiting", None, None, "")


def test_every_button_keeps_the_answer_that_is_being_written(britt_client, britt):
    request = make_request()
    press(britt_client, request, "claim", body="Een begin\r\nvan een antwoord")
    draft = Draft.objects.get()
    assert (draft.author, draft.body, draft.base_version) == (britt, "Een begin\nvan een antwoord", 1)


def test_a_page_that_was_left_alone_overwrites_no_newer_draft(britt_client, britt):
    request = make_request()
    old_page = page_of(britt_client, request)
    press(britt_client, request, "answer", body="Nieuwer", _draft="1")
    britt_client.post(url("claim", request), old_page)
    britt_client.post(url("release", request), old_page | {"body": ""})
    assert Draft.objects.get().body == "Nieuwer"


def test_a_note_goes_to_its_own_place_and_never_into_the_conversation(britt_client, britt):
    request = make_request()
    response = press(britt_client, request, "note", note="Belt morgen.\r\nOchtend.")
    note = Note.objects.get()
    assert (note.body, note.author, request.messages.count()) == ("Belt morgen.\nOchtend.", britt, 1)
    assert response.redirect_chain == [(f"{url('change', request)}#notities", 302)]


@pytest.mark.parametrize("note", ["", " ", "x" * 5_001])
def test_a_refused_note_stays_in_its_field(britt_client, note):
    response = press(britt_client, make_request(), "note", note=note)
    assert (response.status_code, Note.objects.count()) == (409, 0)
    assert f'autocomplete="off">{note}</textarea>' in response.content.decode()


def test_what_was_answered_can_be_closed_as_answered(britt_client, britt):
    request = make_request()
    make_answer(request, by=britt)
    press(britt_client, request, "close", outcome="answered")
    assert state(request) == ("closed", "britt", None, "answered")


def test_a_button_of_an_old_page_does_not_close_what_was_not_seen(britt_client, anna):
    request = make_request()
    old_page = page_of(britt_client, request)
    handling.add_note(request, by=anna, body="Wacht nog even.", now=NOW + timedelta(minutes=1))
    response = britt_client.post(url("close", request), old_page | {"outcome": "silent"})
    assert (response.status_code, state(request)[0]) == (409, "waiting")
    assert "Wacht nog even." in part_of(response, 'id="notities"')


def test_buttons_are_for_posts_only(britt_client):
    request = make_request()
    for name in ("claim", "assign", "release", "snooze", "wake", "close", "reopen", "accept", "reject", "revoke", "note", "answer"):
        assert britt_client.get(url(name, request)).status_code == 405
    assert state(request)[0] == "waiting"


def test_a_mail_that_failed_is_sent_again(britt_client, britt):
    request = make_request()
    AdviceRequest.objects.update(has_failed_mail=True)
    mail = request.mails.get()
    request.mails.update(state="failed", failure="550 Postbus bestaat niet", attempts=5)
    response = press(britt_client, request, "claim")
    assert "Probeer opnieuw : ontvangstbevestiging" in part_of(response, 'class="mails"')
    response = britt_client.post(url("retry", request, mail.pk), page_of(britt_client, request), follow=True)
    mail.refresh_from_db()
    assert (messages_of(response), mail.state, mail.attempts) == (["De mail wordt opnieuw verstuurd."], "pending", 0)
    response = britt_client.post(url("retry", request, mail.pk), follow=True)
    assert messages_of(response) == ["Deze mail is niet (meer) mislukt."]
