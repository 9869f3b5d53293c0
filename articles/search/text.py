"""Finished HTML to the sentences that a reader reads in it. Pure."""

import re
from html.parser import HTMLParser

_BLOCK_TAGS = "p li h2 h3 h4 h5 h6 tr caption figcaption blockquote div table ul ol dl dt dd pre hr figure"
_BLOCKS = frozenset(_BLOCK_TAGS.split())
_CELLS = frozenset(("td", "th"))
_LEFT_OUT = frozenset(("cite", "anchor"))  # the numbers of sources, and the # behind a heading
_VOID = frozenset(("img", "br", "hr", "source", "wbr"))
_SENTENCE = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”’\")]))\s+(?=[^\Wa-z_]|[“‘\"(])")


class _Reader(HTMLParser):
    """Collects blocks of text; what stands in an element that is left out is not read."""

    def __init__(self):
        super().__init__()
        self.blocks = [""]
        self.left_out = 0

    def handle_starttag(self, tag, attrs):
        if self.left_out:
            self.left_out += tag not in _VOID
        elif _LEFT_OUT & set((dict(attrs).get("class") or "").split()):
            self.left_out = 1
        elif tag in _CELLS and self.blocks[-1].strip():
            self.blocks[-1] += " · "
        elif tag in _BLOCKS:
            self.blocks.append("")
        elif tag == "br":
            self.blocks[-1] += " "

    def handle_endtag(self, tag):
        if self.left_out:
            self.left_out -= tag not in _VOID
        elif tag in _BLOCKS:
            self.blocks.append("")

    def handle_data(self, data):
        if not self.left_out:
            self.blocks[-1] += data


def read_sentences(html: str) -> list[str]:
    """Return the sentences of a fragment of HTML that our renderer made; a row of a table is one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [sentence for block in reader.blocks for sentence in split_sentences(block)]


def split_sentences(text: str) -> list[str]:
    """Return the sentences of one paragraph of plain text, each on one line."""
    text = " ".join(text.split())
    return [sentence for sentence in _SENTENCE.split(text) if sentence]
