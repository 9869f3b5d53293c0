"""Hostile Markdown gives harmless HTML, with work that grows no faster than the text."""

import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.rendering import render_article
from articles.rendering.markdown import ATTRIBUTES, SCHEMES, TAGS, is_allowed_address, render_block
from articles.rendering.page import Page
from articles.rendering.source import ArticleSource, BenefitSource, Library, SectionSource

RECORDS = {"a": {"id": "a", "type": "book", "title": "<script>alert(1)</script>", "URL": "javascript:alert(1)"}}
LIBRARY = Library(references=RECORDS)


class Inspector(HTMLParser):
    """Collects every tag and attribute that is not on the allow-list, or that could run or load something."""

    def __init__(self):
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in TAGS:
            self.bad.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES["*"] and name not in ATTRIBUTES.get(tag, set()):
                self.bad.append(f"{tag}[{name}]")
            if name in ("href", "src") and not self.is_harmless(value or ""):
                self.bad.append(f"{tag}[{name}={value}]")

    @staticmethod
    def is_harmless(address: str) -> bool:
        squeezed = "".join(c for c in address if c > " ").lower()
        head = squeezed.split("/")[0].split("#")[0].split("?")[0]
        return ":" not in head or head.split(":")[0] in SCHEMES


def problems(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    inspector.close()
    return inspector.bad


def render(text: str) -> str:
    return render_block(text, Page(LIBRARY))


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:msgbox)",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](javascript:alert(1))",
    '![x](media:a" onerror="alert(1))',
    "<javascript:alert(1)>",
    '[x](/ok "a\\" onmouseover=\\"alert(1)")',
    '# x {#a" onclick="alert(1)}',
    "[[a|<img src=x onerror=alert(1)>]]",
    '[@a" onmouseover="alert(1)]',
    "| <script> |\n| - |\n| <b onclick=x> |\n: <i>",
    "```<script>\nx\n```",
    "<!-- --><svg onload=alert(1)>",
    "[x](//evil.example/%0ajavascript:)",
]


def test_the_inspector_itself_sees_what_is_bad():
    assert problems("<script>x</script>") == ["<script>"]
    assert problems('<a onclick="x" href="java\tscript:x">y</a>') == ["a[onclick]", "a[href=java\tscript:x]"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_markdown_is_harmless(text):
    assert problems(render(text)) == []


def test_hostile_reference_is_harmless():
    rendered = render_article(ArticleSource("T", "t", intro="Zin.[@a]"), LIBRARY)

    assert set(problems(rendered.sources[0].html)) <= {"<i>"}
    assert "<script" not in rendered.sources[0].html


def test_links_inside_and_outside_survive():
    assert 'href="https://example.org/a?b=1#c"' in render("[x](https://example.org/a?b=1#c)")
    assert 'href="/artikelen/"' in render("[x](/artikelen/)")
    assert 'href="mailto:a@example.org"' in render("<a@example.org>")


def test_allowed_addresses():
    allowed = ["https://a.nl", "http://a.nl", "mailto:a@b.nl", "/pad/", "#anker", "media:blad", "pad?x=a:b"]
    refused = ["javascript:x", "data:text/html,x", "file:///etc/passwd", "ftp://a.nl", "x:y", "http://[bad"]

    assert [address for address in allowed if not is_allowed_address(address)] == []
    assert [address for address in refused if is_allowed_address(address)] == []


ALPHABET = st.sampled_from(
    [*list("ab \n\t|-:#*_`~[](){}<>!@;,.&\"'\\/"), "[@a]", "[[t|", "](media:x", "javascript:", "<img ", "\x00", "é", "\ud7ff"]
)
MARKDOWN = st.lists(ALPHABET, max_size=80).map("".join)


@given(MARKDOWN)
@settings(max_examples=400)
def test_any_text_gives_harmless_html(text):
    assert problems(render(text)) == []


@given(MARKDOWN, MARKDOWN, MARKDOWN)
@settings(max_examples=150)
def test_any_article_renders(intro, body, benefit):
    source = ArticleSource(
        title=intro,
        slug="t",
        intro=intro,
        sections=(SectionSource(body, "a", body), SectionSource("v", "v", intro, shows_benefits=True)),
        benefits=(BenefitSource(benefit, "b", benefit),),
    )

    rendered = render_article(source, LIBRARY)

    assert problems(rendered.intro + "".join(s.html + "".join(b.html for b in s.benefits) for s in rendered.sections)) == []
    assert [source.number for source in rendered.sources] == list(range(1, len(rendered.sources) + 1))


GROWING = {
    "brackets": "[" * 1_000,
    "bracket pairs": "[" * 500 + "]" * 500,
    "open links": "[a](" * 300,
    "open citations": "[@a" * 400,
    "open article links": "[[a|" * 300,
    "stars": "*a " * 400,
    "quotes": ">" * 1_000,
    "backticks": "`a" * 500,
    "tables": "|a|\n|-|\n: x\n" * 100,
    "escapes": "\\[" * 500,
    "definitions": "[a]: /x\n" * 150,
}


def work(text: str) -> int:
    """Return how many calls it takes to render `text`: the same number on every machine, unlike time."""
    count = 0

    def tally(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tally)
    try:
        render(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("text", GROWING.values(), ids=GROWING.keys())
def test_four_times_the_text_is_no_more_than_linear_work(text):
    """Quadratic work would be 16 times as much."""
    assert work(text * 4) < 6 * work(text)


def test_a_megabyte_of_text_renders():
    html = render("Een zin met **nadruk** en een bron.[@a]\n\n" * 24_000)

    assert html.count("doc-noteref") == 24_000
