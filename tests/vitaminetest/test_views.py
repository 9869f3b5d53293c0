"""The questionnaire without scripts: from the start page to the result, with every mistake on the way."""

import re

import pytest
from django.db import OperationalError, connection

from advice.forms import LONGEST_RESULT
from articles.intake_tables import import_tables
from articles.models import Generation
from tests.advice.factories import make_consent, make_topic
from tests.factories import make_reference
from tests.intake.tables import magnesium
from tests.vitaminetest.reading import ADDRESS, Reader
from tests.vitaminetest.samples import sample
from vitaminetest.definition_file import parse
from vitaminetest.published import begun_test
from vitaminetest.publishing import publish
from vitaminetest.result import LONGEST, make_result, result_text
from vitaminetest.state import seal, unseal

WRONG = 422
LOST = "We konden niet verder met je test"


def make_magnesium() -> None:
    """Bring in the table that comes with the project."""
    make_reference("voedingscentrum-magnesium")
    import_tables({"magnesium": magnesium().rows}, by=None)


@pytest.fixture
def reader(client, live):
    return Reader(client)


def done(reader: Reader) -> Reader:
    return reader.press("begin").answer(leeftijd="40", geslacht="man", uitleg="", soms=["niets"], volkoren="nee")


def test_the_start_page_says_what_the_test_is_and_begins_it(reader):
    assert (reader.page.status_code, reader.title) == (200, "Een proefje")
    assert "Hooguit 5 vragen" in reader.text
    assert reader.press("begin").title == "Hoe oud ben je"
    assert "Vraag 1" in reader.text


def test_every_question_comes_in_turn_and_the_result_at_the_end(reader):
    reader.press("begin")
    titles = []
    for typed in ({"leeftijd": "40"}, {"geslacht": "vrouw"}, {"situatie": "geen"}, {}, {"soms": ["noten"]}, {"volkoren": "ja"}):
        titles.append(reader.title)
        reader.press("next", **typed)
    assert titles == [
        "Hoe oud ben je",
        "Wat is je geslacht",
        "Ben je zwanger of geef je borstvoeding",
        "Nu je bord",
        "Wat eet je elke week",
        "Eet je volkoren brood",
    ]
    assert reader.title == "Controleer je antwoorden"
    assert reader.values(r'<dd data-fill="answer">(.*?)</dd>') == ["40 jaar", "Vrouw", "Geen van beide", "Noten", "Ja"]
    assert reader.press("result").title == "Je uitslag"
    assert reader.values(r"<h3>(.*?)</h3>") == ["Lees verder"]


def test_a_question_that_does_not_apply_is_not_asked(reader):
    assert reader.press("begin").answer(leeftijd="40", geslacht="man").title == "Nu je bord"


def test_pages_that_ask_nothing_have_no_number(reader):
    reader.press("begin").answer(leeftijd="40", geslacht="man")
    assert "Vraag" not in reader.values(r'<p class="kicker">(.*?)</p>')[0]
    assert "Vraag 3" in reader.press("next").text


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({}, "Vul een getal in."),
        ({"leeftijd": "veertig"}, "Vul een heel getal in, alleen met cijfers."),
        ({"leeftijd": "4,5"}, "Vul een heel getal in, alleen met cijfers."),
        ({"leeftijd": "121"}, "Vul een getal in van 0 tot en met 120."),
        ({"leeftijd": "<script>"}, "Vul een heel getal in, alleen met cijfers."),
    ],
)
def test_a_mistake_is_said_twice_and_keeps_what_was_typed(reader, typed, fault):
    reader.press("begin").press("next", **typed)
    assert (reader.page.status_code, reader.title) == (WRONG, "Fout: Hoe oud ben je")
    assert reader.values(r'<a href="#antwoord" data-fill="fault">(.*?)</a>') == [fault]
    assert reader.values(r'id="fout".*?<span data-fill="fault">(.*?)</span>') == [fault]
    assert reader.values(r'name="answer-leeftijd" value="(.*?)"') == [typed.get("leeftijd", "")]
    assert 'aria-describedby="eenheid fout" aria-invalid="true"' in reader.text
    assert "<script>" not in reader.text.partition("<main")[2]


def test_two_answers_that_exclude_each_other_stay_ticked_with_a_word(reader):
    reader.press("begin").answer(leeftijd="40", geslacht="man").press("next").press("next", soms=["noten", "niets"])
    assert reader.title == "Fout: Wat eet je elke week"
    assert reader.values(r'value="(\w+)" checked') == ["noten", "niets"]
    assert "‘Geen van deze’ kan niet samen met een ander antwoord." in reader.text


