"""Are the sources in order?"""

import re
from collections.abc import Iterator

from articles.checks.places import bodies, first_citations
from articles.checks.registry import Checked, Fault, rule
from articles.rendering.findings import Level

_LOOKS_LIKE_CITATION = re.compile(r"\[@[^\]\n]{0,80}\]?")


@rule("broken-citation", Level.WARNING, "Iets lijkt een bronvermelding, maar is verkeerd getypt en blijft gewone tekst.")
def no_broken_citation(checked: Checked) -> Iterator[Fault]:
    """`[@` that stayed text on the page is a citation that was typed wrong."""
    wrong = {match[0] for match in _LOOKS_LIKE_CITATION.finditer(checked.rendered.text)}
    placed = set()
    for text in bodies(checked.source) if wrong else ():
        for match in _LOOKS_LIKE_CITATION.finditer(text.text):
            if match[0] in wrong:
                placed.add(match[0])
                yield Fault(_broken(match[0]), text.field, text.heading, text.line_at(match.start()))
    for typed in sorted(wrong - placed):
        yield Fault(_broken(typed))


def _broken(typed: str) -> str:
    return f"‘{typed}’ lijkt een bronvermelding maar is er geen. Schrijf [@sleutel] of [@sleutel; @sleutel]."


@rule("unused-source", Level.WARNING, "Een bron van de gepubliceerde versie komt in het concept niet meer voor.")
def no_unused_source(checked: Checked) -> Iterator[Fault]:
    """A source of the live publication that the draft cites nowhere any more: meant, or lost while editing?"""
    cited = {source.key for source in checked.rendered.sources}
    for key in sorted(checked.published_keys - cited):
        yield Fault(f"De bron ‘{key}’ staat in de gepubliceerde versie, maar wordt in dit concept nergens meer genoemd. Klopt dat?")


@rule("source-remark", Level.WARNING, "Bij een bron staat een open opmerking voor de redactie.")
def no_open_remark(checked: Checked) -> Iterator[Fault]:
    places = first_citations(checked.source)
    for source in checked.rendered.sources:
        if remark := checked.library.remarks.get(source.key):
            message = f"Bron {source.number} (‘{source.key}’) heeft een open opmerking voor de redactie: {remark}"
            yield Fault(message, **places.get(source.key, {}))


@rule("retracted-source", Level.ERROR, "Een bron is teruggetrokken door haar uitgever.")
def no_retracted_source(checked: Checked) -> Iterator[Fault]:
    places = first_citations(checked.source)
    for source in checked.rendered.sources:
        if source.key in checked.library.retracted:
            message = (
                f"Bron {source.number} (‘{source.key}’) is teruggetrokken en draagt geen bewering meer. "
                "Kies een andere bron, of haal de bewering weg."
            )
            yield Fault(message, **places.get(source.key, {}))


@rule("source-without-link", Level.HINT, "Een bron heeft geen DOI en geen webadres; een gemaskeerde bron hoeft dat niet.")
def source_has_link(checked: Checked) -> Iterator[Fault]:
    places = first_citations(checked.source)
    for source in checked.rendered.sources:
        if not source.url and source.key not in checked.library.masked:
            message = f"Bron {source.number} (‘{source.key}’) heeft geen DOI en geen webadres. Vul er een in als het bestaat."
            yield Fault(message, **places.get(source.key, {}))
