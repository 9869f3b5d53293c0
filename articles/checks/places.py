"""Where things stand: every public text of an article with the form field that holds it, and the line of a place inside it."""

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from articles.rendering import ArticleSource, Library
from articles.rendering.intake import without_lines
from references.citations import find_groups

# Every repeat is bounded: text that never closes a bracket must not cost the square of its length.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_CITATION = re.compile(r"\[@[^\]\n]{0,1000}\]")
_ARTICLE_LINK = re.compile(r"\[\[([a-z0-9-]+)(?:#[\w-]+)?(?:\|([^\[\]\n|]+))?\]\]")
_IMAGE = re.compile(r"!\[([^\]\n]{0,500})\]\(\s{0,9}<?media:([\w-]{1,80})>?\s{0,9}(?:\"([^\"\n]{0,500})\")?\s{0,9}\)")
_TARGET = re.compile(r"\]\(\s{0,9}[^)\s]{0,500}\s{0,9}(?:\"([^\"\n]{0,500})\")?\s{0,9}\)")
_MARKS = re.compile(r"\*+|~~|`+|(?<![^\W_])_+|_+(?![^\W_])|[ \t]{0,9}\{#[\w-]{1,80}\}[ \t]{0,9}$|^\s{0,3}#{1,6}[ \t]+")


@dataclass(frozen=True)
class Text:
    """A public text as typed. `line` is that of its first line; 0 when its field holds only one."""

    field: str
    heading: str
    text: str
    line: int = 0
    is_markdown: bool = False

    def line_at(self, position: int) -> int:
        return self.line + self.text.count("\n", 0, position) if self.line else 0


def bodies(source: ArticleSource) -> Iterator[Text]:
    """Yield the Markdown texts of an article that readers get, in reading order."""
    if source.hero.image:
        yield Text("hero_caption", "Openingsbeeld", source.hero.caption, is_markdown=True)
    yield Text("intro", "Inleiding", source.intro, 1, is_markdown=True)
    for section in source.sections:
        yield Text(section.field, section.heading, section.body, 1, is_markdown=True)
        if section.shows_benefits:
            for number, benefit in enumerate(source.benefits, start=1):
                heading = f"{number}. {benefit.title}"
                yield Text(benefit.field, heading, benefit.body, 1, is_markdown=True)
                if benefit.image and benefit.image_caption:
                    yield Text(benefit.field.replace("-body", "-image_caption"), heading, benefit.image_caption, is_markdown=True)


def reading_order(source: ArticleSource) -> dict[str, int]:
    """Return the place of every form field on the page, so that findings can stand in the order in which people read."""
    fields = ["title", "slug", "summary", "hero", "hero_alt", "hero_caption", "intro"]
    for section in source.sections:
        fields += [section.field.replace("-body", f"-{name}") for name in ("heading", "body", "shows_benefits")]
        if section.shows_benefits:
            fields += [
                b.field.replace("-body", f"-{name}")
                for b in source.benefits
                for name in ("title", "body", "image", "image_alt", "image_caption", "claims")
            ]
    fields += ["adviser_name", "adviser_role", "adviser_heading", "adviser_text"]
    return {field: place for place, field in reversed(list(enumerate(fields)))}


def public_texts(source: ArticleSource, library: Library) -> Iterator[Text]:
    """Yield everything that readers, search engines or screen readers get to see, without the marks of Markdown."""
    yield Text("title", "Titel", source.title)
    yield Text("summary", "Samenvatting", source.summary)
    yield from _single_lines(source)
    for typed in bodies(source):
        yield from _pictures_in(typed, library)
        yield Text(typed.field, typed.heading, plain(typed.text, library), typed.line)
    yield from _pictures_beside(source, library)


def _single_lines(source: ArticleSource) -> Iterator[Text]:
    for section in source.sections:
        yield Text(section.field.replace("-body", "-heading"), section.heading, plain(section.heading))
    for benefit in source.benefits:
        yield Text(benefit.field.replace("-body", "-title"), benefit.title, plain(benefit.title))
        if benefit.image and benefit.image_alt:
            yield Text(benefit.field.replace("-body", "-image_alt"), benefit.title, plain(benefit.image_alt))
    if source.hero.image:
        yield Text("hero_alt", "Openingsbeeld", plain(source.hero.alt))
    for name in ("name", "role", "heading", "text"):
        yield Text(f"adviser_{name}", "Advieskaartje", plain(getattr(source.adviser, name)))


def _pictures_in(typed: Text, library: Library) -> Iterator[Text]:
    """Yield what the library says of a picture where the text itself gives no alt text or caption."""
    for match in _IMAGE.finditer(typed.text):
        alt, name, caption = match.groups()
        known = library.pictures.get(name)
        words = [known.picture.credit, "" if alt else known.picture.alt, "" if caption else known.caption] if known else []
        for text in filter(None, words):
            yield Text(typed.field, typed.heading, plain(text, library), typed.line_at(match.start()))


def _pictures_beside(source: ArticleSource, library: Library) -> Iterator[Text]:
    """Yield the library's texts for the opening image and the images of benefits."""
    uses = [("hero", "Openingsbeeld", source.hero.image, source.hero.alt, source.hero.caption)]
    uses += [(b.field.replace("-body", "-image"), b.title, b.image, b.image_alt, b.image_caption) for b in source.benefits]
    for field, heading, name, alt, caption in uses:
        if known := library.pictures.get(name):
            words = (known.picture.credit, "" if alt else known.picture.alt, "" if caption else known.caption)
            yield from (Text(field, heading, plain(text, library)) for text in words if text)


def plain(text: str, library: Library | None = None) -> str:
    """Return Markdown as a reader meets it: the same lines, without citations, addresses, marks and letters that can't be seen."""

    def title(match: re.Match) -> str:
        known = library.links.get(match[1]) if library else None
        return match[2] or (known.title if known else match[1].replace("-", " "))

    lines = []
    for line in without_lines(text).split("\n"):
        line = _ARTICLE_LINK.sub(title, _CITATION.sub("", line))
        line = _TARGET.sub(lambda match: f"] ({match[1]})" if match[1] else "]", line)
        line = _UNSEEN.sub("", html.unescape(_MARKS.sub("", line)))
        lines.append(" ".join(unicodedata.normalize("NFKC", line).replace("[", "").replace("]", "").splitlines()))
    return "\n".join(lines)


def first_citations(source: ArticleSource) -> dict[str, dict]:
    """Return, by key, field, heading and line of the first citation of every source, as keywords of a Fault."""
    places: dict[str, dict] = {}
    for typed in bodies(source):
        for start, _, group in find_groups(typed.text):
            for citation in group:
                if citation.key not in places:
                    places[citation.key] = {"field": typed.field, "heading": typed.heading, "line": typed.line_at(start)}
    return places
