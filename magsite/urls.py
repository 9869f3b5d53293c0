"""The plan of the site's addresses: Dutch paths, English names."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from articles import urls as articles
from articles.calculator import calculator
from articles.preview_page import linked_preview
from articles.published import published
from articles.search.views import search_page
from articles.views import source_detail
from magsite import sitemap, views
from magsite.media import media
from vitaminetest.views import questionnaire

urlpatterns = [
    path("", views.home, name="home"),
    path("artikelen/", include(articles)),
    path("bronnen/", include(([path("<path:key>/", source_detail, name="detail")], "references"))),
    path("voorbeeld/<str:token>/", linked_preview, name="linked_preview"),
    path("zoeken/", search_page, name="search"),
    path("advies/", include("advice.urls")),
    path("hoeveel-heb-jij-nodig/", calculator, name="calculator"),
    path("vitaminetest/", published(questionnaire), {"slug": "vitaminetest"}, name="vitaminetest"),
    path("privacy/", views.page, {"name": "privacy"}, name="privacy"),
    path("over/", views.page, {"name": "over"}, name="about"),
    path("media/<path:path>", media, name="media"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-paginas.xml", sitemap.pages, name="sitemap-pages"),
    path("sitemap-artikelen-<number:number>.xml", sitemap.articles, name="sitemap-articles"),
    path("sitemap-bronnen-<number:number>.xml", sitemap.sources, name="sitemap-sources"),
    path("favicon.ico", RedirectView.as_view(url="/static/img/favicon.ico", permanent=True)),
    path("beheer/", include("magsite.staff.urls")),
    path("beheer/", admin.site.urls),
]
