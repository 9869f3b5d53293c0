"""Names as editors type them, one on a line <-> CSL names. Pure.

Gröber, U.            a person: family name, comma, given names or initials
van der Berg, J.      small words in front belong to the family name
King, M. L., Jr.      what follows a second comma is a suffix
{Voedingscentrum}     an organisation, between braces
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

MOST_NAMES = 500


class NameLineError(ValueError):
    """A line that is no name. The message is in Dutch, for the editor."""


def lines_from_names(names: Iterable[Mapping[str, Any]]) -> str:
    """Return names as lines. Not everything in a CSL name shows in its line; see `names_from_lines`."""
    return "\n".join(map(_line, names))


def names_from_lines(text: str, before: Iterable[Mapping[str, Any]] = ()) -> list[dict[str, Any]]:
    """Return the CSL names in `text`. A line that reads as a name in `before` did, is that name, with all its details.

    Raises NameLineError.
    """
    known: dict[str, list[Mapping[str, Any]]] = {}
    for name in before:
        known.setdefault(_line(name), []).append(name)
    lines = [line for raw in text.splitlines() if (line := " ".join(raw.split()))]
    if len(lines) > MOST_NAMES:
        raise NameLineError(f"Dit zijn {len(lines)} namen; hooguit {MOST_NAMES} kunnen worden bewaard.")
    return [dict(known[line].pop(0)) if known.get(line) else _name(line) for line in lines]


def _line(name: Mapping[str, Any]) -> str:
    if not _part(name, "family"):
        return f"{{{_part(name, 'literal') or _part(name, 'given')}}}"
    particles = (_part(name, "dropping-particle"), _part(name, "non-dropping-particle"))
    family = " ".join(part for part in (*particles, _part(name, "family")) if part)
    return ", ".join(part for part in (family, _part(name, "given"), _part(name, "suffix")) if part)


def _part(name: Mapping[str, Any], part: str) -> str:
    value = name.get(part)
    return " ".join(value.split()) if isinstance(value, str) else ""


def _name(line: str) -> dict[str, Any]:
    if line.startswith("{") and line.endswith("}"):
        literal = line[1:-1].strip()
        if not literal or re.search("[{}]", literal):
            raise NameLineError(f"‘{line}’: zet de naam van de organisatie tussen één paar accolades, zoals {{Voedingscentrum}}.")
        return {"literal": literal}
    family, *rest = (part.strip() for part in line.split(","))
    if not family or len(rest) > 2 or not all(rest) or re.search("[{};]", line):
        raise NameLineError(f"‘{line}’: schrijf één naam per regel, als achternaam, komma, voorletters. Bijvoorbeeld: Gröber, U.")
    particle, family = _split_particle(family)
    if not rest and " " in family:
        raise NameLineError(
            f"‘{line}’: schrijf een persoon als achternaam, komma, voorletters (Gröber, U.) "
            "en zet een organisatie tussen accolades ({Voedingscentrum})."
        )
    parts = {"family": family, "given": rest[0] if rest else "", "non-dropping-particle": particle, "suffix": "".join(rest[1:])}
    return {part: value for part, value in parts.items() if value}


def _split_particle(family: str) -> tuple[str, str]:
    """Return the words without a capital in front of a family name, and the name itself."""
    words = family.split()
    capital = next((i for i, word in enumerate(words) if not word[0].islower() and not word.startswith(("'", "’"))), 0)
    return " ".join(words[:capital]), " ".join(words[capital:])
