import pytest

from articles.rendering.intake import fill_places, find_nutrients, without_lines
from articles.rendering.markdown import render_block
from articles.rendering.page import Page
from articles.rendering.source import Library
from tests.intake.tables import SOURCE, TYPED, magnesium, row, table

LIBRARY = Library(
    tables={"magnesium": magnesium(), "water": table(row(0, None, 1, source="a"), row(0, None, 2, source="b")), "leeg": table()},
    references={key: {"title": key} for key in (SOURCE, "a", "b", "c")},
)
PLACE = '<div data-intake="magnesium"></div>\n'


def render(text: str) -> tuple[str, Page]:
    page = Page(LIBRARY)
    return render_block(text, page), page


def test_printed_table_is_the_typed_one_with_its_source_in_the_caption():
    printed, page = render("Vooraf.\n\n{{intake: magnesium}}\n\nEn verder.[@c]")
    typed, expected = render(f"Vooraf.\n\n{TYPED}[@{SOURCE}]\n\nEn verder.[@c]")

    assert printed.replace(PLACE, "") == typed
    assert printed.count(PLACE) == 1
    assert (page.text, page.uses, page.findings) == (expected.text, expected.uses, [])


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_typed_caption_replaces_the_usual_one_and_keeps_the_sources(between):
    html, page = render(f"{{{{intake: magnesium}}}}{between}: Zoveel per dag\n\nVerder.")

    assert '<caption id="tabel-1">Zoveel per dag<sup class="cite">' in html
    assert page.numbering.keys == (SOURCE,)
    assert html.endswith("<p>Verder.</p>\n")


def test_source_that_the_caption_cites_itself_is_not_cited_twice():
    html, page = render("{{intake: water}}\n: Zoveel[@b, p. 3]")

    assert [(key, [use.locator for use in uses]) for key, uses in page.uses.items()] == [("b", ["p. 3"]), ("a", [""])]
    assert "<caption" in html


def test_source_that_the_text_above_cites_is_not_cited_again():
    html, page = render(f"Zoveel.[@{SOURCE}]\n\n{{{{intake: magnesium}}}}\n\n{{{{intake: water}}}}")

    assert '<caption id="tabel-1">Aanbevolen dagelijkse hoeveelheid magnesium, per groep en leeftijd</caption>' in html
    assert [(key, len(uses)) for key, uses in page.uses.items()] == [(SOURCE, 1), ("a", 1), ("b", 1)]


def test_line_of_what_follows_stays_right():
    _, page = render("{{intake: magnesium}}\n\nZin.[@weg]\n\n{{intake: weg}}")

    assert [(finding.code, finding.line) for finding in page.findings] == [("unknown-intake", 5), ("unknown-source", 3)]


@pytest.mark.parametrize("name", ["weg", "leeg"])
def test_table_that_is_not_there_is_an_error_and_stays_text(name):
    html, page = render(f"Tekst.\n\n{{{{intake: {name}}}}}")

    assert html == f"<p>Tekst.</p>\n<p>{{{{intake: {name}}}}}</p>\n"
    assert [(finding.code, finding.level, finding.line) for finding in page.findings] == [("unknown-intake", "error", 3)]


@pytest.mark.parametrize(
    "text", ["Zie {{intake: magnesium}}.", "{{intake: Magnesium}}", "{{intake magnesium}}", "- {{intake: a}} b"]
)
def test_table_that_is_asked_for_in_another_way_is_an_error(text):
    html, page = render(text)

    assert "<table" not in html
    assert [(finding.code, finding.level, finding.line) for finding in page.findings] == [("intake-not-alone", "error", 1)]


def test_line_right_under_a_text_ends_the_paragraph():
    html, page = render("Vooraf.\n{{intake: magnesium}}\nErna.")

    assert html.startswith("<p>Vooraf.</p>\n<div class=")
    assert html.endswith(f"{PLACE}<p>Erna.</p>\n")
    assert page.findings == []


def test_table_stands_in_a_quote_and_not_in_code():
    assert "<blockquote>\n<div class=" in render("> {{intake: magnesium}}")[0]
    assert "<table" not in render("```\n{{intake: magnesium}}\n```")[0]
    assert "<table" not in render("    {{intake: magnesium}}")[0]


def test_two_tables_have_names_of_their_own():
    html, _ = render("{{intake: magnesium}}\n\n{{intake: water}}")

    assert ('id="tabel-1"' in html, 'id="tabel-2"' in html) == (True, True)
    assert html.index('<div data-intake="magnesium">') < html.index('id="tabel-2"') < html.index('<div data-intake="water">')


def test_places_are_filled_with_what_belongs_to_the_table():
    html, _ = render("{{intake: magnesium}}\n\nErna.")

    filled = fill_places(html, lambda key, before: f"[{key} {before.count('<table>')}]")
    assert filled.endswith("</div>\n[magnesium 1]<p>Erna.</p>\n")


def test_keys_are_found_in_a_text_as_they_are_printed():
    assert list(find_nutrients("{{intake: magnesium}}\r\n\r\n a {{intake: b}}\n  {{intake:c-d}} \n{{intake: E}}")) == [
        "magnesium",
        "c-d",
    ]
    assert list(find_nutrients("")) == []


def test_words_of_a_text_are_those_around_the_table_on_the_same_lines():
    assert without_lines("Een.\n\n{{intake: magnesium}}\nTwee.") == "Een.\n\n\nTwee."
