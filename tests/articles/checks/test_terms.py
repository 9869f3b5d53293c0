import pytest

from articles.checks.places import plain
from articles.checks.terms import Term, find_term
from articles.rendering.findings import Level


def found(text: str, term: str = "geneest", **fields) -> list[str]:
    return [match[0] for match in find_term(Term(term, Level.ERROR, **fields), plain(text))]


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("geneest", "Magnesium geneest alles.", ["geneest"]),
        ("geneest", "GENEEST het?", ["GENEEST"]),
        ("ziekte", "Alle ziekten en ziektes.", ["ziekten", "ziektes"]),
        ("boost", "Het boostte, boosten en boost je.", ["boostte", "boosten", "boost"]),
        ("pil", "Neem pillen.", ["pillen"]),
        ("migraine", "Bij migraine’s.", ["migraine’s"]),
        ("genezen", "De genezende werking.", ["genezende"]),
        ("helpt tegen", "Het helpt\ntegen pijn.", ["helpt\ntegen"]),
        ("kanker", "Het kankeronderzoek.", []),
        ("boost", "De booster.", []),
        ("bot", "Met C++ en bot.", ["bot"]),
    ],
)
def test_term_is_found_as_a_whole_word_with_dutch_endings(term, text, words):
    assert found(text, term) == words


@pytest.mark.parametrize(
    "text",
    [
        "Magnesium geneest geen ziekten.",
        "Het geneest niet.",
        "Niets is bewezen; het heeft nooit iemand die geneest.",
        "Het is niet zo dat het geneest.",
    ],
)
def test_denied_term_is_allowed(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Geen twijfel: het geneest.",
        "Het geneest, en dat is geen wonder.",
        "Het is niet duur, maar geneest wel.",
        "Wij zwijgen niet. Het geneest.",
        "Niet alleen geneest het snel.",
        "Het geneest niet alleen botten.",
        "Het geneest botten en kost geen geld.",
    ],
)
def test_negation_of_something_else_does_not_count(text):
    assert found(text) == ["geneest"]


def test_allowed_phrase_is_not_found_and_the_rest_is():
    assert found("Het voorkomt in noten en voorkomt pijn.", "voorkomt", exceptions=("voorkomt in",)) == ["voorkomt"]
    assert found("De voorkomt  in\nnoten.", "voorkomt", exceptions=("voorkomt in",)) == []


@pytest.mark.parametrize(
    "text",
    ["gen**ee**st", "_geneest_", "genee\u00adst", "genee&shy;st", "gene\u200best", "[geneest](/x/)", "‘geneest’", "geneest[@a]"],
)
def test_term_cannot_hide_behind_marks(text):
    assert found(text) == ["geneest"]


@pytest.mark.parametrize("text", ["[x](/geneest/)", "[@geneest2020]", "![x](media:geneest)", "### Kop {#geneest}"])
def test_what_no_reader_sees_is_not_searched(text):
    assert found(text) == []
