"""Pages that say one thing and know nothing of anybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from advice.views.answers import private


@require_safe
@private
def link_asked(request: HttpRequest) -> HttpResponse:
    return render(request, "advice/link_asked.html")


@require_safe
@private
def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "advice/erased.html")


@require_safe
@private
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "advice/left.html")
