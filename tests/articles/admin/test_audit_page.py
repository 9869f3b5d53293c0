"""An auditor's question on the history page: what did the site claim on that day, on which sources, who approved it?"""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.checks.acceptance import digest_of
from articles.drafts import source_of, store_source
from articles.local_time import ZONE
from articles.models import Article, ArticleEvent, Publication
from articles.publishing import accept_finding, examine, publish, withdraw
from articles.rendering.source import BenefitSource, SectionSource
from articles.reviewing import submit
from articles.scheduling import schedule
from references.models import HealthClaim
from tests.articles.admin.test_history_page import history_url, words
from tests.articles.test_reviewing import write
from tests.articles.test_scheduling import SOON
from tests.factories import make_article, make_reference, make_source

pytestmark = pytest.mark.django_db
# Live from one second past nine in Dutch summer time; the second version came on a night with two half past twos.
FIRST, SECOND, GONE = (
    datetime(2026, 7, 1, 7, 0, 1, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 45, tzinfo=UTC),
    datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC),
)


@pytest.fixture
def article(chief, monkeypatch) -> Article:
    """Two versions with a source each, then withdrawn."""
    make_reference("een", title="Bron een")
    make_reference("twee", title="Bron twee")
    for moment, step in (
        (FIRST, lambda: publish(write("Water is nat.[@een]"), by=chief, reason="Begin")),
        (SECOND, lambda: publish(write("Water is droog.[@twee]"), by=None)),
        (GONE, lambda: withdraw(Article.objects.get(), by=chief, reason="Klopt niet")),
    ):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        step()
    monkeypatch.undo()
    return Article.objects.get()


def ask(client, article: Article, datum: str, tijd: str = "") -> str:
    response = client.get(history_url(article), {"datum": datum, "tijd": tijd})
    assert response.status_code == 200
    text = words(response.content.decode())
    return text[: text.index("Versies ")]


@pytest.mark.parametrize(
    ("datum", "tijd", "versions"),
    [
        ("2026-06-30", "", []),
        ("2026-07-01", "", [1]),
        ("2026-07-01", "08:59", []),
        ("2026-07-01", "09:00", [1]),
        ("2026-10-24", "", [1]),
        ("2026-10-25", "", [1, 2]),
        ("2026-10-25", "02:44", [1, 2]),
        ("2026-10-25", "03:00", [2]),
        ("2026-10-25", "23:59", [2]),
        ("2026-10-26", "", []),
    ],
)
def test_answer_is_what_readers_could_see(writer_client, article, datum, tijd, versions):
    text = ask(writer_client, article, datum, tijd)

    assert [number for number in (1, 2) if f"Versie {number}:" in text] == versions
    assert ("Toen konden lezers dit artikel niet vinden." in text) == (versions == [])


def test_answer_names_the_text_the_sources_and_who_approved(writer_client, article):
    text = ask(writer_client, article, "2026-08-01")

    assert "Versie 1: Waar is water goed voor?" in text
    assert "Te zien van 1 juli 2026, 09:00 tot 25 oktober 2026, 02:45 Goedgekeurd door eindredacteur" in text
    assert ("Begin" in text, "1 bron, met" in text, "Bron een" in text, "Bron twee" in text) == (True, True, True, False)
    assert "Gepubliceerd door een opdracht op de server" in ask(writer_client, article, "2026-10-25", "12:00")


def test_text_of_then_can_be_read_also_when_readers_no_longer_find_it(writer_client, article):
    html = writer_client.get(history_url(article), {"datum": "2026-08-01"}).content.decode()
    url = reverse("admin:articles_article_version", args=[article.pk, 1])
    assert f'href="{url}"' in html

    response = writer_client.get(url)

    text = response.content.decode()
    assert ("Water is nat." in text, "Water is droog." in text) == (True, False)
    assert "Versie 1, gepubliceerd op 1 juli 2026, 09:00" in text
    assert "Geen opmerkingen" not in text
    assert "no-store" in response.headers["Cache-Control"]
    assert writer_client.get(reverse("admin:articles_article_version", args=[article.pk, 9])).status_code == 404


