from django.urls import path

from articles import feeds, views

app_name = "articles"

urlpatterns = [
    path("", views.article_list, name="list"),
    path("atom.xml", feeds.article_feed, name="feed"),
    path("<slug:slug>/", views.article_detail, name="detail"),
    path("<slug:slug>/v/<int:number>/", views.article_version, name="version"),
]
