"""What makes a form look as if no person filled it in. Pure. A suspicion never throws a question away: an adviser looks at it."""

import re
from dataclasses import dataclass

FASTEST = 3  # seconds in which nobody reads and fills in the form
MANY_LINKS = 3
_LINK = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)


@dataclass(frozen=True)
class Signs:
    """What the form tells apart from its text. `seconds` is the time since it was opened, None when that can't be known."""

    trap: str
    seconds: float | None
    from_network: int
    from_address: int
    most_from_network: int
    most_from_address: int


def find_suspicions(question: str, signs: Signs) -> tuple[str, ...]:
    """Return why a question looks suspicious, in Dutch for the advisers; nothing when it doesn't."""
    found = []
    if signs.trap:
        found.append("een verborgen veld is ingevuld")
    if signs.seconds is None:
        found.append("de tijd van openen klopt niet")
    elif signs.seconds < FASTEST:
        found.append("sneller ingevuld dan een mens kan")
    if len(_LINK.findall(question)) >= MANY_LINKS:
        found.append("veel links")
    if signs.from_network > signs.most_from_network:
        found.append("veel vragen van één aansluiting")
    if signs.from_address > signs.most_from_address:
        found.append("veel vragen van één e-mailadres")
    return tuple(found)
