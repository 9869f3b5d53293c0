"""RenderedArticle to and from plain JSON data: the form in which a publication keeps it."""

import json
from dataclasses import asdict

from articles.rendering.findings import Finding, Level
from articles.rendering.rendered import (
    Adviser,
    Claim,
    NumberedSource,
    Picture,
    PictureSource,
    PrintedTable,
    RenderedArticle,
    RenderedBenefit,
    RenderedSection,
    TocEntry,
    Use,
)

BESIDE = {"findings", "pictures"}


def to_data(rendered: RenderedArticle) -> dict:
    """Return plain JSON data (lists, no tuples), without what a publication keeps beside it."""
    return json.loads(json.dumps({name: value for name, value in asdict(rendered).items() if name not in BESIDE}))


def from_data(data: dict) -> RenderedArticle:
    """Return the RenderedArticle that `to_data` was given. Raises TypeError or KeyError on data that it did not make."""
    return RenderedArticle(
        **data
        | {
            "hero": _picture(data["hero"]),
            "sections": tuple(_section(item) for item in data["sections"]),
            "toc": tuple(_toc(item) for item in data["toc"]),
            "sources": tuple(_source(item) for item in data["sources"]),
            "adviser": Adviser(**data["adviser"]),
            "related": tuple(data.get("related", ())),
            "tables": tuple(PrintedTable(**item) for item in data.get("tables", ())),
        }
    )


def to_card(data: dict) -> dict:
    """Return what a list shows of an article, from the data of the whole: opening image, minutes, number of sources."""
    return {"picture": data["hero"], "minutes": data["minutes"], "sources_count": len(data["sources"])}


def from_card(card: dict) -> dict:
    """Return what `to_card` gave, with the picture as a Picture."""
    return card | {"picture": _picture(card["picture"])}


def findings_to_data(findings: tuple[Finding, ...]) -> list[dict]:
    return [asdict(finding) for finding in findings]


def findings_from_data(data: list[dict]) -> tuple[Finding, ...]:
    return tuple(Finding(**item | {"level": Level(item["level"])}) for item in data)


def _picture(data: dict | None) -> Picture | None:
    return Picture(**data | {"sources": tuple(PictureSource(**item) for item in data["sources"])}) if data else None


def _section(data: dict) -> RenderedSection:
    return RenderedSection(**data | {"benefits": tuple(_benefit(item) for item in data["benefits"])})


def _benefit(data: dict) -> RenderedBenefit:
    return RenderedBenefit(
        **data | {"picture": _picture(data["picture"]), "claims": tuple(Claim(**item) for item in data["claims"])}
    )


def _toc(data: dict) -> TocEntry:
    return TocEntry(**data | {"children": tuple(_toc(item) for item in data["children"])})


def _source(data: dict) -> NumberedSource:
    return NumberedSource(**data | {"uses": tuple(Use(**item) for item in data["uses"])})
