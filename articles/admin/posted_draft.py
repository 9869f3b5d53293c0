"""A posted article form as a DraftState, and back. Values stay as they were typed: nothing is judged here, and nothing lost.

Only an anchor that was left empty is made from the heading, as saving does.
"""

from dataclasses import replace
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.formats import get_format, localize_input

from articles.admin.posted import LAST, image_name, to_number
from articles.admin.related import values_in
from articles.draft_state import BENEFIT, SECTION, DraftState, Row
from articles.merging import KINDS, PART_NAMES
from articles.merging_rows import anchor_of
from articles.models import Article, Image
from articles.related import MOST_RELATED, slug_of
from references.models import HealthClaim

MOST_ROWS = 1_000  # what Django's formsets take
FIELDS = {"sections": SECTION, "benefits": BENEFIT}


def posted_state(post: QueryDict) -> DraftState:
    """Return the draft in `post`, its rows in the order of their typed places. New rows that hold nothing are left out."""
    head = {name: post.get(name, "") for name in PART_NAMES}
    head |= {"hero": image_name(head["hero"]), "review_due": _iso_date(head["review_due"])}
    head["related"] = "\n".join(slug_of(text) for text in values_in(post))
    claims = {str(pk): key for pk, key in HealthClaim.objects.values_list("pk", "key")}
    return DraftState(head, **{kind: tuple(_rows(post, kind, claims)) for kind in KINDS})


def _rows(post: QueryDict, kind: str, claims: dict[str, str]) -> list[Row]:
    prefixes = [f"{kind}-{i}" for i in range(min(to_number(post.get(f"{kind}-TOTAL_FORMS", ""), 0), MOST_ROWS))]
    prefixes = [prefix for prefix in prefixes if any(name.startswith(f"{prefix}-") for name in post)]
    prefixes.sort(key=lambda prefix: to_number(post.get(f"{prefix}-place", ""), LAST))
    rows = [_row(post, kind, prefix, claims) for prefix in prefixes]
    rows = [row for row in rows if row.pk or any(row.values.values())]
    return [replace(row, values={**row.values, "anchor": anchor_of(row)}) for row in rows]


def _row(post: QueryDict, kind: str, prefix: str, claims: dict[str, str]) -> Row:
    values = {name: post.get(f"{prefix}-{name}", "") for name in FIELDS[kind]}
    if kind == "sections":
        values["shows_benefits"] = f"{prefix}-shows_benefits" in post
    else:
        values["image"] = image_name(values["image"])
        values["claims"] = tuple(claims[pk] for pk in post.getlist(f"{prefix}-claims") if pk in claims)
    return Row(values, to_number(post.get(f"{prefix}-id", ""), 0) or None, is_deleted=f"{prefix}-DELETE" in post)


def _iso_date(text: str) -> str:
    try:
        found = forms.DateField(required=False).clean(text)
    except ValidationError:
        return text
    return found.isoformat() if found else ""


def write_state(post: QueryDict, state: DraftState, *, article: Article) -> QueryDict:
    """Return `post` with the fields that hold the draft written anew from `state`; the others stay.

    Rows that are in the database come first, as Django's formsets want them; `place` holds their order.
    """
    written = post.copy()
    for name in [name for name in written if name.startswith(tuple(f"{kind}-" for kind in KINDS))]:
        del written[name]
    images = dict(Image.objects.filter(name__in=_images(state)).values_list("name", "pk"))
    claims = dict(HealthClaim.objects.values_list("key", "pk"))
    for name in PART_NAMES:
        written[name] = state.head[name]
    written.pop("related_suggested", None)
    for place, slug in enumerate(_places(state.head["related"])):
        written[f"related_{place}"] = slug
    written["hero"] = str(images.get(state.head["hero"], ""))
    written["review_due"] = _typed_date(state.head["review_due"])
    for kind in KINDS:
        _write_rows(written, kind, getattr(state, kind), images, claims, article)
    return written


def _write_rows(post: QueryDict, kind: str, rows: tuple[Row, ...], images: dict, claims: dict, article: Article) -> None:
    placed = sorted(enumerate(rows, start=1), key=lambda item: item[1].pk is None)
    post[f"{kind}-TOTAL_FORMS"] = str(len(rows))
    post[f"{kind}-INITIAL_FORMS"] = str(sum(row.pk is not None for row in rows))
    for i, (place, row) in enumerate(placed):
        fields = {**row.values, "place": str(place), "id": str(row.pk or ""), "article": str(article.pk)}
        if kind == "benefits":
            fields["image"] = str(images.get(row.values["image"], ""))
            post.setlist(f"{kind}-{i}-claims", [str(claims[key]) for key in fields.pop("claims") if key in claims])
        fields |= {"shows_benefits": "on" if fields.get("shows_benefits") else None, "DELETE": "on" if row.is_deleted else None}
        for name, value in fields.items():
            if value is not None:
                post[f"{kind}-{i}-{name}"] = value


def _places(related: str) -> list[str]:
    """Return the addresses of "Lees ook", and empty places up to as many as can be chosen."""
    slugs = related.splitlines()
    return slugs + [""] * (MOST_RELATED - len(slugs))


def _images(state: DraftState) -> set[str]:
    return {state.head["hero"], *(row.values["image"] for row in state.benefits)} - {""}


def _typed_date(text: str) -> str:
    try:
        return localize_input(date.fromisoformat(text), get_format("DATE_INPUT_FORMATS")[0])
    except ValueError:
        return text
