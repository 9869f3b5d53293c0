"""Are the sources in order?"""

import re
from collections.abc import Iterator

from articles.checks.registry import Checked
from articles.rendering.findings import Finding, Level

_LOOKS_LIKE_CITATION = re.compile(r"\[@[^\]\n]{0,80}\]?")


def no_broken_citation(checked: Checked) -> Iterator[Finding]:
    """`[@` that stayed text on the page is a citation that was typed wrong."""
    for match in _LOOKS_LIKE_CITATION.finditer(checked.rendered.text):
        message = f"‘{match[0]}’ lijkt een bronvermelding maar is er geen. Schrijf [@sleutel] of [@sleutel; @sleutel]."
        yield Finding("broken-citation", Level.WARNING, message)


def no_unused_source(checked: Checked) -> Iterator[Finding]:
    """A source of the live publication that the draft cites nowhere any more: meant, or lost while editing?"""
    cited = {source.key for source in checked.rendered.sources}
    for key in sorted(checked.published_keys - cited):
        message = f"De bron ‘{key}’ staat in de gepubliceerde versie, maar wordt in dit concept nergens meer genoemd. Klopt dat?"
        yield Finding("unused-source", Level.WARNING, message)


def no_open_remark(checked: Checked) -> Iterator[Finding]:
    for source in checked.rendered.sources:
        if remark := checked.library.remarks.get(source.key):
            message = f"Bron {source.number} (‘{source.key}’) heeft een open opmerking voor de redactie: {remark}"
            yield Finding("source-remark", Level.WARNING, message)


RULES = (no_broken_citation, no_unused_source, no_open_remark)
