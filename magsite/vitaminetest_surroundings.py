"""What the Vitaminetest knows of the site around it: see vitaminetest.ports."""

from collections.abc import Collection, Mapping

from articles.library import checked_targets
from articles.models import Generation
from articles.rendering.source import LinkTarget


class SiteAroundTest:
    """The articles of this site, and its finished pages."""

    def link_targets(self, links: Collection[tuple[str, str]]) -> Mapping[str, LinkTarget]:
        return checked_targets(links)

    def pages_changed(self) -> None:
        Generation.raise_it()
