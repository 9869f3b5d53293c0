"""A session that ended, a token that changed, a window of somebody else: what was typed is a draft all the same."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from advice.models import AdviceRequest, Draft, Message, Note
from tests.advice.admin.pages import events, fields_of, messages_of, page_of, url
from tests.advice.factories import NOW, make_answer, make_request

pytestmark = pytest.mark.django_db
TEXT = 'Een zin met "tekens" & a < b,\r\n\r\nen een tweede alinea.'
KEPT = TEXT.replace("\r\n", "\n")


@pytest.fixture
def request_(db) -> AdviceRequest:
    return make_request()


@pytest.fixture
def page(britt_client, request_) -> dict[str, str]:
    """The page as Britt has it open."""
    return page_of(britt_client, request_) | {"body": TEXT}


def drafts() -> list[tuple[str, str]]:
    return list(Draft.objects.values_list("author__username", "body"))


def test_an_answer_of_an_ended_session_is_a_draft_and_nothing_more(client, britt, request_, page):
    client.logout()
    asked = client.post(url("answer", request_), page | {"_send": "lijst"}, follow=True)
    assert asked.redirect_chain == [(f"/beheer/login/?next={url('change', request_)}", 302)]
    assert "Je bent niet meer aangemeld. Je tekst is bewaard als concept en staat klaar." in asked.content.decode()
    assert (drafts(), Message.objects.filter(author="adviser").count()) == ([("britt", KEPT)], 0)
    client.force_login(britt)
    assert fields_of(client.get(url("change", request_)))["body"] == KEPT


@pytest.mark.parametrize("name", ["claim", "release", "snooze", "close"])
def test_any_button_keeps_the_text_of_an_ended_session(client, request_, page, name):
    client.logout()
    client.post(url(name, request_), page | {"outcome": "silent", "rest": "morgen"})
    request_.refresh_from_db()
    assert (drafts(), request_.version) == ([("britt", KEPT)], 1)


def test_a_note_of_an_ended_session_stays_on_the_page_that_asks_to_sign_in(client, request_, page):
    client.logout()
    asked = client.post(url("note", request_), {"ticket": page["ticket"], "note": "Belt <morgen>."})
    assert (asked.status_code, "Belt &lt;morgen&gt;." in asked.content.decode(), Note.objects.count()) == (403, True, 0)


def test_a_form_with_an_old_token_is_kept_and_can_be_sent_again(britt, request_, page):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(britt)
    response = strict.post(url("answer", request_), page | {"csrfmiddlewaretoken": "x" * 64, "_send": "lijst"}, follow=True)
    assert (fields_of(response)["body"], Message.objects.filter(author="adviser").count()) == (KEPT, 0)
    assert messages_of(response) == [
        "Er is nog niets gebeurd: je hebt je intussen opnieuw aangemeld. Je tekst is bewaard als concept en staat klaar. "
        "Doe het nog een keer."
    ]
    sent = strict.post(url("answer", request_), fields_of(response) | {"_send": "lijst"})
    assert (sent.status_code, Message.objects.filter(author="adviser").count()) == (302, 1)


def test_a_form_from_elsewhere_keeps_and_does_nothing(britt, request_):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(britt)
    for name in ("answer", "claim", "note"):
        response = strict.post(
            url(name, request_), {"body": TEXT, "note": TEXT, "_send": "lijst"}, HTTP_ORIGIN="https://elders.example"
        )
        assert response.status_code == 403
    request_.refresh_from_db()
    assert (drafts(), Note.objects.count(), request_.version) == ([], 0, 1)


def test_a_page_of_a_colleague_is_not_sent_under_another_name(anna_client, request_, page):
    response = anna_client.post(url("answer", request_), page | {"_send": "lijst"}, follow=True)
    assert messages_of(response) == ["Er is niets gebeurd: deze pagina was van een ander, en jij bent anna."]
    assert (drafts(), fields_of(response)["body"]) == ([("britt", KEPT)], "")


# Saving while somebody types


def save(client, request: AdviceRequest, page: dict, **changes):
    return client.post(url("draft", request), {name: page[name] for name in ("ticket", "base_version", "body")} | changes)


def test_what_is_typed_is_saved_and_the_page_hears_when(britt_client, request_, page, clock):
    clock.shift(timedelta(seconds=7))
    assert json.loads(save(britt_client, request_, page).content) == {"saved": "10:00:07", "signed_in": True}
    draft = Draft.objects.get()
    assert (draft.author.username, draft.body, draft.base_version, draft.updated_at) == (
        "britt",
        KEPT,
        1,
        NOW + timedelta(seconds=7),
    )


def test_saving_goes_on_when_the_session_has_ended_and_says_so(client, request_, page):
    client.logout()
    assert json.loads(save(client, request_, page).content) == {"saved": "10:00:00", "signed_in": False}
    assert drafts() == [("britt", KEPT)]


def test_saving_needs_no_token_and_no_cookie_but_the_ticket(request_, page):
    stranger = Client(enforce_csrf_checks=True)
    assert save(stranger, request_, page).status_code == 200
    assert drafts() == [("britt", KEPT)]
    for wrong in ({"ticket": ""}, {"ticket": page["ticket"][:-2]}, {"ticket": page["ticket"] + "x"}):
        assert save(stranger, request_, page, body="Anders.", **wrong).status_code == 403
    assert save(stranger, make_request(), page, body="Anders.").status_code == 403
    assert drafts() == [("britt", KEPT)]


def test_a_ticket_reads_nothing_and_sends_nothing(client, request_, page):
    client.logout()
    assert client.get(url("draft", request_)).status_code == 405
    answer = save(client, request_, page)
    assert set(json.loads(answer.content)) == {"saved", "signed_in"}
    assert events("answered", "noted") == []


def test_saving_follows_the_text_until_it_is_empty(britt_client, request_, page):
    for text, expected in (("Eén", [("britt", "Eén")]), ("Eén twee", [("britt", "Eén twee")]), ("", [])):
        save(britt_client, request_, page, body=text)
        assert drafts() == expected


def test_a_save_that_comes_in_after_the_answer_leaves_no_draft(britt_client, britt, request_, page):
    make_answer(request_, by=britt, body=KEPT)
    assert save(britt_client, request_, page).status_code == 200
    assert drafts() == []


def test_whose_role_was_taken_away_is_told_that_nothing_is_saved(britt_client, britt, request_, page):
    britt.groups.clear()
    assert (save(britt_client, request_, page).status_code, drafts()) == (403, [])


def test_nothing_of_the_text_is_in_the_address_the_session_or_the_ticket(britt_client, request_, page):
    save(britt_client, request_, page)
    assert "tekens" not in page["ticket"] + str(dict(britt_client.session))