def test_a_question_may_be_skipped_or_declined_where_it_says_so(reader):
    reader.press("begin").answer(leeftijd="40", geslacht="zeg-ik-liever-niet", uitleg="", soms=[])
    assert reader.title == "Eet je volkoren brood"
    reader.press("next", volkoren="ja")
    assert reader.values(r'<dd data-fill="answer">(.*?)</dd>') == ["40 jaar", "Zeg ik liever niet", "Niet ingevuld", "Ja"]


def test_going_back_shows_what_was_answered(reader):
    reader.press("begin").answer(leeftijd="40", geslacht="man").press("back").press("back")
    assert reader.values(r'name="answer-leeftijd" value="(.*?)"') == ["40"]
    assert reader.press("back").title == "Een proefje"
    assert reader.press("begin").values(r'name="answer-leeftijd" value="(.*?)"') == ["40"]


def test_what_no_longer_counts_comes_back(reader):
    reader.press("begin").answer(leeftijd="40", geslacht="vrouw", situatie="zwanger", uitleg="", soms=["noten"], volkoren="ja")
    reader.press("change:geslacht").press("next", geslacht="man")
    assert reader.title == "Controleer je antwoorden"
    assert "Ik ben zwanger" not in reader.text
    reader.press("change:geslacht").press("next", geslacht="vrouw")
    assert "Ik ben zwanger" in reader.text
    assert reader.press("result").values(r"<h2[^>]*>(.*?)</h2>")[0] == "Overleg eerst"


def test_who_changes_an_answer_comes_by_what_it_opened_and_back(reader):
    done(reader)
    assert reader.press("change:geslacht").title == "Wat is je geslacht"
    assert reader.press("next", geslacht="vrouw").title == "Ben je zwanger of geef je borstvoeding"
    assert reader.press("next", situatie="geen").title == "Controleer je antwoorden"
    assert reader.press("change:leeftijd").press("back").title == "Controleer je antwoorden"


def test_no_result_while_something_is_open(reader):
    done(reader).press("change:geslacht").press("next", geslacht="vrouw").press("back")
    assert "Nog niet ingevuld" in reader.text
    assert reader.press("result").title == "Ben je zwanger of geef je borstvoeding"


def test_the_result_says_why_and_what_would_change_it(reader):
    text = done(reader).press("result").text
    assert "Dit telde mee voor ‘Magnesium op je bord’:" in text
    assert "Je antwoordde ‘Nee’ op ‘Eet je volkoren brood’." in text
    assert "Je zou dit niet zien als je op ‘Wat eet je elke week’ ‘Noten’ had geantwoord." in text
    assert "Dit krijgt iedereen te lezen die de test doet." in text
    assert "Dit is algemene informatie." in text


def test_a_word_about_a_doctor_takes_the_tips_away_and_says_so(reader):
    reader.press("begin").answer(leeftijd="12", geslacht="man", uitleg="", soms=["niets"], volkoren="nee").press("result")
    assert reader.values(r"<h3>(.*?)</h3>") == ["Overleg", "Lees verder"]
    assert "Tips laten we nu weg." in reader.text


def test_a_result_is_a_file_to_keep_and_a_text_for_an_adviser(reader, live, settings):
    done(reader).press("result")
    [text] = reader.values(r'(?s)<textarea name="test_result" hidden>(.*?)</textarea>')
    answers = unseal(reader.state).answers
    assert text == result_text(live, make_result(live, answers), address=settings.SITE_URL + ADDRESS)
    page = reader.press("save").page
    assert page.content.decode() == text
    assert page.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert page.headers["Content-Disposition"] == 'attachment; filename="vitaminetest-uitslag.txt"'
    assert LONGEST == LONGEST_RESULT


def test_the_result_goes_to_the_form_for_advice_and_no_further(reader, client):
    make_topic(), make_consent()
    [text] = done(reader).press("result").values(r'(?s)<textarea name="test_result" hidden>(.*?)</textarea>')
    page = client.post("/advies/", {"test_result": text}).content.decode()
    assert "De uitslag van je Vitaminetest" in page
    assert 'name="send_result"' in page


def refuse(*args):
    raise OperationalError("database is locked")


def test_a_database_that_is_busy_costs_nobody_their_answers(reader, client):
    state = reader.press("begin").answer(leeftijd="40", geslacht="man", uitleg="").state
    with connection.execute_wrapper(refuse):
        reader.press("next", soms=["noten", "peulvruchten"])
    assert (reader.page.status_code, reader.page.headers["Retry-After"]) == (503, "30")
    kept = re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', reader.text)
    assert kept == [("go", "next"), ("state", state), ("answer-soms", "noten"), ("answer-soms", "peulvruchten")]


