import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.placeholders import Filled, fill, find_unfilled
from tests.advice.scaling import check_linear

NAMES = st.sampled_from(["naam", "vraag_titel", "adviseur", "écht"])
PROSE = st.text(st.characters(exclude_characters="{}[]<>_`~xX|", exclude_categories=["Cs"]), max_size=20)
VALUES = st.text("abc {}|naam", min_size=1, max_size=30).filter(str.strip)


@pytest.mark.parametrize(
    ("text", "values", "filled"),
    [
        ("", {}, Filled("")),
        ("Beste {{ naam }},", {"naam": "Jan"}, Filled("Beste Jan,")),
        ("{{naam}}{{\tnaam}}", {"naam": "Jan"}, Filled("JanJan")),
        ("Beste {{ naam | lezer }},", {"naam": "Jan"}, Filled("Beste Jan,")),
        ("Beste {{ naam | lieve lezer }},", {"naam": " "}, Filled("Beste lieve lezer,")),
        ("Dag{{ naam | }}!", {"naam": ""}, Filled("Dag!")),
        ("Beste {{ naam }},", {"naam": ""}, Filled("Beste {{ naam }},", missing=("naam",))),
        ("Beste {{ nam | lezer }},", {"naam": "Jan"}, Filled("Beste {{ nam | lezer }},", unknown=("nam",))),
        ("{{ b }} {{ a }} {{ b }}", {}, Filled("{{ b }} {{ a }} {{ b }}", unknown=("b", "a"))),
        ("{{ a }} {{ b }}", {"a": "{{ b }}", "b": "{{ a }}"}, Filled("{{ b }} {{ a }}")),
        ("{naam} {{ naam }", {"naam": "Jan"}, Filled("{naam} {{ naam }")),
        (r"{{ a }}", {"a": r"\1 \g<name>"}, Filled(r"\1 \g<name>")),
    ],
)
def test_fill(text, values, filled):
    assert fill(text, values) == filled


@given(st.lists(st.tuples(PROSE, NAMES), max_size=8), st.dictionaries(NAMES, VALUES, min_size=4, max_size=4))
def test_every_variable_becomes_its_value_once(pairs, values):
    text = "".join(f"{prose}{{{{ {name} }}}}" for prose, name in pairs)

    assert fill(text, values) == Filled("".join(prose + values[name] for prose, name in pairs))


@given(
    st.lists(st.tuples(PROSE, NAMES, st.none() | st.just("lezer")), max_size=8),
    st.dictionaries(NAMES, st.sampled_from(["", "Jan"])),
)
def test_what_is_not_filled_is_found_again(pieces, values):
    text = " ".join(f"{prose} {{{{ {name}{f' | {fallback}' if fallback else ''} }}}}" for prose, name, fallback in pieces)
    filled = fill(text, values)

    assert {re.search(r"[^\W\d]\w*", found)[0] for found in find_unfilled(filled.text)} == {*filled.missing, *filled.unknown}
    assert set(filled.unknown) == {name for _, name, _ in pieces} - set(values)
    assert all(not values[name] for name in filled.missing)


@given(st.text(max_size=60) | st.text("{}[]|naamX_<> `~@\n", max_size=60))
def test_any_text_stays_as_it_is_without_a_variable(text):
    filled = fill(text, {})

    assert filled.text == text
    assert all(found in text for found in find_unfilled(text))


@pytest.mark.parametrize(("text", "found"), [("'A`0`}'", ()), ("{`x`naam}", ("naam}",)), ("{{ `x` }}", ("{{", "}}"))])
def test_code_parts_what_stands_around_it(text, found):
    assert find_unfilled(text) == found


@given(PROSE, PROSE, st.sampled_from(["{naam}", "{{naam}", "{{ naam }}", "[NAAM]", "XXX", "<invullen>"]))
def test_a_placeholder_is_found_wherever_it_stands(before, after, placeholder):
    assert placeholder in find_unfilled(f"{before} {placeholder} {after}")


