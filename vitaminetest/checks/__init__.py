"""Checks of a questionnaire: one small function per rule. The same in the admin, in the command and when publishing. Pure."""

import re

from articles.rendering.findings import Finding, Level
from vitaminetest.checks import care, flow
from vitaminetest.checks.checked import Checked, found
from vitaminetest.checks.places import Place
from vitaminetest.structure import find_faults

__all__ = ["Checked", "check", "errors"]
OF_TEXTS = (
    care.texts_render,
    care.outcomes_have_sources,
    care.outcomes_are_looked_after,
    care.texts_are_careful,
    care.words_are_allowed,
)
OF_FLOW = (
    flow.has_content,
    flow.cases_are_green,
    flow.every_outcome_has_a_case,
    flow.every_question_can_be_asked,
    flow.every_outcome_can_come,
    flow.cases_are_finished,
    flow.every_answer_does_something,
)
_PLACE = re.compile(r"(Vraag|Onderdeel|Uitkomst|Score|Proef) ‘([^’]*)’")


def check(checked: Checked) -> tuple[Finding, ...]:
    """Return every finding, errors first. What does not hold together is not evaluated: then only its faults say so."""
    faults = find_faults(checked.definition)
    rules = OF_TEXTS if faults else (*OF_FLOW, *OF_TEXTS)
    findings = [*map(_fault, faults), *(finding for rule in rules for finding in rule(checked))]
    levels = list(Level)
    return tuple(sorted(findings, key=lambda finding: levels.index(finding.level)))


def _fault(message: str) -> Finding:
    place = _PLACE.match(message)
    return found("structure", Level.ERROR, message, Place(place[1].lower(), place[2]) if place else Place("vragenlijst"))


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that block publishing."""
    return tuple(finding for finding in findings if finding.level == Level.ERROR)
