"""A question for everybody: rewritten, vouched for, published under its article, and never with a trace of who asked."""

import pytest
from django.core.exceptions import PermissionDenied

from advice.models import AuditEvent
from advice.public_questions import QuestionRefused, examine, propose, publish, rewrite, start, withdraw
from articles.models import Article
from articles.publishing import publish as publish_article
from articles.publishing import withdraw as withdraw_article
from tests.advice.factories import NOW, make_answer, make_request
from tests.factories import make_article, make_reference

pytestmark = pytest.mark.django_db
URL = "/artikelen/water/"


@pytest.fixture
def question(britt, chief):
    publish_article(make_article(), by=chief)
    make_reference("jansen2020", title="Magnesium geneest migraine", doi="10.1000/migraine")
    request = make_request(name="Jan de Boer", email="jan@example.org", article_slug="water")
    make_answer(request, by=britt, body="Beste Jan, drink water [@jansen2020].")
    found = start(request, by=britt, now=NOW)
    rewrite(found, by=britt, article_slug="water", text=" Hoeveel water\n is gezond? ", answer="Drink naar dorst [@jansen2020].")
    return found


def read(client) -> str:
    return client.get(URL).content.decode()


def test_a_question_goes_from_an_answer_to_the_page(client, question, britt, chief):
    assert (question.question, question.signed_by, question.state) == ("Hoeveel water is gezond?", "Britt, adviseur", "draft")
    propose(question, by=britt, has_checked=True, now=NOW)
    assert (question.state, question.checked_by) == ("proposed", britt)
    assert "Hoeveel water" not in read(client)
    publish(question, by=chief, now=NOW)
    html = read(client)
    assert all(part in html for part in ("Hoeveel water is gezond?", "Drink naar dorst", "Magnesium geneest migraine", "Britt"))
    assert f'href="#ref-{question.slug}-jansen2020"' in html
    assert f'id="ref-{question.slug}-jansen2020"' in html
    withdraw(question, by=chief)
    assert "Hoeveel water" not in read(client)
    actions = [event.action for event in AuditEvent.objects.order_by("number")][-4:]
    assert actions == ["question_made", "question_made", "question_published", "question_withdrawn"]


@pytest.mark.parametrize(
    ("text", "answer", "problem"),
    [
        ("Vraag van Jan?", "Ja.", "‘Jan’"),
        ("Vraag?", "Mail jan@example.org.", "jan@example.org"),
        ("Vraag?", "Bel 06-12345678.", "06-12345678"),
        ("Vraag?", "Zoals in k7md-3qxa.", "k7md-3qxa"),
        ("", "Ja.", "in één zin"),
        ("Vraag?", " ", "leeg"),
        ("Vraag?", "Zie [@bestaatniet].", "bestaatniet"),
        ("Vraag?", "Beste {{ naam }}", "naam"),
    ],
)
def test_what_is_not_fit_for_everybody_stays_inside(question, britt, chief, text, answer, problem):
    rewrite(question, by=britt, article_slug="water", text=text, answer=answer)
    for attempt in (
        lambda: propose(question, by=britt, has_checked=True, now=NOW),
        lambda: publish(question, by=chief, has_checked=True, now=NOW),
    ):
        with pytest.raises(QuestionRefused, match=problem):
            attempt()


def test_somebody_must_vouch_for_exactly_this_text(question, britt, chief):
    with pytest.raises(QuestionRefused, match="vink aan"):
        propose(question, by=britt, has_checked=False, now=NOW)
    propose(question, by=britt, has_checked=True, now=NOW)
    rewrite(question, by=britt, article_slug="water", text="Iets anders?", answer=question.answer)
    assert question.state == "draft"
    with pytest.raises(QuestionRefused, match="vink aan"):
        publish(question, by=chief, now=NOW)
    publish(question, by=chief, now=NOW, has_checked=True)
    assert question.checked_by == chief


def test_a_mild_trace_is_shown_and_stops_nobody(question, britt):
    rewrite(question, by=britt, article_slug="water", text="Ik ben 63 jaar, hoeveel water is goed?", answer="Drink.")
    assert [trace.text for trace in examine(question).traces] != []
    propose(question, by=britt, has_checked=True, now=NOW)


def test_the_address_of_an_article_is_no_trace(question, britt):
    rewrite(
        question, by=britt, article_slug="water", text="Vraag?", answer="Lees [[waar-is-water-goed-voor|dit]] of vers-geel-sap."
    )
    assert examine(question).traces == ()


def test_a_change_is_public_only_after_publishing(client, question, britt, chief):
    publish(question, by=chief, now=NOW, has_checked=True)
    rewrite(question, by=britt, article_slug="water", text="Nieuwe vraag?", answer="Nieuw.")
    assert "Hoeveel water is gezond?" in read(client)
    assert "Nieuwe vraag?" not in read(client)
    publish(question, by=chief, now=NOW, has_checked=True)
    assert "Nieuwe vraag?" in read(client)


def test_a_published_question_stays_with_its_article(question, britt, chief):
    publish(question, by=chief, now=NOW, has_checked=True)
    with pytest.raises(QuestionRefused, match="Trek de vraag eerst in"):
        rewrite(question, by=britt, article_slug="lucht", text="V?", answer="A.")


def test_a_title_that_is_masked_stays_masked_when_another_question_is_published(client, question, britt, chief):
    publish(question, by=chief, now=NOW, has_checked=True)
    reference = make_reference("pieters2021")
    masked = type(reference).objects.get(key="jansen2020")
    masked.public_title = "Magnesium geneest [...]"
    masked.save()
    second = start(question.request, by=britt, now=NOW)
    rewrite(second, by=britt, article_slug="water", text="Tweede vraag?", answer="Ja [@pieters2021].")
    publish(second, by=chief, now=NOW, has_checked=True)
    html = read(client)
    assert "Tweede vraag?" in html
    assert "migraine" not in html


def test_an_unknown_article_is_refused(question, britt):
    rewrite(question, by=britt, article_slug="lucht", text="V?", answer="A.")
    with pytest.raises(QuestionRefused, match="gepubliceerd artikel"):
        propose(question, by=britt, has_checked=True, now=NOW)


def test_without_an_answer_there_is_nothing_to_begin_with(britt):
    with pytest.raises(QuestionRefused, match="Beantwoord"):
        start(make_request(), by=britt, now=NOW)


def test_who_may_do_what(question, britt, chief, writer):
    with pytest.raises(PermissionDenied):
        publish(question, by=britt, now=NOW, has_checked=True)
    with pytest.raises(PermissionDenied):
        withdraw(question, by=britt)
    with pytest.raises(PermissionDenied):
        start(question.request, by=chief, now=NOW)
    with pytest.raises(PermissionDenied):
        rewrite(question, by=writer, article_slug="water", text="V?", answer="A.")


def test_a_question_that_is_withdrawn_while_its_article_is_away_does_not_come_back_with_it(client, question, chief):
    publish(question, by=chief, now=NOW, has_checked=True)
    article = Article.objects.get(slug="water")
    withdraw_article(article, by=chief, reason="Herzien.")
    withdraw(question, by=chief)
    publish_article(article, by=chief)
    assert "Hoeveel water" not in read(client)
