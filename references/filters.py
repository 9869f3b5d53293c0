"""What the list of sources in the admin can be narrowed to, and whether a source is cited.

`references` imports no other app. Whoever cites sources has a foreign key to Reference with `related_name="citations"`; without
one, no source counts as cited.
"""

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from references.models import Reference


def _relation():
    try:
        return Reference._meta.get_field("citations")
    except FieldDoesNotExist:
        return None


def is_tracked() -> bool:
    """Return whether an app records where sources are cited."""
    return _relation() is not None


def citations_of(reference: Reference) -> QuerySet:
    """Return the rows that say where a source is cited."""
    return reference.citations.all() if is_tracked() and reference.pk else Reference.objects.none()


def only_cited(references: QuerySet, *, cited: bool) -> QuerySet:
    relation = _relation()
    uses = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
    return references.filter(Exists(uses) if cited else ~Exists(uses))


class YesNoFilter(admin.SimpleListFilter):
    """A choice of two; subclasses give two `names` and `narrow(queryset, yes)`."""

    def lookups(self, request, model_admin):
        return [("ja", self.names[0]), ("nee", self.names[1])]

    def queryset(self, request, queryset):
        return queryset if self.value() not in {"ja", "nee"} else self.narrow(queryset, self.value() == "ja")


class IsCitedFilter(YesNoFilter):
    title, parameter_name, names = "gebruik", "geciteerd", ("geciteerd", "nergens geciteerd")

    def narrow(self, queryset, yes):
        return only_cited(queryset, cited=yes)


class IsMaskedFilter(YesNoFilter):
    title, parameter_name, names = "titel", "gemaskeerd", ("gemaskeerd", "zoals gepubliceerd")

    def narrow(self, queryset, yes):
        masked = ~Q(public_title="") & ~Q(public_title=F("title"))
        return queryset.filter(masked if yes else ~masked)


class HasRemarkFilter(YesNoFilter):
    title, parameter_name, names = "opmerking", "opmerking", ("nog na te gaan", "geen opmerking")

    def narrow(self, queryset, yes):
        return queryset.exclude(remark="") if yes else queryset.filter(remark="")
