"""Editorial checks. One small function per rule; what the renderer already met (unknown sources, dead links) comes first."""

from datetime import date

from articles.checks import anchors, benefits, completeness, elsewhere, language, sources
from articles.checks.places import reading_order
from articles.checks.registry import Checked, describe, rules
from articles.checks.terms import Term
from articles.rendering import ArticleSource, Library, RenderedArticle
from articles.rendering.findings import Finding, Level

__all__ = ["Term", "check_article", "describe", "errors", "rules"]
MODULES = (elsewhere, completeness, anchors, sources, benefits, language)  # importing them registers their rules, in this order


def check_article(
    source: ArticleSource,
    rendered: RenderedArticle,
    library: Library,
    *,
    published_keys: frozenset[str] = frozenset(),
    published_anchors: frozenset[str] = frozenset(),
    terms: tuple[Term, ...] = (),
    review_due: date | None = None,
    today: date | None = None,
) -> tuple[Finding, ...]:
    """Return every finding, errors first, each group in reading order.

    `published_keys` and `published_anchors` are the sources and anchors of the live publication, `terms` the words that editors
    watch. The review date is only judged when `today` is given.
    """
    checked = Checked(source, rendered, library, published_keys, published_anchors, terms, review_due, today)
    found = [*rendered.findings, *(finding for rule in rules().values() for finding in rule.findings(checked))]
    levels, fields = list(Level), reading_order(source)
    return tuple(sorted(found, key=lambda f: (levels.index(f.level), fields.get(f.field, len(fields)), f.line)))


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that block publishing."""
    return tuple(finding for finding in findings if finding.level == Level.ERROR)
