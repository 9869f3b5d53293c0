"""Which warning was accepted: the same one about the same text, wherever that text has moved. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace

from articles.rendering import ArticleSource
from articles.rendering.findings import Finding, Level


def digest_of(finding: Finding, source: ArticleSource) -> str:
    """Return what stays the same as long as the finding is about the same text, also when chapters change places."""
    about = [finding.code, finding.message, finding.line, _text(finding.field, source)]
    return hashlib.sha256(json.dumps(about).encode()).hexdigest()


def with_acceptance(
    findings: tuple[Finding, ...], source: ArticleSource, reasons: Mapping[tuple[str, str], tuple[str, str]]
) -> tuple[Finding, ...]:
    """Return the findings, each warning with why and by whom it was accepted. `reasons` are those two, by code and digest."""

    def judged(finding: Finding) -> Finding:
        if not reasons or finding.level != Level.WARNING:
            return finding
        reason, name = reasons.get((finding.code, digest_of(finding, source)), ("", ""))
        return replace(finding, accepted=reason, accepted_by=name)

    return tuple(map(judged, findings))


def _text(field: str, source: ArticleSource) -> str:
    """Return the text that a field holds; a finding about a part of a benefit or chapter is about the whole of it."""
    name, _, rest = field.partition("-")
    if name in ("sections", "benefits"):
        own = f"{name}-{rest.split('-')[0]}-body"
        return "\n".join(repr(replace(part, field="")) for part in getattr(source, name) if part.field == own)
    if name.startswith("hero"):
        return repr(source.hero)
    if name.startswith("adviser"):
        return repr(source.adviser)
    return str(getattr(source, name, "")) if name else ""
