from articles.rendering import links
from articles.rendering.markdown import render_block
from articles.rendering.page import Page
from articles.rendering.source import Library, LinkTarget

TARGET = LinkTarget("Thee zetten", "/artikelen/thee/", frozenset({"water"}))
LIBRARY = Library(links={"thee": TARGET})


def render(text: str) -> tuple[str, list[str]]:
    page = Page(LIBRARY)
    return render_block(text, page), [finding.code for finding in page.findings]


def test_link_keeps_the_intention_and_its_own_words():
    assert render("Zie [[thee|onze uitleg]].") == ('<p>Zie <a data-article="thee">onze uitleg</a>.</p>\n', [])


def test_link_without_words_takes_the_title():
    assert render("[[thee]]")[0] == '<p><a data-article="thee">Thee zetten</a></p>\n'


def test_link_to_an_unpublished_article_is_a_finding():
    assert render("[[koffie|koffie]]") == ('<p><a data-article="koffie">koffie</a></p>\n', ["dead-link"])


def test_link_to_a_missing_heading_is_a_finding():
    assert render("[[thee#suiker|x]]")[1] == ["dead-anchor"]
    assert render("[[thee#water|x]]")[1] == []


def test_resolve_opens_links_to_published_articles_only():
    html = render("[[thee#water|a]] [[koffie|b]]")[0]

    assert links.resolve(html, {"thee": TARGET}) == (
        '<p><a data-article="thee" data-anchor="water" href="/artikelen/thee/#water">a</a> <a data-article="koffie">b</a></p>\n'
    )


def test_linked_slugs():
    assert links.linked_slugs(render("[[thee#water|a]] [[koffie]]")[0]) == {"thee", "koffie"}


def test_text_that_only_looks_like_a_link_stays_text():
    for typed in ("[[Hoofdletter]]", "[[a b]]", "[[]]", "[[thee|]]", "[[thee"):
        assert "data-article" not in render(typed)[0], typed


def test_link_in_a_link_becomes_plain_text():
    html, _ = render("[buiten [[thee|binnen]]](/x/)")

    assert html.count("<a ") == 1
