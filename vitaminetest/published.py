"""What readers get of a questionnaire: the live version, or the one that they began with."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db.models import F

from articles.rendering.article import describe_source
from articles.rendering.links import linked_slugs, resolve
from articles.rendering.rendered import NumberedSource
from intake.models import Nutrient
from intake.table import Kind
from references.models import Reference
from vitaminetest.definition_file import from_data
from vitaminetest.models import Version
from vitaminetest.needs import asks_for_age
from vitaminetest.ports import surroundings
from vitaminetest.shown import ShownTable, ShownTest, Text, texts_from_data

NUTRIENT = "magnesium"  # whose intake table a test asks


def live_test(slug: str) -> ShownTest | None:
    """Return the questionnaire that readers do now; None when there is none at that address. Eight queries at most."""
    return _show(Version.objects.filter(questionnaire__slug=slug, questionnaire__live=F("pk")))


def begun_test(slug: str, number: int) -> ShownTest | None:
    """Return the version that a reader began with, which may be older than the live one; None when the test was withdrawn."""
    return _show(Version.objects.filter(questionnaire__slug=slug, questionnaire__live__isnull=False, number=number))


def _show(versions) -> ShownTest | None:
    version = versions.select_related("questionnaire").first()
    if version is None:
        return None
    texts = open_links(mask_late(texts_from_data(version.texts), version.published_at))
    definition = from_data(version.definition)
    intake = _find_table() if asks_for_age(definition) else None
    sources = [source for text in (*texts.values(), *([intake] if intake else [])) for source in text.sources]
    pages = surroundings().source_pages({source.key for source in sources})
    return ShownTest(version.questionnaire.slug, version.number, version.published_at, definition, texts, pages, intake)


def _find_table() -> ShownTable | None:
    table = Nutrient.objects.tables([NUTRIENT]).get(NUTRIENT)
    if table is None:
        return None
    keys = dict.fromkeys(row.source for row in table.of(Kind.ADH) if row.source)
    references = Reference.objects.by_key(keys)
    records = {key: references[key].public_csl(link_masked=settings.LINK_MASKED_REFERENCES) for key in keys}
    sources = [
        NumberedSource(number, key, f"ref-adh-{key}", **describe_source(record))
        for number, (key, record) in enumerate(records.items(), start=1)
    ]
    return ShownTable(table, tuple(sources))


def open_links(texts: Mapping[str, Text]) -> dict[str, Text]:
    """Return the texts with an address in every link to an article that is published now."""
    targets = surroundings().link_targets([(slug, "") for text in texts.values() for slug in linked_slugs(text.html)])
    return {name: replace(text, html=resolve(text.html, targets)) for name, text in texts.items()}


def mask_late(texts: Mapping[str, Text], published_at: datetime) -> dict[str, Text]:
    """Return the texts with the sources that were masked since they were published as readers may see them now."""
    keys = {source.key for text in texts.values() for source in text.sources}
    rows = Reference.objects.filter(key__in=keys, masked_at__gt=published_at)
    late = {row.key: describe_source(row.public_csl(link_masked=settings.LINK_MASKED_REFERENCES)) for row in rows}
    return {
        name: replace(text, sources=tuple(replace(source, **late.get(source.key, {})) for source in text.sources))
        for name, text in texts.items()
    }
