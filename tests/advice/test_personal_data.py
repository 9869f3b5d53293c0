import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.personal_data import Finding, Kind, find_personal_data
from tests.advice.harmless_texts import HARMLESS
from tests.advice.personal_texts import SEEDED
from tests.advice.scaling import check_linear

REFERENCE = r"\bMG-\d{4}-[0-9A-Z]{4,6}\b"
MARKED = re.compile("«(?P<personal>[^»]*)»")
PROSE = st.text("abc deé,.\n", max_size=40)


def kinds(text: str, **known) -> list[tuple[str, str]]:
    return [(finding.kind, finding.text) for finding in find_personal_data(text, **known)]


def is_found(kind: str, marked: str) -> bool:
    """Return whether a finding of this kind covers all that is marked."""
    sown = MARKED.search(marked)
    found = find_personal_data(MARKED.sub(r"\g<personal>", marked), reference_pattern=REFERENCE)
    return any(finding.kind == kind and finding.start <= sown.start() <= sown.end() - 2 <= finding.end for finding in found)


@pytest.mark.parametrize("kind", SEEDED)
def test_what_was_sown_is_found(kind):
    assert [marked for marked in SEEDED[kind] if not is_found(kind, marked)] == []


def test_every_kind_is_sown():
    assert set(SEEDED) == set(Kind)
    assert sum(map(len, SEEDED.values())) >= 300


def test_harmless_texts_rarely_give_an_alarm():
    alarms = [text for text in HARMLESS if find_personal_data(text, reference_pattern=REFERENCE)]

    assert len(set(HARMLESS)) >= 250
    assert len(alarms) <= 0.02 * len(HARMLESS), alarms


def test_harmless_texts_as_one_page_give_hardly_more_alarms():
    found = find_personal_data("\n\n".join(HARMLESS), reference_pattern=REFERENCE)

    assert len(found) <= 0.02 * len(HARMLESS), found


@given(st.text(max_size=200) | st.lists(st.sampled_from([*SEEDED["age"], *SEEDED["name"], *HARMLESS[:20]])).map(" ".join))
def test_findings_point_at_their_text_in_order_and_none_in_another(text):
    found = find_personal_data(text, ["Jan de Vries"], ["Kerkstraat 1"])

    assert all(finding.text == text[finding.start : finding.end] and finding.text for finding in found)
    assert [finding.start for finding in found] == sorted(finding.start for finding in found)
    for is_mild in (True, False):
        spans = [(finding.start, finding.end) for finding in found if finding.kind.is_mild == is_mild]
        assert len({start for start, _ in spans}) == len(spans)
        assert [end for _, end in spans] == sorted({end for _, end in spans})


@given(PROSE, PROSE, st.sampled_from([("email", "a.b@example.org"), ("phone", "06-12345678"), ("iban", "NL91 ABNA 0417 1643 00")]))
def test_surroundings_hide_nothing(before, after, sown):
    text = f"{before} {sown[1]} {after}"

    assert sown in kinds(text)


@given(PROSE, PROSE, st.sampled_from(["Noëlle", "noëlle", "TEN BRINKE", "Brinke", "noëlle ten\nbrinke"]))
def test_known_names_are_found_in_any_case(before, after, name):
    text = f"{before} {name}, {after}"

    assert any(name in finding.text for finding in find_personal_data(text, known_names=["Noëlle ten Brinke"]))


def test_known_names_are_whole_words_without_particles_and_initials():
    known = ["Roos de Wit", "J. Bos", " ", ""]

    assert kinds("De rozen en het bos: roos, wit, WITTE, j.", known_names=known) == [
        ("name", "bos"),
        ("name", "roos"),
        ("name", "wit"),
    ]
    assert kinds("Zo zegt roos  de wit het.", known_names=known) == [("name", "roos  de wit")]
    assert kinds("Een [a-z]+ (x) is geen patroon: axz.", known_names=["[a-z]+"]) == [("name", "[a-z]+")]


