"""What the Vitaminetest asks of the site around it. The site answers with an object that settings.TEST_SURROUNDINGS names."""

from collections.abc import Collection, Mapping
from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from articles.rendering.findings import Finding
from articles.rendering.source import LinkTarget


class Surroundings(Protocol):
    def link_targets(self, links: Collection[tuple[str, str]]) -> Mapping[str, LinkTarget]:
        """Return the published articles among `links`, each a slug with an anchor or "", by the slug that was asked for.

        Only an article that is asked for with an anchor comes with its anchors.
        """

    def source_pages(self, keys: Collection[str]) -> Mapping[str, str]:
        """Return the addresses of the pages of these sources, by key; one that no article cites now has none."""

    def judge_texts(self, texts: Mapping[str, str]) -> Mapping[str, tuple[Finding, ...]]:
        """Return what the site's own checks of language say of Markdown texts, by the name of each: watched words, long
        sentences.
        """

    def pages_changed(self) -> None:
        """Tell every process, as part of the running transaction, that what readers may see has changed."""


@cache
def surroundings() -> Surroundings:
    return import_string(settings.TEST_SURROUNDINGS)()
