from django.urls import path, register_converter

from articles import feeds, views


class Number:
    """A number from 1 that is written in one way only: another address for the same page would be kept as another page."""

    regex = "[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Number, "number")
app_name = "articles"

urlpatterns = [
    path("", views.article_list, name="list"),
    path("pagina/<number:number>/", views.article_list, name="list_page"),
    path("atom.xml", feeds.article_feed, name="feed"),
    path("<slug:slug>/", views.article_detail, name="detail"),
    path("<slug:slug>/v/<number:number>/", views.article_version, name="version"),
]
