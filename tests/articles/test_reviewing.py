"""Review: who may submit, take back and send back, and what the submission remembers."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from articles.drafts import source_of, store_source
from articles.markdown_file import dump
from articles.models import Article, ArticleEvent, Submission
from articles.publishing import PublishRefused, publish, withdraw
from articles.rendering.source import SectionSource
from articles.reviewing import ReviewRefused, has_changed_since, send_back, submit, take_back
from articles.standing import standing
from tests.factories import make_article, make_source

pytestmark = pytest.mark.django_db


def log(article: Article) -> list[tuple[str, str, str]]:
    rows = article.events.order_by("pk").select_related("by")
    return [(row.kind, str(row.by or ""), row.reason) for row in rows]


def write(text: str) -> Article:
    return store_source(make_source(sections=(SectionSource("Wat is water?", "wat-is-water", text),)))


def label(article: Article) -> str:
    return standing(Article.objects.get(pk=article.pk)).label


def test_writer_submits_and_chief_sends_back_until_it_is_good(writer, chief):
    article = make_article()
    assert label(article) == "concept"

    submit(article, by=writer, note=" Graag voor vrijdag. ")
    assert label(article) == "ter controle"
    send_back(article, by=chief, reason="De eerste zin mist een bron.")
    assert label(article) == "concept"
    assert Submission.objects.get().reason == "De eerste zin mist een bron."
    submit(article, by=writer)
    assert (label(article), Submission.objects.get().reason) == ("ter controle", "")
    publish(article, by=chief)

    assert (label(article), Submission.objects.exists()) == ("gepubliceerd", False)
    assert log(article) == [
        ("submitted", "schrijver", "Graag voor vrijdag."),
        ("sent_back", "eindredacteur", "De eerste zin mist een bron."),
        ("submitted", "schrijver", ""),
    ]


def test_new_version_of_what_readers_have_is_in_review_beside_it(writer, chief):
    article = make_article()
    publish(article, by=chief)
    write("Nieuw.")

    submit(article, by=writer)

    assert label(article) == "gepubliceerd · nieuwe versie ter controle"
    withdraw(article, by=chief)
    assert label(article) == "ingetrokken · nieuwe versie ter controle"


def test_submission_is_about_a_text(writer):
    article = write("Eerst.")
    submission = submit(article, by=writer)
    assert not has_changed_since(submission, dump(source_of(article)))

    write("Later.")
    assert has_changed_since(submission, dump(source_of(article)))
    assert not has_changed_since(submit(article, by=writer), dump(source_of(article)))


def test_errors_block_submitting(writer):
    article = write("Zin.[@onbekend]")

    with pytest.raises(PublishRefused) as refused:
        submit(article, by=writer)

    assert [finding.code for finding in refused.value.findings] == ["unknown-source"]
    assert (Submission.objects.count(), log(article)) == (0, [])


def test_what_readers_have_already_needs_no_review(writer, chief):
    article = make_article()
    publish(article, by=chief)

    with pytest.raises(ReviewRefused, match="gelijk aan wat lezers zien"):
        submit(article, by=writer)


def test_writer_takes_back_what_was_not_judged(writer, chief):
    article = make_article()
    submit(article, by=writer)
    take_back(article, by=writer)

    assert (label(article), [kind for kind, *_ in log(article)]) == ("concept", ["submitted", "taken_back"])
    with pytest.raises(ReviewRefused, match="ter controle"):
        take_back(article, by=writer)
    with pytest.raises(ReviewRefused, match="ter controle"):
        send_back(article, by=chief, reason="Te laat.")


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 1001])
def test_sending_back_needs_a_reason(writer, chief, reason):
    article = make_article()
    submit(article, by=writer)

    with pytest.raises(ReviewRefused, match="hooguit 1000 tekens"):
        send_back(article, by=chief, reason=reason)
    assert label(article) == "ter controle"


def test_sent_back_draft_cannot_be_sent_back_again(writer, chief):
    article = make_article()
    submit(article, by=writer)
    send_back(article, by=chief, reason="Eén.")

    with pytest.raises(ReviewRefused):
        send_back(article, by=chief, reason="Twee.")


def test_database_refuses_to_change_the_log(writer):
    article = make_article()
    submit(article, by=writer)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ArticleEvent.objects.update(reason="Anders")


def test_withdrawal_says_who_and_why(chief):
    article = make_article()
    publish(article, by=chief)

    withdraw(article, by=chief, reason=" Een bron is teruggetrokken. ")
    withdraw(article, by=chief, reason="Nog eens.")

    assert log(article) == [("withdrawn", "eindredacteur", "Een bron is teruggetrokken.")]


STEPS = {
    "submit": lambda article, by: submit(article, by=by),
    "take_back": lambda article, by: take_back(article, by=by),
    "send_back": lambda article, by: send_back(article, by=by, reason="Nee."),
}


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("writer", {"submit", "take_back"}), ("chief", {"submit", "take_back", "send_back"}), ("adviser", set())],
)
def test_each_step_asks_who_takes_it(request, writer, role, allowed):
    user = request.getfixturevalue(role)
    done = set()
    for name, step in STEPS.items():
        article = make_article()
        submit(article, by=writer)
        try:
            step(article, user)
        except PermissionDenied:
            assert label(article) == "ter controle"
        else:
            done.add(name)

    assert done == allowed
