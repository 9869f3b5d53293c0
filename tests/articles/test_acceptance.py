"""A warning that stays, with a reason: kept with the publication, open again when the text changes."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from articles.checks.acceptance import digest_of
from articles.drafts import store_source
from articles.models import AcceptedFinding, Article
from articles.publishing import AcceptRefused, accept_finding, examine, publish
from articles.rendering.source import SectionSource
from tests.factories import make_article, make_source

pytestmark = pytest.mark.django_db
EMPTY = SectionSource("Leeg", "leeg")
LINKS = SectionSource("Links", "links", "Lees [[een]].\n\nEn [[een]].")


@pytest.fixture
def article() -> Article:
    return make_article(sections=(EMPTY, LINKS))


def warnings(article: Article) -> list[tuple[str, str, str]]:
    """Return code, digest and reason of every warning of the draft."""
    source, _, findings = examine(article)
    return [(f.code, digest_of(f, source), f.accepted) for f in findings if f.level == "warning"]


def accept(article: Article, by, place: int = 0, reason: str = "Dat komt volgende week.") -> AcceptedFinding:
    return accept_finding(article, digest=warnings(article)[place][1], reason=reason, by=by)


def test_accepted_warning_carries_its_reason_and_the_others_do_not(article, writer):
    row = accept(article, writer, place=1)

    assert [(code, reason) for code, _, reason in warnings(article)] == [
        ("empty-section", ""),
        ("dead-link", "Dat komt volgende week."),
        ("dead-link", ""),
    ]
    assert (row.by, row.code) == (writer, "dead-link")


def test_reason_is_kept_with_the_publication(article, writer, chief):
    accept(article, writer)

    publication = publish(article, by=chief)

    assert [(f["code"], f["accepted"]) for f in publication.findings] == [
        ("empty-section", "Dat komt volgende week."),
        ("dead-link", ""),
        ("dead-link", ""),
    ]


def test_warning_opens_again_when_its_text_changes(article, writer):
    accept(article, writer, place=1)
    store_source(make_source(sections=(EMPTY, SectionSource("Links", "links", "Lees [[een]]!\n\nEn [[een]]."))))

    assert {reason for *_, reason in warnings(article)} == {""}


def test_warning_stays_accepted_when_another_text_changes_or_chapters_trade_places(article, writer):
    accept(article, writer, place=1)
    store_source(make_source(intro="Heel anders.", sections=(LINKS, EMPTY)))

    assert [reason for code, _, reason in warnings(article) if code == "dead-link"] == ["Dat komt volgende week.", ""]


def test_accepting_again_changes_the_reason(article, writer, chief):
    accept(article, writer)
    accept(article, chief, reason="Toch niet.")

    assert list(AcceptedFinding.objects.values_list("reason", "by__username")) == [("Toch niet.", "eindredacteur")]


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_reason_is_required_and_short(article, writer, reason):
    with pytest.raises(AcceptRefused, match="hooguit 300 tekens"):
        accept(article, writer, reason=reason)


def test_error_or_unknown_warning_cannot_be_accepted(writer):
    article = make_article(intro="Zin.[@weg]")
    source, _, findings = examine(article)

    for digest in (digest_of(findings[0], source), "onzin"):
        with pytest.raises(AcceptRefused, match="is er niet meer"):
            accept_finding(article, digest=digest, reason="Mag.", by=writer)
    assert not AcceptedFinding.objects.exists()


def test_adviser_may_not_accept(article, adviser, adviser_client):
    with pytest.raises(PermissionDenied):
        accept(article, adviser)
    url = reverse("admin:articles_article_accept", args=[article.pk])
    assert adviser_client.post(url, {"digest": "x", "reason": "y"}).status_code == 403
    assert not AcceptedFinding.objects.exists()


def test_page_offers_a_form_for_each_warning_and_shows_the_reason_after(article, writer_client):
    page, url = (reverse(f"admin:articles_article_{name}", args=[article.pk]) for name in ("change", "accept"))
    digest = warnings(article)[0][1]
    assert writer_client.get(page).content.decode().count('<form id="accept-') == 3

    html = writer_client.post(url, {"digest": digest, "reason": "Komt <nog>."}, follow=True).content.decode()

    assert '<p class="acceptance-given">Blijft staan, omdat: Komt &lt;nog&gt;.</p>' in html
    assert "De waarschuwing blijft staan, met je reden." in html
    assert f'form="accept-{digest}"' not in html


def test_page_says_why_a_warning_was_not_accepted(article, writer_client):
    url = reverse("admin:articles_article_accept", args=[article.pk])

    html = writer_client.post(url, {"digest": "oud", "reason": "Mag."}, follow=True).content.decode()

    assert "de tekst is intussen veranderd" in html
    assert writer_client.get(url).status_code == 405
