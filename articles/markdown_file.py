"""An article as one Markdown file with a YAML head, as Pandoc and Quarto read it. Pure: text in, ArticleSource out, and back.

Level 2 headings are chapters; a chapter marked `{.benefits}` holds the benefits as level 3 headings. `dump(parse(text))` gives the
same bytes for every text that `dump` wrote.
"""

import json
import re
from collections.abc import Iterator
from html import unescape

import yaml

from articles.rendering.page import slugify
from articles.rendering.rendered import Adviser
from articles.rendering.source import ArticleSource, BenefitSource, HeroSource, SectionSource

_HEADING = re.compile(r"(#{2,3})[ \t]+(.*?)[ \t]*(?:\{([^{}]*)\})?[ \t]*$")
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,119}")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# What would end a quoted value or its heading, as the character references that Pandoc reads there.
_QUOTED = {ord(character): f"&#{ord(character)};" for character in '&"{}\\\n\r'}
_HEAD_KEYS = {"title", "slug", "lang", "summary", "bibliography", "hero", "adviser", "related"}


class ArticleFileError(ValueError):
    """The file is no article; the message says in Dutch what is wrong, where, and what to do."""


def parse(text: str) -> ArticleSource:
    """Return the article in `text`.

    Raises ArticleFileError when the head is missing or wrong, or a heading stands where it can't.
    """
    head, body, first_line = _split_head(text.replace("\r\n", "\n").replace("\r", "\n"))
    blocks = list(_blocks(body, first_line))
    intro = blocks.pop(0)[2]
    sections, benefits = _parts(blocks)
    return ArticleSource(
        title=_text(head, "title", required=True),
        slug=_text(head, "slug", required=True),
        lang=_text(head, "lang") or "nl",
        summary=_text(head, "summary"),
        bibliography=_text(head, "bibliography"),
        hero=HeroSource(**_group(head, "hero", {"image", "alt", "caption"})),
        adviser=Adviser(**_group(head, "adviser", {"name", "role", "heading", "text"})),
        related=_slugs(head, "related"),
        intro=intro,
        sections=tuple(sections),
        benefits=tuple(benefits),
    )


def _split_head(text: str) -> tuple[dict, str, int]:
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    if not match:
        raise ArticleFileError("Het bestand begint niet met een kop tussen twee regels ‘---’.")
    try:
        head = yaml.safe_load(match[1])
    except yaml.YAMLError as error:
        raise ArticleFileError(f"De kop van het bestand is geen geldige YAML: {error}") from error
    if not isinstance(head, dict):
        raise ArticleFileError("De kop van het bestand bevat geen regels van de vorm ‘naam: waarde’.")
    if unknown := sorted(map(str, set(head) - _HEAD_KEYS)):
        raise ArticleFileError(f"De kop kent deze regel niet: {', '.join(unknown)}. Toegestaan: {', '.join(sorted(_HEAD_KEYS))}.")
    return head, text[match.end() :], text[: match.end()].count("\n") + 1


def _text(head: dict, name: str, *, required: bool = False) -> str:
    value = head.get(name) or ""
    if not isinstance(value, str):
        raise ArticleFileError(f"In de kop moet ‘{name}’ een tekst zijn.")
    if required and not value:
        raise ArticleFileError(f"In de kop ontbreekt ‘{name}’.")
    return value


def _group(head: dict, name: str, allowed: set[str]) -> dict[str, str]:
    group = head.get(name) or {}
    if not isinstance(group, dict) or not set(group) <= allowed:
        raise ArticleFileError(f"In de kop mag ‘{name}’ alleen dit bevatten: {', '.join(sorted(allowed))}.")
    return {key: _text(group, key) for key in group}


def _slugs(head: dict, name: str) -> tuple[str, ...]:
    value = head.get(name) or []
    if not isinstance(value, list) or not all(isinstance(slug, str) and _SLUG.fullmatch(slug) for slug in value):
        raise ArticleFileError(f"In de kop moet ‘{name}’ een lijst van adressen zijn, zoals [thee-zetten, koffie].")
    return tuple(value)


