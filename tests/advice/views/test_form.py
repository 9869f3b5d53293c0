"""The form at /advies/: what it asks, what it stores, and that it loses nothing."""

import re
import uuid

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from advice import choices
from advice.choices import Choices
from advice.models import AdviceRequest, ConsentText, RateBucket, Topic
from articles.publishing import publish
from tests.advice.factories import NOW
from tests.advice.pages import form_at
from tests.advice.views.conftest import FORM, TYPED
from tests.factories import make_article

pytestmark = pytest.mark.django_db
ABOUT = "/advies/?artikel=water&deel=wat-is-water"
KEPT = ("topic", "question", "name", "email", "consent")


@pytest.fixture
def water(chief):
    publish(make_article(), by=chief)


def kept(response) -> dict[str, str]:
    """Return what is filled in in the form that came back."""
    values = form_at(response, FORM).values
    return {name: values[name] for name in KEPT if name in values}


def test_a_question_is_stored_and_receipted(reader, fill_in):
    response = reader.post(FORM, fill_in())
    request = AdviceRequest.objects.get()
    assert (request.status, request.name, request.email, request.topic.slug) == ("waiting", "Jan", "jan@example.org", "magnesium")
    assert (request.consent.number, request.answer_in_mail, request.article_slug, request.test_result) == (1, True, "", "")
    assert request.messages.get().body == TYPED["question"]
    assert response.status_code == 303
    page = reader.get(response.headers["Location"])
    assert request.reference in page.content.decode()
    assert reader.get(response.headers["Location"]).content == page.content


def test_neither_form_nor_receipt_sets_a_cookie_or_is_kept(reader, fill_in):
    answers = [reader.get(FORM), reader.post(FORM, {}), reader.post(FORM, fill_in(email="x")), reader.post(FORM, fill_in())]
    answers.append(reader.get(answers[-1].headers["Location"]))
    assert [answer.status_code for answer in answers] == [200, 200, 422, 303, 200]
    for answer in answers:
        assert (dict(answer.cookies), answer.headers["Cache-Control"]) == ({}, "no-store, private")
    assert answers[-1].headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not reader.cookies


def test_the_address_of_the_receipt_names_nobody(reader, fill_in):
    address = reader.post(FORM, fill_in()).headers["Location"]
    page = reader.get(address).content.decode()
    assert not any(word in address + page for word in ("jan", "Jan", "banaan", "example.org"))


@pytest.mark.parametrize(
    ("typed", "control", "problem"),
    [
        ({"topic": None}, "topic_0", "Kies waar je vraag over gaat."),
        ({"topic": "weg"}, "topic_0", "Dit onderwerp is er niet meer. Kies een ander."),
        ({"question": " \n "}, "question", "Schrijf je vraag op."),
        ({"question": "x" * 5003}, "question", "Je tekst is 3 tekens te lang: hooguit 5000 tekens passen erin."),
        ({"name": "x" * 101}, "name", "Je naam is te lang: hooguit 100 tekens passen erin."),
        ({"email": ""}, "email", "Vul je e-mailadres in."),
        ({"email": "jan@"}, "email", "Dit is geen volledig e-mailadres. Het ziet eruit als naam@voorbeeld.nl."),
        ({"consent": None}, "consent", "Zonder je toestemming mogen we je vraag niet bewaren en dus niet beantwoorden."),
    ],
)
def test_what_is_wrong_is_said_on_top_and_at_the_field_and_nothing_is_lost(reader, fill_in, typed, control, problem):
    sent = fill_in(**typed)
    response = reader.post(FORM, sent)
    html = response.content.decode()
    assert response.status_code == 422
    assert "<title>Fout: Vraag gratis advies aan" in html
    assert f'<li><a href="#{control}">{problem}</a></li>' in html
    field = control.removesuffix("_0")
    assert re.search(rf'id="{field}_error"><span class="visually-hidden">Fout: </span>{re.escape(problem)}', html)
    assert re.search(rf'aria-describedby="[^"]*\b{field}_error\b', html)
    assert f'id="{control}"' in html
    expected = {name: sent[name] for name in KEPT if name in sent and sent[name] != "weg"}
    assert kept(response) == expected
    assert form_at(response, FORM).values["submission_id"] == sent["submission_id"]
    assert not AdviceRequest.objects.exists()
    assert not RateBucket.objects.exists()


