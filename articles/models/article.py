"""The draft of an article: what editors change, and readers never see until it is published."""

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from articles.models.image import Image
from references.models import HealthClaim

validate_anchor = RegexValidator(
    r"^[a-z0-9]+(-[a-z0-9]+)*$", "Gebruik kleine letters, cijfers en streepjes, bijvoorbeeld ‘wat-is-magnesium’."
)
POSITION = {
    "validators": [MinValueValidator(1)],
    "help_text": "De volgorde op de pagina. Slepen of de pijltjes veranderen dit getal vanzelf.",
}
LIBRARY_ALT_COUNTS = "Voor deze plaats. Leeg: dan geldt de tekst uit de beeldbank."
LIBRARY_CAPTION_COUNTS = "Leeg: dan geldt het bijschrift uit de beeldbank."
MARKDOWN_HELP = (
    "Markdown. Een bron noem je met [@sleutel], een ander artikel met [[adres|tekst]], "
    "een afbeelding met ![alt](media:naam “bijschrift”)."
)
TEXTS = ("source", "rendered", "findings")  # columns of a publication that no list needs


class ArticleQuerySet(models.QuerySet):
    def published(self):
        """Articles that readers may see, with their live publication, newest first."""
        return self.filter(status=Article.Status.PUBLISHED).select_related("live").order_by("-first_published_at", "-pk")

    def in_review(self):
        """Articles whose draft waits for a chief editor."""
        return self.filter(submission__state="waiting")

    def planned(self):
        """Articles for which something waits for its moment."""
        return self._with_scheduled("waiting")

    def with_failed_plan(self):
        """Articles for which something went wrong at its moment, and nobody has dealt with it."""
        return self._with_scheduled("failed")

    def at_rest(self):
        """Articles for which nothing is on its way: neither in review nor planned."""
        return self.exclude(submission__state="waiting").exclude(pk__in=self.planned().values("pk"))

    def _with_scheduled(self, state: str):
        rows = self.model._meta.get_field("scheduled").related_model.objects
        return self.filter(Exists(rows.filter(article=OuterRef("pk"), state=state)))

    def with_late_masks(self):
        """The same articles with `has_late_mask`: whether a source was masked after the live version was published."""
        cited = self.model._meta.get_field("citations").related_model.objects.filter(publication=OuterRef("live"))
        return self.annotate(has_late_mask=Exists(cited.filter(reference__masked_at__gt=OuterRef("live__published_at"))))

    def without_texts(self):
        """The same articles for a list: a text is dozens of times as large as the rest of a row."""
        return self.defer("intro", "reader_questions", *(f"live__{column}" for column in TEXTS))


