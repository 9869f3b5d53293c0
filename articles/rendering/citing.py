"""`[@key]` in Markdown: an inline rule that recognises it and a renderer that prints numbered links."""

import re
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from articles.rendering.findings import Level
from references.citations import Citation, parse_group

LONGEST_GROUP = 1_000  # characters between the brackets; longer is text, which keeps the search for a bracket bounded
COMMA = '<span aria-hidden="true">,</span>'


def install(md: MarkdownIt) -> None:
    md.inline.ruler.before("link", "citation", citation_rule)
    md.add_render_rule("citation", render_citation)


def citation_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[@", state.pos):
        return False
    end = state.src.find("]", state.pos, min(state.posMax, state.pos + LONGEST_GROUP))
    citations = parse_group(state.src[state.pos + 1 : end]) if end > 0 else None
    if not citations:
        return False
    if not silent:
        token = state.push("citation", "", 0)
        token.meta = {"citations": citations}
    state.pos = end + 1
    return True


def last_sentence(text: str) -> str:
    """Return the sentence that ends where `text` ends."""
    return re.split(r"(?<=[.!?…])\s+(?=\S)", text.strip()[-2_000:])[-1]


def render_citation(self, tokens, idx, options, env) -> str:
    page, meta = env["page"], tokens[idx].meta
    line = meta.get("line", 0)
    if meta.get("in_link"):
        page.find("citation-in-link", Level.ERROR, "Een bronvermelding staat binnen een link. Zet haar achter de link.", line=line)
    parts = [_link(page, citation, meta) for citation in meta["citations"]]
    return f'<sup class="cite">{COMMA.join(parts)}</sup>'


def _link(page, citation: Citation, meta: dict) -> str:
    heading = meta.get("heading") or page.heading
    if citation.key not in page.library.references:
        place, line = f" in ‘{heading}’" if heading else "", meta.get("line", 0)
        message = f"De bron ‘{citation.key}’{place}, regel {line}, bestaat niet. Verbeter de sleutel of voeg de bron toe."
        page.find("unknown-source", Level.ERROR, message, line=line)
        return f'<span class="cite-unknown">[@{escape(citation.key)}]</span>'
    number, use = page.cite(citation, sentence=meta.get("sentence", ""), heading=heading)
    name = f"Bron {number}, {citation.locator}" if citation.locator else f"Bron {number}"
    href = f"#ref-{page.key_anchor(citation.key)}"
    return f'<a id="{use.anchor}" href="{href}" role="doc-noteref" aria-label="{escape(name)}">{number}</a>'