@pytest.mark.parametrize(
    "placeholder",
    [
        *(
            "{{ naam }}",
            "{{naam}}",
            "{{ naam | lezer }}",
            "{{ }}",
            "{{ 1 }}",
            "{naam}",
            "{ naam }",
            "{{naam}",
            "{naam}}",
            "{{{naam}}}",
        ),
        *("{{naam", "{naam", "naam}}", "naam}", "{naam van lezer}", "{% naam %}", "[NAAM]", "[NAAM LEZER]", "[VUL IN]", "[ÉÉN]"),
        *(
            "[naam]",
            "[Voornaam]",
            "[datum van vandaag]",
            "[hier de bron]",
            "XXX",
            "XXXX",
            "xxx",
            "<invullen>",
            "<naam>",
            "<NAAM LEZER>",
        ),
        "TODO",
    ],
)
def test_find_unfilled_finds(placeholder):
    for text in ("Beste {}, dank.", "{}", "- **{}**", "({}).", "> {}:\n\nDag", "[lees {} nu](https://example.org/)"):
        assert placeholder in find_unfilled(text.format(placeholder)), text


@pytest.mark.parametrize("text", ["Beste ____, dank.", "Neem ___ mg.", "Naam:____", "Naam: _____", "Naam ____\r\n"])
def test_find_unfilled_finds_a_blank_to_fill_in(text):
    assert [found.strip("_") for found in find_unfilled(text)] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Magnesium draagt bij tot de normale werking van de spieren [@grober2015].",
        "Dat bleek vaker [@nielsen2006; @barbagallo2009, p. 3] en [@EFSA2015].",
        "Lees [[magnesium]], [[magnesium|over magnesium]], [[NAAM]] en [[magnesium#tekort|tekort]].",
        "Zie [de richtlijn](https://example.org/x), [NHG](https://example.org/NHG), [NAAM][1] en [naam](/x/).",
        "![ALT](media:blad.png) en ![naam](media:blad.png)",
        "[NHG]: https://example.org/nhg",
        "Code: `{{ naam }}`, ``{naam} ` [NAAM]`` en `XXX`.",
        "```\n{{ naam }}\n[NAAM]\n```\nTekst.",
        "~~~ jinja\n{{ naam }}\n~~~",
        "```\n{{ naam }}",
        "Boven\n\n___\n\nOnder\n\n_ _ _ _\n",
        "Boven\r\n\r\n___\r\n\r\nOnder",
        "Dit is ___heel belangrijk___, __vet__ en _schuin_.",
        "Bij een waarde <0,7 mmol/l of >1,1 mmol/l; 3 < 5 en a <5 en b> 3.",
        "Mail <advies@example.org> of kijk op <https://example.org/naam>.",
        "De titel was [...] en [sic], de test [x] gedaan, artikel [1].",
        "Kies {1, 2} of {3}. ## Voordelen {.benefits}",
        "Maat XXL, deel XX en XIII; www.xxx.nl en https://example.org/xxx/.",
    ],
)
def test_find_unfilled_leaves_alone(text):
    assert find_unfilled(text) == ()


def test_find_unfilled_names_each_once_in_reading_order():
    text = "Beste {{ naam }},\n\nJe vroeg [VRAAG]. `{{ geen }}` Groet {{ naam }} {adviseur}"

    assert find_unfilled(text) == ("{{ naam }}", "[VRAAG]", "{adviseur}")


@pytest.mark.parametrize(
    "piece", ["{", "}", "[", "`", "``` ", "~~~\n", "```\n", "{{ a ", "[A", "<a ", "x", "_", "_ ", "a", " ", "{{a|", "`a"]
)
def test_hostile_text_costs_no_more_than_its_length(piece):
    check_linear(find_unfilled, piece)
    check_linear(lambda text: fill(text, {}), piece)
