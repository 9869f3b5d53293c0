"""`{{intake: magnesium}}` alone on a line: the table of that nutrient, as if its rows were typed here.

The line becomes the tokens of the GFM table that `intake.printing` writes, before `tables` gives every table its shape. A caption
(`: bijschrift`, right under it) replaces the usual one; behind either stand the sources of the values that the text above it
doesn't cite yet. Behind the table comes an empty `<div data-intake>`: where the page puts what belongs to the table but isn't
published with it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from articles.rendering.findings import Level
from articles.rendering.rendered import PrintedTable
from articles.rendering.source import ArticleSource
from intake import printing
from intake.table import Kind, Table
from references.citations import find_groups

_TYPED = re.compile(r"^ {0,3}\{\{intake:[ \t]*([a-z0-9-]{1,60})[ \t]*\}\}[ \t]*$", re.MULTILINE)
_PLACE = re.compile(r'<div data-intake="([a-z0-9-]*)"></div>\n?')
HOW = "Zet {{intake: magnesium}} alleen op een regel, met de sleutel van een innametabel."


def install(md: MarkdownIt) -> None:
    md.block.ruler.before("table", "intake", intake_rule, {"alt": ["paragraph", "reference"]})
    md.core.ruler.before("article_tables", "intake_captions", give_captions)


def find_nutrients(text: str) -> Iterator[str]:
    """Yield the key of every table that a Markdown text asks for (also from code, where none is printed)."""
    return (match[1] for match in _TYPED.finditer(text.replace("\r\n", "\n")))


def without_lines(text: str) -> str:
    """Return a text with blank lines for those that print a table: its own words and sentences."""
    return _TYPED.sub("", text)


def with_tables(source: ArticleSource, tables: Iterable[PrintedTable]) -> ArticleSource:
    """Return a text with the rows of these tables under the lines that print them: what to compare it by."""
    rows = {table.key: table.markdown for table in tables}

    def put(text: str) -> str:
        return _TYPED.sub(lambda match: f"{match[0]}\n\n{rows[match[1]]}" if match[1] in rows else match[0], text)

    return replace(
        source,
        intro=put(source.intro),
        sections=tuple(replace(section, body=put(section.body)) for section in source.sections),
        benefits=tuple(replace(benefit, body=put(benefit.body)) for benefit in source.benefits),
    )


def fill_places(html: str, fill: Callable[[str, str], str]) -> str:
    """Put `fill(key, the html before it)` behind every printed table."""
    return _PLACE.sub(lambda match: fill(match[1], html[: match.start()]), html)


def empty_places(html: str) -> str:
    """Return the text as it is where nothing belongs behind a table: in an older version, in a feed."""
    return _PLACE.sub("", html)


def intake_rule(state: StateBlock, line: int, last: int, silent: bool) -> bool:
    if state.is_code_block(line):
        return False
    match = _TYPED.match(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]])
    if not match:
        return False
    if not silent:
        state.tokens += _expand(state, match[1], line)
        state.line = line + 1
    return True


def _expand(state: StateBlock, key: str, line: int) -> list[Token]:
    """Return the tokens of the table, all of them at this line; a paragraph with what was typed when there is none."""
    page = state.env["page"]
    table = page.library.tables.get(key)
    if table is None or not table.of(Kind.ADH):
        wrong = f"Er is geen innametabel ‘{key}’." if table is None else f"De innametabel ‘{key}’ heeft nog geen ADH."
        page.find("unknown-intake", Level.ERROR, f"{wrong} {HOW}", line=line + 1)
        return _paragraph(f"{{{{intake: {key}}}}}", line)
    tokens, markdown = [], printing.as_markdown(table)
    page.tables[key] = PrintedTable(key, markdown)
    state.md.block.parse(markdown, state.md, state.env, tokens)
    for token in tokens:
        token.level += state.level
        token.map = [line, line + 1] if token.map else None
    tokens[0].meta |= {"intake": table, "after": f'<div data-intake="{key}"></div>\n'}
    return tokens


def _paragraph(text: str, line: int) -> list[Token]:
    opening, inline = Token("paragraph_open", "p", 1, block=True), Token("inline", "", 0, block=True)
    opening.map = inline.map = [line, line + 1]
    inline.content, inline.children = text, []
    return [opening, inline, Token("paragraph_close", "p", -1, block=True)]


def give_captions(state: StateCore) -> None:
    """Put a caption with the sources under every printed table; say where a table was asked for in the middle of a line."""
    out, table = [], None
    for i, token in enumerate(state.tokens):
        out.append(token)
        if token.type == "table_open":
            table, line = token.meta.get("intake"), token.map[0] if token.map else 0
        elif token.type == "table_close" and table:
            above = "\n".join(state.src.split("\n")[:line])
            out += _caption(state.tokens[i + 1 : i + 3], table, line, above)
        elif token.type == "inline" and "{{intake" in token.content and not _TYPED.match(token.content):
            state.env["page"].find("intake-not-alone", Level.ERROR, f"Hier komt geen innametabel. {HOW}", line=token.map[0] + 1)
    state.tokens = out


def _caption(after: list[Token], table: Table, line: int, above: str) -> list[Token]:
    """Add to the caption that was typed the sources that neither it nor the text above cites; return the usual one if none was."""
    typed = after[1] if len(after) == 2 and after[0].type == "paragraph_open" and after[1].content.startswith(": ") else None
    if typed is None:
        return _paragraph(f": {printing.default_caption(table)}{printing.citations(table, without=_cited(above))}", line)
    typed.content += printing.citations(table, without=_cited(above) | _cited(typed.content))
    return []


def _cited(text: str) -> frozenset[str]:
    return frozenset(citation.key for _, _, group in find_groups(text) for citation in group)
