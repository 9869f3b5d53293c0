"""The page of one request: what its reader sees and does."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from advice.handling import add_note
from advice.models import AdviceRequest, AuditEvent
from tests.advice.factories import NOW, make_answer
from tests.advice.pages import form_at, read_page
from tests.factories import make_masked_reference, make_reference

pytestmark = pytest.mark.django_db
MINE = "/advies/mijn-vraag/"
REPLY, RATE, CLOSE = f"{MINE}reageren/", f"{MINE}beoordelen/", f"{MINE}sluiten/"


@pytest.fixture
def answered(inside, britt, clock):
    make_reference("jansen2020")
    make_masked_reference("grober2015")
    make_answer(inside, by=britt, body="Een banaan [@grober2015].\n\n### Noten\n\nEen noot [@jansen2020; @grober2015].")
    clock.shift(30)
    return inside


def shown(reader) -> str:
    return reader.get(MINE).content.decode()


def send(reader, action: str, **typed):
    return reader.post(action, form_at(reader.get(MINE), action).values | typed)


def test_the_conversation_is_shown_with_the_sources_of_each_answer(reader, answered, britt, clock):
    make_answer(answered, by=britt, body="Nog iets [@grober2015].", now=NOW + timedelta(minutes=1))
    clock.shift(120)
    html = shown(reader)
    answer = "Antwoord van Britt, adviseur"
    assert re.findall(r"<h2 id=\"bericht-\d-van\">([^<]+)", html) == ["Jouw vraag", answer, answer]
    assert ["therapy" in html, "Magnesium in prevention and [...]" in html] == [False, True]
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    anchors = set(re.findall(r'href="#([^"]+)"', html))
    assert {"ref-b2-grober2015", "ref-b2-jansen2020", "ref-b3-grober2015"} <= anchors
    assert anchors - set(ids) - {"referenties"} == set()
    assert "<h3" in html.split('id="bericht-2"')[1].split("Noten")[0]


def test_what_a_reader_typed_is_text_with_its_lines(reader, inside):
    send(reader, REPLY, body="Eén\nregel <b>& meer</b>\n\n<script>alert(1)</script>")
    html = shown(reader)
    assert "Eén<br>regel &lt;b&gt;&amp; meer&lt;/b&gt;</p>" in html
    assert "<script>alert" not in html


def test_an_answer_shows_when_it_can_no_longer_be_taken_back(reader, inside, britt, clock):
    make_answer(inside, by=britt, body="Dertig milligram.")
    assert ["Dertig milligram" in shown(reader), RATE in shown(reader)] == [False, False]
    clock.shift(30)
    assert ["Dertig milligram" in shown(reader), RATE in shown(reader)] == [True, True]


def test_no_note_and_no_account_is_ever_shown(reader, answered, britt):
    add_note(answered, by=britt, body="Geheime notitie", now=NOW)
    html = shown(reader)
    assert ["Geheime notitie" in html, britt.username in html, "Britt" in html] == [False, False, True]


def test_the_page_says_where_the_request_stands(reader, inside, britt, clock):
    assert "We willen je uiterlijk <strong>woensdag 25 november</strong> antwoorden." in shown(reader)
    AdviceRequest.objects.update(due_at=NOW - timedelta(hours=1))
    assert "Het duurt langer dan we wilden" in shown(reader)
    make_answer(inside, by=britt)
    clock.shift(30)
    assert "Je hebt antwoord." in shown(reader)
    send(reader, CLOSE)
    assert "Deze vraag is gesloten." in shown(reader)


def test_a_page_of_a_request_is_kept_by_nobody_and_found_by_nobody(reader, inside):
    response = reader.get(MINE)
    headers = ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")
    assert [response.headers[name] for name in headers] == ["no-store, private", "noindex, nofollow", "same-origin"]


def test_a_reaction_is_sent_once_and_shown(reader, answered):
    values = form_at(reader.get(MINE), REPLY).values | {"body": "En een noot?"}
    answers = [reader.post(REPLY, values) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == [f"{MINE}?gelukt=reactie"] * 2
    page = reader.get(f"{MINE}?gelukt=reactie").content.decode()
    assert page.count("En een noot?") == 1
    assert 'role="status">Je reactie is verstuurd' in page
    assert AdviceRequest.objects.get().status == "waiting"


@pytest.mark.parametrize(("body", "problem"), [(" ", "Schrijf je reactie op."), ("x" * 5001, "Je tekst is 1 teken te lang")])
def test_a_wrong_reaction_comes_back_with_its_words(reader, inside, body, problem):
    response = send(reader, REPLY, body=body)
    html = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fout: Je vraag" in html
    assert f'<a href="#body">{problem}' in html
    assert form_at(response, REPLY).values["body"] == body
    assert inside.messages.count() == 1


def test_too_many_reactions_are_told_so_with_the_text_kept(reader, inside, settings):
    settings.ADVICE_REPLIES_AN_HOUR = 1
    send(reader, REPLY, body="Eén.")
    response = send(reader, REPLY, body="Twee.")
    assert (response.status_code, form_at(response, REPLY).values["body"]) == (429, "Twee.")


def test_an_answer_is_rated_with_one_click_and_once(reader, answered):
    form = form_at(reader.get(MINE), RATE)
    assert form.buttons == [("rating", "3"), ("rating", "2"), ("rating", "1")]
    assert send(reader, RATE, rating="2").headers["Location"] == f"{MINE}?gelukt=beoordeeld"
    assert reader.post(RATE, form.values | {"rating": "1"}).status_code == 303
    html = shown(reader)
    assert AdviceRequest.objects.get().rating == 2
    assert "Je vond het: <strong>Gaat wel</strong>" in html
    assert RATE not in html


@pytest.mark.parametrize("rating", ["", "4", "0", "x", "9" * 5000])
def test_what_is_no_judgement_is_not_kept(reader, answered, rating):
    assert send(reader, RATE, rating=rating).headers["Location"] == MINE
    assert AdviceRequest.objects.get().rating is None


def test_a_reader_closes_and_opens_again_by_reacting(reader, answered):
    assert send(reader, CLOSE).headers["Location"] == f"{MINE}?gelukt=gesloten"
    assert CLOSE not in shown(reader)
    send(reader, REPLY, body="Toch nog iets.")
    assert AdviceRequest.objects.get().status == "waiting"


@pytest.mark.parametrize("done", ["x", "<b>", "reactie2"])
def test_the_address_makes_the_page_say_nothing_of_its_own(reader, inside, done):
    html = reader.get(MINE, {"gelukt": done}).content.decode()
    assert 'role="status"' not in html


@pytest.mark.parametrize("action", [REPLY, RATE, CLOSE, f"{MINE}gegevens/", f"{MINE}wissen/", f"{MINE}verlaten/"])
@pytest.mark.parametrize("lacking", ["door", "origin"])
def test_nothing_changes_for_a_form_that_is_not_ours(reader, answered, action, lacking):
    values = form_at(reader.get(MINE), REPLY).values | {"body": "Van een ander.", "rating": "1", "sure": "on"}
    headers = {"sec-fetch-site": "cross-site"} if lacking == "origin" else {}
    response = reader.post(action, values | ({"door": ""} if lacking == "door" else {}), headers=headers)
    request = AdviceRequest.objects.get()
    assert response.status_code == 403
    assert (request.status, request.rating, request.messages.count()) == ("answered", None, 2)
    assert not AuditEvent.objects.filter(action__in=["exported", "erased", "replied"]).exists()
    assert form_at(response, f"{MINE}openen/").values["body"] == "Van een ander."


@pytest.mark.parametrize("action", [REPLY, RATE, CLOSE, f"{MINE}gegevens/", f"{MINE}verlaten/", f"{MINE}openen/"])
def test_a_get_does_nothing(reader, answered, action):
    assert reader.get(action).status_code == 405


def test_a_busy_database_says_so_with_the_reaction_in_the_page(reader, inside):
    values = form_at(reader.get(MINE), REPLY).values | {"body": "Nog iets."}

    def refuse_writing(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE")):
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse_writing):
        response = reader.post(REPLY, values)
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "Er is niets verstuurd" in response.content.decode()
    again = form_at(response, REPLY).values
    assert again == values
    assert reader.post(REPLY, again).status_code == 303
    assert [message.body for message in inside.messages.all()][1:] == ["Nog iets."]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_long_the_conversation(reader, inside, count):
    for _ in range(count):
        send(reader, REPLY, body="Nog iets.", submission_id=str(uuid.uuid4()))
    with CaptureQueriesContext(connection) as queries:
        page = reader.get(MINE)
    assert len(read_page(page).forms) >= 4
    assert len(queries) == 2
