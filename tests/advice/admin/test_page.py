"""One request on one page: what it shows, to whom, and what opening it writes down."""

import uuid
from datetime import timedelta

import pytest

from advice import handling, reader
from advice.admin.origin import as_guest
from advice.models import AdviceRequest, OutgoingMail
from advice.presence import note_presence
from articles.publishing import publish
from articles.rendering.source import SectionSource
from tests.advice.admin.pages import events, part_of, text_of, url
from tests.advice.factories import NOW, make_answer, make_request
from tests.factories import make_article, make_masked_reference, make_reference, make_user

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def article(db):
    make_reference("jansen2020")
    sections = (
        SectionSource("Wat is water?", "wat-is-water", "Water stroomt.[@jansen2020]\n\n### Meer {#notities}\n\nMeer."),
        SectionSource("Slot", "slot", "Klaar."),
    )
    article = make_article(sections=sections)
    publish(article, by=make_user("chef", "Eindredacteur", "Redacteur"))
    return article


def test_the_readers_words_are_shown_as_words(britt_client):
    request = make_request(question="Eerste regel\n<script>alert(1)</script>\n\n**niet vet** [@jansen2020]", name="<b>Jan</b>")
    html = britt_client.get(url("change", request)).content.decode()
    assert "<p>Eerste regel<br>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n\n<p>**niet vet** [@jansen2020]</p>" in html
    assert "&lt;b&gt;Jan&lt;/b&gt;" in html
    assert "<b>Jan" not in html


def test_an_answer_has_its_own_sources_however_many_answers_there_are(britt_client, britt):
    make_reference("jansen2020")
    make_masked_reference("grober2015")
    request = make_request()
    make_answer(request, by=britt, body="Zie [@grober2015].")
    make_answer(request, by=britt, body="En [@jansen2020; @grober2015].")
    html = britt_client.get(url("change", request)).content.decode()
    for anchor in ("ref-b2-grober2015", "ref-b3-jansen2020", "ref-b3-grober2015"):
        assert (html.count(f'<li id="{anchor}">'), f'href="#{anchor}"' in html) == (1, True)
    assert "therapy" not in html


def test_a_mail_shows_what_was_written_and_folds_what_was_quoted(britt_client):
    request = make_request()
    body = "Dank!\n\nOp di 24 nov 2026 om 10:12 schreef Magsite:\n> Beste lezer\n"
    reader.reply(request, body=body, submission_id=None, now=NOW, via="mail")
    html = britt_client.get(url("change", request)).content.decode()
    assert "<p>Dank!</p>" in html
    assert part_of(britt_client.get(url("change", request)), 'class="talk-quoted"').startswith("Geciteerde tekst Op di 24 nov")


def test_the_part_that_was_asked_from_stands_beside_the_question(britt_client, article):
    request = make_request(
        article_slug="water", article_title="Water", section_anchor="wat-is-water", section_heading="Wat is water?"
    )
    response = britt_client.get(url("change", request))
    html = response.content.decode()
    assert part_of(response, 'class="beside-opened"') == "Wat is water? hier gevraagd Water stroomt. 1 Meer # Meer."
    assert 'href="/artikelen/water/#ref-jansen2020"' in html
    assert (html.count('id="notities"'), 'id="artikel-notities"' in html) == (1, True)
    assert 'href="/artikelen/water/#slot" target="_blank">Slot</a>' in html


def test_a_part_or_an_article_that_is_gone_is_said(britt_client, article):
    gone = make_request(article_slug="water", article_title="Water", section_anchor="weg", section_heading="Oud deel")
    assert "Het deel ‘Oud deel’, waar de vraag over ging, staat er niet meer in." in text_of(britt_client.get(url("change", gone)))
    unknown = make_request(article_slug="bestaat-niet", article_title="Weg")
    assert "Lezers kunnen dit artikel nu niet vinden." in text_of(britt_client.get(url("change", unknown)))
    assert "data-beside" not in britt_client.get(url("change", make_request())).content.decode()


def test_a_piece_of_an_article_leads_to_the_article_and_keeps_other_links():
    html = '<h3 id="kop">K</h3><a href="#ref-x" id="cite-x-1">1</a> <a href="/elders/#y">e</a> <a href="https://example.org">w</a>'
    assert as_guest(html, "/artikelen/water/") == (
        '<h3 id="artikel-kop">K</h3><a href="/artikelen/water/#ref-x" id="artikel-cite-x-1">1</a> '
        '<a href="/elders/#y">e</a> <a href="https://example.org">w</a>'
    )


def test_facts_say_who_waits_since_when_and_for_whom(britt_client, anna):
    request = make_request(now=NOW - timedelta(hours=24), name="Sanne", article_slug="water", article_title="Water")
    handling.claim(request, by=anna, now=NOW)
    response = britt_client.get(url("change", request))
    assert part_of(response, 'class="request-facts"') == (
        "Lezer Sanne lezer@example.org Onderwerp Magnesium Gevraagd bij Water Ontvangen gisteren 10:00 "
        "Wacht 1 werkdag, 1 min te laat Uiterlijk vandaag 10:00 Bij Anna"
    )
    assert "Anna heeft deze vraag. Stem af voor je antwoordt." in text_of(response)


