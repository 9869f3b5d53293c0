"""Variables in canned replies: `{{ naam }}`, or with a fallback `{{ naam | lezer }}`. Pure and linear in the length of the text.

What can't be filled stays standing, so that it is seen: `find_unfilled` finds it again, as it finds what somebody typed by hand
to fill in later. While it finds something, an answer must not be sent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PLACEHOLDER = re.compile(r"\{\{[ \t]*(?P<name>[^\W\d][\w-]*)[ \t]*(?P<bar>\|(?P<fallback>[^{}|\n]{0,200}))?\}\}")

_NOTES = "naam|voornaam|achternaam|aanhef|adviseur|datum|onderwerp|vraag|antwoord|product|dosering|bron|link|invullen|vul|hier"
_UNFILLED = re.compile(
    rf"""
      \{{\{{[^{{}}\n]{{0,200}}\}}\}}                    # a placeholder as it should be, whatever is in it
    | \{{%[^{{}}\n]{{0,200}}%\}}                        # a tag of another template language
    | \{{{{1,3}}[ \t]*[^\W\d][\w \t-]{{0,40}}(?:\|[^{{}}\n]{{0,60}})?\}}{{1,3}}  # braces that are one too few or too many
    | \{{{{1,3}}[ \t]*[^\W\d]\w{{0,40}}                 # opened and not closed
    | (?<![\w.#]) [^\W\d]\w{{0,40}}[ \t]?\}}{{1,3}}     # closed and not opened
    | \{{\{{ | \}}\}}
    | (?<![\[!]) \[[ \t]?(?:[A-ZÀ-Þ][A-ZÀ-Þ\d _/-]{{1,40}} | (?i:{_NOTES})\b[\w _/-]{{0,40}})\] (?![\[(\]]|:[ ]*(?:https?:|/))
    | <[^\W\d_](?:[\w -]{{0,40}}\w)?>
    | (?<![\w./@-]) (?:(?i:x){{3,20}} | TODO) (?![\w/@-]|\.\w)
    | (?<![^\s:]) _{{3,40}} (?![^\s.,:;!?])
    """,
    re.VERBOSE,
)
_RULE = re.compile(r"^[ \t]*(?:_[ \t]*){3,}\r?$", re.MULTILINE)  # a line of nothing but underscores is a rule across the page
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}(?=[^`]*$)|~{3,})")
_CODE_SPAN = re.compile(r"(?<!`)(?P<ticks>`{1,5})(?!`)(?:(?!\n[ \t]*\n).){1,300}?(?<!`)(?P=ticks)(?!`)", re.DOTALL)


@dataclass(frozen=True)
class Filled:
    """A filled text. `missing` are known names without a value or fallback; `unknown` are names that don't exist at all."""

    text: str
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Return `text` with every `{{ name }}` replaced by its value, or by its fallback when the value is empty.

    `values` has a key for every variable that exists, with an empty value when nothing is known. A missing or unknown variable
    stays in the text as it was; an unknown one even with a fallback, since it is a typing error. A fallback may be empty. Values
    go in as they are and are not expanded again: making them safe is the work of the renderer.
    """
    missing: dict[str, None] = {}
    unknown: dict[str, None] = {}

    def replacement(match: re.Match) -> str:
        name = match["name"]
        if name not in values:
            unknown[name] = None
        elif values[name].strip():
            return values[name]
        elif match["bar"]:
            return match["fallback"].strip()
        else:
            missing[name] = None
        return match[0]

    return Filled(_PLACEHOLDER.sub(replacement, text), tuple(missing), tuple(unknown))


def find_unfilled(text: str) -> tuple[str, ...]:
    """Return every different placeholder that still stands in a text, in reading order, as it was typed.

    Malformed ones count: `{naam}`, `{{naam}`, `naam}}`, `[NAAM]`, `[naam]`, `<invullen>`, `XXX`, `TODO`, `____`. Citations,
    article links, Markdown links and code don't. An abbreviation in square brackets (`[EPA]`) can't be told from `[NAAM]`: round
    brackets are the way out. Give it the adviser's text only: what a reader wrote may look like anything.
    """
    text = _CODE_SPAN.sub("\n", _RULE.sub("", _without_fenced_code(text)))  # nothing runs on from one side of code to the other
    return tuple(dict.fromkeys(match[0] for match in _UNFILLED.finditer(text)))


def _without_fenced_code(text: str) -> str:
    """Return a text with an empty line for every line of fenced code; a fence that is never closed runs to the end."""
    lines, fence = [], ""
    for line in text.split("\n"):
        match = _FENCE.match(line)
        lines.append("" if fence or match else line)
        if fence:
            is_closing = match and match["mark"].startswith(fence) and line.strip() == match["mark"]
            fence = "" if is_closing else fence
        elif match:
            fence = match["mark"]
    return "\n".join(lines)
