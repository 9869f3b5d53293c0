"""One small function per model. Each makes what a test names and nothing that surprises."""

import io

from django.contrib.auth.models import Group, User
from PIL import Image as Pixels

from articles.drafts import store_source
from articles.images import add_image
from articles.models import Article, ForbiddenTerm, Image
from articles.rendering.source import ArticleSource, SectionSource
from references.models import Reference

MASKED_TITLE = "Magnesium in prevention and therapy"
PUBLIC_TITLE = "Magnesium in prevention and [...]"


def make_reference(key: str = "jansen2020", **fields) -> Reference:
    values = {
        "title": f"Over {key}",
        "type": "article-journal",
        "authors": [{"family": "Jansen", "given": "A."}],
        "issued_year": 2020,
        "container_title": "Tijdschrift",
        "language": "nl",
    }
    return Reference.objects.create(key=key, **values | fields)


def make_masked_reference(key: str = "grober2015", **fields) -> Reference:
    return make_reference(
        key, title=MASKED_TITLE, public_title=PUBLIC_TITLE, doi="10.3390/nu7095388", pmid="26404370", language="en", **fields
    )


def png(width: int = 640, height: int = 400, color: str = "green") -> bytes:
    buffer = io.BytesIO()
    Pixels.new("RGB", (width, height), color).save(buffer, "PNG")
    return buffer.getvalue()


def make_image(name: str = "blad", alt: str = "Een groen blad", **fields) -> Image:
    return add_image(png(640, 400 + len(name)), name=name, alt=alt, **fields)


def make_source(**fields) -> ArticleSource:
    values = {
        "title": "Waar is water goed voor?",
        "slug": "water",
        "summary": "Water is overal om ons heen. Lees waar het vandaan komt en wat het doet.",
        "intro": "Water is nat.",
        "sections": (SectionSource("Wat is water?", "wat-is-water", "Water stroomt."),),
    }
    return ArticleSource(**values | fields)


def make_article(**fields) -> Article:
    return store_source(make_source(**fields))


def make_term(term: str = "wondermiddel", **fields) -> ForbiddenTerm:
    return ForbiddenTerm.objects.create(term=term, **{"level": "error"} | fields)


def make_user(username: str, *groups: str, **fields) -> User:
    user = User.objects.create_user(username, password="een-lang-wachtwoord", is_staff=True, **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user
