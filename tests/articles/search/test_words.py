import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.search.entries import passage, stemmed, words_of
from articles.search.nearest import distance, errors_allowed, nearest
from articles.search.postgresql import vector
from articles.search.query import LONGEST_QUERY, MOST_TERMS, parse
from articles.search.text import read_sentences, split_sentences
from articles.search.words import LONGEST_WORD, split_words, stem, stems

WORDS = st.text("abcd", max_size=8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("spieren", "spier"),
        ("botten", "bot"),
        ("vitamines", "vitamine"),
        ("tekorten", "tekort"),
        ("noten", "noot"),
        ("zeeën", "zeeen"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert stems(one) == stems(other)


@pytest.mark.parametrize(("one", "other"), [("gezond", "zon"), ("gezonde", "zon"), ("bloed", "bloem")])
def test_other_words_keep_their_own(one, other):
    assert stems(one) != stems(other)


def test_words_lose_capitals_accents_and_everything_around_them():
    assert split_words("Vitamine B-12, “Oedeem” & citroën_zuur\0!") == ["vitamine", "b", "12", "oedeem", "citroen", "zuur"]
    assert split_words("x" * 200) == ["x" * LONGEST_WORD]


@given(st.text())
def test_stems_hold_nothing_that_a_database_could_take_for_its_own_language(text):
    for word in split_words(text):
        assert word.replace("_", "!").isalnum()
        assert stem(word) == "" or stem(word).isalnum()


def test_sentences_are_what_a_reader_reads():
    html = (
        '<p>Water <em>stroomt</em>.<sup class="cite"><a href="#ref-x">1</a></sup> Het is “nat.” Echt &amp; waar, 1.5 liter.</p>'
        '<h3 id="x">Kop <a class="anchor" href="#x">#</a></h3><ul><li>Eén</li><li>Twee</li></ul>'
        "<table><caption>Dagelijks</caption><tr><th>Man</th><td>350</td></tr></table>"
    )
    assert read_sentences(html) == [
        "Water stroomt.",
        "Het is “nat.”",
        "Echt & waar, 1.5 liter.",
        "Kop",
        "Eén",
        "Twee",
        "Dagelijks",
        "Man · 350",
    ]


@given(st.text())
def test_splitting_sentences_loses_nothing(text):
    assert " ".join(split_sentences(text)) == " ".join(text.split())


def test_query_knows_words_phrases_and_words_that_say_nothing():
    assert parse('waar is "Vitamine  D" goed voor').terms == (("vitamine", "d"), ("goed",))
    assert parse("waar is de").terms == (("waar",), ("is",), ("de",))
    assert parse("water Water WATER").terms == (("water",),)
    assert parse('"*():^-').terms == ()


def test_query_says_what_it_leaves_out():
    assert parse("x" * (LONGEST_QUERY + 1)).is_too_long
    assert parse("x" * (LONGEST_QUERY + 1)).terms == ()
    many = parse(" ".join(f"woord{n}" for n in range(MOST_TERMS + 1)))
    assert (len(many.terms), many.has_more_terms, many.is_too_long) == (MOST_TERMS, True, False)


@given(st.text(max_size=300))
def test_query_takes_anything(typed):
    query = parse(typed)
    assert len(query.text) <= LONGEST_QUERY or query.is_too_long
    assert query.text.isprintable()
    assert all(word.isalnum() for term in query.terms for word in term)


@pytest.mark.parametrize(
    ("one", "other", "most", "expected"),
    [
        ("magnesuim", "magnesium", 2, 1),
        ("magnesum", "magnesium", 2, 1),
        ("magneziun", "magnesium", 2, 2),
        ("kat", "hond", 2, 3),
        ("", "ab", 2, 2),
    ],
)
def test_distance_counts_typing_errors(one, other, most, expected):
    assert distance(one, other, most=most) == expected


@given(WORDS, WORDS)
def test_distance_is_the_same_both_ways_and_zero_only_for_the_same(one, other):
    assert distance(one, other, most=9) == distance(other, one, most=9)
    assert (distance(one, other, most=9) == 0) == (one == other)


@given(WORDS, WORDS, st.integers(0, 3))
def test_distance_stops_early_without_changing_its_mind(one, other, most):
    assert distance(one, other, most=most) == min(distance(one, other, most=9), most + 1)


def test_nearest_is_the_word_with_fewest_errors_then_the_one_that_is_found_most():
    assert nearest("botn", [("bonen", 9), ("bot", 1), ("boten", 5)], most=2) == "boten"
    assert nearest("boten", [("noten", 9), ("boter", 1)], most=1) == "boter"
    assert nearest("boter", [("hond", 9)], most=2) is None
    assert [errors_allowed(word) for word in ("bot", "boter", "magnesium")] == [0, 1, 2]


def test_vector_keeps_title_headings_and_text_apart():
    entry = stemmed("Botten", (passage(["Water en botten."], heading="Water", anchor="w"),))
    assert (entry.title, entry.headings, entry.text) == ("bot", "water", "water en bot")
    assert vector([("bot", "A"), ("water", "B"), ("water en bot", "")]) == "'bot':1A,25 'water':12B,23 'en':24"
    assert vector([(" ".join(["x"] * 400), "")]).count(",") == 254


def test_words_of_an_entry_are_counted_once():
    assert words_of("Water", (passage(["Water en WATER."], heading="Één"),)) == {"water", "en", "een"}
