"""Writing and sending an answer, as a browser without script does it; and what the script asks."""

import json
import uuid
from datetime import timedelta

import pytest

from advice import handling, reader
from advice.canned import save_reply
from advice.models import AdviceRequest, CannedReply, Draft, Message
from tests.advice.admin.pages import QUEUE, fields_of, messages_of, page_of, part_of, text_of, url
from tests.advice.factories import NOW, make_adviser, make_answer, make_request, make_topic
from tests.factories import make_reference

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture
def request_(britt):
    make_reference("jansen2020")
    make_reference("grober2015")
    return make_request(name="Sanne")


def press(client, request: AdviceRequest, button: str, value: str = "1", **typed):
    return client.post(url("answer", request), page_of(client, request) | typed | {button: value}, follow=True)


def answers() -> list[str]:
    return list(Message.objects.filter(author="adviser").order_by("pk").values_list("body", flat=True))


def test_an_answer_with_two_sources_goes_out_and_can_be_taken_back(britt_client, request_, clock):
    body = "Eet noten [@jansen2020] en brood [@grober2015]."
    response = press(britt_client, request_, "_send", "lijst", body=body)
    assert (answers(), Draft.objects.count(), response.redirect_chain) == ([body], 0, [(QUEUE, 302)])
    said = part_of(response, 'class="undo"')
    assert (
        said == f"Je antwoord op {request_.reference} gaat om 10:00:30 de deur uit . Terughalen : antwoord op {request_.reference}"
    )
    clock.shift(timedelta(seconds=29))
    back = britt_client.post(url("undo", request_, Message.objects.get(author="adviser").pk), follow=True)
    assert (answers(), fields_of(back)["body"]) == ([], body)
    assert messages_of(back) == ["Teruggehaald. De lezer heeft niets gekregen; je tekst staat hieronder weer als concept."]


def test_too_late_is_too_late(britt_client, britt, request_, clock):
    message = make_answer(request_, by=britt)
    clock.shift(timedelta(seconds=30))
    response = britt_client.post(url("undo", request_, message.pk), follow=True)
    assert (messages_of(response), len(answers())) == (["Te laat om terug te halen: de lezer heeft dit antwoord."], 1)
    assert 'class="undo"' not in response.content.decode()


def test_taking_back_twice_is_once(britt_client, britt, request_):
    message = make_answer(request_, by=britt)
    britt_client.post(url("undo", request_, message.pk))
    response = britt_client.post(url("undo", request_, message.pk), follow=True)
    assert (messages_of(response)[-1], Draft.objects.count()) == ("Dit antwoord was al teruggehaald.", 1)


def test_the_bar_is_for_who_sent_it(anna_client, britt, request_):
    make_answer(request_, by=britt)
    assert 'class="undo"' not in anna_client.get(QUEUE).content.decode()


def test_sending_leads_on_to_the_next_new_question(britt_client, request_):
    newer, older = make_request(now=NOW - timedelta(hours=1)), make_request(now=NOW - timedelta(hours=2))
    response = press(britt_client, request_, "_send", "volgende", body="Ja.")
    assert response.redirect_chain == [(url("change", older), 302)]
    assert request_.reference in part_of(response, 'class="undo"')
    for request in (older, newer):
        response = press(britt_client, request, "_send", "volgende", body="Ja.")
    assert (response.redirect_chain, messages_of(response)) == ([(QUEUE, 302)], ["Er is geen nieuwe vraag meer."])


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("", "Het antwoord is leeg."),
        ("Zie [@bestaatniet].", "‘bestaatniet’"),
        ("Beste {{ naam }},", "Vul eerst in of haal weg: {{ naam }}."),
        ("Beste [NAAM],", "Vul eerst in of haal weg: [NAAM]."),
        ("x" * 20_001, "Het antwoord is te lang: hooguit 20000 tekens."),
    ],
)
def test_an_answer_that_is_not_finished_comes_back_with_the_reason(britt_client, request_, body, problem):
    response = press(britt_client, request_, "_send", "lijst", body=body)
    said = part_of(response, 'id="antwoord-fouten"')
    assert (response.status_code, problem in said, fields_of(response)["body"]) == (400, True, body)
    assert [draft.body for draft in Draft.objects.all()] == ([body] if body else [])
    assert 'aria-invalid="true" aria-describedby="antwoord-fouten"' in response.content.decode()
    assert answers() == []


