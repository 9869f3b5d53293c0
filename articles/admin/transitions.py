"""What the buttons below an article do after saving it: nothing more, submit, plan, publish. The services judge who may."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from articles import publishing, reviewing
from articles.models import Article, Publication
from articles.models.workflow import REASON_LENGTH as NOTE_LENGTH

REASON_LENGTH = Publication._meta.get_field("reason").max_length
TYPED = "article-notes"  # in the session: what was typed beside the text of an article, until it is used


class Transitions:
    """What ArticleAdmin does after saving, by the button that was pressed."""

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        return self._respond(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj) -> HttpResponse:
        return self._respond(request, obj) or super().response_change(request, obj)

    def _respond(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        pages = {"_schedule": "schedule", "_send_back": "send_back"}
        steps = {"_publish": self._publish, "_submit": self._submit, "_draft": self._keep}
        pressed = next((name for name in (*pages, *steps) if name in request.POST), None)
        if pressed is None:
            return None
        keep_notes(request, article)
        if pressed in pages:
            return redirect(f"admin:articles_article_{pages[pressed]}", article.pk)
        steps[pressed](request, article)
        return redirect("admin:articles_article_change", article.pk)

    def _keep(self, request: HttpRequest, article: Article) -> None:
        messages.success(request, "Het concept is bewaard. Lezers zien nog niets van deze wijziging.")

    def _submit(self, request: HttpRequest, article: Article) -> None:
        try:
            reviewing.submit(article, by=request.user, note=request.POST.get("review_note", "")[:NOTE_LENGTH])
        except publishing.PublishRefused as refused:
            messages.error(request, f"Het concept is bewaard maar niet ingestuurd: er is nog {count_errors(refused)}. {SEE_BELOW}")
        except (reviewing.ReviewRefused, PermissionDenied) as error:
            messages.error(request, f"Het concept is bewaard maar niet ingestuurd. {error}")
        else:
            forget_notes(request, article)
            messages.success(request, "Het concept is bewaard en ingestuurd. Een eindredacteur kijkt ernaar.")

    def _publish(self, request: HttpRequest, article: Article) -> None:
        try:
            publication = publishing.publish(
                article,
                by=request.user,
                reason=request.POST.get("publish_reason", "")[:REASON_LENGTH],
                is_substantive="publish_substantive" in request.POST,
            )
        except publishing.PublishRefused as refused:
            messages.error(
                request, f"Het concept is bewaard maar niet gepubliceerd: er is nog {count_errors(refused)}. {SEE_BELOW}"
            )
        except PermissionDenied as error:
            messages.error(request, f"Het concept is bewaard. {error}")
        else:
            forget_notes(request, article)
            url = publication.article.get_absolute_url()
            text = format_html('Versie {} is gepubliceerd. <a href="{}">Bekijk de pagina</a>', publication.number, url)
            messages.success(request, text)


SEE_BELOW = "Zie de bevindingen hieronder."


def count_errors(refused: publishing.PublishRefused) -> str:
    count = len(refused.findings)
    return "een fout" if count == 1 else f"{count} fouten"


def keep_notes(request: HttpRequest, article: Article) -> None:
    """Remember what was typed beside the text, so that no refusal and no other button loses it."""
    request.session[TYPED] = request.session.get(TYPED, {}) | {str(article.pk): _posted_notes(request)}


def forget_notes(request: HttpRequest, article: Article) -> None:
    request.session[TYPED] = {pk: notes for pk, notes in request.session.get(TYPED, {}).items() if pk != str(article.pk)}


def notes_for(request: HttpRequest, article: Article | None) -> dict:
    """Return what stands in the fields beside the text: as posted, as typed before, or as a new form has it."""
    if request.method == "POST":
        return _posted_notes(request)
    kept = request.session.get(TYPED, {}).get(str(article.pk)) if article else None
    return kept or {"publish_reason": "", "is_substantive": True, "review_note": ""}


def _posted_notes(request: HttpRequest) -> dict:
    return {
        "publish_reason": request.POST.get("publish_reason", "")[:REASON_LENGTH],
        "is_substantive": "publish_substantive" in request.POST or "publish_reason" not in request.POST,
        "review_note": request.POST.get("review_note", "")[:NOTE_LENGTH],
    }
