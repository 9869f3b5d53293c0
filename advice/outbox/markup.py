"""HTML as mail programs want it: an answer without what only a page can do, and styles on every element. Pure.

Mail programs drop sheets, ids and links within a mail. So a citation becomes a plain number, and the sheet is written into `style`
attributes; only what stands in an @media rule stays a sheet, for the programs that know it (dark colours).
"""

import re
from functools import cache
from html import escape
from html.parser import HTMLParser

# What a frozen answer keeps of its attributes, beside `lang`. A class only when it says how a cell is aligned.
KEPT = {"ol": ("start",), "th": ("scope", "rowspan")}
# What tells its own tables from those that only arrange a mail.
GRID = {"table": "grid", "th": "cell", "td": "cell"}
VOID = {"br", "hr", "img", "meta", "link", "input"}
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def for_mail(html: str, site_url: str) -> str:
    """Return safe HTML of the site for use in a mail: links whole, those within the page unlinked, nothing that needs a page."""
    parser = _ForMail(site_url)
    parser.feed(html)
    parser.close()
    return "".join(parser.out)


def inline_styles(document: str, sheet: str) -> str:
    """Return `document` with the rules of `sheet` on its elements and its @media rules in the head.

    A selector is one tag or one class; a later rule adds to an earlier one and wins.
    """
    rules, media = _read(sheet)
    parser = _Inliner(rules)
    parser.feed(document)
    parser.close()
    styled = "".join(parser.out)
    return styled.replace("</head>", f"<style>{media}</style></head>", 1) if media else styled


@cache
def _read(sheet: str) -> tuple[tuple[tuple[str, str], ...], str]:
    sheet = _COMMENT.sub("", sheet)
    media = " ".join("".join(_MEDIA.findall(sheet)).split())
    rules = [
        (selector.strip(), " ".join(declarations.split()).rstrip(";"))
        for selectors, declarations in _RULE.findall(_MEDIA.sub("", sheet))
        for selector in selectors.split(",")
    ]
    return tuple(rules), media


class _Copier(HTMLParser):
    """Writes down what it reads, as it was."""

    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []

    def write(self, text: str) -> None:
        self.out.append(text)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.write(f"</{tag}>")

    def handle_data(self, data):
        self.write(data)

    def handle_entityref(self, name):
        self.write(f"&{name};")

    def handle_charref(self, name):
        self.write(f"&#{name};")

    def handle_decl(self, decl):
        self.write(f"<!{decl}>")


class _Inliner(_Copier):
    def __init__(self, rules: tuple[tuple[str, str], ...]):
        super().__init__()
        self.rules = rules

    def handle_starttag(self, tag, attrs):
        names = {tag, *(f".{name}" for name in (dict(attrs).get("class") or "").split())}
        style = "; ".join(declarations for selector, declarations in self.rules if selector in names)
        self.write(_tag(tag, [*attrs, ("style", style)] if style else attrs))


class _ForMail(_Copier):
    def __init__(self, site_url: str):
        super().__init__()
        self.site_url = site_url
        self.links: list[str] = []  # how each open link ends
        self.hidden = 0  # within the link of a heading to itself

    def write(self, text: str) -> None:
        if not self.hidden:
            super().write(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a":
            return self._open_link(attrs)
        kept = [(name, attrs[name]) for name in (*KEPT.get(tag, ()), "lang") if attrs.get(name)]
        names = [GRID.get(tag, ""), *(name for name in (attrs.get("class") or "").split() if name.startswith("align-"))]
        if any(names):
            kept.append(("class", " ".join(filter(None, names))))
        if tag == "sup" and self.out:
            self.out[-1] = self.out[-1].rstrip()  # a number stands against its word
        self.write(_tag(tag, kept))

    def handle_endtag(self, tag):
        if tag != "a":
            return super().handle_endtag(tag)
        end = self.links.pop() if self.links else ""
        if end == "hidden":
            self.hidden -= 1
        else:
            self.write(end)

    def _open_link(self, attrs: dict) -> None:
        address = attrs.get("href") or ""
        if attrs.get("class") == "anchor":
            self.hidden += 1
            self.links.append("hidden")
        elif not address or address.startswith("#"):
            self.links.append("")
        else:
            whole = f"{self.site_url}{address}" if address.startswith("/") else address
            self.write(_tag("a", [("href", whole)]))
            self.links.append("</a>")


def _tag(tag: str, attrs: list) -> str:
    written = "".join(f' {name}="{_quoted(value)}"' if value is not None else f" {name}" for name, value in attrs)
    return f"<{tag}{written}>"


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")
