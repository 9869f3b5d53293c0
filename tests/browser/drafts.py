"""Articles to work on: each test of the desk gets a draft of its own, so that none sees what another did."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from tests.browser.running import Site

TEXT = """---
title: "Proefartikel {n}"
slug: proefartikel-{n}
lang: nl
summary: "Een kort artikel waarin niets staat dat iemand ooit hoeft te lezen, om iets mee uit te proberen."
bibliography: magnesium-references.csl.json
---

Een inleiding met een bron.[@grober2015]

## Eerste hoofdstuk {{#eerste}}

De eerste zin.[@nielsen2006]

## Tweede hoofdstuk {{#tweede}}

De tweede zin.[@barbagallo2009]

## Derde hoofdstuk {{#derde .benefits}}

De derde zin.

### Eerste voordeel {{#voordeel-een}}

Een voordeel met een bron.[@tarasov2015]

### Tweede voordeel {{#voordeel-twee}}

Een voordeel zonder bron.
"""
IMPORT = """
import pathlib, sys
from django.core.management import call_command
for path in sorted(pathlib.Path({folder!r}).glob("*.md")):
    call_command("import_article", path)
"""


@dataclass(frozen=True)
class Draft:
    pk: int
    number: int
    site: Site

    @property
    def title(self) -> str:
        return f"Proefartikel {self.number}"

    @property
    def public(self) -> str:
        return f"/artikelen/proefartikel-{self.number}/"

    @property
    def form(self) -> str:
        return f"/beheer/articles/article/{self.pk}/change/"

    @property
    def versions(self) -> list[int]:
        """The numbers of what was published so far."""
        rows = _ask(self.site, "SELECT number FROM articles_publication WHERE article_id = ? ORDER BY number", self.pk)
        return [number for (number,) in rows]


def make_drafts(site: Site, count: int) -> Iterator[Draft]:
    """Yield `count` unpublished articles, alike but for their number, made in one go."""
    folder = site.folder / "drafts"
    folder.mkdir()
    for number in range(count):
        (folder / f"{number}.md").write_text(TEXT.format(n=number), encoding="utf-8")
    site.manage("shell", "--verbosity", "0", "--command", IMPORT.format(folder=str(folder)))
    for number in range(count):
        [(pk,)] = _ask(site, "SELECT id FROM articles_article WHERE slug = ?", f"proefartikel-{number}")
        yield Draft(pk, number, site)


def _ask(site: Site, query: str, *values: object) -> list[tuple]:
    connection = sqlite3.connect(f"file:{site.folder / 'db.sqlite3'}?mode=ro", uri=True)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()