def test_reloading_a_page_shows_the_same(reader):
    reader.press("begin")
    asked = {"go": "next", "state": reader.state, "answer-leeftijd": "40"}
    assert reader.client.post(ADDRESS, asked).content == reader.client.post(ADDRESS, asked).content


@pytest.mark.parametrize("change", ["{}x", "x{}", "", "geen-staat", "a:b:c", "\0", "é"])
def test_a_state_that_is_not_ours_leads_to_the_start_with_a_word(reader, client, change):
    state = reader.press("begin").state
    page = client.post(ADDRESS, {"go": "next", "state": change.format(state), "answer-leeftijd": "40"})
    assert page.status_code == WRONG
    assert LOST in page.content.decode()


def test_an_unknown_button_shows_the_page_where_the_reader_is(reader):
    for go in ("", "vreemd", "change:vreemd", "change:situatie", "save"):
        assert reader.press("begin").press(go).title == "Hoe oud ben je"


def test_who_began_with_a_version_ends_with_it(reader, test_questionnaire):
    reader.press("begin").answer(leeftijd="40", geslacht="man")
    other = parse("title: Anders\nsections:\n- key: a\n  title: A\n  questions:\n  - {key: x, kind: yesno, text: Nieuw}")
    publish(test_questionnaire, other, by=None)
    reader.answer(uitleg="", soms=["niets"], volkoren="nee").press("result")
    assert "Dit is algemene informatie." in reader.text
    assert Reader(reader.client).press("begin").title == "Nieuw"


def test_a_test_that_was_withdrawn_says_so(reader, test_questionnaire):
    reader.press("begin")
    test_questionnaire.refresh_from_db()
    test_questionnaire.live = None
    test_questionnaire.save()
    reader.press("next", leeftijd="40")
    assert reader.page.status_code == WRONG
    assert LOST in reader.text
    assert reader.title == "De test is nu niet open"


def test_without_a_test_there_is_a_page_that_says_so(client, db):
    page = client.get(ADDRESS)
    assert (page.status_code, "De test is nu niet open" in page.content.decode()) == (200, True)
    assert client.post(ADDRESS, {"go": "begin"}).status_code == WRONG


def test_a_form_brings_the_answers_that_a_browser_had(reader, live):
    """A page of the script that fails half-way: the state of that page, and fields for every answer before."""
    page = reader.client.post(
        ADDRESS,
        {
            "state": seal(unseal(Reader(reader.client).press("begin").state)),
            "go": "next",
            "answer-leeftijd": "40",
            "answer-geslacht": "man",
            "answer-soms": ["noten", "peulvruchten"],
            "answer-volkoren": "onzin",
            "answer-vreemd": "x",
        },
    )
    state = Reader.state.fget(type("Page", (), {"text": page.content.decode()}))
    assert unseal(state).answers == {"geslacht": "man", "soms": ("noten", "peulvruchten"), "leeftijd": 40}


def test_nothing_is_kept_and_no_cookie_set(reader, client):
    done(reader).press("result")
    assert reader.page.headers["Cache-Control"] == "no-store, private"
    assert dict(client.cookies) == {}
    assert "csrfmiddlewaretoken" not in reader.text.partition("<main")[2]


def test_a_page_costs_few_queries(reader, django_assert_num_queries):
    with django_assert_num_queries(5):
        reader.press("begin")
    make_magnesium()
    with django_assert_num_queries(8):
        reader.press("next", leeftijd="40")


def test_the_result_says_what_the_intake_table_says(reader, client):
    make_magnesium()
    done(reader).press("result")
    assert reader.values(r'<p data-fill="need">(.*?)</p>') == ["Voor jou geldt een ADH van 350 milligram magnesium per dag."]
    assert 'id="ref-adh-voedingscentrum-magnesium"' in reader.text
    reader.press("back").press("change:geslacht").press("next", geslacht="zeg-ik-liever-niet").press("result")
    assert reader.values(r"<li>(\w[^<]*: \d+ milligram)</li>") == [
        "Mannen, 14 jaar en ouder: 350 milligram",
        "Vrouwen, 18 jaar en ouder: 300 milligram",
        "Vrouwen die zwanger zijn: 300 milligram",
        "Vrouwen die borstvoeding geven: 280 milligram",
    ]


def test_a_table_that_changes_changes_the_start_page(reader, client):
    """It carries the table for the browser, and is kept as finished bytes."""
    before = Generation.current()
    make_magnesium()
    assert Generation.current() > before
    assert "Voor jou geldt een ADH van 350 milligram" in client.get(ADDRESS).content.decode()


def test_the_sample_is_what_was_published(live):
    assert begun_test("vitaminetest", live.number).definition == sample()
