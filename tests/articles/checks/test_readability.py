import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.checks.readability import count_syllables, douma, score, sentences_of

EASY = "De kat zit op de mat. Hij kijkt naar de deur. Daar komt Jan aan. Jan heeft een bal in zijn hand. De kat wil de bal. " * 4
ORDINARY = (
    "Magnesium zit in veel soorten voedsel, zoals noten, volkoren brood en groene groenten. Je lichaam maakt het niet zelf. "
    "Daarom is het belangrijk dat je gevarieerd eet, elke dag opnieuw. Wie dat doet, krijgt meestal genoeg binnen. "
) * 4
HARD = (
    "De intracellulaire magnesiumhomeostase veronderstelt een gecoördineerde regulatie van transporteiwitten, waarvan de "
    "fysiologische betekenis ondanks uitgebreide experimentele onderzoeksinspanningen onvoldoende gekarakteriseerd is. "
) * 6


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        *[("kat", 1), ("magnesium", 4), ("water", 2), ("leeuw", 1), ("nieuwe", 2), ("geïnd", 2), ("koeien", 2), ("fraai", 1)],
        *[("eiwit", 2), ("onderzoek", 3), ("mg", 1), ("ATP", 1), ("ideeën", 3)],
    ],
)
def test_syllables_are_groups_of_vowels(word, syllables):
    assert count_syllables(word) == syllables


def test_formula_gives_the_published_weights():
    assert douma(words=100, sentences=10, syllables=150) == pytest.approx(206.84 - 9.3 - 115.5)


def test_harder_text_scores_lower():
    easy, ordinary, hard = (score([text]) for text in (EASY, ORDINARY, HARD))

    assert easy > 90 > ordinary > 45 > hard


def test_short_text_has_no_score():
    assert score([]) is None
    assert score(["Te kort om iets te zeggen."]) is None


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Een. Twee! Drie?", ["Een.", "Twee!", "Drie?"]),
        ("Eet bijv. Noten of zaden. Klaar.", ["Eet bijv. Noten of zaden.", "Klaar."]),
        ("Neem 3.5 mg per dag. Meer niet", ["Neem 3.5 mg per dag.", "Meer niet"]),
        ("‘Goed.’ Zei hij.", ["‘Goed.’", "Zei hij."]),
        ("Een regel\ndie doorloopt. Nog een.", ["Een regel\ndie doorloopt.", "Nog een."]),
        ("...", []),
    ],
)
def test_sentences_end_where_a_reader_takes_breath(text, sentences):
    assert [sentence.text for sentence in sentences_of(text)] == sentences


@given(st.text(max_size=200))
def test_every_sentence_stands_where_it_says(text):
    for sentence in sentences_of(text):
        assert text[sentence.start :].startswith(sentence.text)