class Article(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", "concept"
        PUBLISHED = "published", "gepubliceerd"
        WITHDRAWN = "withdrawn", "ingetrokken"

    title = models.CharField("titel", max_length=200)
    slug = models.SlugField("adres", max_length=120, unique=True, help_text="Het laatste deel van het webadres: /artikelen/adres/.")
    lang = models.CharField("taal", max_length=8, default="nl", editable=False)
    summary = models.CharField(
        "samenvatting",
        max_length=200,
        blank=True,
        help_text="Eén of twee zinnen, liefst 120–155 tekens: zo staat het artikel in lijsten en zoekmachines.",
    )
    bibliography = models.CharField("bronnenbestand", max_length=200, blank=True, editable=False)
    hero = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="hero_of", verbose_name="openingsbeeld")
    hero_alt = models.CharField("alternatieve tekst", max_length=300, blank=True, help_text=LIBRARY_ALT_COUNTS)
    hero_caption = models.CharField(
        "bijschrift", max_length=400, blank=True, help_text=f"{LIBRARY_CAPTION_COUNTS} Mag bronnen noemen: [@sleutel]."
    )
    intro = models.TextField("inleiding", blank=True, help_text=MARKDOWN_HELP)
    adviser_name = models.CharField("naam van de adviseur", max_length=80, blank=True)
    adviser_role = models.CharField("functie", max_length=80, blank=True)
    adviser_heading = models.CharField("kop van het advieskaartje", max_length=120, blank=True)
    adviser_text = models.CharField("tekst van het advieskaartje", max_length=400, blank=True)
    review_due = models.DateField(
        "opnieuw bekijken voor",
        null=True,
        blank=True,
        help_text="Na deze datum staat bij de bevindingen dat tekst en bronnen moeten worden nagelopen. Lezers zien haar niet.",
    )
    related = models.JSONField(
        "lees ook",
        default=list,
        blank=True,
        help_text="De adressen van hooguit vier artikelen, in de volgorde voor lezers.",
    )
    reader_questions = models.JSONField("vragen van lezers", default=list, editable=False)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    live = models.OneToOneField(
        "Publication",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="live_for",
        verbose_name="publicatie die lezers zien",
    )
    first_published_at = models.DateTimeField("eerst gepubliceerd op", null=True, blank=True, editable=False, db_index=True)
    imported_digest = models.CharField(max_length=64, blank=True, editable=False)
    # Raised by every change of the draft: see articles.revisions.
    draft_version = models.PositiveIntegerField("concept", default=0, editable=False)
    created_at = models.DateTimeField("gemaakt op", auto_now_add=True)
    updated_at = models.DateTimeField("concept bewaard op", auto_now=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = "artikel"
        verbose_name_plural = "artikelen"
        ordering = ["-updated_at"]
        permissions = [("publish_article", "Mag een artikel publiceren en intrekken")]
        indexes = [
            # Pages of the public list, from the index alone. The status stands last: in front it would look so selective to SQLite
            # that an article by its address would be sought among all published ones.
            models.Index(fields=["first_published_at", "id", "status"], name="article_published_order"),
            models.Index(fields=["updated_at"], name="article_updated_order"),  # the list in the admin
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["draft", "published", "withdrawn"]), name="article_status_valid"),
            models.CheckConstraint(
                condition=Q(status="published", live__isnull=False) | (~Q(status="published") & Q(live__isnull=True)),
                name="article_live_only_when_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The address that readers use now: that of the live publication, whatever the draft says."""
        return reverse("articles:detail", args=[self.live.slug if self.live else self.slug])


class Section(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="sections", verbose_name="artikel")
    position = models.PositiveIntegerField("plaats", **POSITION)
    heading = models.CharField("kop", max_length=200)
    anchor = models.CharField(
        "anker",
        max_length=80,
        validators=[validate_anchor],
        help_text="Het deel achter # in een link. Verander het liever niet: gedeelde links wijzen ernaar.",
    )
    body = models.TextField("tekst", blank=True, help_text=MARKDOWN_HELP)
    shows_benefits = models.BooleanField(
        "toont de voordelen", default=False, help_text="Onder de tekst van dit hoofdstuk komen de genummerde voordelen."
    )

    class Meta:
        verbose_name = "hoofdstuk"
        verbose_name_plural = "hoofdstukken"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="section_position_unique"),
            models.UniqueConstraint(fields=["article", "anchor"], name="section_anchor_unique"),
            models.UniqueConstraint(fields=["article"], condition=Q(shows_benefits=True), name="section_one_shows_benefits"),
            models.CheckConstraint(condition=Q(position__gte=1), name="section_position_from_1"),
        ]

    def __str__(self) -> str:
        return self.heading


class Benefit(models.Model):
    article = models.ForeignKey(Article, models.CASCADE, related_name="benefits", verbose_name="artikel")
    position = models.PositiveIntegerField("nummer", **POSITION)
    title = models.CharField("titel", max_length=200, help_text="Zonder nummer: dat komt vanzelf.")
    anchor = models.CharField("anker", max_length=80, validators=[validate_anchor], help_text="Het deel achter # in een link.")
    body = models.TextField("tekst", blank=True, help_text=MARKDOWN_HELP)
    image = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="benefits", verbose_name="afbeelding")
    image_alt = models.CharField("alternatieve tekst", max_length=300, blank=True, help_text=LIBRARY_ALT_COUNTS)
    image_caption = models.CharField(
        "bijschrift", max_length=400, blank=True, help_text=f"{LIBRARY_CAPTION_COUNTS} Mag bronnen noemen: [@sleutel]."
    )
    claims = models.ManyToManyField(
        HealthClaim,
        blank=True,
        related_name="benefits",
        verbose_name="toegestane gezondheidsclaims",
        help_text="De claims uit Verordening (EU) 432/2012 die dit voordeel dragen.",
    )

    class Meta:
        verbose_name = "voordeel"
        verbose_name_plural = "voordelen"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="benefit_position_unique"),
            models.UniqueConstraint(fields=["article", "anchor"], name="benefit_anchor_unique"),
            models.CheckConstraint(condition=Q(position__gte=1), name="benefit_position_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"
