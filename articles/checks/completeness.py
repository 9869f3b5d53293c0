"""Is everything there that a page needs?"""

from collections.abc import Iterator

from articles.checks.registry import Checked
from articles.rendering.findings import Finding, Level

SHORTEST_SUMMARY = 50


def has_summary(checked: Checked) -> Iterator[Finding]:
    if len(checked.source.summary) < SHORTEST_SUMMARY:
        message = (
            f"De samenvatting is korter dan {SHORTEST_SUMMARY} tekens. Ze staat in lijsten en zoekmachines: vat het artikel samen."
        )
        yield Finding("short-summary", Level.WARNING, message, field="summary")


def has_text(checked: Checked) -> Iterator[Finding]:
    if not checked.rendered.text.strip() or not checked.source.sections:
        message = "Het artikel heeft nog geen hoofdstuk. Voeg er een toe voordat je publiceert."
        yield Finding("no-section", Level.ERROR, message, field="sections-0-heading")


def section_has_body(checked: Checked) -> Iterator[Finding]:
    for section in checked.source.sections:
        if not section.body.strip() and not section.shows_benefits:
            message = f"Het hoofdstuk ‘{section.heading}’ heeft geen tekst."
            yield Finding("empty-section", Level.WARNING, message, field=section.field, heading=section.heading)


def benefits_are_shown(checked: Checked) -> Iterator[Finding]:
    if checked.source.benefits and not any(section.shows_benefits for section in checked.source.sections):
        message = "Er zijn voordelen, maar geen hoofdstuk dat ze toont. Vink bij een hoofdstuk ‘toont de voordelen’ aan."
        yield Finding("benefits-not-shown", Level.ERROR, message, field="sections-0-shows_benefits")


RULES = (has_summary, has_text, section_has_body, benefits_are_shown)
