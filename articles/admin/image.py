"""The image library in the admin: thumbnails, safe upload, where every picture stands, another file, and what stays in sight."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST

from articles.admin.image_filters import AltFilter, UseFilter
from articles.admin.image_forms import FOCAL_POINT, TEXTS, ImageForm
from articles.admin.image_uses import article_uses
from articles.admin.searched import SearchedList
from articles.images import ImageRejected, delete_image, outdated_articles, restore_file, thumbnail_src, to_picture
from articles.images.deleting import places_in_drafts
from articles.images.usage import UseCount, count_uses
from articles.models import EarlierFile, Image
from references.stale import StaleAdminMixin

MOST_NAMED = 5


@dataclass(frozen=True)
class Tile:
    """An image in the grid of the library."""

    image: Image
    src: str
    url: str
    uses: UseCount


@admin.register(Image)
class ImageAdmin(StaleAdminMixin, admin.ModelAdmin):
    form = ImageForm
    change_list_template = "admin/articles/image/change_list.html"
    change_form_template = "admin/articles/image/change_form.html"
    delete_confirmation_template = "admin/articles/image/delete_confirmation.html"
    list_display = ["name", "created_at"]  # the grid shows more; these two give it its orders
    ordering = ["-pk"]  # newest first; both databases stop at the end of a page, however many pictures a search finds
    list_filter = [UseFilter, AltFilter]
    list_per_page = 48
    search_fields = ["name", "alt", "caption", "credit"]
    search_help_text = "Zoek op naam, alternatieve tekst, bijschrift of maker. Het begin van een woord is genoeg; meer woorden mag."
    readonly_fields = ["picture", "size"]
    actions_selection_counter = False

    def get_changelist(self, request, **kwargs) -> type[SearchedList]:
        return SearchedList

    def get_search_results(self, request, queryset, search_term):
        return queryset.search(search_term), False

    class Media:
        js = [forms.Script("js/admin/focal.js", type="module")]

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return [(None, {"fields": ["upload", "name", *TEXTS]})]
        explained = (
            "Het focuspunt blijft in beeld waar de afbeelding wordt bijgesneden: boven een artikel, in lijsten en op andere sites. "
            "50 en 50 is het midden."
        )
        return [
            ("Beeld en focuspunt", {"fields": ["picture", tuple(FOCAL_POINT)], "description": explained}),
            ("Woorden", {"fields": ["name", *TEXTS]}),
            ("Bestand", {"fields": ["size", "upload"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["name"] if obj else [])]

    @admin.display(description="afbeelding")
    def picture(self, image: Image) -> str:
        return format_html(
            '<div class="focal" data-focal><img src="{}" alt="{}" width="{}" height="{}"></div>',
            to_picture(image).src,
            image.alt,
            image.width,
            image.height,
        )

    @admin.display(description="grootte")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height} pixels"

    # The library

    def changelist_view(self, request, extra_context=None) -> HttpResponse:
        response = super().changelist_view(request, {"title": "Afbeeldingen", **(extra_context or {})})
        if isinstance(response, TemplateResponse) and "cl" in response.context_data:
            found = response.context_data["cl"]
            images = list(found.result_list)
            counts = count_uses(images)
            response.context_data["tiles"] = [
                Tile(image, thumbnail_src(image), found.url_for_result(image), counts.get(image.name, UseCount()))
                for image in images
            ]
            response.context_data["orders"] = _orders(found)
        return response

    # One image

    def render_change_form(self, request, context, *args, obj=None, **kwargs) -> HttpResponse:
        if obj:
            uses, total = article_uses(obj)
            context["uses"], context["uses_left_out"] = uses, total - len(uses)
            context["outdated"], context["outdated_total"] = outdated_articles(obj)
            context["earlier_files"] = [
                (earlier, thumbnail_src(earlier)) for earlier in obj.earlier_files.select_related("replaced_by")
            ]
            context["may_change"] = self.has_change_permission(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None) -> HttpResponse:
        """No transaction around the whole: making the formats takes seconds, in which nobody else could write to SQLite."""
        return self._changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request, form, change):
        return form.save(commit=False)

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.__dict__.update(form.store(by=request.user).__dict__)
            return
        try:
            is_replaced = form.update(by=request.user)
        except ImageRejected as error:
            messages.error(request, str(error))
        else:
            self._tell_what_readers_see(request, obj, is_replaced=is_replaced)

    def _tell_what_readers_see(self, request: HttpRequest, image: Image, *, is_replaced: bool) -> None:
        if is_replaced:
            messages.success(request, "Het bestand is vervangen. Kijk of het focuspunt en de alternatieve tekst nog kloppen.")
        outdated, total = outdated_articles(image)
        if outdated:
            links = [(reverse("admin:articles_article_change", args=[o.pk]), o.title) for o in outdated[:MOST_NAMED]]
            named = format_html_join(", ", '<a href="{}">{}</a>', links)
            if total > MOST_NAMED:
                named = format_html("{} en nog {} (zie ‘Gebruik’ bij de afbeelding)", named, total - MOST_NAMED)
            one = "{} gepubliceerd artikel toont nog het beeld van toen: {}. Publiceer het opnieuw om dat te veranderen."
            many = "{} gepubliceerde artikelen tonen nog het beeld van toen: {}. Publiceer ze opnieuw om dat te veranderen."
            messages.warning(request, format_html(one if total == 1 else many, total, named))

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("upload/", wrap(require_POST(self.upload_view)), name="articles_image_upload"),
            path(
                "<int:pk>/bestanden/<int:file>/terugzetten/",
                wrap(require_POST(self.restore_file_view)),
                name="articles_image_restore_file",
            ),
            *super().get_urls(),
        ]

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """Take an image that was pasted or dropped into a text; answer with what to put there, or with the errors in Dutch."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImageForm(request.POST, {"upload": request.FILES["image"]} if "image" in request.FILES else {})
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        image = form.store(by=request.user)
        alt = image.alt.replace("]", "").replace("[", "")
        return JsonResponse(
            {"name": image.name, "image_code": f"![{alt}](media:{image.name})", "src": to_picture(image).src}, status=201
        )

    def restore_file_view(self, request: HttpRequest, pk: int, file: int) -> HttpResponse:
        """Give an image a file back that it had before."""
        earlier = get_object_or_404(EarlierFile.objects.select_related("image"), pk=file, image=pk)
        try:
            restore_file(earlier, by=request.user)
        except ImageRejected as error:
            messages.error(request, str(error))
        else:
            self.log_change(request, earlier.image, "Eerder bestand teruggezet.")
            messages.success(request, "Het eerdere bestand is terug. Kijk of het focuspunt en de alternatieve tekst nog kloppen.")
            self._tell_what_readers_see(request, earlier.image, is_replaced=False)
        return redirect("admin:articles_image_change", pk)

    # Deleting

    def get_deleted_objects(self, objs, request):
        """An image that a draft shows can't be deleted; the refusal names the places."""
        deleted, counts, perms_needed, _ = super().get_deleted_objects(objs, request)
        protected = [f"‘{image.name}’ staat in {place}" for image in objs for place in places_in_drafts(image)]
        return deleted, counts, set() if protected else perms_needed, protected

    def delete_view(self, request, object_id, extra_context=None) -> HttpResponse:
        image = self.get_object(request, object_id)
        live = [use.article for use in image.uses.live().select_related("article").order_by("article__title")] if image else []
        return super().delete_view(request, object_id, {"still_shown_in": list(dict.fromkeys(live)), **(extra_context or {})})

    def delete_model(self, request, obj) -> None:
        delete_image(obj, by=request.user)

    def delete_queryset(self, request, queryset) -> None:
        for image in queryset:
            delete_image(image, by=request.user)


def _orders(found) -> list[tuple[str, str, bool]]:
    """Return (query, name, is chosen) for every order of the grid. Django names an order by the number of its column."""
    name, created = found.list_display.index("name"), found.list_display.index("created_at")
    orders = {"": "nieuwste eerst", f"{created}": "oudste eerst", f"{name}": "naam A–Z", f"-{name}": "naam Z–A"}
    current = found.params.get("o", "")
    return [
        (found.get_query_string({"o": order} if order else None, ["p", *([] if order else ["o"])]), text, order == current)
        for order, text in orders.items()
    ]
