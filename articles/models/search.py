"""What readers can search: a copy of what live publications show, made anew by every publication (see articles.search)."""

from django.db import models
from django.db.models import Q

from articles.models.article import Article


class SearchEntry(models.Model):
    """An article or a source as search knows it. The words of its text stand in an index that the database keeps beside it.

    `passages` holds what readers see, as `articles.search.entries` makes it. An entry is never changed, only made anew: so a
    higher number was published later.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", "artikel"
        SOURCE = "source", "bron"

    kind = models.CharField("soort", max_length=8, choices=Kind)
    article = models.ForeignKey(
        Article, models.CASCADE, related_name="search_entries", verbose_name="artikel", help_text="Het artikel dat dit laat zien."
    )
    key = models.CharField("adres of sleutel", max_length=120)
    title = models.TextField("titel")
    lang = models.CharField("taal", max_length=35, blank=True)
    passages = models.JSONField("tekst", default=list)

    class Meta:
        verbose_name = "vindplaats"
        verbose_name_plural = "vindplaatsen"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["article", "source"]), name="searchentry_kind_valid"),
            models.UniqueConstraint(fields=["article"], condition=Q(kind="article"), name="searchentry_article_unique"),
            models.UniqueConstraint(fields=["key"], condition=Q(kind="source"), name="searchentry_source_unique"),
        ]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that readers can find, in how many entries, and its stem. `backwards` finds the words that end on something."""

    word = models.CharField("woord", max_length=64, unique=True)
    backwards = models.CharField("achterstevoren", max_length=64, db_index=True)
    stem = models.CharField("stam", max_length=64, db_index=True)
    entries = models.IntegerField("aantal vindplaatsen")

    class Meta:
        verbose_name = "zoekwoord"
        verbose_name_plural = "zoekwoorden"

    def __str__(self) -> str:
        return self.word
