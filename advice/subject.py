"""What a question is about: the article, and the part of it, with the link that was pressed."""

from dataclasses import dataclass

from advice.choices import BUSY
from advice.ports import surroundings

LONGEST_SLUG = 120


@dataclass(frozen=True)
class Subject:
    """`title` is "" while the article can't be looked up; `anchor` and `heading` are "" for the article as a whole."""

    slug: str
    title: str
    anchor: str = ""
    heading: str = ""


def find_subject(slug: str, anchor: str) -> Subject | None:
    """Return the published article at an address, old addresses included, and the part of it. None when there is none."""
    if not slug or len(slug) > LONGEST_SLUG or "\0" in slug:
        return None
    origin = surroundings().find_article(slug)
    if origin is None:
        return None
    heading = origin.heading(anchor)
    return Subject(origin.slug, origin.title, anchor if heading else "", heading)


def subject_at_hand(slug: str, anchor: str) -> Subject | None:
    """Return the subject, by its address alone when the database can't be asked: the next try knows more."""
    try:
        return find_subject(slug, anchor)
    except BUSY:
        return Subject(slug[:LONGEST_SLUG], "", anchor[:LONGEST_SLUG])
