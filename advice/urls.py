"""Addresses under /advies/."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

app_name = "advice"


def open_link(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404


urlpatterns = [path("l/<str:token>/", open_link, name="open_link")]
