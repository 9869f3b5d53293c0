import json

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from references.models import HealthClaim, Reference
from references.storable import RecordError
from references.transfer import (
    ImportReport,
    canonical_csl,
    digest,
    dump_csl,
    fields_from_csl,
    import_claims,
    import_records,
    read_json,
    reference_to_csl,
)
from tests.references.conftest import CONTENT, RECORDS
from tests.references.strategies import canonical, csl_records

KEYS = tuple(record["id"] for record in RECORDS)
CLAIMS = json.loads((CONTENT / "magnesium-health-claims.json").read_text(encoding="utf-8"))
CLAIM_KEYS = tuple(claim["key"] for claim in CLAIMS["claims"])


def test_an_import_is_stored_and_comes_out_the_same(sources, records):
    assert [canonical(reference_to_csl(sources[record["id"]])) for record in records] == [canonical(record) for record in records]


def test_the_content_file_is_canonical_and_export_gives_its_bytes(sources):
    text = (CONTENT / "magnesium-references.csl.json").read_text(encoding="utf-8")
    assert dump_csl(sources.values()) == canonical_csl(reversed(RECORDS)) == text


def test_an_import_may_be_repeated(db, records):
    assert import_records(records) == ImportReport(created=KEYS)
    assert import_records(records) == ImportReport(unchanged=KEYS)
    assert Reference.objects.count() == 19


def test_an_import_updates_what_nobody_edited(sources, records):
    records[0]["volume"] = "99"
    assert import_records(records) == ImportReport(updated=KEYS[:1], unchanged=KEYS[1:])
    assert Reference.objects.get(key=KEYS[0]).volume == "99"


def test_an_import_leaves_alone_and_names_what_a_person_edited(sources, records):
    edited = sources[KEYS[0]]
    edited.volume = "van de redactie"
    edited.save()
    records[0]["publisher"] = "nieuw"
    records[1]["publisher"] = "nieuw"
    assert import_records(records) == ImportReport(updated=KEYS[1:2], unchanged=KEYS[2:], skipped=KEYS[:1])
    edited.refresh_from_db()
    assert (edited.volume, edited.publisher) == ("van de redactie", "")
    assert import_records(records, overwrite_edited=True) == ImportReport(updated=KEYS[:1], unchanged=KEYS[1:])
    assert reference_to_csl(Reference.objects.get(key=KEYS[0])) == records[0]


def test_a_source_made_by_hand_is_adopted_only_when_it_says_the_same(db, records):
    Reference(**fields_from_csl(records[0])).save()
    Reference(**fields_from_csl(records[1] | {"title": "anders"})).save()
    assert import_records(records[:2]) == ImportReport(unchanged=KEYS[:1], skipped=KEYS[1:2])
    assert [bool(Reference.objects.get(key=key).imported_digest) for key in KEYS[:2]] == [True, False]


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("tekst", "In ‘nummer 2’, veld ‘—’: dit is geen object met velden."),
        ({"type": "book"}, "In ‘nummer 2’, veld ‘id’: ontbreekt of is geen tekst. Geef elke bron een sleutel, zoals grober2015."),
        ({"id": "a b", "type": "book"}, "In ‘a b’, veld ‘id’: gebruik letters, cijfers en losse leestekens, zonder spaties."),
        ({"id": "a", "type": "boek"}, "In ‘a’, veld ‘type’: ‘boek’ is geen soort bron van CSL. Bijvoorbeeld: article-journal."),
        ({"id": "a"}, "In ‘a’, veld ‘type’: ‘None’ is geen soort bron van CSL. Bijvoorbeeld: article-journal."),
        ({"id": "a", "type": "book", "volume": "1" * 101}, "In ‘a’, veld ‘volume’: is te lang (101 tekens; hooguit 100)."),
        ({"id": "a", "type": "book", "x": ["\x00"]}, "In ‘a’, veld ‘x’: bevat een teken dat niet kan worden opgeslagen."),
        ({"id": "a", "type": "book", "x": {"\ud800": 1}}, "In ‘a’, veld ‘x’: bevat een teken dat niet kan worden opgeslagen."),
        ({"id": "a", "type": "book", "x": float("nan")}, "In ‘a’, veld ‘x’: bevat een getal dat niet kan worden opgeslagen."),
        ({"id": "a", "type": "book", "x": {1, 2}}, "In ‘a’, veld ‘x’: bevat een waarde die geen JSON is."),
        (
            {"id": "a", "type": "book", "x": json.loads("[" * 60 + "]" * 60)},
            "In ‘a’, veld ‘x’: bevat meer dan 50 niveaus van lijsten en objecten.",
        ),
        ({"id": "grober2015", "type": "book"}, "In ‘grober2015’, veld ‘id’: staat twee keer in het bestand."),
    ],
)
def test_a_bad_record_is_named_and_nothing_is_stored(db, records, record, message):
    with pytest.raises(RecordError) as error:
        import_records([next(good for good in records if good["id"] == "grober2015"), record])
    assert str(error.value) == message
    assert not Reference.objects.exists()


@pytest.mark.parametrize("data", [{"id": "a"}, None, 5])
def test_what_is_no_list_is_refused(db, data):
    with pytest.raises(RecordError, match="geen lijst van bronnen"):
        import_records(data)


def test_digest_looks_at_what_is_said_only():
    assert digest({"a": 1, "b": [1.0]}) == digest({"b": [1], "a": 1.0})
    assert len({digest({"a": value}) for value in (1, "1", None, [1], {"a": 1})}) == 5


