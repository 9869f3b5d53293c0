"""Bytes of a mail to text, whatever their label says. Pure; never raises."""

import codecs
import re
from contextlib import suppress

_KNOWN = re.compile(
    r"ascii|utf-8(-sig)?|utf-(16|32)(-[bl]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb\w+|big5\w*|shift_jis\w*|euc_\w+|iso2022_\w+"
)
_ONE_BYTE = re.compile(r"ascii|iso8859-\d+|cp125\d|koi8-[rtu]|mac-\w+")


def decode(content: bytes, charset: str = "") -> str:
    """Return the text that `content` most likely is, with line ends as \\n; what can't be read becomes U+FFFD.

    `charset` is believed unless the bytes contradict it: Windows' own signs called ISO-8859-1, and UTF-8 called anything else. A
    text in one byte per letter that is valid UTF-8 by chance is as good as unknown.
    """
    name = _codec(charset)
    if name in ("", "ascii", "utf-8") or _ONE_BYTE.fullmatch(name):
        with suppress(UnicodeDecodeError):
            return clean(content.decode("utf-8-sig"))
    if name in ("iso8859-1", "ascii", "cp1252", ""):
        return clean(content.decode("cp1252", "replace"))
    if name == "utf-8":
        text = content.decode("utf-8", "replace")
        return clean(text if _is_mostly_right(text) else content.decode("cp1252", "replace"))
    try:
        return clean(content.decode(name, "replace"))
    except (UnicodeError, LookupError):
        return clean(content.decode("cp1252", "replace"))


def clean(text: str) -> str:
    """Return a text that every database takes and every page can show: one kind of line end, no zero bytes, no half characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return text.encode("utf-8", "replace").decode("utf-8")


def _codec(charset: str) -> str:
    """Return Python's name of a charset; "" for one that is unknown, or a codec that makes something else than text."""
    try:
        name = codecs.lookup(charset.strip()[:40]).name
    except (LookupError, ValueError):
        return ""
    return name if _KNOWN.fullmatch(name) else ""


def _is_mostly_right(text: str) -> bool:
    """Return whether a text that was read as UTF-8 has fewer unreadable places than readable characters beyond ASCII."""
    wrong = text.count("\ufffd")
    return sum(not character.isascii() for character in text) - wrong > wrong
