"""Questions of readers under an article: shown as they are given, gone when they are taken away, masked when a title is."""

import pytest

from articles.models import Article, Generation
from articles.publishing import publish
from articles.reader_questions import ReaderQuestion, questions_of, show_questions
from articles.rendering.article import describe_source
from articles.rendering.rendered import NumberedSource
from tests.factories import make_article, make_reference

pytestmark = pytest.mark.django_db
URL = "/artikelen/water/"


def make_question(reference=None, **fields) -> ReaderQuestion:
    sources = ()
    if reference:
        sources = (NumberedSource(1, reference.key, "ref-v-a", **describe_source(reference.public_csl(link_masked=False))),)
    values = {"anchor": "vraag-ijs", "question": "Is ijs ook water?", "html": "<p>Ja.</p>", "answered_on": "2026-11-24"}
    return ReaderQuestion(**values | {"sources": sources, "signed_by": "Britt"} | fields)


@pytest.fixture
def article(chief):
    found = make_article()
    publish(found, by=chief)
    return found


def read(client) -> str:
    return client.get(URL).content.decode()


def test_questions_are_shown_with_answer_sources_and_date(client, article):
    reference = make_reference()
    assert show_questions("water", [make_question(reference)])
    html = read(client)
    assert all(part in html for part in ("Is ijs ook water?", "<p>Ja.</p>", "Over jansen2020", 'id="ref-v-a"', "24 november 2026"))
    assert '<li><a href="#vragen">Vragen van lezers</a></li>' in html
    assert questions_of(Article.objects.get()) == (make_question(reference),)


def test_a_question_is_escaped(client, article):
    show_questions("water", [make_question(question="<script>alert(1)</script>")])
    assert "<script>alert(1)" not in read(client)


def test_showing_and_hiding_makes_the_pages_anew(client, article):
    before = Generation.current()
    show_questions("water", [make_question()])
    show_questions("water", [])
    assert "vragen" not in read(client)
    assert Generation.current() == before + 2


def test_an_old_address_leads_to_the_article(client, article, chief):
    make_article_again = Article.objects.get()
    make_article_again.slug = "regen"
    make_article_again.save()
    publish(make_article_again, by=chief)
    assert show_questions("water", [make_question()])
    assert "Is ijs ook water?" in client.get("/artikelen/regen/").content.decode()


def test_there_may_be_no_such_article(article):
    before = Generation.current()
    assert not show_questions("lucht", [make_question()])
    assert Generation.current() == before


def test_an_old_version_and_a_new_publication(client, article, chief):
    show_questions("water", [make_question()])
    publish(Article.objects.get(), by=chief)
    assert "Is ijs ook water?" in read(client)
    assert "Is ijs ook water?" not in client.get(f"{URL}v/1/").content.decode()


def test_a_title_that_is_masked_later_is_masked_here(client, article):
    reference = make_reference(title="Magnesium geneest migraine", doi="10.1000/migraine")
    other = make_reference("pieters2021")
    show_questions("water", [make_question(reference), make_question(other, anchor="vraag-b")])
    assert "migraine" in read(client)
    before = Generation.current()
    reference.public_title = "Magnesium geneest [...]"
    reference.save()
    html = read(client)
    assert "migraine" not in html
    assert "Magnesium geneest [" in html
    assert "Over pieters2021" in html
    assert Generation.current() == before + 1


def test_questions_cost_no_query(client, article, django_assert_num_queries):
    with django_assert_num_queries(2):
        read(client)
    show_questions("water", [make_question(make_reference())] * 3)
    with django_assert_num_queries(2):
        read(client)
