"""Generated CSL-JSON records, as odd as the format and its users allow."""

import json

from hypothesis import strategies as st

from references.citations import is_key
from references.csl_types import ReferenceType

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
# PostgreSQL writes a large float out in all its digits, and those read back as another number.
FLOATS = st.floats(-1e15, 1e15)
SCALARS = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | FLOATS | TEXT
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=6)
KEYS = st.from_regex(r"[a-z_0-9][a-z0-9]{0,8}([:.#$%&+?<>~/-][a-z0-9]{1,4}){0,2}", fullmatch=True).filter(is_key)

NAME_PARTS = ("family", "given", "literal", "suffix", "dropping-particle", "non-dropping-particle", "ORCID")
NAMES = st.lists(st.dictionaries(st.sampled_from(NAME_PARTS), TEXT, max_size=4) | JSON, max_size=4) | JSON
NUMBERS = st.integers(-3000, 3000) | st.integers(0, 31).map(str) | SCALARS
PARTS = st.lists(NUMBERS, max_size=4) | st.tuples(st.integers(1000, 2100), st.integers(1, 12), st.integers(1, 31)).map(list)
DATES = (
    st.fixed_dictionaries(
        {},
        optional={
            "date-parts": st.lists(PARTS, max_size=3) | JSON,
            "season": st.integers(1, 4) | TEXT,
            "circa": st.booleans() | TEXT,
            "raw": TEXT,
            "literal": TEXT,
        },
    )
    | JSON
)
TEXT_FIELDS = ("title", "container-title", "publisher", "volume", "issue", "page", "DOI", "PMID", "URL", "language")
OTHER_FIELDS = (
    "edition",
    "number",
    "genre",
    "note",
    "abstract",
    "title-short",
    "ISBN",
    "event-title",
    "section",
    "status",
    "version",
)


@st.composite
def csl_records(draw):
    record = {"id": draw(KEYS), "type": draw(st.sampled_from(ReferenceType.values))}
    for name in draw(st.lists(st.sampled_from(TEXT_FIELDS + OTHER_FIELDS), unique=True, max_size=8)):
        record[name] = draw((TEXT if name != "PMID" else st.text("0123456789", max_size=9)) | st.integers(-5, 5000) | JSON)
    for name in draw(st.lists(st.sampled_from(("author", "editor", "translator")), unique=True)):
        record[name] = draw(NAMES)
    for name in draw(st.lists(st.sampled_from(("issued", "accessed", "original-date")), unique=True)):
        record[name] = draw(DATES)
    if draw(st.booleans()):
        record["custom"] = draw(st.dictionaries(st.sampled_from(("public_title", "remark", "x")), TEXT | JSON) | JSON)
    return record | draw(st.dictionaries(TEXT.map(lambda text: f"x-{text}"), JSON, max_size=2))


def canonical(value) -> str:
    """Equal texts for equal JSON: 1, 1.0 and True stay three things."""
    return json.dumps(value, sort_keys=True)