def test_a_mended_form_goes_through_with_the_time_that_it_was_really_open(reader, fill_in, clock):
    values = form_at(reader.post(FORM, fill_in(email="")), FORM).values
    clock.shift(1)
    reader.post(FORM, values | {"email": "jan@example.org"})
    assert AdviceRequest.objects.get().status == "waiting"


def test_text_of_every_kind_comes_back_and_is_stored_as_it_was_typed(reader, fill_in):
    text = "Is 1 < 2 & \"twee\" > 'één'?\n\n<script>alert(1)</script> ](x) {{ naam }} 🥦 \u202e"
    response = reader.post(FORM, fill_in(question=text.replace("\n", "\r\n") + "\0", email=""))
    assert kept(response)["question"].replace("\r\n", "\n").rstrip("\0") == text
    assert b"<script>alert" not in response.content
    reader.post(FORM, form_at(response, FORM).values | {"email": "jan@example.org"})
    assert AdviceRequest.objects.get().messages.get().body == text


def test_the_same_form_again_leads_to_the_same_request(reader, fill_in, clock):
    sent = fill_in()
    first = reader.post(FORM, sent)
    clock.shift(86_400 * 3)
    again = reader.post(FORM, sent)
    request = AdviceRequest.objects.get()
    assert [request.reference in reader.get(answer.headers["Location"]).content.decode() for answer in (again,)] == [True]
    assert first.status_code == again.status_code == 303


def test_the_same_form_with_another_text_is_offered_as_a_new_question(reader, fill_in):
    sent = fill_in()
    reader.post(FORM, sent)
    response = reader.post(FORM, sent | {"question": "En een noot?"})
    earlier = AdviceRequest.objects.get()
    html = response.content.decode()
    assert response.status_code == 409
    assert earlier.reference in html
    assert "Verstuur als nieuwe vraag</button>" in html
    assert kept(response)["question"] == "En een noot?"
    new = form_at(response, FORM).values
    assert new["submission_id"] != sent["submission_id"]
    assert [reader.post(FORM, new).status_code for _ in range(2)] == [303, 303]
    assert [r.messages.get().body for r in AdviceRequest.objects.order_by("pk")] == [TYPED["question"], "En een noot?"]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"more": "koop nu"}, "een verborgen veld is ingevuld"),
        ({"opened": "x"}, "de tijd van openen klopt niet"),
        ({"submission_id": str(uuid.uuid4())}, "de tijd van openen klopt niet"),
        ({"question": "http://a http://b http://c"}, "veel links"),
    ],
)
def test_what_looks_suspicious_is_kept_apart_and_told_the_same(reader, fill_in, typed, why):
    response = reader.post(FORM, fill_in(**typed))
    request = AdviceRequest.objects.get()
    assert (request.status, request.suspicion) == ("quarantine", why)
    assert request.reference in reader.get(response.headers["Location"]).content.decode()


def test_a_flood_is_told_so_with_the_text_kept(reader, fill_in, settings):
    settings.ADVICE_MOST_PER_NETWORK = 1
    reader.post(FORM, fill_in())
    sent = fill_in(question="Nog een vraag?")
    response = reader.post(FORM, sent)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "30")
    assert kept(response) == {name: sent[name] for name in KEPT}
    assert "nog niet verstuurd" in response.content.decode()
    assert AdviceRequest.objects.count() == 1


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_a_form_that_another_site_sends_is_shown_and_not_stored(reader, fill_in, headers):
    sent = fill_in()
    response = reader.post(FORM, sent, headers=headers)
    assert response.status_code == 403
    assert kept(response) == {name: sent[name] for name in KEPT}
    assert not AdviceRequest.objects.exists()
    assert reader.post(FORM, form_at(response, FORM).values, headers={"sec-fetch-site": "same-origin"}).status_code == 303


