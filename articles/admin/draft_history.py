"""Who saved which draft, and the way back to one."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.views.decorators.http import require_POST

from articles.drafts import UnknownName, restore_revision
from articles.models import Article, DraftRevision
from articles.revisions import SERVER, name_of


@dataclass(frozen=True)
class Revision:
    """A saved draft in the list. `earlier` is the version of the one before that is kept, or None."""

    version: int
    saved_at: datetime
    by: str
    is_now: bool
    earlier: int | None


class DraftHistory:
    """Putting back a saved draft, for ArticleAdmin."""

    def get_urls(self) -> list:
        own = path(
            "<int:pk>/concepten/<int:version>/terugzetten/",
            self.admin_site.admin_view(require_POST(self.restore_revision_view)),
            name="articles_article_restore_revision",
        )
        return [own, *super().get_urls()]

    def restore_revision_view(self, request: HttpRequest, pk: int, version: int) -> HttpResponse:
        """Make a draft that was saved before the draft again. The one of now is kept too, so nothing is asked."""
        revision = get_object_or_404(DraftRevision.objects.select_related("article"), article=pk, version=version)
        if not self.has_change_permission(request, revision.article):
            raise PermissionDenied
        try:
            article = restore_revision(revision, by=request.user)
        except UnknownName as error:
            messages.error(request, f"Concept {version} is niet teruggezet en het concept is niet veranderd. {error}")
            return redirect("admin:articles_article_history", pk)
        self.log_change(request, article, f"Concept {version} teruggezet.")
        text = f"Concept {version} is teruggezet. Lezers zien daar nog niets van. Het concept van daarnet staat onder Geschiedenis."
        messages.success(request, text)
        return redirect("admin:articles_article_change", pk)


def revisions(article: Article) -> tuple[Revision, ...]:
    """Return the saved drafts that are kept, newest first. One query."""
    rows = list(article.draft_revisions.select_related("saved_by").defer("state").order_by("-version"))
    earlier = [row.version for row in rows[1:]] + [None]
    return tuple(
        Revision(row.version, row.saved_at, name_of(row.saved_by) or SERVER, row.version == article.draft_version, before)
        for row, before in zip(rows, earlier, strict=False)
    )
