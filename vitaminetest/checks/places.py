"""Where something stands in a questionnaire: a name that the admin turns into a link, and words. And every public text."""

from collections.abc import Iterator
from dataclasses import dataclass

from vitaminetest.definition import Definition

SECTION, QUESTION, SCORE, OUTCOME, CASE, WHOLE = "onderdeel", "vraag", "score", "uitkomst", "proef", "vragenlijst"


@dataclass(frozen=True)
class Place:
    """`kind` is one of the above, `key` the key of the part (the name of a case, "" for the whole)."""

    kind: str
    key: str = ""

    @property
    def field(self) -> str:
        return f"{self.kind}:{self.key}" if self.key else self.kind

    @property
    def heading(self) -> str:
        return f"{self.kind.capitalize()} ‘{self.key}’" if self.key else ""


@dataclass(frozen=True)
class PublicText:
    """A text that readers get, and where: `of` says which text of that place it is."""

    place: Place
    of: str
    text: str

    @property
    def heading(self) -> str:
        return f"{self.place.heading}, {self.of}".strip(", ")


def public_texts(definition: Definition) -> Iterator[PublicText]:
    """Yield everything that readers get to read, in reading order."""
    whole = Place(WHOLE)
    yield from _filled(whole, ("titel", definition.title), ("inleiding", definition.intro), ("slot", definition.closing))
    for section in definition.sections:
        yield from _filled(Place(SECTION, section.key), ("titel", section.title))
        for question in section.questions:
            place = Place(QUESTION, question.key)
            yield from _filled(place, ("vraag", question.text), ("toelichting", question.hint), ("waarom", question.why))
            yield from _filled(place, *(("antwoord", option.label) for option in question.options))
    for outcome in definition.outcomes:
        yield from _filled(Place(OUTCOME, outcome.key), ("titel", outcome.title), ("tekst", outcome.body))


def _filled(place: Place, *texts: tuple[str, str]) -> Iterator[PublicText]:
    yield from (PublicText(place, of, text) for of, text in texts if text.strip())
