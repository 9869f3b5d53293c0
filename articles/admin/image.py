"""The image library in the admin: safe upload, a text for who can't see it, and where every picture is used."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST

from articles.admin.searched import SearchedList
from articles.images import ImageRejected, add_image, decode_upload, to_picture
from articles.images.usage import articles_using
from articles.models import Image

LARGEST_UPLOAD = 5 * 1024 * 1024


class ImageForm(forms.ModelForm):
    """An image with, when it is new, its file. Decoding and storing happen in `save`, by the one verb that also imports use."""

    upload = forms.FileField(
        label="Bestand", help_text="JPEG, PNG of WebP, hooguit 5 MB. We maken er zelf kleinere en snellere versies van.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,image/avif"}),
    )  # fmt: skip

    class Meta:
        model = Image
        fields = ["name", "alt", "is_decorative", "caption", "credit"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["upload"]
        else:
            self.fields["name"].required = False
            self.fields["name"].help_text += " Leeg: gemaakt van de bestandsnaam."

    def clean_upload(self) -> bytes:
        upload = self.cleaned_data["upload"]
        if upload.size > LARGEST_UPLOAD:
            raise ValidationError("Het bestand is groter dan 5 MB. Maak de afbeelding kleiner en probeer het opnieuw.")
        data = upload.read()
        try:
            decode_upload(data)
        except ImageRejected as error:
            raise ValidationError(str(error)) from error
        self.filename = upload.name
        return data

    def store(self, *, by) -> Image:
        """Add the uploaded image to the library, or return the one that has the same bytes."""
        texts = {name: self.cleaned_data[name] for name in ("alt", "is_decorative", "caption", "credit")}
        return add_image(self.cleaned_data["upload"], name=self.cleaned_data["name"] or self.filename, by=by, **texts)


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    form = ImageForm
    list_display = ["thumbnail", "name", "alt_label", "size", "credit", "created_at"]
    list_display_links = ["thumbnail", "name"]
    search_fields = ["name", "alt", "caption"]
    readonly_fields = ["thumbnail", "size", "used_by"]
    list_per_page = 50

    def get_changelist(self, request, **kwargs) -> type[SearchedList]:
        return SearchedList

    def get_fieldsets(self, request, obj=None):
        texts = ["name", "alt", "is_decorative", "caption", "credit"]
        if obj is None:
            return [(None, {"fields": ["upload", *texts]})]
        return [(None, {"fields": ["thumbnail", *texts]}), ("Gebruik", {"fields": ["size", "used_by"]})]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), *(["name"] if obj else [])]

    @admin.display(description="afbeelding")
    def thumbnail(self, image: Image) -> str:
        picture = to_picture(image)
        smallest = picture.srcset.split(",")[0].split(" ")[0] or picture.src
        return format_html(
            '<img class="thumbnail" src="{}" alt="{}" width="{}" height="{}">',
            smallest,
            image.alt or image.name,  # the picture is a link in the list, and a link needs a name
            160,
            round(160 * image.height / image.width),
        )

    @admin.display(description="alternatieve tekst")
    def alt_label(self, image: Image) -> str:
        return "(decoratief)" if image.is_decorative else image.alt or "ontbreekt"

    @admin.display(description="grootte")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height} pixels" if image.pk else "–"

    @admin.display(description="gebruikt in")
    def used_by(self, image: Image) -> str:
        links = [(reverse("admin:articles_article_change", args=[article.pk]), article.title) for article in articles_using(image)]
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "nog nergens"

    def get_deleted_objects(self, objs, request):
        """An image that a draft shows can't be deleted; the refusal names the articles."""
        deleted, counts, perms_needed, _ = super().get_deleted_objects(objs, request)
        protected = [f"artikel ‘{article.title}’ gebruikt ‘{image.name}’" for image in objs for article in articles_using(image)]
        return deleted, counts, set() if protected else perms_needed, protected

    def get_urls(self) -> list:
        upload = path("upload/", self.admin_site.admin_view(require_POST(self.upload_view)), name="articles_image_upload")
        return [upload, *super().get_urls()]

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

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None) -> HttpResponse:
        """Adding takes no transaction around it: making the formats takes seconds, in which nobody else could write to SQLite."""
        if object_id is None:
            return self._changeform_view(request, object_id, form_url, extra_context)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_form(self, request, form, change):
        return form.save(commit=False)

    def save_model(self, request, obj, form, change) -> None:
        if change:
            return super().save_model(request, obj, form, change)
        obj.__dict__.update(form.store(by=request.user).__dict__)
