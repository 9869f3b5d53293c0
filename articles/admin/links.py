"""What links to an article, on its page: before an editor withdraws it or gives it another address."""

from django.http import HttpRequest, HttpResponse

from articles.links_index import links_to


class LinksPanel:
    """The panel "Wie linkt hierheen" of ArticleAdmin."""

    def render_change_form(self, request: HttpRequest, context: dict, *args, **kwargs) -> HttpResponse:
        if article := context.get("original"):
            context["links_here"] = links_to(article)
            context["old_slug"] = article.live.slug if article.live and article.live.slug != article.slug else ""
        return super().render_change_form(request, context, *args, **kwargs)
