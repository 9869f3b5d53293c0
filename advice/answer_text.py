"""An answer, from Markdown with `[@key]` to what the reader gets: the site's own renderer, and the sources numbered and frozen."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from advice.ports import surroundings
from articles.rendering.article import number_sources
from articles.rendering.findings import Finding, Level
from articles.rendering.links import find_targets, resolve
from articles.rendering.markdown import render_block
from articles.rendering.page import Page
from articles.rendering.rendered import NumberedSource
from articles.rendering.source import Library
from references.citations import find_groups
from references.models import Reference

_TYPED_LINK = re.compile(r"\[\[([a-z0-9][a-z0-9-]*)(?:#([A-Za-z0-9_-]+))?(?:\|([^\[\]\n|]+))?\]\]")


@dataclass(frozen=True)
class RenderedAnswer:
    """`html` has links to `#ref-…` of its own sources; `text` is the answer for a plain mail, with [1] and the list below it."""

    html: str
    text: str
    sources: tuple[NumberedSource, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level == Level.ERROR)


def render_answer(body: str, *, prefix: str = "") -> RenderedAnswer:
    """Return what a reader gets. `prefix` sets its anchors apart from those of other answers on the same page.

    Never raises on anything typed: what is wrong (an unknown source) stands in `findings`.
    """
    library = library_for(body)
    page = Page(library, prefix=prefix)
    with page.at(field="body", heading="Antwoord", level=2):
        html = resolve(render_block(body, page), library.links)
    sources = number_sources(page)
    return RenderedAnswer(html, plain_text(body, sources, library), sources, tuple(page.findings))


def library_for(body: str) -> Library:
    """Return the sources that a text cites, as readers may see them, and the articles that it links to."""
    references = Reference.objects.by_key(cited_keys(body))
    links = surroundings().link_targets({slug for slug, _ in find_targets(body)})
    return Library(
        references={key: row.public_csl(link_masked=settings.LINK_MASKED_REFERENCES) for key, row in references.items()},
        links=links,
    )


def cited_keys(body: str) -> set[str]:
    return {citation.key for _, _, group in find_groups(body) for citation in group}


def plain_text(body: str, sources: Iterable[NumberedSource], library: Library) -> str:
    """Return the answer as plain text: `[@key]` becomes [1], `[[slug]]` the title with its address, the sources stand below."""
    numbers = {source.key: source.number for source in sources}
    parts, end = [], 0
    for start, stop, group in find_groups(body):
        cited = ", ".join(_numbered(citation, numbers) for citation in group)
        parts += [body[end:start], f"[{cited}]"]
        end = stop
    text = _TYPED_LINK.sub(lambda match: _plain_link(match, library), "".join([*parts, body[end:]])).strip()
    listed = "\n".join(f"[{source.number}] {_line(source)}" for source in sources)
    return f"{text}\n\nBronnen\n\n{listed}" if listed else text


def _numbered(citation, numbers: dict[str, int]) -> str:
    number = numbers.get(citation.key, citation.key)
    return f"{number}, {citation.locator}" if citation.locator else str(number)


def _plain_link(match: re.Match, library: Library) -> str:
    slug, anchor, text = match.groups()
    target = library.links.get(slug)
    if target is None:
        return text or slug.replace("-", " ")
    address = f"{settings.SITE_URL}{target.url}" + (f"#{anchor}" if anchor else "")
    return f"{text or target.title} ({address})"


def _line(source: NumberedSource) -> str:
    return source.text if not source.url or source.url in source.text else f"{source.text} {source.url}"
