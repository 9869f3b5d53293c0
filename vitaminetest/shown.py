"""A published questionnaire as pages need it, to and from the plain data in which a version keeps its texts. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from articles.rendering.rendered import NumberedSource
from intake.table import Table
from vitaminetest.definition import Definition

ListedSources = tuple[tuple[NumberedSource, str], ...]  # each with the address of its page, or ""
INTRO, CLOSING = "intro", "closing"  # beside these, `texts` has the body of every outcome under its key with "outcome:" before it


@dataclass(frozen=True)
class Text:
    """A Markdown text as it is shown. `html` links to `#ref-…` of its `sources`; `plain` is for a file or an adviser, with [1]."""

    html: str
    plain: str
    sources: tuple[NumberedSource, ...] = ()


@dataclass(frozen=True)
class ShownTable:
    """An intake table of now, which is not part of a version, with the sources of its values."""

    table: Table
    sources: tuple[NumberedSource, ...]


@dataclass(frozen=True)
class ShownTest:
    """A version for readers, or a draft that an editor tries (`number` 0, `published_at` None).

    `source_pages`: the address of the page of a source by its key, when it has one. `intake`: the table for a test that asks who
    somebody is.
    """

    slug: str
    number: int
    published_at: datetime | None
    definition: Definition
    texts: Mapping[str, Text] = field(default_factory=dict)
    source_pages: Mapping[str, str] = field(default_factory=dict)
    intake: ShownTable | None = None

    @property
    def intro(self) -> Text:
        return self.texts[INTRO]

    @property
    def closing(self) -> Text:
        return self.texts[CLOSING]

    @property
    def intro_sources(self) -> ListedSources:
        return self.list_sources(self.intro)

    @property
    def closing_sources(self) -> ListedSources:
        return self.list_sources(self.closing)

    @property
    def intake_sources(self) -> ListedSources:
        return self.list_sources(self.intake) if self.intake else ()

    def list_sources(self, text: Text | ShownTable) -> ListedSources:
        return tuple((source, self.source_pages.get(source.key, "")) for source in text.sources)

    def outcome_text(self, key: str) -> Text:
        return self.texts[outcome_name(key)]


def outcome_name(key: str) -> str:
    """Return the name under which the texts have the body of an outcome."""
    return f"outcome:{key}"


def texts_to_data(texts: Mapping[str, Text]) -> dict:
    """Return plain JSON data. Where a source is used is not kept: a text of a test is a few lines."""
    return {
        name: asdict(text) | {"sources": [asdict(source) | {"uses": []} for source in text.sources]} for name, text in texts.items()
    }


def texts_from_data(data: Mapping) -> dict[str, Text]:
    """Return the texts that `texts_to_data` was given."""
    return {name: Text(item["html"], item["plain"], tuple(map(_source, item["sources"]))) for name, item in data.items()}


def _source(data: Mapping) -> NumberedSource:
    return NumberedSource(**data | {"uses": ()})
