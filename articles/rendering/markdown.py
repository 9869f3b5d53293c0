"""Markdown to safe HTML: CommonMark and GFM tables without raw HTML, plus the rules of this folder.

The only Markdown engine of the site: page, preview, feed and check all come through here.
"""

from functools import cache
from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from articles.rendering import citing, figures, headings, intake, links, tables
from articles.rendering.page import Page

SCHEMES = {"http", "https", "mailto"}
TAGS = {
    "a", "abbr", "blockquote", "br", "code", "del", "div", "em", "hr", "li", "ol", "p", "pre", "s", "span", "strong", "sup", "ul",
    "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "picture", "source", "img",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"id", "class", "lang"},
    "a": {"href", "title", "role", "rel", "aria-label", "data-article", "data-anchor"},
    "div": {"role", "tabindex", "aria-label", "aria-labelledby", "data-intake"},
    "img": {"src", "srcset", "sizes", "width", "height", "alt", "loading", "decoding"},
    "ol": {"start"},
    "source": {"type", "srcset", "sizes"},
    "span": {"aria-hidden"},
    "th": {"scope", "rowspan"},
}


def render_block(text: str, page: Page) -> str:
    """Return the safe HTML of a Markdown text; what it cites and what is wrong with it is recorded on `page`."""
    return sanitise(_engine().render(text, {"page": page, "md": _engine()}))


def render_line(text: str, page: Page) -> str:
    """Return the safe HTML of one line of Markdown (a caption): no blocks."""
    return sanitise(_engine().renderInline(text, {"page": page, "md": _engine()})).strip()


def sanitise(html: str) -> str:
    """Second wall: whatever the engine let through, only these tags, attributes and schemes leave it."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None, strip_comments=True)


@cache
def _engine() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    md.validateLink = is_allowed_address
    for rules in (citing, links, tables, intake, headings, figures):
        rules.install(md)
    md.core.ruler.push("places", note_places)
    md.add_render_rule("link_open", render_link_open)
    return md


def is_allowed_address(address: str) -> bool:
    """Tell whether a typed link or image may point there: http, https, mailto, the image library or our own paths."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme:
        return parts.scheme in SCHEMES or parts.scheme == "media"
    return ":" not in address.split("/")[0].split("#")[0].split("?")[0]


def note_places(state: StateCore) -> None:
    """Tell every citation, link and image its line, the heading it stands under and the sentence before it; keep the plain text."""
    page, start, heading, in_heading = state.env["page"], 0, "", False
    for token in state.tokens:
        start = token.map[0] if token.map else start
        if token.type == "inline":
            text = _note_children(token.children or [], start + 1, heading)
            page.text.append(text.strip())
            heading = text.strip() if in_heading else heading
        in_heading = token.type == "heading_open"


def _note_children(children: list, line: int, heading: str) -> str:
    text = ""
    for before, child in zip([None, *children], children, strict=False):
        if child.type == "text" and before is not None and before.type == "citation":
            before.meta["in_link"] = child.content.startswith("](")  # CommonMark sees a link in a link, and gives up the outer one
        if child.type in ("softbreak", "hardbreak"):
            line += 1
            text += " "
        elif child.type == "citation":
            child.meta |= {"line": line, "sentence": citing.last_sentence(text), "heading": heading}
        elif child.type in ("image", "article_link"):
            child.meta["line"] = line
        if child.type != "image":
            text += child.content
    return text


def render_link_open(self, tokens, idx, options, env) -> str:
    if str(tokens[idx].attrs.get("href", "")).startswith(("http:", "https:")):
        tokens[idx].attrSet("rel", "noopener")
    return self.renderToken(tokens, idx, options, env)
