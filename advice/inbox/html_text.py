"""The HTML of a mail as plain text. It is read here and never shown. Pure; never raises; linear in its length.

Python's own HTMLParser takes quadratic time on broken tags (CVE-2025-6069), and anybody can send us those. Here a tag is what
stands between < and the next >, without another < in it.
"""

import re
from html import unescape

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,20})(?![a-zA-Z0-9:])([^<>]*)>|<![^<>]*>|<\?[^<>]*>")
_HREF = re.compile(r"""\bhref\s*=\s*["']?\s*(https?://[^\s"'<>]{1,500})""", re.IGNORECASE)
_WITHOUT_SPACE = "address article aside center dd div dl dt footer form header hr li main section tr"
_WITH_SPACE = "p h1 h2 h3 h4 h5 h6 ul ol table pre"
_APART = frozenset(_WITH_SPACE.split())
_BLOCKS = _APART.union(_WITHOUT_SPACE.split())
_ENDS = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "title", "template", "noscript")}
_CELLS = frozenset(("td", "th"))
DEEPEST_QUOTE = 20


def html_to_text(html: str) -> str:
    """Return the text that a reader of the mail saw. A quote has "> " before every line, a link its address behind it."""
    html, writer, end, endless = _without_comments(html), _Writer(), 0, set()
    for match in _TAG.finditer(html):
        if match.start() < end:
            continue
        writer.write(unescape(html[end : match.start()]))
        end = match.end()
        closing, name, attributes = match.groups()
        name = (name or "").lower()
        if name in _ENDS and not closing and name not in endless:
            if found := _ENDS[name].search(html, end):
                end = found.start()
            else:
                endless.add(name)
        elif name:
            writer.close(name) if closing else writer.open(name, attributes)
    writer.write(unescape(html[end:]))
    return writer.text()


def _without_comments(html: str) -> str:
    parts, start = [], 0
    while (opening := html.find("<!--", start)) >= 0 and (closing := html.find("-->", opening + 4)) >= 0:
        parts.append(html[start:opening])
        start = closing + 3
    return "".join([*parts, html[start:]])


class _Writer:
    """Puts lines together. `current` is the line so far, `is_filled` whether there is anything to see in it."""

    def __init__(self):
        self.lines: list[str] = []
        self.current: list[str] = []
        self.is_filled = False
        self.depth = self.preformatted = 0
        self.link, self.words_from = "", 0

    def write(self, text: str) -> None:
        if self.preformatted:
            *whole, text = text.split("\n")
            for line in whole:
                self._add(line)
                self.end_line()
        self._add(text if self.preformatted else re.sub(r"[ \t\r\n\f]+", " ", text))

    def open(self, name: str, attributes: str) -> None:
        if name == "br":
            self.end_line()
        elif name == "blockquote":
            self._begin_block(apart=False)
            self.depth = min(self.depth + 1, DEEPEST_QUOTE)
        elif name in _CELLS and self.is_filled:
            self._add(" | ")
        elif name in _BLOCKS:
            self._begin_block(apart=name in _APART)
            self.preformatted += name == "pre"
            self.current += ["- "] if name == "li" else []
        elif name == "a" and (match := _HREF.search(attributes)):
            self.link, self.words_from = unescape(match[1]), len(self.current)

    def close(self, name: str) -> None:
        if name == "blockquote":
            self._begin_block(apart=False)
            self.depth = max(self.depth - 1, 0)
        elif name in _BLOCKS:
            self._begin_block(apart=name in _APART)
            self.preformatted = max(self.preformatted - (name == "pre"), 0)
        elif name == "a" and self.link:
            self._end_link()

    def end_line(self) -> None:
        """Finish the line, also an empty one."""
        line = "".join(self.current)
        line = line.rstrip() if self.preformatted else re.sub(" +", " ", line).strip(" ")
        self.lines.append(("> " * self.depth + line).rstrip() if self.depth else line)
        self.current, self.is_filled, self.words_from = [], False, 0

    def text(self) -> str:
        self._begin_block(apart=False)
        return "\n".join(self.lines).strip("\n") + "\n" if any(self.lines) else ""

    def _add(self, text: str) -> None:
        self.current.append(text)
        self.is_filled = self.is_filled or bool(text.strip())

    def _begin_block(self, *, apart: bool) -> None:
        if self.is_filled:
            self.end_line()
        self.current, self.words_from = [], 0
        if apart and self.lines and self.lines[-1].strip("> "):
            self.end_line()

    def _end_link(self) -> None:
        """Put the address behind the words of a link, unless they are the address."""
        words = "".join(self.current[self.words_from :]).strip().rstrip("/")
        address, self.link = self.link, ""
        if words and words.removeprefix("https://").removeprefix("http://") not in address:
            self._add(f" ({address})")
