from dataclasses import replace

from hypothesis import given, settings

from tests.vitaminetest.questionnaires import definitions
from tests.vitaminetest.samples import sample
from vitaminetest.definition_file import dump
from vitaminetest.difference import Line, Token, difference


def test_equal_questionnaires_have_no_difference():
    assert difference(sample(), sample()) == ()


def test_a_changed_word_is_shown_in_its_line():
    first, *rest = difference(sample(), replace(sample(), title="Een proef"))
    assert first == Line((Token("same", "title: Een"), Token("removed", " proefje"), Token("added", " proef")))
    assert rest[-1] == Line()


def test_what_came_and_went_is_shown_whole():
    lines = difference(sample(), replace(sample(), closing="Heel iets nieuws."))
    assert Line((Token("removed", "closing: Dit is algemene informatie."),)) in lines
    assert Line((Token("added", "closing: Heel iets nieuws."),)) in lines


@settings(deadline=None)
@given(definitions(), definitions())
def test_nothing_is_shown_that_stands_in_neither(old, new):
    before, after = dump(old), dump(new)
    for line in difference(old, new):
        assert "".join(token.text for token in line.tokens if token.kind != "added") in before
        assert "".join(token.text for token in line.tokens if token.kind != "removed") in after
