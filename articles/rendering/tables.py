"""Tables as a reader needs them: a caption, header cells with a scope, grouped rows, and a box that scrolls on a small screen.

Works on the block tokens of GFM tables, before their inline content is parsed. A row whose first cell is blank continues the group
above it. The caption is Pandoc's `: text` right under the table, with or without an empty line between.
"""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from articles.rendering.findings import Level

Cells = list[list[Token]]


def install(md: MarkdownIt) -> None:
    md.core.ruler.after("block", "article_tables", shape_tables)


def shape_tables(state: StateCore) -> None:
    tokens, shaped, i = state.tokens, [], 0
    while i < len(tokens):
        if tokens[i].type != "table_open":
            shaped.append(tokens[i])
            i += 1
            continue
        end = next(j for j in range(i, len(tokens)) if tokens[j].type == "table_close")
        caption, after = _caption_paragraph(tokens, end + 1)
        shaped += _shape(tokens[i : end + 1], caption, state.env["page"])
        i = after
    state.tokens = shaped


def _caption_paragraph(tokens: list[Token], start: int) -> tuple[Token | None, int]:
    """Return the inline token of a paragraph that is a caption, and where the rest begins."""
    if start + 2 < len(tokens) and tokens[start].type == "paragraph_open" and tokens[start + 1].content.startswith(": "):
        return tokens[start + 1], start + 3
    return None, start


def _rows(tokens: list[Token]) -> Iterator[tuple[Token, Cells]]:
    """Yield each row's opening token with its cells, each a list of opening, inline and closing token."""
    row, cells = None, []
    for i, token in enumerate(tokens):
        if token.type == "tr_open":
            row, cells = token, []
        elif token.type in ("th_open", "td_open"):
            cells.append(tokens[i : i + 3])
        elif token.type == "tr_close":
            yield row, cells


def _is_caption_row(cells: Cells) -> bool:
    texts = [cell[1].content.strip() for cell in cells]
    return texts[0].startswith(": ") and not any(texts[1:])


def _shape(table: list[Token], caption: Token | None, page) -> list[Token]:
    rows, name = list(_rows(table)), page.next_table()
    header, body = rows[0], rows[1:]
    if caption is None and body and _is_caption_row(body[-1][1]):
        caption = body.pop()[1][0][1]
    _judge(page, header[1], caption, line=table[0].map[0] + 1 if table[0].map else 0)
    grouped = any(not cells[0][1].content.strip() for _, cells in body[1:])
    named = f'aria-labelledby="{name}"' if caption else f'aria-label="{name.replace("tabel-", "Tabel ")}"'
    out = [_html(f'<div class="table-scroll" role="region" tabindex="0" {named}>\n'), table[0]]
    if caption:
        out += _caption(caption, name)
    out += [_open("thead"), *_row(header, scope="col"), _close("thead")]
    for group in _groups(body) if grouped else [body] if body else []:
        out += [_open("tbody"), *_group(group, grouped), _close("tbody")]
    return [*out, table[-1], _html(f"</div>\n{table[0].meta.get('after', '')}")]


def _judge(page, header: Cells, caption: Token | None, *, line: int) -> None:
    """A screen reader reads a cell with its column's heading, and finds a table by its caption. The corner may be blank."""
    headings = [cell[1].content.strip() for cell in header]
    if not all(headings[1:]) or not any(headings):
        message = "De tabel heeft een kolom zonder kop. Zet in elke cel van de eerste rij wat eronder staat."
        page.find("table-header", Level.WARNING, message, line=line)
    if caption is None:
        page.find("table-caption", Level.WARNING, "De tabel heeft geen bijschrift. Begin de regel eronder met ‘: ’.", line=line)


def _caption(inline: Token, name: str) -> list[Token]:
    inline.content = inline.content.strip().removeprefix(":").strip()
    opening = _open("caption")
    opening.attrSet("id", name)
    return [opening, inline, _close("caption")]


def _groups(rows: list[tuple[Token, Cells]]) -> list[list[tuple[Token, Cells]]]:
    groups: list[list[tuple[Token, Cells]]] = []
    for row in rows:
        if groups and not row[1][0][1].content.strip():
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _group(rows: list[tuple[Token, Cells]], grouped: bool) -> list[Token]:
    out = []
    for i, (row, cells) in enumerate(rows):
        if not grouped:
            out += _row((row, cells))
        elif i:
            out += _row((row, cells[1:]))
        else:
            _make_header(cells[0], "rowgroup" if len(rows) > 1 else "row", len(rows))
            out += _row((row, cells))
    return out


def _make_header(cell: list[Token], scope: str, span: int) -> None:
    for token in (cell[0], cell[2]):
        token.tag = "th"
    cell[0].attrSet("scope", scope)
    if span > 1:
        cell[0].attrSet("rowspan", str(span))


def _row(row: tuple[Token, Cells], scope: str = "") -> list[Token]:
    opening, cells = row
    out = [opening]
    for cell in cells:
        style = cell[0].attrs.pop("style", "")
        if style:  # a strict CSP forbids the style attribute
            cell[0].attrSet("class", str(style).replace("text-align:", "align-"))
        if scope:
            cell[0].attrSet("scope", scope)
        out += cell
    return [*out, _close("tr")]


def _open(tag: str) -> Token:
    return Token(f"{tag}_open", tag, 1, block=True)


def _close(tag: str) -> Token:
    return Token(f"{tag}_close", tag, -1, block=True)


def _html(content: str) -> Token:
    return Token("html_block", "", 0, content=content)
