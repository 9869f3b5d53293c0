"""Every rule of the house: its code, its level, what it says, and (unless the renderer finds it on its way) the function."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from articles.checks.terms import Term
from articles.rendering import ArticleSource, Library, RenderedArticle
from articles.rendering.findings import Finding, Level


@dataclass(frozen=True)
class Checked:
    """What a rule gets to see. `today` is given, so that a rule says the same whenever it is asked."""

    source: ArticleSource
    rendered: RenderedArticle
    library: Library
    published_keys: frozenset[str] = frozenset()
    published_anchors: frozenset[str] = frozenset()
    terms: tuple[Term, ...] = ()
    review_due: date | None = None
    today: date | None = None


@dataclass(frozen=True)
class Fault:
    """What a rule met, and where. `level` is only given when it is not the level of the rule."""

    message: str
    field: str = ""
    heading: str = ""
    line: int = 0
    level: Level | None = None


Judge = Callable[[Checked], Iterator[Fault]]


@dataclass(frozen=True)
class Rule:
    code: str
    level: Level
    says: str
    judge: Judge | None = None

    def findings(self, checked: Checked) -> Iterator[Finding]:
        for fault in self.judge(checked) if self.judge else ():
            yield Finding(self.code, fault.level or self.level, fault.message, fault.field, fault.heading, fault.line)


_RULES: dict[str, Rule] = {}


def register(code: str, level: Level, says: str) -> None:
    """Name a rule that is judged elsewhere: by the renderer, or when publishing. Raises ValueError on a code that is taken."""
    if code in _RULES:
        raise ValueError(f"two rules have the code {code}")
    _RULES[code] = Rule(code, level, says)


def rule(code: str, level: Level, says: str) -> Callable[[Judge], Judge]:
    """Make a function a rule. `says` is one Dutch line for whoever reads the list of rules."""

    def add(judge: Judge) -> Judge:
        register(code, level, says)
        _RULES[code] = replace(_RULES[code], judge=judge)
        return judge

    return add


def rules() -> Mapping[str, Rule]:
    """Return every rule by its code, in the order in which they are judged."""
    return dict(_RULES)


def describe() -> list[tuple[str, Level, str]]:
    """Return code, level and Dutch description of every rule, errors first."""
    order = list(Level)
    return sorted(((rule.code, rule.level, rule.says) for rule in _RULES.values()), key=lambda row: order.index(row[1]))