@pytest.mark.parametrize("number", ["", "x", "1" * 500])
def test_a_form_without_a_number_gets_one_and_keeps_its_text(reader, fill_in, number):
    sent = fill_in(submission_id=number)
    response = reader.post(FORM, sent)
    assert response.status_code == 422
    assert "nog niet verstuurd" in response.content.decode()
    assert kept(response) == {name: sent[name] for name in KEPT}
    assert reader.post(FORM, form_at(response, FORM).values).status_code == 303


def test_the_article_and_the_part_that_were_pressed_go_along(reader, fill_in, water):
    html = reader.get(ABOUT).content.decode()
    assert "Waar is water goed voor?</strong>, het deel <strong>Wat is water?" in html
    assert '<link rel="canonical" href="http://testserver/advies/">' in html
    reader.post(FORM, fill_in(ABOUT))
    request = AdviceRequest.objects.get()
    assert (request.article_slug, request.article_title) == ("water", "Waar is water goed voor?")
    assert (request.section_anchor, request.section_heading) == ("wat-is-water", "Wat is water?")


def test_without_the_tick_the_question_is_about_no_article(reader, fill_in, water):
    response = reader.post(FORM, fill_in(ABOUT, about_article=None, email=""))
    assert "about_article" not in form_at(response, FORM).values
    reader.post(FORM, form_at(response, FORM).values | {"email": "jan@example.org"})
    assert AdviceRequest.objects.get().article_slug == ""


@pytest.mark.parametrize(
    "query", ["?artikel=weg", "?artikel=water&deel=weg", "?artikel=", "?artikel=%00'%22%3Cb%3E", "?artikel=" + "x" * 5000]
)
def test_an_article_or_part_that_is_not_there_is_left_out(reader, fill_in, water, query):
    assert reader.post(FORM, fill_in(FORM + query)).status_code == 303
    request = AdviceRequest.objects.get()
    assert (request.article_slug, request.section_anchor) == ("water" if "water" in query else "", "")


def test_a_result_of_the_test_goes_along_only_when_asked(reader, desk, clock):
    response = reader.post(FORM, {"test_result": "Je eet weinig groente.\n\n<b>Lees</b> over magnesium."})
    html = response.content.decode()
    assert response.status_code == 200
    assert "Je eet weinig groente.</p>" in html
    assert "&lt;b&gt;Lees" in html
    values = form_at(response, FORM).values
    assert "send_result" not in values
    clock.shift(60)
    reader.post(FORM, values | TYPED)
    response = reader.post(FORM, {"test_result": "Uitslag."})
    clock.shift(60)
    mended = form_at(reader.post(FORM, form_at(response, FORM).values | TYPED | {"send_result": "on", "email": ""}), FORM).values
    reader.post(FORM, mended | {"email": "jan@example.org"})
    assert list(AdviceRequest.objects.order_by("pk").values_list("test_result", flat=True)) == ["", "Uitslag."]


def test_only_a_link_in_the_mail_is_a_choice(reader, fill_in):
    reader.post(FORM, fill_in(link_only="on"))
    assert AdviceRequest.objects.get().answer_in_mail is False


def test_who_agreed_to_an_older_text_reads_the_new_one_first(reader, fill_in):
    sent = fill_in()
    ConsentText.objects.create(number=2, text="Nieuwe tekst.", created_at=NOW)
    response = reader.post(FORM, sent)
    assert response.status_code == 422
    assert "Nieuwe tekst." in response.content.decode()
    values = form_at(response, FORM).values
    assert (values["consent_number"], "consent" in values, values["question"]) == ("2", False, TYPED["question"])
    reader.post(FORM, values | {"consent": "on"})
    assert AdviceRequest.objects.get().consent.number == 2


