"""Editorial checks. One small function per rule; what the renderer already met (unknown sources, dead links) comes first."""

from articles.checks import completeness, sources
from articles.checks.registry import Checked
from articles.rendering import ArticleSource, Library, RenderedArticle
from articles.rendering.findings import Finding, Level

RULES = (*completeness.RULES, *sources.RULES)


def check_article(
    source: ArticleSource, rendered: RenderedArticle, library: Library, *, published_keys: frozenset[str] = frozenset()
) -> tuple[Finding, ...]:
    """Return every finding, errors first, each group in reading order. `published_keys`: the sources of the live publication."""
    checked = Checked(source, rendered, library, published_keys)
    found = [*rendered.findings, *(finding for rule in RULES for finding in rule(checked))]
    order = list(Level)
    return tuple(sorted(found, key=lambda finding: order.index(finding.level)))


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that block publishing."""
    return tuple(finding for finding in findings if finding.level == Level.ERROR)