def _blocks(body: str, first_line: int) -> Iterator[tuple[re.Match | None, int, str]]:
    """Yield (heading, line, text under it): first the intro without heading, then every level 2 or 3 heading outside code."""
    heading, line, lines, fence = None, first_line, [], ""
    for number, row in enumerate(body.split("\n"), start=first_line):
        if mark := _FENCE.match(row):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        match = None if fence else _HEADING.match(row)
        if match:
            yield heading, line, "\n".join(lines).strip("\n")
            heading, line, lines = match, number, []
        else:
            lines.append(row)
    yield heading, line, "\n".join(lines).strip("\n")


def _parts(blocks: list[tuple[re.Match, int, str]]) -> tuple[list[SectionSource], list[BenefitSource]]:
    sections, benefits = [], []
    for heading, line, text in blocks:
        level, title, given = heading[1], heading[2].replace("&nbsp;", "\u00a0"), _attributes(heading[3] or "")
        if level == "##":
            sections.append(SectionSource(title, given["anchor"] or slugify(title), text, "benefits" in given["classes"]))
        elif not sections:
            raise ArticleFileError(f"Regel {line}: de kop ‘{title}’ (###) staat nog onder geen hoofdstuk (##).")
        elif sections[-1].shows_benefits:
            benefits.append(_benefit(title, text, given))
        else:
            last = sections[-1]
            sections[-1] = SectionSource(last.heading, last.anchor, f"{last.body}\n\n{heading[0]}\n\n{text}".strip("\n"))
    return sections, benefits


def _benefit(title: str, text: str, given: dict) -> BenefitSource:
    return BenefitSource(
        title,
        given["anchor"] or slugify(title),
        text,
        image=given.get("image", ""),
        claims=tuple(given.get("claims", "").split()),
        image_alt=unescape(given.get("image-alt", "")),
        image_caption=unescape(given.get("image-caption", "")),
    )


def _attributes(text: str) -> dict:
    """Read Pandoc's `{#anchor .class key="value"}`."""
    anchor = re.search(r"#([\w-]+)", re.sub(r'"[^"]*"', "", text))
    found = dict(re.findall(r'([\w-]+)="([^"]*)"', text))
    return found | {"anchor": anchor[1] if anchor else "", "classes": re.findall(r"\.([\w-]+)", re.sub(r'"[^"]*"', "", text))}


def dump(source: ArticleSource) -> str:
    """Return the article as a file, in one canonical form."""
    blocks = ["\n".join(_head(source)), source.intro]
    for section in source.sections:
        mark = " .benefits" if section.shows_benefits else ""
        blocks += [f"## {_heading(section.heading)} {{#{section.anchor}{mark}}}", section.body]
        if section.shows_benefits:
            for benefit in source.benefits:
                blocks += [_benefit_heading(benefit), benefit.body]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _benefit_heading(benefit: BenefitSource) -> str:
    given = {
        "claims": " ".join(benefit.claims),
        "image": benefit.image,
        "image-alt": benefit.image_alt.translate(_QUOTED),
        "image-caption": benefit.image_caption.translate(_QUOTED),
    }
    attributes = "".join(f' {name}="{value}"' for name, value in given.items() if value)
    return f"### {_heading(benefit.title)} {{#{benefit.anchor}{attributes}}}"


def _heading(text: str) -> str:
    """Write a no-break space, which keeps a last word from standing alone on its line, as something that can be seen."""
    return text.replace("\u00a0", "&nbsp;")


def _head(source: ArticleSource) -> list[str]:
    lines = ["---", f"title: {_quote(source.title)}", f"slug: {source.slug}", f"lang: {source.lang}"]
    lines += [f"summary: {_quote(source.summary)}"] if source.summary else []
    lines += [f"bibliography: {source.bibliography}"] if source.bibliography else []
    for name in ("hero", "adviser"):
        group = {key: value for key, value in vars(getattr(source, name)).items() if value}
        lines += [f"{name}:", *(f"  {key}: {_quote(value)}" for key, value in group.items())] if group else []
    lines += [f"related: [{', '.join(map(_plain_or_quoted, source.related))}]"] if source.related else []
    return [*lines, "---"]


def _plain_or_quoted(slug: str) -> str:
    """Return a slug as YAML: bare, unless that would be read as a number, a date or a yes or no."""
    return slug if yaml.safe_load(slug) == slug else _quote(slug)


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
