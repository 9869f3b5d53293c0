"""Changing an intake table: what articles print of it changes at the same moment, or nothing changes at all."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import Q

from articles.drafts import index_citations, with_fields
from articles.markdown_file import parse
from articles.models import Article, Generation, Publication
from articles.publishing import PublishRefused, publish, require_permission
from articles.rendering import ArticleSource, Library
from articles.rendering.intake import empty_places, find_nutrients
from articles.rendering.markdown import render_block
from articles.rendering.page import Page
from intake import csv_file, printing
from intake.difference import Change
from intake.models import Nutrient
from intake.storing import TableRefused, store_rows
from intake.table import Row, Table
from references.models import Reference

MARK = "{{intake:"
Rows = dict[str, tuple[Row, ...]]


@dataclass(frozen=True)
class Outcome:
    """What became of one table: its changes, and the articles that were published anew because they print it."""

    key: str
    changes: tuple[Change, ...] = ()
    published: tuple[Publication, ...] = ()
    is_kept: bool = False


@transaction.atomic
def change_table(nutrient: Nutrient, rows: Iterable[Row], *, by: AbstractBaseUser | None) -> Outcome:
    """Make `rows` all rows of `nutrient`, and publish every live article that prints them anew from its live text.

    `nutrient` may be new, or have another name or unit. Drafts and plans stay. `by` is None for a command. Raises PermissionDenied,
    or TableRefused when the table is wrong or an article can't be published with it; then nothing has changed.
    """
    require_permission(by)
    lock_table(nutrient.key)
    if nutrient.pk:
        nutrient.save(update_fields=["name", "unit"])
    changes = store_rows(nutrient, rows)
    Generation.raise_it()  # finished pages that print no table may speak of it too
    return Outcome(nutrient.key, changes, tuple(_publish_anew(nutrient, by=by)))


@transaction.atomic
def import_tables(rows: Rows, *, by: AbstractBaseUser | None, keep_edited: bool = False) -> tuple[Outcome, ...]:
    """Bring the tables of a file in, all or none. With `keep_edited` a table that an editor changed since the last import stays.

    Raises what `change_table` raises.
    """
    return tuple(_import(key, new, by=by, keep_edited=keep_edited) for key, new in sorted(rows.items()))


@transaction.atomic
def lock_table(key: str) -> Nutrient | None:
    """Return the nutrient, locked until the transaction ends; None when there is none.

    Nobody publishes meanwhile: every article is locked first, always in this order. Else a text that is being published now could
    go on with the table of before.
    """
    list(Article.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    return Nutrient.objects.select_for_update().filter(key=key).first()


def _import(key: str, rows: tuple[Row, ...], *, by: AbstractBaseUser | None, keep_edited: bool) -> Outcome:
    nutrient = lock_table(key)
    if keep_edited and nutrient and digest_of(nutrient.table()) != nutrient.imported_digest:
        return Outcome(key, is_kept=True)
    nutrient = nutrient or Nutrient(key=key, name=key.replace("-", " "), unit=rows[0].unit)
    outcome = change_table(nutrient, rows, by=by)
    nutrient.imported_digest = digest_of(nutrient.table())
    nutrient.save(update_fields=["imported_digest"])
    return outcome


def digest_of(table: Table) -> str:
    """Return the digest of all that a table says."""
    return hashlib.sha256(f"{table.name}\n{table.unit}\n{csv_file.dump([table])}".encode()).hexdigest()


def digest_of_all() -> str:
    """Return the digest of all tables."""
    tables = Nutrient.objects.order_by("key").tables().values()
    return hashlib.sha256("".join(map(digest_of, tables)).encode()).hexdigest()


def printed(table: Table) -> str:
    """Return a table as safe HTML, as it stands in an article whose first source is its own."""
    keys = set(printing.source_keys(table))
    records = {key: reference.public_csl() for key, reference in Reference.objects.by_key(keys).items()}
    return empty_places(render_block(f"{MARK} {table.key}}}}}", Page(Library(tables={table.key: table}, references=records))))


def articles_that_print(key: str) -> list[tuple[Article, ArticleSource]]:
    """Return the live articles whose live text prints this table, with that text.

    Looks through the text of every live article, which takes about half a second for 10,000: tables change a few times a year.
    """
    rows = Article.objects.published().filter(live__source__contains=MARK).order_by("pk")
    found = ((article, with_fields(parse(article.live.source))) for article in rows)
    return [(article, source) for article, source in found if _prints(source, key)]


def _prints(source: ArticleSource, key: str) -> bool:
    return any(key in find_nutrients(text) for text in source.texts)


def _publish_anew(nutrient: Nutrient, *, by: AbstractBaseUser | None) -> Iterable[Publication]:
    for article, source in articles_that_print(nutrient.key):
        before, title = article.live_id, article.live.title
        _require_same_shape(article, source)
        try:
            publication = publish(article, by=by, reason=f"Innametabel {nutrient.name} bijgewerkt", source=source, keep_plans=True)
        except PublishRefused as refused:
            why = " ".join(finding.message for finding in refused.findings)
            raise TableRefused(
                f"Het artikel ‘{title}’ toont deze tabel, maar kan nu niet opnieuw worden gepubliceerd: {why}"
            ) from refused
        if publication.pk != before:
            yield publication
    for article in _drafts_with_a_table():
        index_citations(article)


def _require_same_shape(article: Article, source: ArticleSource) -> None:
    """A heading that was typed where a file can't keep it would make another article of the live text."""
    live = [(section["anchor"], len(section["benefits"])) for section in article.live.rendered["sections"]]
    now = [(section.anchor, len(source.benefits) if section.shows_benefits else 0) for section in source.sections]
    if live != now:
        raise TableRefused(
            f"Het artikel ‘{article.live.title}’ toont deze tabel, maar een tussenkop staat er op een plaats waar zij niet "
            "bewaard kan worden. Publiceer dat artikel eerst zonder die kop."
        )


def _drafts_with_a_table() -> Iterable[Article]:
    """Yield the articles whose draft prints a table: what they cite changes with it."""
    marked = [Q(**{f"{field}__contains": MARK}) for field in ("intro", "sections__body", "benefits__body")]
    return Article.objects.filter(marked[0] | marked[1] | marked[2]).distinct()
