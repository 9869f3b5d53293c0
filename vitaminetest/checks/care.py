"""Are the texts backed by sources, looked after, and careful about what they say?"""

from collections.abc import Iterator
from dataclasses import replace

from articles.rendering.findings import Finding, Level
from vitaminetest.checks.checked import Checked, found
from vitaminetest.checks.places import OUTCOME, WHOLE, Place, public_texts
from vitaminetest.checks.wording import diagnoses, doses, sentences_of
from vitaminetest.definition import OutcomeKind
from vitaminetest.shown import CLOSING, INTRO, outcome_name

SHOWN = 80  # characters of a sentence in a message


def texts_render(checked: Checked) -> Iterator[Finding]:
    """What the renderer met: unknown sources, links to nothing, anchors that aren't there."""
    places = {INTRO: (Place(WHOLE), "Inleiding"), CLOSING: (Place(WHOLE), "Slot")}
    places |= {outcome_name(outcome.key): (Place(OUTCOME, outcome.key), "") for outcome in checked.definition.outcomes}
    for name, findings in checked.rendered.items():
        place, heading = places[name]
        yield from (replace(finding, field=place.field, heading=heading or place.heading) for finding in findings)


def outcomes_have_sources(checked: Checked) -> Iterator[Finding]:
    for outcome in checked.definition.outcomes:
        if outcome.kind != OutcomeKind.DOCTOR and not checked.sources.get(outcome_name(outcome.key)):
            message = "Deze uitkomst noemt geen bron. Zet erachter waar het staat, zoals [@grober2015]."
            yield found("outcome-without-source", Level.WARNING, message, Place(OUTCOME, outcome.key))


def outcomes_are_looked_after(checked: Checked) -> Iterator[Finding]:
    for outcome in checked.definition.outcomes:
        place = Place(OUTCOME, outcome.key)
        if not outcome.review_by:
            message = "Er is geen datum om de tekst na te kijken. Kies er een, bijvoorbeeld over een jaar."
            yield found("no-review-date", Level.WARNING, message, place)
        elif outcome.review_by < checked.today.isoformat():
            message = f"De tekst moest vóór {outcome.review_by} worden nagekeken. Kijk hem na en kies een nieuwe datum."
            yield found("review-date-passed", Level.WARNING, message, place)


def texts_are_careful(checked: Checked) -> Iterator[Finding]:
    for text in public_texts(checked.definition):
        for line, sentence in sentences_of(text.text):
            said = sentence if len(sentence) <= SHOWN else f"{sentence[:SHOWN]} …"
            if diagnoses(sentence):
                message = (
                    f"‘{said}’ zegt wat de lezer heeft. Een vragenlijst kan dat niet weten: schrijf wat er in het algemeen geldt, "
                    "of verwijs naar huisarts of apotheker."
                )
                yield found("diagnosis", Level.ERROR, message, text.place, heading=text.heading, line=line)
            if doses(sentence):
                message = (
                    f"‘{said}’ zegt wat of hoeveel de lezer moet innemen. Schrijf over eten, of verwijs naar huisarts of apotheker."
                )
                yield found("dose", Level.ERROR, message, text.place, heading=text.heading, line=line)


def words_are_allowed(checked: Checked) -> Iterator[Finding]:
    """What the site says of every text: watched words and long sentences."""
    for number, text in enumerate(public_texts(checked.definition)):
        for finding in checked.watched.get(str(number), ()):
            yield replace(finding, field=text.place.field, heading=text.heading)