def test_known_addresses_are_found_as_they_are():
    known = ["jan.devries@example.nl", "Het Zand  12"]

    assert kinds("het zand\n12 en het zand 123", known_addresses=known) == [("address", "het zand\n12")]
    assert kinds("JAN.DEVRIES@EXAMPLE.NL", known_addresses=known) == [("email", "JAN.DEVRIES@EXAMPLE.NL")]


def test_the_desks_own_numbers_are_found_by_their_pattern():
    assert kinds("Over mg-2026-0042 dan.", reference_pattern=REFERENCE) == [("reference", "mg-2026-0042")]
    assert kinds("Over mg-2026-0042 dan.") == []


def test_one_place_gives_one_finding():
    text = "Ik ben geboren op 3 november 1963. Mijn man Jan belt 06 12345678."

    assert find_personal_data(text, ["Jan"]) == (
        Finding(Kind.DATE_OF_BIRTH, 7, 33, "geboren op 3 november 1963"),
        Finding(Kind.RELATIVE, 35, 47, "Mijn man Jan"),
        Finding(Kind.PHONE, 53, 64, "06 12345678"),
    )


def test_an_age_does_not_hide_a_name_in_it():
    assert kinds("Mijn tjitske zus van 60 slaapt.", known_names=["Tjitske"]) == [
        ("age", "Mijn tjitske zus van 60"),
        ("name", "tjitske"),
    ]


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        *(("111222333", True), ("123456782", True), ("123456789", False), ("000000000", False), ("BSN 123456789", True)),
        *(("BE68 5390 0754 7034", True), ("BE68 5390 0754 7035", False), ("NL91ABNA0417164309", True)),
        *(("06-12345678", True), ("06-1234567", False), ("0800-1234", False), ("+31612345678", True), ("+31 6", False)),
        *(("1234 AB", True), ("1234 mg", False), ("1000 IE", False), ("1234 Ab", False), ("1234 SS", False), ("1234ABC", False)),
        *(("31-12-2024", True), ("32-12-2024", False), ("12-31-2024", False), ("1-1-1", False), ("2024-13-01", False)),
        *(("Kerkstraat 12", True), ("Kerkstraat 12 mg", False), ("Kerkstraat 2 keer", False), ("Onderweg 2", False)),
        *(("19-30 jaar", False), ("van 19 tot 30 jaar", False), ("vrouw, 51 jaar en ouder", False), ("vrouw, 51 jaar", True)),
    ],
)
def test_digits_are_checked(text, is_found):
    assert bool(find_personal_data(f"Ja: {text}.")) == is_found


def test_citations_and_links_to_articles_are_no_addresses():
    assert kinds("Zie [@grober2015; @nielsen2006, p. 3], [[magnesium]] en https://www.efsa.europa.eu/nl.") == []


def test_kinds_have_dutch_labels_and_some_are_mild():
    assert all(kind.label and kind.label == kind.label.lower() for kind in Kind if kind)
    assert {kind for kind in Kind if kind.is_mild} == {Kind.AGE, Kind.DATE}
    assert Kind.CARER.label == "naam van een zorgverlener"


HOSTILE = [
    *(
        "a",
        "A",
        "1",
        "0",
        " ",
        "\n",
        "a@",
        "a.",
        "Aa ",
        "Aa-",
        "de ",
        "van de ",
        "1 ",
        "06 ",
        "+31 ",
        "12-12-",
        "1.1.",
        "A1",
        "NL91ABNA04",
    ),
    *(
        "Aastraat ",
        "mijn man ",
        "mijn man De ",
        "dr. ",
        "dr. A. ",
        "groet\n",
        "groet van de ",
        "ik ben ",
        "ik ben nu ",
        "geboren op ",
    ),
    *(
        "een vrouw van ",
        "63 jaar ",
        "x.com/",
        "@a ",
        "St. ",
        "Jan ",
        "a at b punt ",
        "'t ",
        "klantnummer: a",
        "A.",
        "é",
        "1e mei '",
        "(at)",
    ),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(piece):
    check_linear(lambda text: find_personal_data(text, ["Jan de Vries", "a"], ["a b"]), piece, short=400)
