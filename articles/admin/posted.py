"""An unsaved article form as an ArticleSource: what the live preview shows. Lenient, because people preview half a sentence."""

from django.http import QueryDict

from articles.admin.related import values_in
from articles.models import Image
from articles.related import MOST_RELATED, slug_of
from articles.rendering import ArticleSource
from articles.rendering.page import slugify
from articles.rendering.rendered import Adviser
from articles.rendering.source import BenefitSource, HeroSource, SectionSource
from references.models import HealthClaim

MOST_ROWS = 200
LAST = 10**9


def posted_source(post: QueryDict) -> ArticleSource:
    """Return the article in `post`, whatever it lacks. Form fields are named as the admin names them."""
    sections = [_section(post, prefix) for prefix in _rows(post, "sections")]
    benefits = [_benefit(post, prefix) for prefix in _rows(post, "benefits")]
    return ArticleSource(
        title=post.get("title", ""),
        slug=slugify(post.get("slug", "")),
        summary=post.get("summary", ""),
        hero=HeroSource(image_name(post.get("hero", "")), post.get("hero_alt", ""), post.get("hero_caption", "")),
        adviser=Adviser(*(post.get(f"adviser_{name}", "") for name in ("name", "role", "heading", "text"))),
        intro=_text(post, "intro"),
        sections=tuple(sections),
        benefits=tuple(benefits),
        related=tuple(dict.fromkeys(slug_of(text) for text in values_in(post)))[:MOST_RELATED],
    )


def _rows(post: QueryDict, name: str) -> list[str]:
    """Return the prefixes of the rows that aren't marked for deletion and hold something, in their typed order."""
    total = min(to_number(post.get(f"{name}-TOTAL_FORMS", "0"), 0), MOST_ROWS)
    prefixes = [f"{name}-{i}" for i in range(total)]
    title = "heading" if name == "sections" else "title"
    rows = [p for p in prefixes if f"{p}-DELETE" not in post and (post.get(f"{p}-{title}") or post.get(f"{p}-body"))]
    return sorted(rows, key=lambda prefix: to_number(post.get(f"{prefix}-place", ""), LAST))


def _section(post: QueryDict, prefix: str) -> SectionSource:
    heading = post.get(f"{prefix}-heading", "")
    anchor = post.get(f"{prefix}-anchor") or slugify(heading)
    return SectionSource(heading, anchor, _text(post, f"{prefix}-body"), f"{prefix}-shows_benefits" in post, field=f"{prefix}-body")


def _benefit(post: QueryDict, prefix: str) -> BenefitSource:
    title = post.get(f"{prefix}-title", "")
    claims = [pk for pk in post.getlist(f"{prefix}-claims") if pk.isdecimal()]
    return BenefitSource(
        title=title,
        anchor=post.get(f"{prefix}-anchor") or slugify(title),
        body=_text(post, f"{prefix}-body"),
        image=image_name(post.get(f"{prefix}-image", "")),
        claims=tuple(HealthClaim.objects.filter(pk__in=claims).values_list("key", flat=True)) if claims else (),
        image_alt=post.get(f"{prefix}-image_alt", "").strip(),
        image_caption=post.get(f"{prefix}-image_caption", "").strip(),
        field=f"{prefix}-body",
    )


def image_name(pk: str) -> str:
    """Return the name of the image that a form points to; empty when there is none."""
    return Image.objects.filter(pk=pk).values_list("name", flat=True).first() or "" if pk.isdecimal() else ""


def _text(post: QueryDict, name: str) -> str:
    return post.get(name, "").replace("\r\n", "\n").strip("\n")


def to_number(text: str, default: int) -> int:
    """Return the whole number that was typed, or `default`."""
    return int(text) if text.isdecimal() and len(text) < 10 else default
