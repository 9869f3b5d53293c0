"""Sources and authorised health claims: what an article's text rests on."""

from collections.abc import Iterable

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator, URLValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from references import bibliography, csl, lookups, masking, public  # noqa: F401  (lookups registers one)
from references.citations import KEY_PATTERN
from references.csl_types import ReferenceType
from references.words import as_search_text, key_word, split_words, words_of

__all__ = ["HealthClaim", "Reference", "ReferenceType", "ReferenceWord"]

LONGEST_SEARCH = 8  # words; more say nothing and cost a scan each
FEW = 2_000  # sources with a word; up to here reading them all is cheaper than going through the sources until enough are found


class ReferenceQuerySet(models.QuerySet):
    def by_key(self, keys: Iterable[str]) -> dict[str, "Reference"]:
        """Return the sources with these keys, by key; unknown keys are absent. One query."""
        return {reference.key: reference for reference in self.filter(key__in=set(keys))}

    def bulk_add(self, references: Iterable["Reference"]) -> list["Reference"]:
        """Store many new sources in a few queries, ready to be found. No row may exist yet."""
        rows = list(references)
        for row in rows:
            row.search_text = as_search_text(row.words_now())
        with transaction.atomic():
            self.bulk_create(rows, batch_size=500)
            found = (ReferenceWord(reference=row, word=word) for row in rows for word in row.index_words())
            ReferenceWord.objects.bulk_create(found, batch_size=1_000)
        return rows

    def search(self, text: str) -> "ReferenceQuerySet":
        """Return sources in which every word of `text` begins a word of key, titles, authors, year or container.

        The caller limits. Asks how rare the words are: one small query for each at most.
        """
        words = split_words(text)[:LONGEST_SEARCH]
        found = self if words or not text.strip() else self.none()
        for word in words:
            found = found.filter(search_text__contains=f" {word}")
        rare = ReferenceWord.objects.rare_one(words)
        return found.filter(pk__in=rare.values("reference")) if rare is not None else found

    def with_key_from(self, text: str) -> "ReferenceQuerySet":
        """Return sources whose key begins with `text`, whatever its capitals and accents, in the order of their keys."""
        return self.filter(words__word__begins_with=key_word(text)).order_by("words__word")


