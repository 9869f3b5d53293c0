"""What somebody filled in on a page, as an answer or as what is wrong with it. Pure.

static/js/vitaminetest/asking.js says the same.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from vitaminetest.answers import DECLINED, Answer, clean
from vitaminetest.definition import Kind, Question

_WHOLE = re.compile(r"[ \t\r\n\u00a0]*(-?[0-9]{1,7})[ \t\r\n\u00a0]*")


class Fault(StrEnum):
    MISSING = "missing"
    NOT_WHOLE = "not_whole"
    OUT_OF_RANGE = "out_of_range"
    CLASH = "clash"


def read(question: Question, typed: Sequence[str]) -> Answer | Fault | None:
    """Return the answer in what a form says of a question, None when it was skipped and may be, or what is wrong. Never raises."""
    filled = [value for value in typed if value.strip(" \t\r\n\u00a0")]
    if question.kind == Kind.INFO:
        return None
    if not filled:
        return Fault.MISSING if question.is_required else None
    if len(filled) > 1 and (DECLINED in filled or question.kind != Kind.SEVERAL):
        return Fault.CLASH
    if question.kind == Kind.NUMBER and filled[0] != DECLINED:
        return _read_number(question, filled[0])
    answer = clean(question, tuple(filled) if question.kind == Kind.SEVERAL and filled[0] != DECLINED else filled[0])
    return (Fault.CLASH if len(filled) > 1 else Fault.MISSING) if answer is None else answer


def _read_number(question: Question, typed: str) -> int | Fault:
    match = _WHOLE.fullmatch(typed)
    if not match:
        return Fault.NOT_WHOLE
    number = int(match[1])
    return number if question.minimum <= number <= question.maximum else Fault.OUT_OF_RANGE


def typed_as(answer: Answer | None) -> tuple[str, ...]:
    """Return what a form would say for an answer."""
    if answer is None:
        return ()
    return answer if isinstance(answer, tuple) else (str(answer),)


def describe(question: Question, fault: Fault) -> str:
    """Return what is wrong in words, with what to do."""
    or_decline = ", of kies ‘zeg ik liever niet’" if question.may_decline else ""
    exclusive = next((option.label for option in question.options if option.is_exclusive), "")
    if fault == Fault.MISSING:
        ask = {Kind.NUMBER: "Vul een getal in", Kind.SEVERAL: "Vink aan wat bij je past"}
        return f"{ask.get(question.kind, 'Kies een antwoord')}{or_decline}."
    if fault == Fault.NOT_WHOLE:
        return f"Vul een heel getal in, alleen met cijfers{or_decline}."
    if fault == Fault.OUT_OF_RANGE:
        return f"Vul een getal in van {question.minimum} tot en met {question.maximum}{or_decline}."
    if question.kind == Kind.NUMBER:
        return "Vul een getal in of kies ‘zeg ik liever niet’, niet allebei."
    return f"‘{exclusive}’ kan niet samen met een ander antwoord." if exclusive else "Deze antwoorden kunnen niet samen."
