import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from tests.vitaminetest.checks_sentences import ALLOWED, DIAGNOSES, DOSES, lines
from vitaminetest.checks.wording import diagnoses, doses, sentences_of

PAGES = settings.BASE_DIR / "vitaminetest" / "content" / "vitaminetest.yaml"


def said(text: str) -> tuple[bool, bool]:
    found = [sentence for _, sentence in sentences_of(text)]
    return any(map(diagnoses, found)), any(map(doses, found))


@pytest.mark.parametrize("sentence", lines(DIAGNOSES))
def test_a_diagnosis_is_seen(sentence):
    assert said(sentence)[0]


@pytest.mark.parametrize("sentence", lines(DOSES))
def test_a_dose_is_seen(sentence):
    assert said(sentence)[1]


@pytest.mark.parametrize("sentence", lines(ALLOWED))
def test_what_neither_diagnoses_nor_doses_passes(sentence):
    assert said(sentence) == (False, False)


def test_there_are_forty_sentences_each_way():
    assert min(len(lines(text)) for text in (DIAGNOSES, DOSES, ALLOWED)) >= 40


def test_sentences_come_with_the_line_where_they_start():
    text = "Eén. Twee\nloopt door.[@bron2020] Drie?\n\n- Vier\n- [[slug|Vijf]]"
    assert list(sentences_of(text)) == [(1, "Eén."), (1, "Twee loopt door."), (2, "Drie?"), (4, "Vier"), (5, "Vijf")]


@given(st.text(max_size=300))
def test_nothing_typed_stops_the_check(text):
    said(text)
