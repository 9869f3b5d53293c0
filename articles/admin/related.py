"""The field under "Lees ook": four addresses in order, and proposals with a tick. Works without script."""

from django import forms
from django.core.exceptions import ValidationError

from articles.models import Article
from articles.related import MOST_RELATED, RelatedRefused, Suggestion, check_related, suggest_related, titles

MOST_NAMES = 200  # in the list that the browser offers while you type


class RelatedWidget(forms.Widget):
    """Inputs `related_0` to `related_3`, and checkboxes `related_suggested` that add to them."""

    template_name = "admin/widgets/related.html"
    suggestions: list[Suggestion] = []

    def get_context(self, name: str, value: list[str] | None, attrs: dict | None) -> dict:
        slugs = [slug for slug in value or [] if slug]
        names = titles(slugs)
        proposed = [suggestion for suggestion in self.suggestions if suggestion.slug not in slugs[:MOST_RELATED]]
        ticked = {slug for slug in slugs[MOST_RELATED:] if slug in {suggestion.slug for suggestion in proposed}}
        typed = [slug for slug in slugs if slug not in ticked]
        typed += [""] * (MOST_RELATED - len(typed))
        newest = Article.objects.published().values_list("live__slug", "live__title")[:MOST_NAMES]
        return super().get_context(name, value, attrs) | {
            "places": [{"index": i, "value": slug, "title": names.get(slug, "")} for i, slug in enumerate(typed)],
            "suggestions": [{"row": row, "is_ticked": row.slug in ticked} for row in proposed],
            "names": [{"slug": slug, "title": title} for slug, title in newest],
        }

    def value_from_datadict(self, data, files, name: str) -> list[str]:
        return values_in(data, name)

    def value_omitted_from_data(self, data, files, name: str) -> bool:
        return f"{name}_0" not in data

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


def values_in(data, name: str = "related") -> list[str]:
    """Return what was typed and ticked, in order."""
    typed = [data.get(f"{name}_{i}", "").strip() for i in range(2 * MOST_RELATED)]
    return [text.replace("\x00", "") for text in [*typed, *data.getlist(f"{name}_suggested")] if text.strip("\x00")]


class RelatedField(forms.Field):
    """A list of addresses of articles. `article` is the one that they are read after."""

    widget = RelatedWidget
    article: Article | None = None

    def prepare(self, article: Article) -> None:
        """Say which article the form is about, and what is proposed for it."""
        self.article = article
        self.widget.suggestions = suggest_related(article) if article.pk else []

    def clean(self, value: list[str] | None) -> list[str]:
        try:
            return check_related(value or [], self.article or Article())
        except RelatedRefused as refused:
            raise ValidationError(refused.messages) from refused

    def has_changed(self, initial: list[str] | None, data: list[str] | None) -> bool:
        return list(initial or []) != list(data or [])
