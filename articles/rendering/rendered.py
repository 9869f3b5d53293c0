"""What rendering gives: frozen dataclasses of finished HTML fragments. Templates, the snapshot and the checks read nothing else."""

from dataclasses import dataclass, field

from articles.rendering.findings import Finding


@dataclass(frozen=True)
class PictureSource:
    """One `<source>` of a picture: MIME type and a ready `srcset` value."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """A library image as a page needs it.

    `sources` are the modern formats, best first; `src` and `srcset` the fallback that every browser knows.
    """

    name: str
    src: str
    srcset: str
    sources: tuple[PictureSource, ...]
    width: int
    height: int
    alt: str
    caption_html: str = ""
    credit: str = ""


@dataclass(frozen=True)
class TocEntry:
    """A line of the table of contents; `children` are the headings under it."""

    title: str
    anchor: str
    children: tuple["TocEntry", ...] = ()


@dataclass(frozen=True)
class Claim:
    """An authorised health claim that carries a benefit."""

    key: str
    text: str


@dataclass(frozen=True)
class RenderedBenefit:
    number: int
    title: str
    anchor: str
    html: str
    picture: Picture | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class RenderedSection:
    heading: str
    anchor: str
    html: str
    benefits: tuple[RenderedBenefit, ...] = ()


@dataclass(frozen=True)
class Use:
    """One place where a source is cited. `label` is a, b, c … when there are several; `heading` says where, in words."""

    anchor: str
    label: str
    heading: str
    sentence: str
    locator: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class NumberedSource:
    """A line of the reference list: its number, its one line of safe HTML, and every place that cites it."""

    number: int
    key: str
    anchor: str
    html: str
    text: str
    url: str
    record: dict
    uses: tuple[Use, ...] = ()


@dataclass(frozen=True)
class Adviser:
    name: str = ""
    role: str = ""
    heading: str = ""
    text: str = ""


@dataclass(frozen=True)
class RenderedArticle:
    """A whole article, ready for the template.

    `text` is the plain text for search, `minutes` the reading time, `related` the addresses of what to read next.
    """

    title: str
    slug: str
    lang: str
    summary: str
    hero: Picture | None
    intro: str
    sections: tuple[RenderedSection, ...]
    toc: tuple[TocEntry, ...]
    sources: tuple[NumberedSource, ...]
    adviser: Adviser
    text: str
    words: int
    minutes: int
    related: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)
