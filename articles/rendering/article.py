"""One numbering pass over a whole article: ArticleSource and Library in, RenderedArticle out. No database, no request."""

from collections.abc import Mapping
from dataclasses import replace

from articles.rendering import figures, links
from articles.rendering.findings import Level
from articles.rendering.markdown import render_block, render_line
from articles.rendering.page import Page
from articles.rendering.rendered import (
    NumberedSource,
    Picture,
    RenderedArticle,
    RenderedBenefit,
    RenderedSection,
    TocEntry,
    Use,
)
from articles.rendering.source import ArticleSource, BenefitSource, Library, SectionSource
from references.bibliography import format_entry, format_text

WORDS_PER_MINUTE = 200


def render_article(source: ArticleSource, library: Library) -> RenderedArticle:
    """Return the article as readers see it. Sources are numbered in reading order: opening image, intro, sections, benefits.

    Never raises on anything an editor can type: what is wrong stands in `findings`.
    """
    page = Page(library)
    hero = _hero(source, page)
    with page.at(field="intro", heading="Inleiding", level=2):
        intro = render_block(source.intro, page)
    sections, toc = _sections(source, page)
    for place, slug in enumerate(source.related):
        with page.at(field=f"related_{place}", heading="Lees ook", level=2):
            links.judge(page, slug, closed="Lezers zien het kaartje nog niet; het komt er vanzelf.")
    text = "\n".join(part for part in page.text if part)
    words = len(text.split())
    return RenderedArticle(
        title=source.title,
        slug=source.slug,
        lang=source.lang,
        summary=source.summary,
        hero=hero,
        intro=intro,
        sections=sections,
        toc=toc,
        sources=number_sources(page),
        adviser=source.adviser,
        text=text,
        words=words,
        minutes=max(1, round(words / WORDS_PER_MINUTE)),
        related=source.related,
        tables=tuple(page.tables.values()),
        findings=tuple(page.findings),
        pictures=tuple(page.pictures),
    )


def _hero(source: ArticleSource, page: Page) -> Picture | None:
    with page.at(field="hero_caption", heading="Openingsbeeld", level=2):
        hero = source.hero
        return _picture(hero.image, page, alt=hero.alt, caption=hero.caption, place="hero", field="hero") if hero.image else None


def _picture(name: str, page: Page, *, alt: str, caption: str, place: str, field: str) -> Picture | None:
    known, picture = page.library.pictures.get(name), None
    if known:
        picture = figures.describe(
            page, known, alt=alt, caption=caption, render_inline=lambda text, env: render_line(text, page), env={}
        )
    else:
        page.find("unknown-image", Level.ERROR, f"De afbeelding ‘{name}’ staat niet in de beeldbank.")
    page.show(name, picture, own_alt=alt, place=place, field=field)
    return picture


def _sections(source: ArticleSource, page: Page) -> tuple[tuple[RenderedSection, ...], tuple[TocEntry, ...]]:
    sections, toc = [], []
    for section in source.sections:
        rendered, entry = _section(section, source.benefits if section.shows_benefits else (), page)
        sections.append(rendered)
        toc.append(entry)
    return tuple(sections), tuple(toc)


def _section(section: SectionSource, benefits: tuple[BenefitSource, ...], page: Page) -> tuple[RenderedSection, TocEntry]:
    page.text.append(section.heading)
    with page.at(field=section.field, heading=section.heading, level=2, anchor=section.anchor):
        page.claim_anchor(section.anchor)
        html = render_block(section.body, page)
        children = tuple(page.headings)
    rendered = tuple(_benefit(benefit, number, page) for number, benefit in enumerate(benefits, start=1))
    children += tuple(TocEntry(f"{benefit.number}. {benefit.title}", benefit.anchor) for benefit in rendered)
    return RenderedSection(section.heading, section.anchor, html, rendered), TocEntry(section.heading, section.anchor, children)


def _benefit(benefit: BenefitSource, number: int, page: Page) -> RenderedBenefit:
    page.text.append(benefit.title)
    with page.at(field=benefit.field, heading=f"{number}. {benefit.title}", level=3, anchor=benefit.anchor):
        page.claim_anchor(benefit.anchor)
        html = render_block(benefit.body, page)
        picture = _benefit_picture(benefit, page) if benefit.image else None
    claims = tuple(page.library.claims[key] for key in benefit.claims if key in page.library.claims)
    return RenderedBenefit(number, benefit.title, benefit.anchor, html, picture, claims)


def _benefit_picture(benefit: BenefitSource, page: Page) -> Picture | None:
    field = benefit.field.replace("-body", "-image")
    return _picture(benefit.image, page, alt=benefit.image_alt, caption=benefit.image_caption, place="benefit", field=field)


def number_sources(page: Page) -> tuple[NumberedSource, ...]:
    """Return the reference list of everything that was rendered on `page`."""
    return tuple(_source(page, number, key) for number, key in enumerate(page.numbering.keys, start=1))


def _source(page: Page, number: int, key: str) -> NumberedSource:
    anchor = f"ref-{page.key_anchor(key)}"
    return NumberedSource(number, key, anchor, **describe_source(page.library.references[key]), uses=_label_uses(page.uses[key]))


def describe_source(record: Mapping) -> dict:
    """Return what a NumberedSource says of a CSL record that readers may see: `html`, `text`, `url` and the record itself."""
    doi = record.get("DOI")
    url = f"https://doi.org/{doi}" if doi else str(record.get("URL", ""))
    return {"html": format_entry(record), "text": format_text(record), "url": url, "record": dict(record)}


def _label_uses(uses: list[Use]) -> tuple[Use, ...]:
    """Give the ways back names that differ: a, b, c … and a spoken name with the heading."""
    many = len(uses) > 1
    labelled = []
    for i, use in enumerate(uses, start=1):
        label = use_label(i) if many else ""
        count = f", gebruik {label} van {len(uses)}" if many else ""
        locator = f" ({use.locator})" if use.locator else ""
        labelled.append(replace(use, label=label, spoken=f"Terug naar ‘{use.heading}’{count}{locator}"))
    return tuple(labelled)


def use_label(number: int) -> str:
    """Return a, b, … z, aa, ab … for 1, 2, … 26, 27, 28 …"""
    label = ""
    while number:
        number, rest = divmod(number - 1, 26)
        label = chr(ord("a") + rest) + label
    return label
