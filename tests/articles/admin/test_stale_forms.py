"""Pictures and watched words: two people with one form open overwrite nothing unseen."""

import pytest
from django.urls import reverse

from articles.models import ForbiddenTerm, Image
from tests.factories import make_image, make_term

pytestmark = pytest.mark.django_db


def posted(page, **changes) -> dict:
    form = page.context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields} | {"opened_with": form.opened_with}
    return data | changes


def test_a_picture(writer_client):
    url = reverse("admin:articles_image_change", args=[make_image().pk])
    page = writer_client.get(url)
    Image.objects.update(alt="Alt van een ander", credit="Anna")

    response = writer_client.post(url, posted(page, alt="Mijn alt"))

    assert "Bewaard is: ‘Alt van een ander’." in response.content.decode()
    assert Image.objects.get().alt == "Alt van een ander"
    writer_client.post(url, posted(response))
    assert (Image.objects.get().alt, Image.objects.get().credit) == ("Mijn alt", "Anna")


def test_a_watched_word(chief_client):
    url = reverse("admin:articles_forbiddenterm_change", args=[make_term().pk])
    page = chief_client.get(url)
    ForbiddenTerm.objects.update(is_active=False, level="hint")

    response = chief_client.post(url, posted(page, explanation="Schrijf het anders."))

    assert ForbiddenTerm.objects.get().explanation == ""
    chief_client.post(url, posted(response))
    term = ForbiddenTerm.objects.get()
    assert (term.explanation, term.is_active, term.level) == ("Schrijf het anders.", False, "hint")
