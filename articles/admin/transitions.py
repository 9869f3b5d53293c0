"""The buttons that change what readers see: publish and withdraw. The services judge who may."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from articles import publishing
from articles.models import Article, Publication

REASON_LENGTH = Publication._meta.get_field("reason").max_length


class Transitions:
    """What ArticleAdmin does after saving, by the button that was pressed."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view
        own = path("<int:pk>/intrekken/", view(require_POST(self.withdraw_view)), name="articles_article_withdraw")
        return [own, *super().get_urls()]

    def response_add(self, request, obj, post_url_continue=None) -> HttpResponse:
        return self._respond(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj) -> HttpResponse:
        return self._respond(request, obj) or super().response_change(request, obj)

    def _respond(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        if "_publish" not in request.POST and "_draft" not in request.POST:
            return None
        if "_publish" in request.POST:
            self._publish(request, article)
        else:
            messages.success(request, "Het concept is bewaard. Lezers zien nog niets van deze wijziging.")
        return redirect("admin:articles_article_change", article.pk)

    def _publish(self, request: HttpRequest, article: Article) -> None:
        try:
            publication = publishing.publish(
                article,
                by=request.user,
                reason=request.POST.get("publish_reason", "")[:REASON_LENGTH],
                is_substantive="publish_substantive" in request.POST,
            )
        except publishing.PublishRefused as refused:
            count = len(refused.findings)
            what = "een fout" if count == 1 else f"{count} fouten"
            messages.error(
                request, f"Het concept is bewaard maar niet gepubliceerd: er is nog {what}. Zie de bevindingen hieronder."
            )
        except PermissionDenied as error:
            messages.error(request, f"Het concept is bewaard. {error}")
        else:
            url = publication.article.get_absolute_url()
            text = format_html('Versie {} is gepubliceerd. <a href="{}">Bekijk de pagina</a>', publication.number, url)
            messages.success(request, text)

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        publishing.withdraw(get_object_or_404(Article, pk=pk), by=request.user)
        messages.success(request, "Het artikel is ingetrokken. Lezers vinden het niet meer; de versies blijven bewaard.")
        return redirect("admin:articles_article_change", pk)
