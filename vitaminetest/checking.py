"""What the checks say of a questionnaire, with all that they need from the site: sources, articles, watched words, the date."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from articles.rendering.findings import Finding
from vitaminetest.checks import Checked, check
from vitaminetest.checks.places import public_texts
from vitaminetest.definition import Definition
from vitaminetest.ports import surroundings
from vitaminetest.rendering import render_texts
from vitaminetest.shown import Text


@dataclass(frozen=True)
class Examined:
    texts: Mapping[str, Text]
    findings: tuple[Finding, ...]


def examine(definition: Definition) -> Examined:
    """Return the texts as readers will see them, and every finding, errors first. Never raises, whatever the draft holds."""
    texts, rendered = render_texts(definition)
    watched = surroundings().judge_texts({str(number): text.text for number, text in enumerate(public_texts(definition))})
    sources = {name: len(text.sources) for name, text in texts.items()}
    return Examined(texts, check(Checked(definition, timezone.localdate(), rendered, sources, watched)))
