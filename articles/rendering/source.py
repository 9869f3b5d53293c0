"""What rendering needs: the article as typed, and the library it may draw from. Plain data, so that rendering needs no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.rendering.rendered import Adviser, Claim, Picture
from intake.table import Table


@dataclass(frozen=True)
class SectionSource:
    """`field` is the name of the form field that holds the body: findings point to it."""

    heading: str
    anchor: str
    body: str = ""
    shows_benefits: bool = False
    field: str = field(default="", compare=False)


@dataclass(frozen=True)
class BenefitSource:
    title: str
    anchor: str
    body: str = ""
    image: str = ""
    claims: tuple[str, ...] = ()
    image_alt: str = ""
    image_caption: str = ""
    field: str = field(default="", compare=False)


@dataclass(frozen=True)
class HeroSource:
    image: str = ""
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True)
class ArticleSource:
    """An article as its editor typed it. Images, claims and related articles are named by their keys."""

    title: str
    slug: str
    lang: str = "nl"
    summary: str = ""
    bibliography: str = ""
    hero: HeroSource = field(default_factory=HeroSource)
    adviser: Adviser = field(default_factory=Adviser)
    intro: str = ""
    sections: tuple[SectionSource, ...] = ()
    benefits: tuple[BenefitSource, ...] = ()
    related: tuple[str, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Every Markdown text, in reading order."""
        bodies = [self.hero.caption, self.intro]
        for section in self.sections:
            bodies.append(section.body)
            if section.shows_benefits:
                bodies += [text for benefit in self.benefits for text in (benefit.body, benefit.image_caption)]
        return tuple(bodies)


@dataclass(frozen=True)
class LinkTarget:
    """A published article that `[[slug]]` may link to. `slug` is its address of now, which may not be the one that was typed."""

    title: str
    url: str
    anchors: frozenset[str] = frozenset()
    slug: str = ""
    article_id: int = 0


@dataclass(frozen=True)
class LibraryPicture:
    """A picture with what the library says of it; `caption` is Markdown."""

    picture: Picture
    caption: str = ""
    is_decorative: bool = False


@dataclass(frozen=True)
class Library:
    """What a text may name: CSL records that are safe for readers, pictures, published articles, claims and intake tables, by key.

    The rest is for checks only and reaches no page. `remarks` are the doubts about a source that editors keep, `masked` and
    `retracted` the keys of such sources, `nutrient_claims` the text of every claim for the nutrients that the article is about.
    """

    references: Mapping[str, Mapping] = field(default_factory=dict)
    pictures: Mapping[str, LibraryPicture] = field(default_factory=dict)
    links: Mapping[str, LinkTarget] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    masked: frozenset[str] = frozenset()
    retracted: frozenset[str] = frozenset()
    nutrient_claims: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
