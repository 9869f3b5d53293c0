"""What the Vitaminetest knows of the site around it: see vitaminetest.ports."""

from collections.abc import Collection, Mapping

from django.urls import reverse

from articles.library import checked_targets
from articles.models import Citation, Generation
from articles.rendering.source import LinkTarget


class SiteAroundTest:
    """The articles of this site, and its finished pages."""

    def link_targets(self, links: Collection[tuple[str, str]]) -> Mapping[str, LinkTarget]:
        return checked_targets(links)

    def source_pages(self, keys: Collection[str]) -> Mapping[str, str]:
        cited = Citation.objects.live().order_by().filter(reference__key__in=keys)
        found = cited.values_list("reference__key", flat=True).distinct()
        return {key: reverse("references:detail", args=[key]) for key in found}

    def pages_changed(self) -> None:
        Generation.raise_it()
