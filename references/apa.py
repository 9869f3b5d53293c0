"""The one place that talks to citeproc: a prepared record goes in, the skeleton of an APA line in Dutch comes out.

citeproc copies fields into its HTML unescaped and changes their case and punctuation. So no text of a record goes through it:
every text becomes a `Sentinel`, one private character that citeproc carries along untouched, and is put back afterwards.
Only what citeproc must understand goes in as it is: whole numbers, plain numbering such as "7" or "8199-8226", given names.
"""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

STYLE, LOCALE = "apa-numeric-superscript", "nl-NL"
FIRST_SENTINEL = 0xE000  # the start of Unicode's private use area (6,400 characters), which `prepare` cleans out of every record

_lock = threading.Lock()
_log = logging.getLogger(__name__)


@dataclass
class Sentinels:
    """Texts that travel through citeproc as one character each: sentinel -> (name of the CSL field, text)."""

    texts: dict[str, tuple[str, str]] = field(default_factory=dict)

    def hide(self, name: str, text: str) -> str:
        """Return the character that stands for `text`."""
        sentinel = chr(FIRST_SENTINEL + len(self.texts))
        self.texts[sentinel] = (name, text)
        return sentinel


@cache
def _style() -> CitationStylesStyle:
    """Return the style with the changes this site makes. About 30 ms, so once per process; call with the lock held."""
    style = CitationStylesStyle(STYLE, locale=LOCALE, validate=False)
    bibliography = style.root.bibliography
    # Three authors and "et al." from six on; APA itself names twenty.
    bibliography.set("et-al-min", "6")
    bibliography.set("et-al-use-first", "3")
    bibliography.attrib.pop("et-al-use-last", None)
    # The number belongs to the list that the reader sees, and citeproc prints it without a space.
    number = bibliography.layout.find("cs:text[@variable='citation-number']", bibliography.nsmap)
    bibliography.layout.remove(number)
    return style


def render(prepared: Mapping[str, Any]) -> str | None:
    """Return the bibliography entry of a prepared record as citeproc's HTML, or None when citeproc can't make one.

    A style keeps state while it renders, so threads take turns (about 1 ms each).
    """
    with _lock:
        try:
            source = CiteProcJSON([{"id": "entry", **prepared}])
            bibliography = CitationStylesBibliography(_style(), source, formatter.html)
            bibliography.register(Citation([CitationItem("entry")]))
            return str(bibliography.bibliography()[0])
        except Exception:  # citeproc raises whatever its tree walk runs into; a page must not break on one odd source
            _log.warning("citeproc could not format a source of type %s", prepared.get("type"), exc_info=True)
            return None
