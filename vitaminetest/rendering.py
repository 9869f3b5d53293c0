"""The Markdown of a questionnaire through the site's one renderer. Sources are numbered anew in each: readers see a few of them."""

import re
from collections.abc import Iterable

from django.conf import settings

from articles.rendering.article import number_sources
from articles.rendering.findings import Finding
from articles.rendering.links import find_targets
from articles.rendering.markdown import render_block
from articles.rendering.page import Page
from articles.rendering.rendered import NumberedSource
from articles.rendering.source import Library
from references.citations import Citation, find_groups
from references.models import Reference
from vitaminetest.definition import Definition
from vitaminetest.ports import surroundings
from vitaminetest.shown import CLOSING, INTRO, Text, outcome_name

HEADING_LEVEL = 3  # of the title of an outcome: a heading in its body comes below that
_TYPED_LINK = re.compile(r"\[\[([a-z0-9][a-z0-9-]*)(?:#[A-Za-z0-9_-]+)?(?:\|([^\[\]\n|]+))?\]\]")


def typed_texts(definition: Definition) -> dict[str, str]:
    """Return every Markdown text of a questionnaire by its name."""
    bodies = {outcome_name(outcome.key): outcome.body for outcome in definition.outcomes}
    return {INTRO: definition.intro, CLOSING: definition.closing} | bodies


def render_texts(definition: Definition) -> tuple[dict[str, Text], dict[str, tuple[Finding, ...]]]:
    """Return the texts as readers will see them, and what is wrong with each, both by name. Links have no address yet.

    Never raises on anything typed. A few queries, however many texts there are.
    """
    typed = typed_texts(definition)
    headings = {INTRO: "Inleiding", CLOSING: "Slot"} | {outcome_name(outcome.key): outcome.title for outcome in definition.outcomes}
    library = _library_for(typed.values())
    shown, findings = {}, {}
    for number, (name, body) in enumerate(typed.items()):
        page = Page(library, first_level=HEADING_LEVEL, prefix=f"t{number}-")
        with page.at(field=name, heading=headings[name], level=HEADING_LEVEL):
            html = render_block(body, page)
        sources = number_sources(page)
        shown[name], findings[name] = Text(html, _plain(body, sources, library), sources), tuple(page.findings)
    return shown, findings


def _library_for(texts: Iterable[str]) -> Library:
    texts = list(texts)
    references = Reference.objects.by_key({c.key for text in texts for _, _, group in find_groups(text) for c in group})
    return Library(
        references={key: row.public_csl(link_masked=settings.LINK_MASKED_REFERENCES) for key, row in references.items()},
        links=surroundings().link_targets({link for text in texts for link in find_targets(text)}),
        retracted=frozenset(key for key, row in references.items() if row.is_retracted),
        masked=frozenset(key for key, row in references.items() if row.is_masked),
    )


def _plain(body: str, sources: tuple[NumberedSource, ...], library: Library) -> str:
    """Return a text as it reads without HTML: `[@key]` becomes [1], `[[slug]]` the words of the link."""
    numbers, parts, end = {source.key: source.number for source in sources}, [], 0
    for start, stop, group in find_groups(body):
        parts += [body[end:start], f"[{', '.join(_numbered(citation, numbers) for citation in group)}]"]
        end = stop
    return _TYPED_LINK.sub(lambda match: _words(match, library), "".join([*parts, body[end:]])).strip()


def _numbered(citation: Citation, numbers: dict[str, int]) -> str:
    number = str(numbers.get(citation.key, citation.key))
    return f"{number}, {citation.locator}" if citation.locator else number


def _words(match: re.Match, library: Library) -> str:
    slug, text = match.groups()
    return text or (library.links[slug].title if slug in library.links else slug.replace("-", " "))