def test_a_form_that_comes_back_asks_to_agree_again_when_the_text_changed_meanwhile(reader, fill_in, settings):
    settings.ADVICE_MOST_PER_NETWORK = 0
    sent = fill_in()
    same = reader.post(FORM, sent)
    assert (same.status_code, "consent" in form_at(same, FORM).values) == (429, True)
    with connection.execute_wrapper(Unreachable()):
        assert "consent" in form_at(reader.post(FORM, sent), FORM).values
    ConsentText.objects.create(number=2, text="Nieuwe tekst.", created_at=NOW)
    reader.get(FORM)
    with connection.execute_wrapper(Unreachable()):
        assert "consent" not in form_at(reader.post(FORM, sent), FORM).values


def test_topics_come_in_their_order_and_retired_ones_are_not_offered(reader, desk):
    Topic.objects.filter(slug="magnesium").update(position=2)
    Topic.objects.filter(slug="iets-anders").update(position=1)
    Topic.objects.create(slug="oud", name="Oud", is_active=False)
    assert re.findall(r'name="topic" value="([^"]+)"', reader.get(FORM).content.decode()) == ["iets-anders", "magnesium"]


def test_a_desk_that_is_not_set_up_says_so(reader, db):
    html = reader.get(FORM).content.decode()
    assert "Het formulier is nog niet open." in html
    assert "<textarea" not in html


class Unreachable:
    """A database that answers nothing any more."""

    def __call__(self, execute, sql, params, many, context):
        raise OperationalError("unable to open database file")


@pytest.mark.parametrize("knows", [True, False])
def test_a_database_that_is_gone_is_told_as_it_is_and_the_text_stays(reader, fill_in, monkeypatch, knows):
    sent = fill_in()
    if not knows:
        monkeypatch.setattr(choices, "_last_known", Choices())
    with connection.execute_wrapper(Unreachable()):
        response = reader.post(FORM, sent)
    html = response.content.decode()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "<title>Nog niet verstuurd: " in html
    assert "Je vraag is nog niet verstuurd" in html
    assert kept(response) == {name: sent[name] for name in KEPT}
    again = form_at(response, FORM).values
    assert again["submission_id"] == sent["submission_id"]
    assert reader.post(FORM, again | {"consent_number": "1"} if not knows else again).status_code == 303
    assert AdviceRequest.objects.get().status == "waiting"


def test_what_the_form_offers_is_read_once_a_second_at_most(desk, monkeypatch):
    monkeypatch.setattr(choices, "FRESH", 1.0)
    monkeypatch.setattr(choices, "_last_read", float("-inf"))
    moments = iter((10.0, 10.9, 11.0))
    monkeypatch.setattr(choices, "monotonic", lambda: next(moments))
    first = choices.read_choices().topics
    Topic.objects.filter(slug="magnesium").update(name="Anders")
    assert choices.read_choices().topics is first
    assert choices.read_choices().topic("magnesium").name == "Anders"


def test_the_form_opens_from_memory_when_the_database_is_gone(reader, desk):
    reader.get(FORM)
    with connection.execute_wrapper(Unreachable()):
        assert 'value="magnesium"' in reader.get(FORM).content.decode()


def test_a_receipt_needs_no_database(reader, fill_in):
    address = reader.post(FORM, fill_in()).headers["Location"]
    with connection.execute_wrapper(Unreachable()):
        assert "Je vraag is verstuurd" in reader.get(address).content.decode()


def test_an_old_or_invented_receipt_says_nothing(reader, fill_in, clock):
    address = reader.post(FORM, fill_in()).headers["Location"]
    clock.shift(86_400)
    answers = [reader.get(address), reader.get("/advies/ontvangen/K7MD-3QXA/"), reader.get(address.replace(".", "x"))]
    assert [answer.status_code for answer in answers] == [404] * 3
    assert {b"verlopen" in answer.content for answer in answers} == {True}


def test_a_submit_costs_the_same_queries_however_much_there_is(reader, fill_in):
    def cost() -> int:
        sent = fill_in()
        with CaptureQueriesContext(connection) as queries:
            reader.post(FORM, sent)
        return len(queries)

    costs = [cost() for _ in range(4)]
    assert AdviceRequest.objects.count() == 4
    assert costs[1:] == costs[:1] * 3
    assert costs[0] <= 25