class Reference(models.Model):
    """A source. Its columns and `extra` together are one CSL-JSON record, of which nothing is lost: see `references.csl`."""

    key = models.CharField(
        "sleutel",
        max_length=100,
        unique=True,
        validators=[
            RegexValidator(
                rf"^{KEY_PATTERN}\Z",
                "Gebruik letters, cijfers en liggende streepjes, met hooguit losse leestekens ertussen, zonder spaties. "
                "Bijvoorbeeld: grober2015.",
            )
        ],
        help_text="Hiermee verwijs je in de tekst naar de bron: [@sleutel]. Meestal eerste auteur en jaar, zoals grober2015.",
    )
    type = models.CharField(
        "soort bron",
        max_length=40,
        choices=ReferenceType,
        default=ReferenceType.ARTICLE_JOURNAL,
        help_text="Bepaalt hoe de bron in de lijst wordt opgeschreven.",
    )
    title = models.TextField("titel", help_text="Zoals gepubliceerd. Bij een gemaskeerde bron ziet een lezer deze titel nergens.")
    public_title = models.TextField(
        "openbare titel",
        blank=True,
        help_text=(
            "Alleen invullen als de titel een ziekte of een niet-toegestane gezondheidsclaim noemt: dat mag niet op een "
            "commerciële pagina. Zet [...] in plaats van die woorden. Lezers zien dan deze titel, zonder link naar de bron."
        ),
    )
    authors = models.JSONField("auteurs", default=list, blank=True)
    container_title = models.CharField("tijdschrift, boek of website", max_length=500, blank=True, help_text="Waar het in staat.")
    publisher = models.CharField("uitgever", max_length=500, blank=True)
    volume = models.CharField("jaargang", max_length=100, blank=True)
    issue = models.CharField("nummer", max_length=100, blank=True)
    pages = models.CharField("pagina’s", max_length=100, blank=True, help_text="Bijvoorbeeld 8199-8226, of één artikelnummer.")
    issued_year = models.SmallIntegerField("jaar", null=True, blank=True, help_text="Leeg laten als er geen datum bij staat.")
    issued_month = models.PositiveSmallIntegerField(
        "maand", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    issued_day = models.PositiveSmallIntegerField(
        "dag", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    accessed = models.DateField(
        "geraadpleegd op", null=True, blank=True, help_text="Voor een webpagina: die kan veranderen, dus telt wanneer je haar las."
    )
    doi = models.CharField("DOI", max_length=255, blank=True, help_text="Bijvoorbeeld 10.3390/nu7095388. Een link plakken mag ook.")
    pmid = models.CharField("PMID", max_length=20, blank=True, help_text="Het nummer in PubMed.")
    url = models.CharField(
        "webadres",
        max_length=2000,
        blank=True,
        validators=[URLValidator(["http", "https"], message="Vul een volledig webadres in dat begint met https:// of http://.")],
        help_text="Alleen nodig als er geen DOI is.",
    )
    language = models.CharField(
        "taal",
        max_length=35,
        blank=True,
        help_text="Taalcode van de titel, zoals nl of en. Een schermlezer leest de titel dan goed voor.",
    )
    remark = models.TextField(
        "opmerking voor de redactie", blank=True, help_text="Een twijfel die iemand nog moet nagaan. Lezers zien dit nooit."
    )
    is_retracted = models.BooleanField(
        "teruggetrokken",
        default=False,
        help_text="De uitgever heeft de publicatie teruggetrokken. Een artikel dat haar noemt, kan niet worden gepubliceerd.",
    )
    extra = models.JSONField("overige gegevens (CSL-JSON)", default=dict, blank=True)
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)
    search_text = models.TextField(editable=False, blank=True)
    masked_at = models.DateTimeField("gemaskeerd op", null=True, editable=False)
    created_at = models.DateTimeField("toegevoegd", auto_now_add=True)
    updated_at = models.DateTimeField("gewijzigd", auto_now=True)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"
        ordering = ["key"]
        # What the filters of the list look for is rare among many sources.
        indexes = [
            models.Index(fields=["type", "key"], name="reference_type"),
            models.Index(fields=["key"], name="reference_remark", condition=~Q(remark="")),
            models.Index(fields=["key"], name="reference_masked", condition=~Q(public_title="")),
            models.Index(fields=["key"], name="reference_retracted", condition=Q(is_retracted=True)),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="reference_key_not_empty"),
            models.CheckConstraint(condition=Q(type__in=ReferenceType.values), name="reference_type_valid"),
            models.CheckConstraint(
                condition=Q(issued_month__isnull=True) | Q(issued_month__range=(1, 12), issued_year__isnull=False),
                name="reference_month_valid",
                violation_error_message="Een maand is een getal van 1 tot en met 12, en hoort bij een jaar.",
            ),
            models.CheckConstraint(
                condition=Q(issued_day__isnull=True) | Q(issued_day__range=(1, 31), issued_month__isnull=False),
                name="reference_day_valid",
                violation_error_message="Een dag is een getal van 1 tot en met 31, en hoort bij een maand.",
            ),
        ]

    def __str__(self) -> str:
        title = self.public_title or self.title
        label = bibliography.short_label(self.public_csl(), others="e.a.", brackets=True)
        return f"{label}, {title if len(title) <= 60 else title[:60].rstrip() + '…'}"

    @transaction.atomic
    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs) -> None:
        """Save, keep what `search` looks in up to date, and tell whoever listens that readers may see another title."""
        self.search_text = as_search_text(self.words_now())
        is_mask_changed = self._note_mask()
        super().save(update_fields=None if update_fields is None else {*update_fields, "search_text", "masked_at"}, **kwargs)
        stored, wanted = set(self.words.values_list("word", flat=True)), self.index_words()
        if stored != wanted:
            self.words.exclude(word__in=wanted & stored).delete()
            ReferenceWord.objects.bulk_create(ReferenceWord(reference=self, word=word) for word in sorted(wanted - stored))
        if is_mask_changed:
            masking.tell(self)

    def _note_mask(self) -> bool:
        """Keep the moment from which readers may not see the title as it was; return whether a mask came, changed or went."""
        before = Reference.objects.filter(pk=self.pk).values_list("title", "public_title").first() if self.pk else None
        was_masked = self.masked_at is not None
        if not self.is_masked:
            self.masked_at = None
        elif (self.title, self.public_title) != before:
            self.masked_at = timezone.now()
        return before not in (None, (self.title, self.public_title)) and (was_masked or self.is_masked)

    def words_now(self) -> list[str]:
        return words_of(csl.columns_of(self))

    def index_words(self) -> set[str]:
        """Return the words under which the source stands in the index of words."""
        return {*self.search_text.split(), key_word(self.key)}

    @property
    def is_masked(self) -> bool:
        """Whether readers see another title than the published one."""
        return public.is_masked(csl.columns_of(self))

    def csl(self) -> dict:
        """Return the full CSL-JSON record, as imported or as edited since. For editors and exports, never for readers."""
        return csl.record_from_fields(csl.columns_of(self))

    def public_csl(self, link_masked: bool = False) -> dict:
        """Return the CSL-JSON record that readers may see: an allow-list of fields, the public title, no link behind a mask."""
        return public.public_record(csl.columns_of(self), link_masked=link_masked)