@pytest.mark.parametrize(
    ("datum", "tijd", "says"),
    [
        ("2027-03-28", "02:30", "De tijd 02:30 bestaat niet op 28 maart 2027"),
        ("2199-01-01", "", "Dat moment moet nog komen."),
        ("1999-01-01", "", "Kies een dag tussen 2000 en 2200."),
        ("", "", "Dit veld is verplicht."),
        ("gisteren", "", "Voer een geldige datum in."),
        ("2026-08-01", "laat", "Voer een geldige tijd in."),
        ("9999-12-31", "", "Kies een dag tussen 2000 en 2200."),
    ],
)
def test_wrong_question_is_said(writer_client, article, datum, tijd, says):
    assert says in ask(writer_client, article, datum, tijd)


def test_moment_of_a_withdrawal_from_before_the_log_is_not_made_up(writer_client, chief):
    publish(write("Live."), by=chief)
    Article.objects.update(status="withdrawn", live=None)
    today = timezone.now().astimezone(ZONE).date()

    assert "tot het artikel werd ingetrokken; wanneer is niet bewaard" in ask(writer_client, Article.objects.get(), str(today))


def test_log_says_who_did_what(writer_client, writer, chief, article):
    write("Weer.")
    submit(article, by=writer, note="Nu goed")
    schedule(article, due=SOON, by=chief)

    text = words(writer_client.get(history_url(article)).content.decode())

    for said in (
        "Publicatie ingepland voor",
        "Ingestuurd ter controle door schrijver Nu goed",
        "Ingetrokken door eindredacteur Klopt niet",
        "Versie 2 gepubliceerd door de server",
        "1 juli 2026, 09:00 Versie 1 gepubliceerd door eindredacteur Begin",
    ):
        assert said in text


def test_history_is_one_click_from_the_list(writer_client, article):
    html = writer_client.get(reverse("admin:articles_article_changelist")).content.decode()

    assert f'<a href="{history_url(article)}">' in html


def test_never_published_article_has_no_answer(writer_client):
    article = make_article()
    yesterday = timezone.now() - timedelta(days=1)

    assert "Toen konden lezers dit artikel niet vinden." in ask(writer_client, article, f"{yesterday:%Y-%m-%d}")
    assert (Publication.objects.count(), ArticleEvent.objects.count()) == (0, 0)


def test_answer_says_what_was_claimed_on_which_source_and_which_warning_was_left_standing(writer_client, chief):
    claim = HealthClaim.objects.create(key="dorst", nutrient="water", text_nl="Water draagt bij tot <dorst>")
    make_reference("een", title="Bron een")
    source = make_source(
        sections=(SectionSource("Goed", "goed", "Water lest.", shows_benefits=True), SectionSource("Leeg", "leeg")),
        benefits=(BenefitSource("Lest", "lest", "Het lest de dorst.[@een]", claims=(claim.key,)), BenefitSource("Koelt", "koelt")),
    )
    article = store_source(source)
    _, _, findings = examine(article)
    empty = next(finding for finding in findings if finding.code == "empty-section")
    accept_finding(article, digest=digest_of(empty, source_of(article)), reason="Komt nog.", by=chief)
    publish(article, by=chief)

    text = ask(writer_client, article, str(timezone.now().astimezone(ZONE).date()))

    for said in (
        "2 voordelen Lest: Water draagt bij tot &lt;dorst&gt;",
        "Koelt: zonder gezondheidsclaim",
        "1 bron, met de zinnen die erop rusten",
        "Het lest de dorst. (1. Lest)",
        "bevindingen bij het publiceren",
        "heeft geen tekst. Blijft staan, omdat: Komt nog. (akkoord van eindredacteur)",
    ):
        assert said in text, text
