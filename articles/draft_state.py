"""The draft of an article as plain data: everything that an editor can change, as a revision keeps it. Pure.

The Markdown file can't be that form: it leaves out `review_due`, and benefits that no chapter shows.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from articles.rendering.rendered import Adviser
from articles.rendering.source import ArticleSource, BenefitSource, HeroSource, SectionSource

HEAD = (
    *("title", "slug", "lang", "summary", "bibliography", "hero", "hero_alt", "hero_caption", "intro", "related", "review_due"),
    *("adviser_name", "adviser_role", "adviser_heading", "adviser_text"),
)
SECTION = ("heading", "anchor", "shows_benefits", "body")
BENEFIT = ("title", "anchor", "body", "image", "image_alt", "image_caption", "claims")
Value = str | bool | tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A chapter or a benefit. `pk` is that of its row in the database; None when it is not there yet.

    `is_deleted`: a form asks to delete it.
    """

    values: Mapping[str, Value]
    pk: int | None = None
    is_deleted: bool = False


@dataclass(frozen=True)
class DraftState:
    """A draft. Images and claims are named by their keys, `related` by addresses, one to a line; `review_due` is as in ISO 8601."""

    head: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[Row, ...] = ()
    benefits: tuple[Row, ...] = ()


def to_data(state: DraftState) -> dict:
    """Return plain JSON data."""
    return asdict(state)


def from_data(data: dict) -> DraftState:
    """Return the DraftState that `to_data` was given."""
    return DraftState(data["head"], _rows(data["sections"]), _rows(data["benefits"]))


def _rows(data: list[dict]) -> tuple[Row, ...]:
    return tuple(Row({name: _value(value) for name, value in item["values"].items()}, item["pk"]) for item in data)


def _value(value: str | bool | list[str]) -> Value:
    return tuple(value) if isinstance(value, list) else value


def source_from(state: DraftState) -> ArticleSource:
    """Return what renderer, checks and file format work with."""
    head = state.head
    return ArticleSource(
        **{name: head[name] for name in ("title", "slug", "lang", "summary", "bibliography")},
        hero=HeroSource(head["hero"], head["hero_alt"], head["hero_caption"]),
        adviser=Adviser(*(head[f"adviser_{name}"] for name in ("name", "role", "heading", "text"))),
        intro=_lines(head["intro"]),
        related=tuple(head["related"].splitlines()),
        sections=tuple(_section(row.values, i) for i, row in enumerate(state.sections)),
        benefits=tuple(_benefit(row.values, i) for i, row in enumerate(state.benefits)),
    )


def _section(values: Mapping[str, Value], index: int) -> SectionSource:
    texts = values["heading"], values["anchor"], _lines(values["body"])
    return SectionSource(*texts, values["shows_benefits"], field=f"sections-{index}-body")


def _benefit(values: Mapping[str, Value], index: int) -> BenefitSource:
    names = ("title", "anchor", "image", "image_alt", "image_caption", "claims")
    return BenefitSource(**{name: values[name] for name in names}, body=_lines(values["body"]), field=f"benefits-{index}-body")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip("\n")
