"""What a check gets to see, and how it says what it met."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from articles.rendering.findings import Finding, Level
from vitaminetest.checks.places import Place
from vitaminetest.definition import Definition


@dataclass(frozen=True)
class Checked:
    """`rendered` is what the renderer met in every Markdown text and `sources` how many sources it has, by its name
    (vitaminetest.rendering); `watched` is what the site says of every public text, by its number in places.public_texts.
    """

    definition: Definition
    today: date
    rendered: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)
    watched: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)


def found(code: str, level: Level, message: str, place: Place, *, heading: str = "", line: int = 0) -> Finding:
    return Finding(code, level, message, place.field, heading or place.heading, line)
