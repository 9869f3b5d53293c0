"""What the library can be narrowed to."""

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q

from articles.models import ImageUse


class UseFilter(admin.SimpleListFilter):
    title, parameter_name = "gebruik", "gebruik"

    def lookups(self, request, model_admin):
        return [("gepubliceerd", "in een gepubliceerd artikel"), ("concept", "in een concept"), ("ongebruikt", "ongebruikt")]

    def queryset(self, request, queryset):
        uses = ImageUse.objects.filter(image=OuterRef("name"))
        in_draft, live = Exists(uses.filter(publication=None)), Exists(uses.filter(article__live=F("publication")))
        narrowed = {"gepubliceerd": Q(live), "concept": Q(in_draft), "ongebruikt": ~Q(live) & ~Q(in_draft)}
        return queryset.filter(narrowed[self.value()]) if self.value() in narrowed else queryset


class AltFilter(admin.SimpleListFilter):
    title, parameter_name = "alternatieve tekst", "alt"

    def lookups(self, request, model_admin):
        return [("ingevuld", "ingevuld"), ("ontbreekt", "ontbreekt"), ("decoratief", "decoratief")]

    def queryset(self, request, queryset):
        narrowed = {"ingevuld": ~Q(alt=""), "ontbreekt": Q(alt="", is_decorative=False), "decoratief": Q(is_decorative=True)}
        return queryset.filter(narrowed[self.value()]) if self.value() in narrowed else queryset
