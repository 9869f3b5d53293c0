"""Traces of a person in a text that is about to become public: a question and its answer, stripped of who asked. Pure.

It helps somebody who reads the text; it doesn't replace the reading. Better one alarm too many than a name on the site. What no
pattern can see: an unusual name without a word around it that says so, a rare illness, a story that the whole village knows.

Cost: linear in the length of the text, every pattern has bounded repeats. The patterns stand in `advice.personal_patterns`
(numbers, addresses, dates, ages) and `advice.personal_names`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from advice.personal_names import NAME_PATTERNS, NOT_NAMES
from advice.personal_patterns import NOT_POSTCODES, PATTERNS

_PARTICLES = frozenset(
    {"van", "von", "de", "der", "den", "het", "ter", "ten", "te", "la", "le", "el", "al", "du", "da", "di", "bin", "ben", "en"}
)


class Kind(StrEnum):
    """What was found. When two kinds fit the same piece of text, the one that comes first here is reported."""

    IBAN = "iban"
    BSN = "bsn"
    PROFILE = "profile"
    EMAIL = "email"
    PHONE = "phone"
    DATE_OF_BIRTH = "date_of_birth"
    POSTCODE = "postcode"
    ADDRESS = "address"
    REFERENCE = "reference"
    RELATIVE = "relative"
    CARER = "carer"
    NAME = "name"
    DATE = "date"
    AGE = "age"

    @property
    def label(self) -> str:
        """Return what an adviser reads, in Dutch."""
        return _LABELS[self]

    @property
    def is_mild(self) -> bool:
        """Return whether this alone rarely points at a person: worth a look, no reason to stop."""
        return self in {Kind.AGE, Kind.DATE}


_LABELS = {
    Kind.IBAN: "rekeningnummer",
    Kind.BSN: "burgerservicenummer",
    Kind.PROFILE: "profiel op sociale media",
    Kind.EMAIL: "e-mailadres",
    Kind.PHONE: "telefoonnummer",
    Kind.DATE_OF_BIRTH: "geboortedatum",
    Kind.POSTCODE: "postcode",
    Kind.ADDRESS: "adres",
    Kind.REFERENCE: "kenmerk of nummer",
    Kind.RELATIVE: "naam van een naaste",
    Kind.CARER: "naam van een zorgverlener",
    Kind.NAME: "naam",
    Kind.DATE: "datum",
    Kind.AGE: "leeftijd",
}


@dataclass(frozen=True)
class Finding:
    """Something personal: `text[start:end]` of the text that was searched."""

    kind: Kind
    start: int
    end: int
    text: str


def find_personal_data(
    text: str,
    known_names: Iterable[str] = (),
    known_addresses: Iterable[str] = (),
    *,
    reference_pattern: str = "",
) -> tuple[Finding, ...]:
    """Return every trace of a person in reading order, without those that lie within another.

    `known_names` are names of the asker and whoever else is known ("Jan de Vries"): the whole, what follows its first word and each
    word but particles and initials is looked for, as whole words in any case. `known_addresses` are addresses by mail or post,
    looked for as they are, in any case and with any white space. `reference_pattern` is a regular expression for the desk's own
    numbers, searched in any case; the caller keeps it linear. All texts come in one Unicode form (NFC), or an é is not an é.
    Findings of a kind with `is_mild` deserve a look, the others should not stay.
    """
    found = [*_find_patterns(text), *_find_known(text, known_names, known_addresses)]
    if reference_pattern:
        found += _find(text, Kind.REFERENCE, re.compile(reference_pattern, re.IGNORECASE))
    return _without_nested(found)


def _find_patterns(text: str) -> Iterator[Finding]:
    for name, patterns in (PATTERNS | NAME_PATTERNS).items():
        for pattern in patterns:
            yield from _find(text, Kind(name), pattern, _CHECKS.get(Kind(name), _is_always_real))


def _is_always_real(match: re.Match) -> bool:
    return True


def _find(text: str, kind: Kind, pattern: re.Pattern, is_real: Callable[[re.Match], bool] = _is_always_real) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        if match[0] and is_real(match):
            yield Finding(kind, match.start(), match.end(), match[0])


def _find_known(text: str, names: Iterable[str], addresses: Iterable[str]) -> Iterator[Finding]:
    wholes = {" ".join(name.split()) for name in names}
    words = {word for name in wholes for word in name.split() if len(word.strip(".")) > 1 and word.lower() not in _PARTICLES}
    families = {name.partition(" ")[2] for name in wholes}
    for kind, known in (
        (Kind.NAME, wholes | families | words),
        (Kind.ADDRESS, {" ".join(address.split()) for address in addresses}),
    ):
        if pattern := _pattern_of(known):
            yield from _find(text, kind, pattern)


def _pattern_of(known: Iterable[str]) -> re.Pattern | None:
    """Return a pattern for any of the texts as whole words, the longest first."""
    texts = sorted(filter(None, known), key=len, reverse=True)
    alternatives = "|".join(r"\s{1,4}".join(re.escape(word) for word in text.split()) for text in texts)
    return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)", re.IGNORECASE) if texts else None


def _without_nested(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Leave out what lies within another finding; a mild one hides only mild ones. In the same place the first kind stays."""
    order = {kind: (kind.is_mild, position) for position, kind in enumerate(Kind)}
    kept: list[Finding] = []
    end_of_any = end_of_serious = -1
    for finding in sorted(found, key=lambda finding: (finding.start, -finding.end, order[finding.kind])):
        if finding.end <= (end_of_any if finding.kind.is_mild else end_of_serious):
            continue
        kept.append(finding)
        end_of_any = max(end_of_any, finding.end)
        end_of_serious = end_of_serious if finding.kind.is_mild else finding.end
    return tuple(kept)