class RoundTrip(TestCase):
    """Hypothesis needs a class here: every example gets its own transaction."""

    @settings(max_examples=40)
    @given(csl_records())
    def test_the_database_loses_nothing(self, record):
        report = import_records([record])
        stored = Reference.objects.get(key=record["id"])
        assert report == ImportReport(created=(record["id"],))
        assert reference_to_csl(stored) == json.loads(
            canonical(record)
        )  # PostgreSQL keeps 1e16 as 10000000000000000: equal, not alike
        assert import_records(read_json(dump_csl([stored]))) == ImportReport(unchanged=(record["id"],))


def test_claims_are_imported_once_and_updated(db):
    assert import_claims(CLAIMS) == ImportReport(created=CLAIM_KEYS)
    assert import_claims(CLAIMS) == ImportReport(unchanged=CLAIM_KEYS)
    changed = CLAIMS | {"condition": "anders"}
    assert import_claims(changed) == ImportReport(updated=CLAIM_KEYS)
    first = HealthClaim.objects.first()
    assert (first.key, first.position, first.nutrient, first.text_nl, first.condition, first.is_confirmed, first.efsa_opinions) == (
        "fatigue",
        1,
        "magnesium",
        "Magnesium draagt bij tot de vermindering van vermoeidheid en moeheid",
        "anders",
        False,
        ["EFSA Journal 2009;7(9):1216", "EFSA Journal 2010;8(10):1807"],
    )


def test_a_confirmed_or_edited_claim_is_left_alone(db):
    import_claims(CLAIMS)
    HealthClaim.objects.filter(key=CLAIM_KEYS[0]).update(is_confirmed=True)
    HealthClaim.objects.filter(key=CLAIM_KEYS[1]).update(text_nl="Van de redactie")
    assert import_claims(CLAIMS) == ImportReport(unchanged=(CLAIM_KEYS[0], *CLAIM_KEYS[2:]), skipped=CLAIM_KEYS[1:2])
    assert import_claims(CLAIMS | {"regulation": "X"}) == ImportReport(updated=CLAIM_KEYS[2:], skipped=CLAIM_KEYS[:2])
    assert HealthClaim.objects.get(key=CLAIM_KEYS[0]).is_confirmed


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "In ‘?’, veld ‘claims’: het bestand heeft geen lijst ‘claims’."),
        (CLAIMS | {"nutrient": ""}, "In ‘?’, veld ‘nutrient’: ontbreekt of is geen tekst."),
        (CLAIMS | {"efsa_opinions": "x"}, "In ‘?’, veld ‘efsa_opinions’: dit is geen lijst van teksten."),
        (CLAIMS | {"claims": [5]}, "In ‘nummer 1’, veld ‘—’: dit is geen object met velden."),
        (CLAIMS | {"claims": [{"key": "a b"}]}, "In ‘a b’, veld ‘key’: gebruik hooguit 50 letters, cijfers en streepjes."),
        (
            CLAIMS | {"claims": [{"key": "a", "nl": "\x00"}]},
            "In ‘?’, veld ‘claims’: bevat een teken dat niet kan worden opgeslagen.",
        ),
        (CLAIMS | {"claims": [{"key": "a", "en": "x"}]}, "In ‘a’, veld ‘nl’: ontbreekt of is geen tekst."),
        (CLAIMS | {"claims": CLAIMS["claims"][:1] * 2}, "In ‘fatigue’, veld ‘id’: staat twee keer in het bestand."),
    ],
)
def test_bad_claims_are_refused(db, data, message):
    with pytest.raises(RecordError) as error:
        import_claims(data)
    assert str(error.value) == message


def test_the_commands_say_what_happened(db, tmp_path, capsys):
    files = [str(path) for path in sorted(CONTENT.glob("*references*.json"))]
    call_command("import_references", *files)
    Reference.objects.filter(key="wester1992").update(volume="71")
    call_command("import_references", *files)
    call_command("import_health_claims", str(CONTENT / "magnesium-health-claims.json"))
    call_command("import_references", *files, overwrite_edited=True)
    call_command("export_references", output=tmp_path / "uit.json")
    assert capsys.readouterr().out.splitlines() == [
        "magnesium-references.csl.json: 19 nieuw, 0 bijgewerkt, 0 ongewijzigd, 0 overgeslagen",
        "magnesium-references.csl.json: 0 nieuw, 0 bijgewerkt, 18 ongewijzigd, 1 overgeslagen",
        "  Overgeslagen, want door iemand aangepast (--overwrite-edited vervangt ze): wester1992",
        "magnesium-health-claims.json: 10 nieuw, 0 bijgewerkt, 0 ongewijzigd, 0 overgeslagen",
        "magnesium-references.csl.json: 0 nieuw, 1 bijgewerkt, 18 ongewijzigd, 0 overgeslagen",
    ]
    call_command("export_references")
    exported = (tmp_path / "uit.json").read_bytes()
    assert capsys.readouterr().out.encode() == exported == (CONTENT / "magnesium-references.csl.json").read_bytes()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "Kan .*bron.json niet lezen: No such file or directory."),
        (b"\xff", "bron.json is geen UTF-8-tekst"),
        (b"[", "bron.json is geen geldige JSON"),
        (b"[NaN]", "bron.json is geen geldige JSON: NaN is geen JSON."),
        (b"[" * 100_000, "bron.json is geen geldige JSON"),
        (b"{}", "het bestand (is geen lijst van bronnen|heeft geen lijst)"),
    ],
)
@pytest.mark.parametrize("command", ["import_references", "import_health_claims"])
def test_a_file_that_cannot_be_read_gives_one_clear_sentence(db, tmp_path, command, content, message):
    path = tmp_path / "bron.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        call_command(command, str(path))


def test_an_export_that_cannot_be_written_gives_one_clear_sentence(db, tmp_path):
    with pytest.raises(CommandError, match="niet schrijven"):
        call_command("export_references", output=tmp_path / "er niet" / "uit.json")
