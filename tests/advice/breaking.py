"""Things that go wrong with what somebody wrote: at three addresses beside those of the site, and in the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import admin
from django.db import IntegrityError, connection
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


@contextmanager
def refusing(table: str, text: str) -> Iterator[None]:
    """Let the database refuse new rows of `table`, and say why with `text`, as PostgreSQL does with the row itself."""
    name = f"refuse_{table}"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"CREATE TRIGGER {name} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, '{text}'); END")
        else:
            fails = f"BEGIN RAISE unique_violation USING MESSAGE = '{text}'; END"
            cursor.execute(f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {fails} $$")
            cursor.execute(f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")
        yield
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}; DROP FUNCTION {name}"))