def test_notes_stand_in_their_own_place(britt_client, anna):
    request = make_request()
    handling.add_note(request, by=anna, body="Belt <morgen>.", now=NOW)
    response = britt_client.get(url("change", request))
    assert "Anna vandaag 10:00 Belt <morgen>." in part_of(response, 'id="notities"')
    assert "Belt" not in part_of(response, 'class="talk"') + part_of(response, 'id="antwoord"')


def test_each_mail_says_how_far_it_came(britt_client, britt):
    request = make_request()
    make_answer(request, by=britt)
    OutgoingMail.objects.filter(kind="receipt").update(state="sent", sent_at=NOW - MINUTE)
    OutgoingMail.objects.filter(kind="answer").update(state="failed", failure="550 Postbus bestaat niet", attempts=3)
    AdviceRequest.objects.update(has_failed_mail=True)
    response = britt_client.get(url("change", request))
    said = part_of(response, 'class="mails"')
    assert "Ontvangstbevestiging verstuurd, vandaag 09:59 Antwoord mislukt 550 Postbus bestaat niet" in said
    assert "De lezer heeft 2 werkende links." in said
    assert "mail mislukt" in part_of(response, 'class="request-head"')


def test_the_history_says_who_read_and_did_what(britt_client, anna):
    request = make_request()
    handling.assign(request, by=anna, to=anna, version=1, now=NOW)
    britt_client.get(url("change", request))
    said = part_of(britt_client.get(url("change", request)), 'class="trail"')
    assert said == (
        "Wie las en deed wat vandaag 10:00 Britt vraag gelezen vandaag 10:00 Anna toegewezen aan Anna "
        "vandaag 10:00 Lezer vraag ontvangen"
    )


def test_opening_is_written_down_once_until_something_new_comes(britt_client, clock):
    request = make_request()
    for _ in range(2):
        britt_client.get(url("change", request))
    assert events("read") == [("britt", "read")]
    clock.shift(MINUTE)
    reader.reply(request, body="Nog iets.", submission_id=uuid.uuid4(), now=NOW + MINUTE)
    britt_client.get(url("change", request))
    assert len(events("read")) == 2
    clock.shift(15 * MINUTE)
    britt_client.get(url("change", request))
    assert len(events("read")) == 3


def test_a_request_that_is_not_there_is_not_found_and_not_written_down(britt_client):
    assert britt_client.get("/beheer/advice/advicerequest/999/change/").status_code == 404
    assert events() == []


def test_who_may_not_handle_requests_reads_nothing(client, writer, manager):
    request = make_request(question="Geheim")
    for user in (writer, manager):
        client.force_login(user)
        response = client.get(url("change", request))
        assert (response.status_code, b"Geheim" in response.content) == (403, False)
    assert events("read") == []


def test_what_can_be_done_follows_where_it_stands(britt_client, britt, anna):
    def buttons(request) -> set[str]:
        html = britt_client.get(url("change", request)).content.decode()
        names = ["claim", "assign", "release", "snooze", "wake", "close", "reopen", "accept", "reject", "answer"]
        return {name for name in names if f'action="{url(name, request)}"' in html and ("id_body" in html or name != "answer")}

    waiting, apart, done = make_request(), make_request(suspicions=("veel links",)), make_request()
    make_answer(done, by=britt)
    assert buttons(waiting) == {"claim", "assign", "snooze", "close", "answer"}
    assert buttons(apart) == {"accept", "reject"}
    assert buttons(done) == {"release", "assign", "close", "answer"}
    handling.snooze(waiting, by=britt, until=NOW + timedelta(days=1), now=NOW)
    assert "wake" in buttons(waiting)
    handling.close(done, by=britt, outcome="answered", version=done.version, now=NOW)
    assert buttons(done) == {"reopen"}


def test_colleagues_who_are_there_are_named(britt_client, anna):
    request = make_request()
    note_presence(request, by=anna, is_writing=True, now=NOW)
    assert part_of(britt_client.get(url("change", request)), 'class="request-others"') == "Anna schrijft ook een antwoord."


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_queries_however_long_the_conversation(britt_client, britt, anna, django_assert_num_queries, count):
    request = make_request()
    for number in range(count):
        make_answer(request, by=anna, body=f"Antwoord {number}.")
        handling.add_note(request, by=anna, body=f"Notitie {number}.", now=NOW)
        note_presence(request, by=anna, is_writing=False, now=NOW)
    britt_client.get(url("change", request))
    with django_assert_num_queries(20):
        assert text_of(britt_client.get(url("change", request))).count("Notitie") >= count
