"""Versions: what readers see of what changed, and every published version as it was."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.html import strip_tags

from articles.drafts import store_source
from articles.models import Article, Image, Publication
from articles.published import MARK
from articles.publishing import publish, withdraw
from articles.rendering.snapshot import from_data
from articles.rendering.source import BenefitSource, HeroSource, SectionSource
from references.models import Reference
from tests.factories import make_article, make_image, make_reference, make_source

pytestmark = pytest.mark.django_db
URL = "/artikelen/water/"


def write(text: str, **fields) -> Article:
    return store_source(make_source(sections=(SectionSource("Wat is water?", "wat-is-water", text),), **fields))


def publish_at(day: int, text: str, chief, monkeypatch, **options) -> Publication:
    """Publish `text` on a day of November 2026, at noon."""
    moment = datetime(2026, 11, day, 11, tzinfo=UTC)
    monkeypatch.setattr("articles.publishing.timezone.now", lambda: moment)
    return publish(write(text), by=chief, **options)


@pytest.fixture
def versions(chief, monkeypatch) -> list[Publication]:
    """A first version, a typo fix, and a change of substance."""
    return [
        publish_at(10, "Watr stroomt.", chief, monkeypatch),
        publish_at(12, "Water stroomt.", chief, monkeypatch, reason="Tikfout", is_substantive=False),
        publish_at(15, "Water stroomt en kookt.", chief, monkeypatch, reason=" Koken toegevoegd "),
    ]


def test_publication_keeps_what_changed(versions):
    assert [(v.number, v.reason, v.is_substantive) for v in versions] == [
        (1, "", True),
        (2, "Tikfout", False),
        (3, "Koken toegevoegd", True),
    ]


def test_typo_fix_does_not_move_the_date(versions):
    first, typo, change = versions
    assert [v.modified_at for v in versions] == [first.published_at, first.published_at, change.published_at]
    assert typo.published_at - first.published_at == timedelta(days=2)


def test_first_publication_is_always_substantive(chief):
    publication = publish(make_article(), by=chief, is_substantive=False)

    assert (publication.is_substantive, publication.modified_at) == (True, publication.published_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(
            article=make_article(slug="los"), number=1, title="x", slug="los", rendered={}, card={}, is_substantive=False,
            published_at=timezone.now(), modified_at=timezone.now(),
        )  # fmt: skip


def test_every_date_for_readers_is_that_of_the_last_change_of_substance(client, chief, monkeypatch):
    first = publish_at(10, "Watr.", chief, monkeypatch)
    publish_at(12, "Water.", chief, monkeypatch, is_substantive=False)

    page = client.get(URL).content.decode()
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])["@graph"]
    assert graph[0]["dateModified"] == first.published_at.isoformat()
    assert "<dt>Bijgewerkt</dt>" not in page
    assert '<meta property="article:modified_time" content="2026-11-10T12:00:00+01:00">' in page
    assert re.search(r"Versie 2, gepubliceerd op <time[^>]*>12 november 2026<", page)
    (entry,) = feedparser.parse(client.get("/artikelen/atom.xml").content).entries
    assert entry.updated.startswith("2026-11-10T")
    assert b"<lastmod>2026-11-10T12:00:00+01:00</lastmod>" in client.get("/sitemap-artikelen-1.xml").content


def test_changes_are_listed_once_there_are_two(client, chief, monkeypatch):
    publish_at(10, "Watr.", chief, monkeypatch)
    publish_at(12, "Water.", chief, monkeypatch, reason="Tikfout", is_substantive=False)
    assert 'class="cite-article changes"' not in client.get(URL).content.decode()

    publish_at(15, "Water kookt.", chief, monkeypatch, reason="Koken <b>erbij</b>")
    html = client.get(URL).content.decode()
    found = re.findall(r'<li><time[^>]*>([^<]*)</time> <span>(.*?)</span> <a href="([^"]*)"', html)
    assert found == [
        ("15 november 2026", "Koken &lt;b&gt;erbij&lt;/b&gt;", "/artikelen/water/v/3/"),
        ("10 november 2026", "Eerste versie", "/artikelen/water/v/1/"),
    ]


def text_and_sources(html: str) -> str:
    """Return the article in a page, from its intro to the end of its list of sources, without links to the pages of sources."""
    found = html[html.index('<div class="intro">') : html.index("<template data-source-card>")]
    return re.sub(r'<a class="source-page".*?</a>', "", found)


def test_old_version_is_what_it_was_whatever_changed_since(client, chief, monkeypatch):
    make_reference("een", title="Eerste titel")
    make_reference("twee")
    make_image("blad", alt="Oud blad", caption="Oud bijschrift[@twee]")
    benefits = (BenefitSource("Goed", "goed", "Het lest.[@een]", image="blad"),)
    parts = {"benefits": benefits, "hero": HeroSource("blad")}
    section = SectionSource("Wat?", "wat", "Zin.[@een] Nog.[@twee]\n\n![x](media:blad)", shows_benefits=True)
    first = publish(store_source(make_source(sections=(section,), **parts)), by=chief)
    before = client.get(URL).content.decode()
    Reference.objects.update(title="Heel andere titel")
    Image.objects.update(alt="Nieuw blad", caption="")
    for title in ("Tweede titel", "Derde titel"):
        publish(store_source(make_source(title=title, sections=(SectionSource("Om", "om", f"{title}.[@twee][@een]"),))), by=chief)

    html = client.get(f"{URL}v/1/").content.decode()
    rendered = from_data(first.rendered)
    for fragment in (rendered.intro, rendered.sections[0].html, rendered.sections[0].benefits[0].html):
        assert fragment in html
    assert [s.number for s in rendered.sources if f'<span class="source-line">{s.html}</span>' in html] == [1, 2]
    assert 'alt="Oud blad"' in html
    assert "Derde titel" not in html
    assert text_and_sources(html) == text_and_sources(before)
    assert "Heel andere titel" in client.get(URL).content.decode()


def test_old_version_says_so_and_keeps_search_engines_away(client, versions):
    response = client.get(f"{URL}v/2/")

    html = response.content.decode()
    note = re.search(r'<section class="version-note".*?</section>', html, re.DOTALL)[0]
    assert strip_tags(note).strip() == (
        "Dit is versie 2 van 12 november 2026. De tekst is daarna veranderd. Bekijk de huidige versie"
    )
    assert '<a href="/artikelen/water/">Bekijk de huidige versie</a>' in html
    assert '<meta name="robots" content="noindex">' in html
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert '<link rel="canonical" href="http://testserver/artikelen/water/"' in html
    assert "ld+json" not in html
    assert "citation_title" not in html


def test_current_version_says_that_it_is_current(client, versions):
    html = client.get(f"{URL}v/3/").content.decode()

    assert "Dit is de huidige versie: versie 3 van" in html
    assert "Water stroomt en kookt." in html
    assert '<meta name="robots" content="noindex">' in html


def test_version_is_found_at_every_address_that_the_article_had(client, chief, versions):
    Article.objects.update(slug="nat")
    publish(Article.objects.get(), by=chief)

    moved, page = (client.get(f"/artikelen/{slug}/v/1/") for slug in ("water", "nat"))
    assert (moved.status_code, moved.url) == (301, "/artikelen/nat/v/1/")
    assert b"Watr stroomt." in page.content
    assert b'rel="canonical" href="http://testserver/artikelen/nat/"' in page.content


def test_version_may_be_kept_as_finished_bytes(client, versions):
    assert client.get(f"{URL}v/1/", **{MARK: False}).wsgi_request.META[MARK] is True


@pytest.mark.parametrize("path", ["/artikelen/water/v/4/", "/artikelen/water/v/0/", "/artikelen/weg/v/1/", "/artikelen/water/v/x/"])
def test_unknown_version_is_not_found(client, versions, path):
    assert client.get(path).status_code == 404


def test_versions_of_a_withdrawn_article_are_not_public(client, chief, versions):
    withdraw(Article.objects.get(), by=chief)

    response = client.get(f"{URL}v/1/")
    assert response.status_code == 410
    assert b"Watr" not in response.content


def test_links_on_an_old_version_lead_somewhere(client, chief):
    make_reference("een")
    publish(write("Zin.[@een]"), by=chief)
    publish(write("Zin."), by=chief)

    html = client.get(f"{URL}v/1/").content.decode()
    assert client.get("/bronnen/een/").status_code == 404
    assert "/bronnen/een/" not in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)


@pytest.mark.parametrize("count", [1, 3])
def test_version_costs_two_queries(client, chief, count, django_assert_num_queries):
    for i in range(count):
        publish(write(f"Zin {i}."), by=chief)

    with django_assert_num_queries(2):
        assert client.get(f"{URL}v/1/").status_code == 200


def test_migration_dates_what_is_there_and_brings_the_refusal_back(tmp_path):
    """On a database of its own, from before the history to now, and back."""
    file = tmp_path / "db.sqlite3"
    env = os.environ | {"VAR_DIR": str(tmp_path), "DATABASE_URL": f"sqlite:///{file}", "DJANGO_SETTINGS_MODULE": "magsite.settings"}

    def migrate(*target: str) -> None:
        command = [sys.executable, "manage.py", "migrate", *target, "--verbosity", "0", "--skip-checks"]
        subprocess.run(command, cwd=settings.BASE_DIR, env=env, check=True, capture_output=True)

    migrate("articles", "0004")
    with sqlite3.connect(file) as database:
        database.execute(
            "INSERT INTO articles_article (id, title, slug, lang, summary, bibliography, hero_alt, hero_caption, intro,"
            " adviser_name, adviser_role, adviser_heading, adviser_text, status, imported_digest, created_at, updated_at)"
            " VALUES (1, 't', 's', 'nl', '', '', '', '', '', '', '', '', '', 'draft', '', '2026-01-01', '2026-01-01')"
        )
        database.execute(
            "INSERT INTO articles_publication (article_id, number, title, slug, summary, source, rendered, findings, published_at)"
            " VALUES (1, 1, 't', 's', '', '', '{\"hero\": null, \"minutes\": 4, \"sources\": [{}, {}]}', '[]',"
            " '2026-02-03 04:05:06')"
        )
    for target in ((), ("articles", "0004"), ()):
        migrate(*target)
        with sqlite3.connect(file) as database, pytest.raises(sqlite3.IntegrityError, match="immutable"):
            database.execute("UPDATE articles_publication SET title = 'anders'")
    with sqlite3.connect(file) as database:
        row = database.execute("SELECT title, reason, is_substantive, modified_at, card FROM articles_publication").fetchall()
    assert row == [("t", "", 1, "2026-02-03 04:05:06", '{"picture": null, "minutes": 4, "sources_count": 2}')]
