"""Links between articles: `[[slug]]`, `[[slug|tekst]]`, `[[slug#anker|tekst]]`.

A rendered text keeps the intention only (`<a data-article="slug">`, a placeholder link). The address is put in when the page is
built, so an article that is published or withdrawn later opens or closes every link to it, also in texts that were frozen before.
A link to an address that the article had earlier goes to the one it has now.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape, unescape

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from articles.rendering.findings import Level
from articles.rendering.source import LinkTarget

LONGEST_LINK = 400
CLOSED = "Lezers zien gewone tekst; de link gaat vanzelf open."
_TYPED = re.compile(r"\[\[([a-z0-9][a-z0-9-]*)(?:#([A-Za-z0-9_-]+))?(?:\|([^\[\]\n|]+))?\]\]")
_PLACEHOLDER = re.compile(r'<a data-article="([^"]*)"(?: data-anchor="([^"]*)")?>')


def install(md: MarkdownIt) -> None:
    md.inline.ruler.before("link", "article_link", article_link_rule)
    md.add_render_rule("article_link", render_article_link)


def find_targets(text: str) -> Iterator[tuple[str, str]]:
    """Yield slug and anchor ("" when there is none) of every `[[…]]` in a Markdown text."""
    return ((match[1], match[2] or "") for match in _TYPED.finditer(text))


def article_link_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[[", state.pos):
        return False
    match = _TYPED.match(state.src, state.pos, min(state.posMax, state.pos + LONGEST_LINK))
    if not match:
        return False
    if not silent:
        token = state.push("article_link", "", 0)
        slug, anchor, text = match.groups()
        target = state.env["page"].library.links.get(slug)
        token.content = (text or (target.title if target else slug.replace("-", " "))).strip()
        token.meta = {"slug": slug, "anchor": anchor or ""}
    state.pos = match.end()
    return True


def render_article_link(self, tokens, idx, options, env) -> str:
    token, page = tokens[idx], env["page"]
    slug, anchor, line = token.meta["slug"], token.meta["anchor"], token.meta.get("line", 0)
    judge(page, slug, anchor, line=line)
    data_anchor = f' data-anchor="{escape(anchor)}"' if anchor else ""
    return f'<a data-article="{escape(slug)}"{data_anchor}>{escape(token.content)}</a>'


def judge(page, slug: str, anchor: str = "", *, line: int = 0, closed: str = CLOSED) -> None:
    """Tell the editor when readers can't follow a link to another article (`closed` says what they see), or when it has moved."""
    target = page.library.links.get(slug)
    if target is None:
        page.find("dead-link", Level.WARNING, f"Het artikel ‘{slug}’ is niet gepubliceerd. {closed}", line=line)
        return
    if target.slug and target.slug != slug:
        message = f"Het artikel ‘{slug}’ heet nu ‘{target.slug}’. De link werkt, maar typ liever het nieuwe adres."
        page.find("moved-link", Level.HINT, message, line=line)
    if anchor and anchor not in target.anchors:
        page.find("dead-anchor", Level.WARNING, f"Het artikel ‘{slug}’ heeft geen kop met het anker ‘{anchor}’.", line=line)


def resolve(html: str, targets: Mapping[str, LinkTarget]) -> str:
    """Put addresses into the placeholder links of published articles; leave the others as they are (plain text to a reader)."""

    def replace(match: re.Match) -> str:
        slug, anchor = unescape(match[1]), unescape(match[2] or "")
        target = targets.get(slug)
        if target is None:
            return match[0]
        address = f"{target.url}#{anchor}" if anchor else target.url
        return f'{match[0][:-1]} href="{escape(address)}">'

    return _PLACEHOLDER.sub(replace, html)


def linked_slugs(html: str) -> set[str]:
    """Return the slugs of the articles that a rendered text means to link to."""
    return {unescape(match[1]) for match in _PLACEHOLDER.finditer(html)}
