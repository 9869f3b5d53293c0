"""Two editors on one article: a form that was opened before somebody else saved never overwrites what they wrote.

A form carries the version of the draft that it was opened at. When the draft has moved on, nothing is saved: the form comes back
with what only the other changed, and beside what both changed stands the other's text, to take or to leave.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from articles.admin.posted import to_number
from articles.admin.posted_draft import posted_state, write_state
from articles.diff import Token, abridge, diff_texts
from articles.draft_state import DraftState, from_data
from articles.merging import Fate, Merge, Outcome, Part, merge_drafts, plain, take
from articles.models import Article
from articles.revisions import SERVER, name_of, state_of, take_draft

TAKE = "take"


@dataclass(frozen=True)
class Save:
    """A save since the form was opened. `by` is empty when it was your own."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Clash:
    """A part that both changed: the other's text, and what differs between yours and theirs."""

    key: str
    name: str
    fate: Fate
    theirs: str
    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Conflict:
    """What the page tells: who saved since, what was taken over, what both changed, and what only you did."""

    saves: tuple[Save, ...]
    owner: str
    taken: tuple[Part, ...]
    clashes: tuple[Clash, ...]
    yours: tuple[Part, ...]
    is_base_known: bool

    @property
    def is_own(self) -> bool:
        """Whether all of it was saved by whoever looks at the page."""
        return bool(self.saves) and not any(save.by for save in self.saves)


class DraftConflicts:
    """Saving without overwriting, for ArticleAdmin."""

    def _changeform_view(self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict | None):
        if request.method != "POST":
            return super()._changeform_view(request, object_id, form_url, extra_context)
        if object_id is None:
            twin = self._saved_a_moment_ago(request)
            return self.response_add(request, twin) if twin else super()._changeform_view(request, None, form_url, extra_context)
        article = self._take(unquote(object_id))
        if article is None or not self.has_change_permission(request, article):
            return super()._changeform_view(request, object_id, form_url, extra_context)
        return self._save(request, article, object_id, form_url, extra_context)

    def _take(self, pk: str) -> Article | None:
        try:
            return take_draft(pk)
        except (Article.DoesNotExist, ValidationError, ValueError):
            return None

    def _save(self, request: HttpRequest, article: Article, object_id: str, form_url: str, extra_context: dict | None):
        """Save the form, or what comes back to the same, or show what changed in between. The draft is locked by now."""
        opened_at = to_number(request.POST.get("draft_version", ""), -1)
        base = revision_state(article, opened_at)
        mine = posted_state(request.POST)
        if base and TAKE in request.POST:
            mine = take(mine, request.POST.getlist(TAKE), base)
            request.POST = _written(request.POST, mine, article)
        if opened_at == article.draft_version:
            return super()._changeform_view(request, object_id, form_url, extra_context)
        merge = merge_drafts(base, mine, state_of(article))
        if merge.is_same:  # a second click, or the same text twice
            return self.response_change(request, article)
        request.POST = _written(request.POST, merge.state, article)
        if merge.is_free:
            request.POST["draft_version"] = str(article.draft_version)
            return super()._changeform_view(request, object_id, form_url, extra_context)
        context = {**(extra_context or {}), "conflict": describe(merge, article, opened_at, base is not None, request)}
        response = super()._changeform_view(request, object_id, form_url, context)
        response.status_code = 409
        return response

    def _saved_a_moment_ago(self, request: HttpRequest) -> Article | None:
        """Return the new article that this same form made already, when its button was pressed twice."""
        article = Article.objects.filter(slug=plain(request.POST.get("slug", ""))).first()
        if article is None or not self.has_add_permission(request):
            return None
        is_own = article.draft_revisions.filter(version=article.draft_version, saved_by=request.user).exists()
        return article if is_own and merge_drafts(None, posted_state(request.POST), state_of(article)).is_same else None


def _written(post: QueryDict, state: DraftState, article: Article) -> QueryDict:
    written = write_state(post, state, article=article)
    written.pop(TAKE, None)
    return written


def revision_state(article: Article, version: int) -> DraftState | None:
    """Return the draft as it was at `version`; None when that is not kept."""
    found = article.draft_revisions.filter(version=version).values_list("state", flat=True).first() if version >= 0 else None
    return from_data(found) if found else None


def describe(merge: Merge, article: Article, opened_at: int, is_base_known: bool, request: HttpRequest) -> Conflict:
    """Return what the page tells about `merge`."""
    rows = article.draft_revisions.filter(version__gt=opened_at).select_related("saved_by").defer("state").order_by("version")
    saves = tuple(Save("" if row.saved_by == request.user else name_of(row.saved_by) or SERVER, row.saved_at) for row in rows)
    names = {save.by for save in saves}
    return Conflict(
        saves=saves,
        owner=names.pop() if len(names) == 1 else "",
        taken=merge.of(Outcome.TAKEN),
        clashes=tuple(_clash(part) for part in merge.of(Outcome.BOTH)),
        yours=merge.of(Outcome.YOURS),
        is_base_known=is_base_known,
    )


def _clash(part: Part) -> Clash:
    mine, theirs = plain(part.mine), plain(part.theirs)
    return Clash(part.key, part.name, part.fate, theirs, abridge(diff_texts(mine, theirs)))
