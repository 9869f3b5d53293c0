"""The form of an image: what it shows, what must stay in sight, and its file."""

from django import forms
from django.core.exceptions import ValidationError

from articles.images import ImageRejected, add_image, decode_upload, replace_file
from articles.images.decoding import MAX_BYTES
from articles.images.sharing import make_share
from articles.models import Image
from references.stale import StaleFormMixin

KINDS = "JPEG, PNG, WebP, AVIF of GIF (niet bewegend), hooguit 5 MB."
TEXTS = ["alt", "is_decorative", "caption", "credit"]
FOCAL_POINT = ["focal_x", "focal_y"]


class ImageForm(StaleFormMixin, forms.ModelForm):
    """An image with its file, which a new image needs and another may get. Decoding and storing happen in `articles.images`."""

    upload = forms.FileField(
        label="Bestand", help_text=f"{KINDS} We maken er zelf kleinere en snellere versies van.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,image/avif"}),
    )  # fmt: skip

    class Meta:
        model = Image
        fields = ["name", *TEXTS, *FOCAL_POINT]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["upload"].required = False
            for name in FOCAL_POINT:
                self.fields[name].required = False
            self.fields["upload"].label = "Vervangen door"
            self.fields[
                "upload"
            ].help_text = (
                f"{KINDS} Concepten tonen meteen het nieuwe beeld; gepubliceerde pagina’s pas als je ze opnieuw publiceert."
            )
            return
        self.fields["name"].required = False
        self.fields["name"].help_text += " Leeg: gemaakt van de bestandsnaam."
        for name in FOCAL_POINT:
            self.fields.pop(name, None)  # first the picture, then what matters in it

    def clean_upload(self) -> bytes | None:
        upload = self.cleaned_data["upload"]
        if upload is None:
            return None
        if upload.size > MAX_BYTES:
            raise ValidationError("Het bestand is groter dan 5 MB. Maak de afbeelding kleiner en probeer het opnieuw.")
        data = upload.read()
        try:
            digest = decode_upload(data).digest
        except ImageRejected as error:
            raise ValidationError(str(error)) from error
        if self.instance.pk and (other := Image.objects.filter(digest=digest).exclude(pk=self.instance.pk).first()):
            raise ValidationError(f"Dit bestand staat al in de beeldbank als ‘{other.name}’. Gebruik die naam.")
        self.filename = upload.name
        return data

    def clean_focal_x(self) -> int:
        return _middle_when_empty(self.cleaned_data["focal_x"])

    def clean_focal_y(self) -> int:
        return _middle_when_empty(self.cleaned_data["focal_y"])

    def store(self, *, by) -> Image:
        """Add the uploaded image to the library, or return the one that has the same bytes."""
        texts = {name: self.cleaned_data[name] for name in TEXTS}
        return add_image(self.cleaned_data["upload"], name=self.cleaned_data["name"] or self.filename, by=by, **texts)

    def update(self, *, by) -> bool:
        """Save the texts and the focal point, and then the new file if there is one. Return whether the file is another now.

        Raises ImageRejected when somebody else just added that file.
        """
        image = self.instance
        if not image.share or set(FOCAL_POINT) & set(self.changed_data):
            image.share = make_share(image)
        image.save(update_fields=[*TEXTS, *FOCAL_POINT, "share"])
        return bool(self.cleaned_data["upload"]) and replace_file(image, self.cleaned_data["upload"], by=by)


def _middle_when_empty(value: int | None) -> int:
    return 50 if value is None else value
