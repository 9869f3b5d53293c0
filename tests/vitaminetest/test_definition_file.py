import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as without_deadline

from tests.vitaminetest.questionnaires import definitions
from tests.vitaminetest.samples import FILE, sample
from vitaminetest.definition_file import DefinitionError, dump, from_data, parse, to_data

CONTENT = settings.BASE_DIR / "vitaminetest" / "content" / "vitaminetest.yaml"


@without_deadline(deadline=None)
@given(definitions())
def test_what_goes_out_comes_in(definition):
    assert parse(dump(definition)) == definition
    assert from_data(to_data(definition)) == definition
    assert dump(parse(dump(definition))) == dump(definition)


def test_our_own_questionnaire_goes_out_and_comes_in():
    definition = parse(CONTENT.read_text(encoding="utf-8"))
    assert parse(dump(definition)) == definition


def replaced(old: str, new: str) -> str:
    assert old in FILE
    return FILE.replace(old, new, 1)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "vragenlijst: hier horen regels van de vorm"),
        ("- een lijst", "vragenlijst: hier horen regels"),
        ("title: [", "geen geldige YAML"),
        ("a: &a [*a]", "te groot"),
        (replaced("at_least: 14", f"at_least: {10**12}"), "dit getal is te groot"),
        (replaced("at_most: 17", "at_most: 0x" + "f" * 5000), "dit getal is te groot"),
        (replaced("at_most: 17", "at_most: " + ":".join(["59"] * 30_000)), "dit getal is te groot"),
        ("a: &a {x: 1}\nb: {<<: *a}", "‘<<’ kan hier niet"),
        (replaced("title: Overleg", 'title: "\\ud800"'), "hier hoort een tekst"),
        (replaced("title: Overleg", 'title: "\\0"'), "hier hoort een tekst"),
        (replaced("2027-11-01", "2027-13-01"), "als jjjj-mm-dd"),
        (replaced("2027-11-01", "20271101"), "als jjjj-mm-dd"),
        ("title: \0", "geldige YAML"),
        ("[" * 3000, "er zit te veel in elkaar"),
        ("title: T\nintro: " + "x" * 300_000, "te groot"),
        ("intro: zonder titel", "‘title’ ontbreekt"),
        ("title: 2024-01-01", "hier hoort een tekst"),
        ("title: T\nvragen: []", "vragenlijst: ‘vragen’ kan hier niet"),
        (replaced("kind: yesno", "kind: jaofnee"), "‘jaofnee’ kan hier niet. Wel: choice, several"),
        (replaced("at_least: 14", "at_least: veertien"), "hier hoort een heel getal"),
        (replaced("at_least: 14", "boven: 14"), "‘boven’ kan hier niet"),
        (replaced("is: [vrouw]}", "is: [vrouw], at_least: 3}"), "één vergelijking"),
        (replaced("is: [vrouw]", "is: [hond]"), "Vraag ‘situatie’: de vraag ‘geslacht’ heeft geen antwoord ‘hond’"),
        (replaced("question: geslacht, is", "question: volkoren, is"), "die komt niet eerder"),
        (replaced("key: soms", "key: leeftijd"), "komt bij twee keer een vraag voor"),
        (replaced("key: soms", "key: Soms!"), "De sleutel ‘Soms!’"),
        (replaced("is_exclusive: true", "is_exclusive: misschien"), "schrijf true of false"),
        (replaced("at_most: 17", "is: [jong]"), "vergelijk een getal"),
        (replaced("score: bord, at_most: 1", "score: bord, is: [a]"), "een score vergelijk je"),
        (replaced("score: bord, at_most", "score: tafel, at_most"), "de score ‘tafel’"),
        (replaced("expects: [noten, lees]", "expects: [koek]"), "de uitkomst ‘koek’ bestaat niet"),
        (replaced("leeftijd: 40", "leeftijd: 400"), "dat antwoord kan niet"),
        (replaced("maximum: 120", "maximum: -1"), "het kleinste getal"),
        (replaced("intake: male", "intake: pregnant"), "past niet bij"),
        (replaced("kind: info", "kind: choice"), "geef antwoorden om uit te kiezen"),
        (replaced("maximum: 120", "maximum: " + "9" * 5000), "geldige YAML"),
    ],
)
def test_what_is_no_questionnaire_is_refused_with_a_place(text, message):
    with pytest.raises(DefinitionError, match=message):
        parse(text)


def test_a_small_file_can_not_grow():
    """References to references: a few lines that would be billions of values."""
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(DefinitionError, match="te groot"):
        parse(bomb)


def test_references_that_stay_small_are_fine():
    first, second = parse(
        "title: T\nsections:\n- {key: a, title: A, questions: &no []}\n- {key: b, title: B, questions: *no}\n"
    ).sections
    assert first.questions == second.questions == ()


def test_the_sample_says_what_its_file_says():
    assert to_data(sample())["cases"][1] == {
        "name": "Jong",
        "answers": {"leeftijd": 12, "geslacht": "vrouw", "soms": ["niets"], "volkoren": "nee"},
        "expects": ["arts", "lees"],
    }
