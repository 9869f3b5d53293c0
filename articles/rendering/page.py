"""The one pass over an article: numbers sources, hands out anchors and collects what an editor should know."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from articles.rendering.findings import Finding, Level
from articles.rendering.rendered import Picture, PictureUse, PrintedTable, TocEntry, Use
from articles.rendering.source import Library
from references.citations import Citation, Numbering


def slugify(text: str) -> str:
    """Return an anchor made of the letters a–z, digits and hyphens of `text`; "deel" when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-") or "deel"


class Page:
    """State of one rendering pass. Made anew for every article; never kept."""

    def __init__(self, library: Library, *, first_level: int = 2, prefix: str = ""):
        """`prefix` begins every anchor that is made here: it sets texts apart that stand on one page."""
        self.library = library
        self.prefix = prefix
        self.numbering = Numbering()
        self.uses: dict[str, list[Use]] = defaultdict(list)
        self.findings: list[Finding] = []
        self.pictures: list[PictureUse] = []
        self.text: list[str] = []
        self.tables: dict[str, PrintedTable] = {}
        self.anchors: set[str] = set()
        self.headings: list[TocEntry] = []
        self.field = ""
        self.heading = ""
        self.anchor = ""
        self.level = first_level
        self._tables = 0
        self._key_anchors: dict[str, str] = {}

    @contextmanager
    def at(self, *, field: str, heading: str, level: int, anchor: str = "") -> Iterator[None]:
        """Set the place that citations, pictures and findings belong to: form field, heading in words, its level and anchor."""
        before = self.field, self.heading, self.level, self.headings, self.anchor
        self.field, self.heading, self.level, self.headings, self.anchor = field, heading, level, [], anchor
        try:
            yield
        finally:
            self.field, self.heading, self.level, self.headings, self.anchor = before

    def find(self, code: str, level: Level, message: str, *, line: int = 0) -> None:
        self.findings.append(Finding(code, level, message, field=self.field, heading=self.heading, line=line))

    def show(self, name: str, picture: Picture | None, *, own_alt: str, place: str = "text", field: str = "") -> None:
        """Record that a picture stands here, or that one was asked for which the library doesn't have."""
        self.pictures.append(PictureUse(name, place, own_alt, picture, field or self.field, self.heading, self.anchor))

    def next_table(self) -> str:
        self._tables += 1
        return f"{self.prefix}tabel-{self._tables}"

    def claim_anchor(self, anchor: str, *, line: int = 0) -> str:
        """Register an anchor that an editor chose; a second one with the same name is a finding."""
        if anchor in self.anchors:
            self.find("duplicate-anchor", Level.ERROR, f"Het anker ‘{anchor}’ komt twee keer voor. Kies een ander.", line=line)
        self.anchors.add(anchor)
        return anchor

    def free_anchor(self, text: str) -> str:
        """Make and register an anchor for a heading that has none of its own."""
        base = anchor = self.prefix + slugify(text)
        count = 1
        while anchor in self.anchors:
            count += 1
            anchor = f"{base}-{count}"
        self.anchors.add(anchor)
        return anchor

    def key_anchor(self, key: str) -> str:
        """Return the part of an anchor that stands for a citation key: safe in a URL, the same for every use on the page."""
        if key not in self._key_anchors:
            anchor = self.prefix + re.sub(r"[^A-Za-z0-9_-]", "-", key)
            while anchor in self._key_anchors.values():
                anchor += "-"
            self._key_anchors[key] = anchor
        return self._key_anchors[key]

    def cite(self, citation: Citation, *, sentence: str, heading: str) -> tuple[int, Use]:
        """Record one use of a known source; return its number and the use."""
        number = self.numbering.number(citation.key)
        uses = self.uses[citation.key]
        anchor = f"cite-{self.key_anchor(citation.key)}-{len(uses) + 1}"
        use = Use(anchor=anchor, label="", heading=heading, sentence=sentence, locator=citation.locator)
        uses.append(use)
        return number, use
