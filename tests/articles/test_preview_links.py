"""A link with which an outsider reads a draft: signed, for a while, to be taken back, and seen by nobody else."""

import re
from contextlib import closing
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.signing import Signer
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article, PreviewLink
from articles.preview_links import DAYS, LinkRefused, find_link, make_link, revoke_link
from articles.published import MARK
from articles.publishing import publish
from articles.rendering.source import BenefitSource, HeroSource, SectionSource
from magsite.page_store import PageStore
from magsite.pages import PublishedPages
from tests.factories import MASKED_TITLE, PUBLIC_TITLE, make_article, make_image, make_masked_reference, make_reference, make_source

pytestmark = pytest.mark.django_db
GONE = "Deze link is verlopen of ingetrokken. Vraag de redactie om een nieuwe."


@pytest.fixture
def token(writer) -> str:
    return make_link(make_article(), days=7, note=" Dr.  Bakker ", by=writer)[1]


def address(token: str) -> str:
    return f"/voorbeeld/{token}/"


def test_the_database_holds_no_token(token):
    link = PreviewLink.objects.get()
    nonce = token.split(".")[0]

    assert (link.note, link.expires_at - link.created_at) == ("Dr. Bakker", timedelta(days=7))
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM articles_previewlink")
        row = " ".join(map(str, cursor.fetchone()))
    assert (nonce in row, token in row, link.digest in row) == (False, False, True)
    assert find_link(token) == link


def test_two_links_are_never_the_same(token, writer):
    assert make_link(Article.objects.get(), days=1, note="", by=writer)[1] != token


@pytest.mark.parametrize(("days", "note"), [(0, ""), (31, ""), (365, ""), (-1, ""), (7, "x" * 121)])
def test_other_terms_are_refused(writer, days, note):
    with pytest.raises(LinkRefused):
        make_link(make_article(), days=days, note=note, by=writer)
    assert not PreviewLink.objects.exists()
    assert max(DAYS) == 30


def test_who_may_not_write_makes_and_revokes_nothing(adviser, token):
    with pytest.raises(PermissionDenied):
        make_link(Article.objects.get(), days=7, note="", by=adviser)
    with pytest.raises(PermissionDenied):
        revoke_link(PreviewLink.objects.get(), by=adviser)
    assert find_link(token) is not None


def test_database_refuses_a_link_that_ends_before_it_begins(token):
    with pytest.raises(IntegrityError), transaction.atomic():
        PreviewLink.objects.update(expires_at=timezone.now() - timedelta(days=9))


def test_outsider_reads_the_draft_of_now(client, token):
    Article.objects.update(title="Nieuwe titel", updated_at="2026-11-24T09:31:00Z")

    response = client.get(address(token))

    html = response.content.decode()
    assert response.status_code == 200
    assert "<h1>Nieuwe titel</h1>" in html
    assert "Voorbeeld: nog niet openbaar. Concept van 24 november 2026, 10:31." in strip_tags(html)
    assert (PreviewLink.objects.get().opened, PreviewLink.objects.get().last_opened_at is not None) == (1, True)


def test_a_look_without_the_page_is_not_counted(client, token):
    assert client.head(address(token)).status_code == 200
    assert PreviewLink.objects.get().opened == 0


def test_preview_is_kept_and_found_by_nobody(client, chief, token):
    publish(Article.objects.get(), by=chief)

    for path in (address(token), address("weg")):
        response = client.get(path)
        assert response.headers["Cache-Control"] == "no-store, private"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert MARK not in response.wsgi_request.META
        assert response.cookies == {}
    html = client.get(address(token)).content.decode()
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert token not in html
    found = [word for word in ("canonical", "og:url", "hreflang", "ld+json", "citation_", "/artikelen/water/") if word in html]
    assert found == []


def test_finished_pages_never_hold_a_preview(client, token):
    store = PageStore(10_000_000)
    headers = [("Content-Type", "text/html")]

    def django(environ, start_response):
        response = client.get(environ["PATH_INFO"])
        environ[MARK] = True  # even if the view were marked by mistake
        start_response(f"{response.status_code} OK", [*headers, *response.items()])
        return _Body([response.content])

    pages = PublishedPages(django, read_generation=lambda: 1, store=store)
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": address(token), "HTTP_HOST": "testserver", "wsgi.url_scheme": "http"}
    for _ in range(2):
        assert b"Water stroomt." in b"".join(pages(dict(environ), lambda *answer: None))

    assert store.get(address(token), 1) is None
    assert PreviewLink.objects.get().opened == 2


