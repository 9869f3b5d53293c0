import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from articles.search.entries import passage
from articles.search.snippets import LONGEST_SNIPPET, Place, best_of, mark

PASSAGES = (
    passage(["Alles over water en botten."]),
    passage(["Water stroomt.", "Je botten rusten in water."], heading="Wat is water?", anchor="wat"),
    passage(["Botten zijn hard."], heading="Botten", anchor="botten"),
    passage(["Iets anders."], heading="Tot slot", anchor="slot"),
)
BONE, WATER = (("bot",),), (("water",),)


def plain(html: str) -> str:
    return unescape(re.sub("</?mark>", "", html))


def test_the_best_sentence_has_most_of_the_words_and_stands_in_a_chapter():
    found = best_of(PASSAGES, (BONE, WATER))

    assert found.sentence == "Je <mark>botten</mark> rusten in <mark>water</mark>."
    assert found.anchor == "wat"
    assert found.places == (Place("Wat is water?", "wat"), Place("Botten", "botten"))


def test_a_phrase_is_found_in_its_own_order_only():
    assert best_of(PASSAGES, ((("in", "water"),),)).sentence == "Je botten rusten <mark>in</mark> <mark>water</mark>."
    assert best_of(PASSAGES, ((("water", "in"),),)).sentence == "Alles over water en botten."


def test_without_the_words_the_first_sentence_stands_there_unmarked():
    assert best_of(PASSAGES, ((("nier",),),)).sentence == "Alles over water en botten."
    assert best_of((), (BONE,)).sentence == ""


def test_marks_are_made_of_escaped_text():
    assert mark("<b>Botten</b> & “botten”", {"bot"}) == "&lt;b&gt;<mark>Botten</mark>&lt;/b&gt; &amp; “<mark>botten</mark>”"


def test_a_long_sentence_is_cut_around_the_first_mark():
    html = mark("woord " * 100 + "botten " + "woord " * 100, {"bot"})

    assert html.startswith("… woord")
    assert html.endswith("woord …")
    assert "<mark>botten</mark>" in html
    assert len(plain(html)) <= LONGEST_SNIPPET + 4


@given(st.text(), st.sets(st.text("abc", min_size=1, max_size=2)))
def test_marking_changes_no_text_and_leaves_no_markup(text, marked):
    html = mark(text, marked)

    assert plain(html).strip("… ") in text.strip() + "… " or plain(html).removeprefix("… ").removesuffix(" …").rstrip() in text
    assert not re.search(r"<(?!/?mark>)", html)


@given(st.text("abé <&\"'", min_size=200, max_size=900))
def test_a_mark_is_shown_however_long_the_text(text):
    html = mark(text + " botten", {"bot"})

    assert "<mark>botten</mark>" in html
    assert len(plain(html)) <= LONGEST_SNIPPET + 20
