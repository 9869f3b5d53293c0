"""HTML for mail programs: what is kept, what goes, and styles on every element."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advice.outbox.markup import for_mail, inline_styles
from articles.rendering.markdown import render_block
from articles.rendering.page import Page
from articles.rendering.source import Library

SITE = "https://www.example.nl"


@pytest.mark.parametrize(
    ("html", "mailed"),
    [
        (
            '<p>Een noot <sup class="cite"><a id="cite-b2-x-1" href="#ref-b2-x" role="doc-noteref" aria-label="Bron 1">1</a>'
            '<span aria-hidden="true">,</span><a href="#ref-b2-y">2</a></sup>.</p>',
            "<p>Een noot<sup>1<span>,</span>2</sup>.</p>",
        ),
        (
            '<h3 id="kop">Kop <a class="anchor" href="#kop" aria-label="Link">#</a></h3>',
            "<h3>Kop </h3>",
        ),
        ('<a href="/artikelen/water/#nat">water</a>', '<a href="https://www.example.nl/artikelen/water/#nat">water</a>'),
        ('<a href="https://example.org/?a=1&amp;b=2" rel="noopener">x</a>', '<a href="https://example.org/?a=1&amp;b=2">x</a>'),
        ('<a data-article="later">later</a>', "later"),
        ("<p>1 &lt; 2 &amp;amp; &#233;</p>", "<p>1 &lt; 2 &amp;amp; &#233;</p>"),
        ('a<br>b<ol start="3"><li>c</li></ol>', 'a<br>b<ol start="3"><li>c</li></ol>'),
        (
            '<div tabindex="0"><table><tr><th class="align-right" scope="rowgroup" rowspan="2">a</th></tr></table></div>',
            '<div><table class="grid"><tr><th scope="rowgroup" rowspan="2" class="cell align-right">a</th></tr></table></div>',
        ),
        ('<span lang="en" class="x">Sleep</span>', '<span lang="en">Sleep</span>'),
    ],
)
def test_what_only_a_page_can_do_is_left_out(html, mailed):
    assert for_mail(html, SITE) == mailed


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words, self.tags = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words.append(data)


def read(html: str) -> tuple[str, set[str]]:
    parser = _Words()
    parser.feed(html)
    parser.close()
    return re.sub(r"\s+", "", "".join(parser.words)), set(parser.tags)


@given(st.text(alphabet="abc <>&\"'*_[]()!|-:\n#`/\\é", max_size=200))
def test_whatever_an_answer_holds_its_words_arrive_and_nothing_becomes_a_tag(typed):
    html = render_block(typed, Page(Library()))
    mailed = inline_styles(for_mail(html, SITE), "p { margin: 0 }")
    without_anchors = re.sub(r'<a class="anchor".*?</a>', "", html)
    assert read(mailed)[0] == read(without_anchors)[0]
    assert read(mailed)[1] <= read(html)[1]


SHEET = """
/* a { color: red } */
p, .big { margin: 0 }
.big { color: #fff; font: 1px 'A B', serif }
@media (x) { p { color: red !important } .big { margin: 1px } }
a { color: blue; }
"""


def test_a_sheet_becomes_style_on_every_element_and_media_rules_stay_in_the_head():
    body = '<p class="big other">x &amp; y</p><p>z</p><a href="?a&amp;b">l</a><b>n</b>'
    document = f"<!doctype html><html><head></head><body>{body}</body></html>"
    assert inline_styles(document, SHEET) == (
        "<!doctype html><html><head><style>@media (x) { p { color: red !important } .big { margin: 1px } }</style></head><body>"
        '<p class="big other" style="margin: 0; margin: 0; color: #fff; font: 1px \'A B\', serif">x &amp; y</p>'
        '<p style="margin: 0">z</p><a href="?a&amp;b" style="color: blue">l</a><b>n</b></body></html>'
    )