def test_a_closed_request_is_not_answered_and_the_text_stays(britt_client, britt, request_):
    page = page_of(britt_client, request_)
    handling.close(request_, by=britt, outcome="silent", version=1, now=NOW)
    response = britt_client.post(url("answer", request_), page | {"body": "Te laat.", "_send": "lijst", "base_version": "2"})
    assert (response.status_code, fields_of(response)["body"], answers()) == (400, "Te laat.", [])
    assert "Heropen haar eerst; je tekst staat er nog." in part_of(response, 'id="antwoord-fouten"')


# Two advisers


def test_news_stops_an_answer_and_stands_beside_it(britt_client, anna, request_):
    page = page_of(britt_client, request_) | {"body": "Mijn antwoord.", "_send": "lijst"}
    handling.add_note(request_, by=anna, body="Ik bel haar.", now=NOW)
    reader.reply(request_, body="Ik slik ook bloedverdunners.", submission_id=uuid.uuid4(), now=NOW)
    handling.claim(request_, by=anna, now=NOW)
    response = britt_client.post(url("answer", request_), page)
    assert (response.status_code, fields_of(response)["body"], answers()) == (409, "Mijn antwoord.", [])
    assert part_of(response, 'id="nieuw"').startswith(
        "Nog niet verstuurd: er is iets nieuws bij deze vraag De lezer schreef om 10:00 Ik slik ook bloedverdunners."
    )
    said = text_of(response)
    assert "Notitie van Anna om 10:00 Ik bel haar. Anna: opgepakt, 10:00 De vraag is nu: wacht op advies." in said
    assert (Draft.objects.get().body, Draft.objects.get().base_version) == ("Mijn antwoord.", 1)
    assert "Aanpassen" in said
    again = britt_client.post(url("answer", request_), fields_of(response) | {"_send": "lijst"})
    assert (again.status_code, answers()) == (302, ["Mijn antwoord."])


def test_a_draft_from_before_the_news_shows_what_came_since(britt_client, britt, anna, request_):
    press(britt_client, request_, "_draft", body="Half.")
    handling.add_note(request_, by=britt, body="Van mijzelf.", now=NOW)
    assert 'id="nieuw"' not in britt_client.get(url("change", request_)).content.decode()
    handling.add_note(request_, by=anna, body="Van Anna.", now=NOW)
    response = britt_client.get(url("change", request_))
    said = part_of(response, 'id="nieuw"')
    assert said.startswith("Sinds je concept kwam dit erbij Notitie van Anna")
    assert ("Van mijzelf" in said, fields_of(response)["base_version"]) == (False, "3")


def test_pressing_the_button_twice_sends_once(britt_client, request_):
    page = page_of(britt_client, request_) | {"body": "Eén keer.", "_send": "lijst"}
    codes = [britt_client.post(url("answer", request_), page).status_code for _ in range(2)]
    assert (codes, answers(), Draft.objects.count()) == ([302, 302], ["Eén keer."], 0)


def test_of_two_advisers_who_send_at_once_one_is_stopped(britt_client, anna_client, request_):
    pages = [page_of(client, request_) for client in (britt_client, anna_client)]
    codes = [
        client.post(url("answer", request_), page | {"body": body, "_send": "lijst"}).status_code
        for client, page, body in zip((britt_client, anna_client), pages, ("Van Britt.", "Van Anna."), strict=True)
    ]
    assert (codes, answers(), Draft.objects.get().body) == ([302, 409], ["Van Britt."], "Van Anna.")


# Without script


def test_a_draft_is_kept_and_comes_back(britt_client, request_):
    response = press(britt_client, request_, "_draft", body="Half\r\nantwoord")
    assert (fields_of(response)["body"], messages_of(response)) == ("Half\nantwoord", ["Het concept is bewaard."])
    assert "Concept bewaard vandaag 10:00." in text_of(response)
    response = press(britt_client, request_, "_discard")
    assert (fields_of(response)["body"], Draft.objects.count()) == ("", 0)


