"""What citeproc's skeleton of a line gets wrong, each defect mended by one function. Pure.

In a skeleton every text of the record is a sentinel (see `apa`), so what stands there in letters came from the style or its locale.
"""

import re
from collections.abc import Mapping
from typing import Any

from references.apa import Sentinels
from references.prepare import LITERAL_DATE, LITERAL_YEAR

# English that the style prints itself, or that the Dutch locale lacks.
_DUTCH = (
    (re.compile(r"\bArticle (?=[\d\ue000-\uf8ff])"), "artikel "),
    (re.compile(r"\bPublication No\. "), "publicatie nr. "),
    (re.compile(r"\bNo\. (?=[\d\ue000-\uf8ff])"), "nr. "),
    (re.compile(r"\[Rev\. of (the )?"), "[Bespreking van "),
    (re.compile(r"\(c\. (?=\d)"), "(ca. "),
    (re.compile(r"(?<=\d) ?BC\b"), " v.Chr."),
    (re.compile(r"(?<=\d) ?AD\b"), " n.Chr."),
)


def mend(skeleton: str, prepared: Mapping[str, Any], sentinels: Sentinels) -> str:
    """Return the skeleton of one line with its defects mended."""
    skeleton = " ".join(skeleton.split())
    if "author" not in prepared:
        skeleton = _without_second_title(skeleton, prepared["title"])
    skeleton = _with_date_in_words(skeleton, sentinels)
    skeleton = _with_day_before_month(skeleton)
    for english, dutch in _DUTCH:
        skeleton = english.sub(dutch, skeleton)
    return _without_doubled_stop(skeleton, sentinels)


def _without_second_title(skeleton: str, title: str) -> str:
    """Drop the title after the date when it already stands in the place of the authors: citeproc forgets that it used it."""
    first, found, rest = skeleton.partition(title)
    return first + found + re.sub(rf" ?(?:<i>)?{title}(?:</i>)?\.?", "", rest, count=1)


def _with_date_in_words(skeleton: str, sentinels: Sentinels) -> str:
    """Put the sentinel of a date in words where its stand-in year is."""
    found = [sentinel for sentinel, (name, _) in sentinels.texts.items() if name == LITERAL_DATE]
    return skeleton.replace(str(LITERAL_YEAR), found[0]) if found else skeleton


def _with_day_before_month(skeleton: str) -> str:
    """Turn "(2020, maart 4)" into "(2020, 4 maart)": the style writes dates the American way in every language."""
    return re.sub(r"\((\d{1,4}), ([a-z]{3,9}) (\d{1,2})\)", r"(\1, \3 \2)", skeleton)


def _without_doubled_stop(skeleton: str, sentinels: Sentinels) -> str:
    """Drop the full stop after a text that ends in one, or in ? or !. citeproc sees the sentinel, not how its text ends."""

    def drop(match: re.Match) -> str:
        return match[1] + match[2] if sentinels.texts[match[1]][1].endswith((".", "?", "!", "…")) else match[0]

    return re.sub(r"([\ue000-\uf8ff])((?:</[a-z]+>)*)\.", drop, skeleton)
