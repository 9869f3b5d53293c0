import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from references.bibliography import format_entry, format_text, short_label
from references.csl import fields_from_record
from references.public import is_masked, public_record
from tests.references.conftest import RECORDS
from tests.references.strategies import csl_records

MASKED = [record for record in RECORDS if "public_title" in record.get("custom", {})]
PUBLIC_FIELDS = {
    *("id", "type", "title", "author", "issued", "accessed", "container-title", "publisher", "volume", "issue", "page", "language"),
    *("DOI", "PMID", "URL", "publisher-place", "edition", "collection-title", "collection-number", "number", "genre", "version"),
    *("authority", "chapter-number", "editor", "translator", "container-author", "collection-editor", "event-title", "event-place"),
    *("section", "medium", "status", "number-of-pages", "number-of-volumes", "ISBN", "ISSN"),
}


def public(record, link_masked=False):
    return public_record(fields_from_record(record), link_masked=link_masked)


def test_ten_of_the_nineteen_sources_are_masked():
    assert len(MASKED) == 10
    assert [record["id"] for record in RECORDS if is_masked(fields_from_record(record))] == [record["id"] for record in MASKED]


@pytest.mark.parametrize("record", MASKED, ids=lambda record: record["id"])
def test_a_masked_source_shows_neither_its_title_nor_a_link(record):
    record = record | {
        "title-short": record["title"],
        "abstract": record["title"],
        "note": record["title"],
        "keyword": "x",
        "original-title": record["title"],
        "event-title": "Congres",
        "ISBN": "978",
        "PMID": "123",
        "URL": "https://example.org/vol",
        "editor": [{"literal": f"De makers van {record['title'].upper()}"}],
        "genre": record["title"],
    }
    seen = public(record)
    bytes_for_readers = json.dumps(seen) + format_entry(seen) + format_text(seen) + short_label(seen)
    assert record["title"].casefold() not in bytes_for_readers.casefold()
    assert not seen.keys() & {"DOI", "PMID", "URL", "ISBN", "event-title", "abstract", "note", "keyword", "title-short", "custom"}
    assert "href" not in format_entry(seen)
    assert seen["title"] == record["custom"]["public_title"]


def test_a_setting_may_give_a_masked_source_its_link():
    seen = public(next(record for record in MASKED if record["id"] == "grober2015"), link_masked=True)
    assert (seen["title"], seen["DOI"]) == ("Magnesium in prevention and [...]", "10.3390/nu7095388")


def test_an_open_source_goes_out_without_what_is_only_for_editors():
    record = next(record for record in RECORDS if record["id"] == "nielsen2006") | {"note": "intern", "x": {"y": 1}}
    expected = {name: value for name, value in record.items() if name not in {"custom", "note", "x"}}
    assert public(record) == expected


def test_dates_keep_circa_and_ranges():
    record = {"id": "a", "type": "book", "issued": {"date-parts": [[1990, 2], [1995]], "circa": 1, "raw": "geheim"}}
    assert public(record) == {"id": "a", "type": "book", "issued": {"date-parts": [[1990, 2], [1995]], "circa": True}}
    assert public(record | {"issued": {"literal": "voorjaar", "raw": "x"}})["issued"] == {"literal": "voorjaar"}


@settings(max_examples=60)
@given(csl_records(), st.booleans())
def test_only_allowed_fields_go_out(record, link_masked):
    assert public(record, link_masked).keys() <= PUBLIC_FIELDS


@settings(max_examples=60)
@given(csl_records(), st.text("abcdefghij ", min_size=12, max_size=30).map(lambda text: f"q{text}q"))
def test_a_masked_title_never_goes_out(record, title):
    custom = record.get("custom") if isinstance(record.get("custom"), dict) else {}
    record = record | {"title": title, "custom": custom | {"public_title": "Iets over [...]"}}
    for name in ("container-title", "publisher", "genre", "note", "URL", "title-short", "DOI"):
        record[name] = f"Zie {title.upper()}"
    record["author"] = [{"literal": title}, {"family": "Smit", "given": title}]
    assume(title not in record["id"])
    for link_masked in (False, True):
        seen = public(record, link_masked)
        for text in (json.dumps(seen), format_entry(seen), format_text(seen), short_label(seen)):
            assert " ".join(title.split()).casefold() not in " ".join(text.split()).casefold()