class ReferenceWordQuerySet(models.QuerySet):
    def rare_one(self, words: list[str]) -> "ReferenceWordQuerySet | None":
        """Return the rows of the first word that few sources have, the longest tried first; None when all are common."""
        for word in sorted(words, key=len, reverse=True):
            found = self.filter(word__begins_with=word)
            if found[: FEW + 1].count() <= FEW:
                return found
        return None


class ReferenceWord(models.Model):
    """A word of a source, so that a search reads an index instead of every source. Only Reference writes it."""

    reference = models.ForeignKey(Reference, models.CASCADE, related_name="words", verbose_name="bron")
    word = models.CharField("woord", max_length=200)

    objects = ReferenceWordQuerySet.as_manager()

    class Meta:
        verbose_name = "zoekwoord"
        verbose_name_plural = "zoekwoorden"
        indexes = [
            # PostgreSQL finds the beginning of a word only with this operator class; SQLite has none and ignores it.
            models.Index(fields=["word", "reference"], name="referenceword_word", opclasses=["varchar_pattern_ops", "int8_ops"])
        ]

    def __str__(self) -> str:
        return self.word


class HealthClaim(models.Model):
    """A health claim that the European Union authorised for a nutrient, word for word."""

    key = models.SlugField("sleutel", unique=True, help_text="Vaste korte naam, voor het koppelen aan een voordeel in een artikel.")
    nutrient = models.CharField("voedingsstof", max_length=100)
    text_nl = models.TextField("tekst (Nederlands)", help_text="Precies zoals in de Nederlandse versie van de verordening.")
    text_en = models.TextField("tekst (Engels)", blank=True)
    regulation = models.CharField("verordening", max_length=200)
    condition = models.TextField("voorwaarde", blank=True, help_text="Wanneer een product deze claim mag dragen.")
    efsa_opinions = models.JSONField("adviezen van de EFSA", default=list, blank=True)
    is_confirmed = models.BooleanField(
        "bevestigd",
        default=False,
        help_text=(
            "Aanvinken nadat iemand de Nederlandse tekst woord voor woord heeft vergeleken met de officiële tekst van de "
            "verordening. Tot dan is de tekst een voorstel."
        ),
    )
    position = models.PositiveSmallIntegerField("volgorde", default=0)
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "gezondheidsclaim"
        verbose_name_plural = "gezondheidsclaims"
        ordering = ["position", "key"]
        constraints = [models.CheckConstraint(condition=~Q(key=""), name="healthclaim_key_not_empty")]

    def __str__(self) -> str:
        return self.text_nl
