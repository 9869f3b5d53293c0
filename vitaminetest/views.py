"""The questionnaire at its address: GET gives the start page, every other page is the answer to a POST.

Nothing is stored and nothing changes, whatever is posted: no cookie, no session, no row. So there is no authority in a browser that
another site could ride on, and no need for a token against forgery: its cookie would be all that this test leaves behind.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from vitaminetest.answers import Answer
from vitaminetest.asking import Fault, read
from vitaminetest.definition import Kind
from vitaminetest.journey import RESULT, START, Journey, begin, go_back, go_change, go_on, go_to_result, with_answer
from vitaminetest.pages import make_page
from vitaminetest.published import begun_test, live_test
from vitaminetest.result import file_name, make_result, result_text
from vitaminetest.script import script_parts
from vitaminetest.shown import ShownTest
from vitaminetest.state import seal, unseal

FIELD = "answer-"  # with the key of a question behind it: the name of its field
WRONG = 422
BUSY = (OperationalError, InterfaceError)  # what a database raises that can't be asked now


def leaves_nothing(view: Callable) -> Callable:
    """For answers to what a reader posted: no cache keeps them, an error report leaves out what was chosen, and a database that
    can't be asked now costs nobody their answers."""

    @csrf_exempt
    @sensitive_variables()
    @sensitive_post_parameters()
    @wraps(view)
    def marked(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            response = view(request, *args, **kwargs)
        except BUSY:
            context = {"posted": list(request.POST.lists()), "address": request.path}
            response = render(request, "vitaminetest/busy.html", context, status=503)
            response.headers["Retry-After"] = "30"
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return marked


@require_http_methods(["GET", "HEAD", "POST"])
@leaves_nothing
def questionnaire(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the start page of the live version, or answer what was posted from a page of the version that the reader began with."""
    if request.method != "POST":
        return show_start(request, live_test(slug))
    if "state" not in request.POST and (test := live_test(slug)):
        return _move(request, test, Journey(test.number))
    journey = unseal(request.POST.get("state", ""))
    test = begun_test(slug, journey.version) if journey else None
    return (
        _move(request, test, _with_posted(test, journey, request.POST))
        if test
        else show_start(request, live_test(slug), is_lost=True)
    )


def _move(request: HttpRequest, test: ShownTest, journey: Journey) -> HttpResponse:
    """Answer a button. An unknown one shows the page where the reader is."""
    go, _, key = request.POST.get("go", "").partition(":")
    typed = request.POST.getlist(FIELD + journey.at)
    question = test.definition.questions.get(journey.at)
    answer = read(question, typed) if question else None
    if go == "next" and isinstance(answer, Fault):
        return show_page(request, test, journey, typed=typed, fault=answer)
    if question and go in ("next", "back") and not isinstance(answer, Fault):
        journey = with_answer(journey, question.key, answer)
    if go == "save":
        return _save(request, test, go_to_result(test.definition, journey))
    moves = {"begin": begin, "next": go_on, "back": go_back, "result": go_to_result}
    journey = go_change(test.definition, journey, key) if go == "change" else moves.get(go, _stay)(test.definition, journey)
    return show_page(request, test, journey)


def _stay(definition: object, journey: Journey) -> Journey:
    return journey


def _with_posted(test: ShownTest, journey: Journey, posted: QueryDict) -> Journey:
    """Return the journey with the answers to other questions that a form brings along, of a browser that came so far alone."""
    for key, question in test.definition.questions.items():
        if key != journey.at and FIELD + key in posted:
            answer: Answer | Fault | None = read(question, posted.getlist(FIELD + key))
            journey = journey if isinstance(answer, Fault) else with_answer(journey, key, answer)
    return journey


def show_start(request: HttpRequest, test: ShownTest | None, *, state: str = "", is_lost: bool = False) -> HttpResponse:
    """Show the first page, with the whole test in it for a browser; without a test a page that says so.

    `state` is of a reader who came back to it; `is_lost`: what was posted is of no test that can go on.
    """
    context = {"test": test, "state": state, "is_lost": is_lost, "canonical": _address(request), "address": request.path}
    status = WRONG if is_lost else 200
    if test is None:
        return render(request, "vitaminetest/closed.html", context, status=status)
    context["count"] = sum(question.kind != Kind.INFO for question in test.definition.questions.values())
    if not state:  # who comes back without a script goes on so
        context |= script_parts(test, address=_address(request))
    return render(request, "vitaminetest/start.html", context, status=status)


def show_page(request: HttpRequest, test: ShownTest, journey: Journey, **said: object) -> HttpResponse:
    """Show the page where a reader is; `said` is what make_page takes."""
    if journey.at == START:
        return show_start(request, test, state=seal(journey))
    page = make_page(test, journey, address=_address(request), **said)
    context = {"test": test, "page": page, "address": request.path}
    return render(request, "vitaminetest/page.html", context, status=WRONG if said else 200)


def _save(request: HttpRequest, test: ShownTest, journey: Journey) -> HttpResponse:
    """Give the result as a text file."""
    if journey.at != RESULT:
        return show_page(request, test, journey)
    text = result_text(test, make_result(test, journey.answers), address=_address(request))
    headers = {"Content-Disposition": f'attachment; filename="{file_name(test)}"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


def _address(request: HttpRequest) -> str:
    return settings.SITE_URL + request.path
