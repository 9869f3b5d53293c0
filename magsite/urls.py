"""The plan of the site's addresses: Dutch paths, English names."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("beheer/", admin.site.urls),
]