class _Body(list):
    def close(self) -> None:
        """What WSGI asks of a body."""


def test_every_link_that_does_not_work_gets_the_same_answer(client, writer, token):
    article = Article.objects.get()
    expired, revoked = (make_link(article, days=1, note=note, by=writer) for note in ("verlopen", "ingetrokken"))
    long_ago = timezone.now() - timedelta(days=9)
    PreviewLink.objects.filter(pk=expired[0].pk).update(created_at=long_ago, expires_at=long_ago + timedelta(days=1))
    revoke_link(revoked[0], by=writer)
    unknown = Signer(sep=".", salt="articles.preview-link").sign("nooit-gemaakt")
    other_salt = Signer(sep=".", salt="anders").sign(token.split(".")[0])
    wrong = [expired[1], revoked[1], unknown, other_salt, token[:-1], token + "x", token.split(".")[0], "x", "x" * 5000]

    answers = [client.get(address(each)) for each in wrong]

    assert {(answer.status_code, GONE in answer.content.decode()) for answer in answers} == {(404, True)}
    assert len({answer.content for answer in answers}) == 1
    assert client.get(address(token)).status_code == 200


def test_revoking_twice_keeps_the_first_time(token, writer):
    link = PreviewLink.objects.get()
    revoke_link(link, by=writer)
    first = PreviewLink.objects.get().revoked_at
    revoke_link(link, by=writer)

    assert (PreviewLink.objects.get().revoked_at, find_link(token)) == (first, None)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_preview_is_only_read(client, token, method):
    assert getattr(client, method)(address(token)).status_code == 405


def test_nothing_of_the_desk_shows(client, writer):
    """Findings, remarks on sources, accepted warnings, masked titles, addresses of unpublished articles."""
    make_masked_reference(remark="Nakijken bij de auteur")
    make_reference("open", remark="Twijfel aan het jaar")
    make_article(slug="geheim", title="Geheim plan")
    make_image("blad", alt="Een blad")
    section = SectionSource(
        "Wat?", "wat", "Zin.[@grober2015][@open] Weg.[@bestaatniet] Zie [[geheim|dit plan]].", shows_benefits=True
    )
    article = make_article(
        sections=(section,), benefits=(BenefitSource("Goed", "goed", "Ja.", image="blad"),), hero=HeroSource("blad")
    )
    _, token = make_link(article, days=1, note="Dr. Bakker", by=writer)

    html = client.get(address(token)).content.decode()

    hidden = [MASKED_TITLE, "10.3390", "Nakijken", "Twijfel", "/beheer/", "Geheim plan", "/artikelen/geheim/"]
    hidden += ["Let op", "Fout:", "finding", "Bakker", "schrijver"]
    assert [word for word in hidden if word in html.replace(PUBLIC_TITLE, "")] == []
    assert (PUBLIC_TITLE in html, "dit plan" in html, "Over open" in html) == (True, True, True)
    sources = re.findall(r'src="(/media/[^"]+)"', html)
    assert len(sources) == 2
    for source in sources:
        with closing(client.get(source)) as picture:
            assert picture.status_code == 200
    assert 'href="/bronnen/' not in html


@given(token=st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=300))
def test_no_token_can_be_guessed(token):
    """Hypothesis runs in one transaction: there is a link, and no text leads to it."""
    if not PreviewLink.objects.exists():
        PreviewLink.objects.create(article=make_article(), digest="x", expires_at=timezone.now() + timedelta(days=1))

    assert find_link(token) is None


@given(position=st.integers(0, 10**6), letter=st.sampled_from("aB3-_.:é\0 "), cut=st.booleans())
def test_a_changed_token_opens_nothing(position, letter, cut):
    user = User.objects.first() or User.objects.create_superuser("baas")
    article = Article.objects.first() or make_article(**vars(make_source()))
    _, token = make_link(article, days=1, note="", by=user)
    at = position % len(token)

    changed = token[:at] + ("" if cut else letter) + token[at + 1 :]

    assert (find_link(changed) is None) == (changed != token)
