"""Is everything there that a page needs, and is it still up to date?"""

from collections.abc import Iterator

from articles.checks.registry import Checked, Fault, rule
from articles.rendering.findings import Level

SHORTEST_SUMMARY = 50


@rule("short-summary", Level.WARNING, f"De samenvatting is korter dan {SHORTEST_SUMMARY} tekens.")
def has_summary(checked: Checked) -> Iterator[Fault]:
    if len(checked.source.summary) < SHORTEST_SUMMARY:
        message = (
            f"De samenvatting is korter dan {SHORTEST_SUMMARY} tekens. Ze staat in lijsten en zoekmachines: vat het artikel samen."
        )
        yield Fault(message, field="summary")


@rule("no-section", Level.ERROR, "Het artikel heeft nog geen hoofdstuk.")
def has_text(checked: Checked) -> Iterator[Fault]:
    if not checked.rendered.text.strip() or not checked.source.sections:
        yield Fault("Het artikel heeft nog geen hoofdstuk. Voeg er een toe voordat je publiceert.", field="sections-0-heading")


@rule("empty-section", Level.WARNING, "Een hoofdstuk heeft geen tekst.")
def section_has_body(checked: Checked) -> Iterator[Fault]:
    for section in checked.source.sections:
        if not section.body.strip() and not section.shows_benefits:
            yield Fault(f"Het hoofdstuk ‘{section.heading}’ heeft geen tekst.", field=section.field, heading=section.heading)


@rule("benefits-not-shown", Level.ERROR, "Er zijn voordelen, maar geen hoofdstuk toont ze.")
def benefits_are_shown(checked: Checked) -> Iterator[Fault]:
    if checked.source.benefits and not any(section.shows_benefits for section in checked.source.sections):
        message = "Er zijn voordelen, maar geen hoofdstuk dat ze toont. Vink bij een hoofdstuk ‘toont de voordelen’ aan."
        yield Fault(message, field="sections-0-shows_benefits")


@rule("review-due", Level.WARNING, "De datum waarop het artikel opnieuw bekeken moest worden, is voorbij.")
def is_reviewed(checked: Checked) -> Iterator[Fault]:
    due = checked.review_due
    if due and checked.today and due < checked.today:
        message = (
            f"Dit artikel moest voor {due.day}-{due.month}-{due.year} opnieuw worden bekeken. "
            "Loop tekst en bronnen na en kies een nieuwe datum."
        )
        yield Fault(message, field="review_due")