def test_the_preview_is_what_the_reader_gets(britt_client, britt, request_):
    adviser = britt.adviser
    adviser.closing = "Hartelijke groet,"
    adviser.save()
    response = press(britt_client, request_, "_preview", body="**Noten** [@jansen2020].")
    shown = part_of(response, 'class="reply-preview"')
    assert shown.startswith("Zo krijgt de lezer het Noten 1 . Hartelijke groet, Britt Bronnen Jansen, A. (2020).")
    press(britt_client, request_, "_send", "lijst")
    message = Message.objects.get(author="adviser")
    assert message.html.replace("b2-", "voorbeeld-") in response.content.decode()
    assert (message.body, message.text.startswith("**Noten** [1].\n\nHartelijke groet,\n\nBritt\n\nBronnen")) == (
        "**Noten** [@jansen2020].",
        True,
    )


def test_a_standard_text_is_put_below_what_was_typed(britt_client, britt, request_):
    reply = CannedReply(title="Groet")
    save_reply(reply, body="Beste {{ voornaam }}, over {{ artikel }}.", by=britt, now=NOW)
    response = press(britt_client, request_, "_insert", body="Eerst dit.", canned=str(reply.pk))
    assert fields_of(response)["body"] == "Eerst dit.\n\nBeste Sanne, over {{ artikel }}."
    assert messages_of(response) == ["‘Groet’ staat onder aan je antwoord. Vul nog in of haal weg: artikel."]
    assert press(britt_client, request_, "_send", "lijst").status_code == 400
    response = press(britt_client, request_, "_insert", canned="")
    assert messages_of(response) == ["Kies eerst een standaardtekst."]


def test_only_texts_that_fit_are_offered(britt_client, britt, request_):
    for title, topic in (("Algemeen", None), ("Past", request_.topic), ("Anders", make_topic("slaap"))):
        save_reply(CannedReply(title=title, topic=topic), body="Tekst", by=britt, now=NOW)
    said = part_of(britt_client.get(url("change", request_)), 'id="canned"')
    assert said == "kies er een Past (Magnesium) Algemeen"


# What the script asks


def test_the_script_gets_a_preview_with_what_is_wrong(britt_client, request_):
    data = {"body": "# Kop\n\nZie [@bestaatniet] en {{ naam }}."}
    answer = json.loads(britt_client.post(url("preview", request_), data, headers=JSON).content)
    assert "[@bestaatniet]" in answer["html"]
    assert [(f["level"], f["line"], f["target"]) for f in answer["findings"]] == [
        ("error", 0, ""),
        ("error", 1, "id_body"),
        ("error", 3, "id_body"),
    ]
    assert json.loads(britt_client.post(url("preview", request_), {}, headers=JSON).content) == {"html": "", "findings": []}
    assert not Draft.objects.exists()


def test_the_script_gets_a_standard_text_filled_in(britt_client, britt, request_):
    reply = CannedReply(title="Groet")
    save_reply(reply, body="Beste {{ naam | lezer }} {{ artikel }}", by=britt, now=NOW)
    data = {"_insert": "1", "canned": reply.pk}
    answer = json.loads(britt_client.post(url("answer", request_), data, headers=JSON).content)
    assert answer == {"text": "Beste Sanne {{ artikel }}", "missing": ["artikel"]}
    assert britt_client.post(url("answer", request_), data | {"canned": "99"}, headers=JSON).status_code == 404


def test_presence_tells_who_else_is_there_and_what_version_it_has(britt_client, anna_client, request_):
    make_adviser("joost")
    anna_client.post(url("presence", request_), {"writing": "1"}, headers=JSON)
    answer = json.loads(britt_client.post(url("presence", request_), headers=JSON).content)
    assert answer == {"others": [["Anna", True]], "version": 1}
    assert britt_client.post("/beheer/advice/advicerequest/999/aanwezig/", headers=JSON).status_code == 404


def test_presence_costs_little(britt_client, request_, django_assert_num_queries):
    britt_client.post(url("presence", request_), headers=JSON)
    with django_assert_num_queries(7):  # session, user, permissions (2), version, the row, the others
        britt_client.post(url("presence", request_), headers=JSON)
