from datetime import date

import pytest
from hypothesis import given, settings

from references.csl import fields_from_record, normalise_doi, record_from_fields
from tests.references.conftest import RECORDS
from tests.references.strategies import canonical, csl_records


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_columns_say_everything_about_the_records_of_the_article(record):
    fields = fields_from_record(record)
    assert fields["extra"] == {}
    assert canonical(record_from_fields(fields)) == canonical(record)


@settings(max_examples=100)
@given(csl_records())
def test_nothing_of_any_record_is_lost(record):
    assert canonical(record_from_fields(fields_from_record(record))) == canonical(record)


def test_columns_of_an_odd_record():
    record = {
        "id": 7,
        "type": "book",
        "title": "T",
        "volume": 3,
        "DOI": "https://doi.org/10.1000/X",
        "issued": {"date-parts": [["1999", "12"], [2001]], "circa": True},
        "accessed": {"date-parts": [[2024, 2]]},
        "author": "niet eens een lijst",
        "custom": {"public_title": "P", "mijn": [1]},
        "x-veld": None,
    }
    fields = fields_from_record(record)
    assert {name: value for name, value in fields.items() if value not in ("", [], None)} == {
        "key": "7",
        "type": "book",
        "title": "T",
        "volume": "3",
        "doi": "10.1000/X",
        "issued_year": 1999,
        "issued_month": 12,
        "public_title": "P",
        "extra": {
            "id": 7,
            "volume": 3,
            "DOI": "https://doi.org/10.1000/X",
            "issued": record["issued"],
            "accessed": record["accessed"],
            "author": "niet eens een lijst",
            "custom": {"mijn": [1]},
            "x-veld": None,
        },
    }
    assert canonical(record_from_fields(fields)) == canonical(record)


def test_what_an_editor_changed_wins_from_what_was_kept():
    record = {
        "id": "a",
        "type": "book",
        "volume": 3,
        "issued": {"date-parts": [[1999], [2001]]},
        "custom": {"public_title": 5, "mijn": 1},
    }
    fields = fields_from_record(record) | {"volume": "4", "issued_year": 2000, "public_title": "", "accessed": date(2024, 11, 5)}
    assert record_from_fields(fields) == {
        "id": "a",
        "type": "book",
        "volume": "4",
        "issued": {"date-parts": [[2000]]},
        "accessed": {"date-parts": [[2024, 11, 5]]},
        "custom": {"mijn": 1},
    }


@pytest.mark.parametrize(
    "text",
    ["10.1/x", " https://doi.org/10.1/x ", "http://dx.doi.org/10.1/x", "doi:10.1/x", "DOI: 10.1/x", "HTTPS://DOI.ORG/10.1/x"],
)
def test_a_doi_loses_what_people_paste_in_front(text):
    assert normalise_doi(text) == "10.1/x"