def _digits(match: re.Match) -> str:
    return "".join(character for character in match[0] if character.isdigit())


def _is_phone(match: re.Match) -> bool:
    """A Dutch number has ten digits; one from abroad, with its country, ten to fifteen (E.164)."""
    digits = _digits(match)
    if digits.startswith("00") or "+" in match[0]:
        return 10 <= len(digits) <= 17
    return len(digits) == 10


def _is_postcode(match: re.Match) -> bool:
    """Units and words of two letters after a number or year are no postcode; SA, SD and SS are never given out."""
    letters = match["letters"]
    return letters.upper() not in NOT_POSTCODES and (letters.isupper() or letters.islower())


def _is_bsn(match: re.Match) -> bool:
    """The 11-proef of the BSN: 9a+8b+7c+6d+5e+4f+3g+2h-i is divisible by 11. With its name before it, any number counts."""
    digits = [int(digit) for digit in _digits(match)]
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return bool(match["label"]) or (len(digits) == 9 and any(digits) and sum(map(int.__mul__, weights, digits)) % 11 == 0)


def _is_iban(match: re.Match) -> bool:
    """ISO 13616: the first four characters moved to the end, letters as 10 to 35, gives 1 modulo 97."""
    characters = "".join(filter(str.isalnum, match[0])).upper()
    if characters.startswith("NL"):  # its form is certain: with a typing error in it, it is still somebody's
        return True
    return int("".join(str(int(c, 36)) for c in characters[4:] + characters[:4])) % 97 == 1


def _is_date(match: re.Match) -> bool:
    """A date in numbers has a day and a month that exist: 0,1-0,5 and 2/4/10 mg are none."""
    parts = match.groupdict()
    return not parts or (1 <= int(parts["day"]) <= 31 and 1 <= int(parts["month"]) <= 12)


def _is_name(match: re.Match) -> bool:
    """A capital doesn't make a name: illnesses, languages and words that begin a sentence are not."""
    first = match.groupdict().get("name")  # a pattern without it knows its names by heart
    return first is None or re.split(r"[\s-]", first)[0].lower() not in NOT_NAMES


_CHECKS = {
    Kind.PHONE: _is_phone,
    Kind.POSTCODE: _is_postcode,
    Kind.BSN: _is_bsn,
    Kind.IBAN: _is_iban,
    Kind.DATE: _is_date,
    Kind.NAME: _is_name,
    Kind.RELATIVE: _is_name,
    Kind.CARER: _is_name,
}
