"""What rendering gives: frozen dataclasses of finished HTML fragments. Templates, the snapshot and the checks read nothing else."""

from dataclasses import dataclass, field

from articles.rendering.findings import Finding

FOCAL_STEP = 5  # percent: fine enough for a cut of a picture, and few enough for a small sheet of classes


@dataclass(frozen=True)
class PictureSource:
    """One `<source>` of a picture: MIME type and a ready `srcset` value."""

    type: str
    srcset: str


@dataclass(frozen=True)
class Picture:
    """A library image as a page needs it.

    `sources` are the modern formats, best first; `src` and `srcset` the fallback that every browser knows. The focal point is in
    percent from the left and the top. `share_src` is a cut around it for other sites; empty in older publications.
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
    focal_x: int = 50
    focal_y: int = 50
    share_src: str = ""
    share_width: int = 0
    share_height: int = 0

    @property
    def focal_class(self) -> str:
        """The classes (static/css/base.css) that keep the focal point in sight where a page cuts the picture."""
        axes = [("x", self.focal_x), ("y", self.focal_y)]
        return " ".join(f"focal-{axis}-{step}" for axis, value in axes if (step := round(value / FOCAL_STEP) * FOCAL_STEP) != 50)


@dataclass(frozen=True)
class PictureUse:
    """A place where a picture stands, or should: `picture` is None when the library doesn't know `name`.

    `place` is "hero", "benefit" or "text"; `own_alt` the alt text that was typed for this place.
    """

    name: str
    place: str
    own_alt: str
    picture: Picture | None
    field: str = ""
    heading: str = ""
    anchor: str = ""


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
class PrintedTable:
    """An intake table as it was printed, in Markdown: what the line with its key stood for."""

    key: str
    markdown: str


@dataclass(frozen=True)
class RenderedArticle:
    """A whole article, ready for the template.

    `text` is the plain text for search, `minutes` the reading time, `related` the addresses of what to read next, `tables` the
    intake tables that the text prints.
    A publication keeps all of it but `findings` and `pictures`, which go into rows of their own.
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
    tables: tuple[PrintedTable, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)
    pictures: tuple[PictureUse, ...] = field(default=(), compare=False)
