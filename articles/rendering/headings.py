"""Headings inside a text: an anchor of the editor's own (`### Kop {#anker}`) or one made from the words, and a link to share it."""

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from articles.rendering.findings import Level
from articles.rendering.rendered import TocEntry

_ATTRIBUTE = re.compile(r"[ \t]*\{#([A-Za-z0-9_-]{1,80})\}[ \t]*$")


def install(md: MarkdownIt) -> None:
    md.core.ruler.after("block", "heading_attributes", take_attributes)
    md.core.ruler.push("heading_anchors", give_anchors)
    md.add_render_rule("heading_close", render_heading_close)


def anchor_link(anchor: str, title: str) -> str:
    """Return the small link behind a heading that gives its address."""
    return f' <a class="anchor" href="#{escape(anchor)}" aria-label="Link naar ‘{escape(title)}’">#</a>'


def take_attributes(state: StateCore) -> None:
    """Before inline parsing: cut `{#anker}` off the text of a heading."""
    for opening, inline in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type == "heading_open" and (match := _ATTRIBUTE.search(inline.content[-100:])):
            opening.meta["anchor"] = match[1]
            inline.content = inline.content[: -len(match[0])]


def give_anchors(state: StateCore) -> None:
    """After inline parsing: set the id of every heading and check that no level is skipped."""
    page, level = state.env["page"], state.env["page"].level
    for i, opening in enumerate(state.tokens):
        if opening.type != "heading_open":
            continue
        title = plain_text(state.tokens[i + 1])
        line = opening.map[0] + 1 if opening.map else 0
        depth = int(opening.tag[1])
        level = _check_level(page, title, depth, level, line)
        chosen = opening.meta.get("anchor")
        anchor = page.claim_anchor(chosen, line=line) if chosen else page.free_anchor(title)
        opening.attrSet("id", anchor)
        state.tokens[i + 2].meta = {"anchor": anchor, "title": title}
        page.headings.append(TocEntry(title, anchor))


def _check_level(page, title: str, depth: int, above: int, line: int) -> int:
    if depth <= page.level:
        message = f"De kop ‘{title}’ begint met {'#' * depth}; in deze tekst begint een kop met {'#' * (page.level + 1)}."
        page.find("heading-level", Level.ERROR, message, line=line)
    elif depth > above + 1:
        message = f"De kop ‘{title}’ slaat een niveau over: na {'#' * above} komt {'#' * (above + 1)}."
        page.find("heading-level", Level.ERROR, message, line=line)
    return max(depth, page.level)


def plain_text(inline) -> str:
    """Return the words of an inline token, without markup, citations and images."""
    parts = (
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in inline.children or ()
        if child.type != "image"
    )
    return "".join(parts).strip()


def render_heading_close(self, tokens, idx, options, env) -> str:
    meta = tokens[idx].meta
    return anchor_link(meta["anchor"], meta["title"]) + f"</{tokens[idx].tag}>\n"
