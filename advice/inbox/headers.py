"""What stands in the head of a mail, however badly it was written. Pure; never raises.

The parser of the standard library reads a header when it is asked for, and some headers make it fail or take very long: so a header
is cut first and read in here only.
"""

import re
from collections.abc import Iterable, Iterator
from email.headerregistry import HeaderRegistry
from email.message import Message

from advice.inbox.charsets import clean, decode

LONGEST = 2_000  # characters of a header that are read
MOST_ADDRESSES = 50
MOST_IDS = 100
_ID = re.compile(r"<([^<>\s]{3,250})>")
_BETWEEN_ADDRESSES = re.compile(r"[\s<>,;:\"()\[\]]+")
_registry = HeaderRegistry()


def raw_values(mail: Message, *names: str) -> Iterator[str]:
    """Yield what stands behind these names, unfolded, in the order of the mail."""
    wanted = {name.lower() for name in names}
    for name, value in mail.raw_items():
        if name.lower() in wanted:
            content = str(value).encode("utf-8", "surrogateescape")
            yield " ".join(decode(content).split())


def raw_value(mail: Message, name: str) -> str:
    return next(raw_values(mail, name), "")


def has(mail: Message, *names: str) -> bool:
    return any(True for _ in raw_values(mail, *names))


def text_of(mail: Message, name: str) -> str:
    """Return a header with its encoded words read; as it stands when they can't be."""
    value = raw_value(mail, name)[:LONGEST]
    try:
        return clean(str(_registry(name, value)))
    except Exception:  # the parser has more than one way to fail on what isn't a header
        return value


def senders(mail: Message) -> tuple[str, ...]:
    """Return the addresses that a mail says it is from, as they are written. More than one is possible, and suspicious."""
    found = []
    for value in raw_values(mail, "From"):
        try:
            found += [address.addr_spec for address in _registry("From", value[:LONGEST]).addresses]
        except Exception:
            found += addresses_in([value[:LONGEST]])
    return tuple(dict.fromkeys(clean(address) for address in found if "@" in address.strip("@")))


def addresses_in(values: Iterable[str]) -> tuple[str, ...]:
    """Return everything that looks like an address, in small letters, at most MOST_ADDRESSES."""
    words = (word for value in values for word in _BETWEEN_ADDRESSES.split(value[: 10 * LONGEST].lower()))
    found = dict.fromkeys(word.strip("'.") for word in words if word.count("@") == 1)
    return tuple(address for address in found if 3 <= len(address) <= 254)[:MOST_ADDRESSES]


def ids_in(values: Iterable[str]) -> tuple[str, ...]:
    """Return the Message-IDs in these headers, without brackets."""
    found = []
    for value in values:
        in_brackets = _ID.findall(value[: 10 * LONGEST])
        found += in_brackets or [word for word in value[:LONGEST].split() if 1 < word.find("@") < 250]
    return tuple(dict.fromkeys(found))[:MOST_IDS]


def answered_ids(mail: Message) -> tuple[str, ...]:
    """Return the Message-IDs of what a mail answers, the nearest first."""
    nearest = ids_in(raw_values(mail, "In-Reply-To"))
    return tuple(dict.fromkeys([*nearest, *reversed(ids_in(raw_values(mail, "References")))]))[:MOST_IDS]
