"""The addresses of the site, and three at which something goes wrong with what somebody wrote."""

from django.contrib import admin
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from magsite.urls import urlpatterns as real


@csrf_exempt
def break_for_reader(request: HttpRequest, token: str) -> HttpResponse:
    question, visitor = request.POST["question"], request.headers["User-Agent"]
    try:
        raise ValueError(f"{visitor} asked {question}")
    except ValueError as error:
        raise IntegrityError(f"a constraint failed\nDETAIL: Failing row contains ({token}, {question}).") from error


def refuse_forged(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse(token)


@csrf_exempt
def break_for_adviser(request: HttpRequest) -> HttpResponse:
    answer = dict(request.POST)
    return HttpResponse(answer["nothing like it", str(answer)])


urlpatterns = [
    path("advies/l/<str:token>/kapot/", break_for_reader),
    path("advies/l/<str:token>/dicht/", refuse_forged),
    path("beheer/kapot/", admin.site.admin_view(break_for_adviser), name="broken"),
    *real,
]
