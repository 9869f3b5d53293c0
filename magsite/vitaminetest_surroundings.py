"""What the Vitaminetest knows of the site around it: see vitaminetest.ports."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from articles.checks import rules
from articles.checks.registry import Checked
from articles.library import checked_targets, watched_terms
from articles.models import Citation, Generation
from articles.rendering import ArticleSource, Library, render_article
from articles.rendering.findings import Finding
from articles.rendering.source import LinkTarget

LANGUAGE = ("forbidden-term", "strengthening-term", "long-sentence")  # the rules of articles that hold for every text


class SiteAroundTest:
    """The articles of this site, and its finished pages."""

    def link_targets(self, links: Collection[tuple[str, str]]) -> Mapping[str, LinkTarget]:
        return checked_targets(links)

    def source_pages(self, keys: Collection[str]) -> Mapping[str, str]:
        cited = Citation.objects.live().order_by().filter(reference__key__in=keys)
        found = cited.values_list("reference__key", flat=True).distinct()
        return {key: reverse("references:detail", args=[key]) for key in found}

    def judge_texts(self, texts: Mapping[str, str]) -> dict[str, tuple[Finding, ...]]:
        """Each text is judged as the introduction of an article that has nothing else. One query."""
        terms, library, judged = watched_terms(), Library(), rules()
        nothing = render_article(ArticleSource(title="", slug=""), library)
        found = {}
        for name, text in texts.items():
            checked = Checked(ArticleSource(title="", slug="", intro=text), nothing, library, terms=terms)
            found[name] = tuple(finding for code in LANGUAGE for finding in judged[code].findings(checked))
        return found

    def pages_changed(self) -> None:
        Generation.raise_it()
