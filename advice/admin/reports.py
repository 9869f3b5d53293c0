"""The report page: plots made on the server, each with the same figures as a table."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe

from advice.changing import opening_hours
from advice.durations import spoken_duration
from advice.permissions import HANDLE, MANAGE
from advice.plots import Point, Series, bars, horizontal_bars, lines
from advice.reports import Group, Moment, Report, make_report

USUAL = timedelta(days=27)
LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class Row:
    """A line of a table: its name and its cells in words."""

    name: str
    cells: tuple[str, ...]


class ReportPages:
    """The report, for AdviceRequestAdmin."""

    def get_urls(self) -> list:
        view = self.admin_site.admin_view(self.report_view)
        return [path("rapport/", view, name="advice_advicerequest_report"), *super().get_urls()]

    def report_view(self, http: HttpRequest) -> HttpResponse:
        """Show the chosen period, or the last four weeks with a word about what was wrong with it."""
        if not (http.user.has_perm(HANDLE) or http.user.has_perm(MANAGE)):
            raise PermissionDenied
        now = timezone.now()
        today = timezone.localtime(now).date()
        first, last, problem = _period(http.GET.get("van", ""), http.GET.get("tot", ""), today)
        report = make_report(first, last, by=http.user, now=now)
        context = {
            **self.admin_site.each_context(http),
            "title": "Rapport van de adviesbalie",
            "opts": self.opts,
            "report": report,
            "problem": problem,
            "total": total_row(report.total),
            "moments": [Row(_day(moment.day, report), moment_cells(moment)) for moment in report.moments],
            "groups": [
                (title, [Row(group.name, group_cells(group, is_adviser=groups is report.advisers)) for group in groups], plot)
                for title, groups, plot in _groups(report)
            ],
            "volume": _volume(report),
            "speed": _speed(report),
            "waiting": _waiting(report),
        }
        return TemplateResponse(http, "admin/advice/report.html", context)


def _period(typed_first: str, typed_last: str, today: date) -> tuple[date, date, str]:
    """Return the first and the last day, and what was wrong with what was typed."""
    usual = (today - USUAL, today)
    if not typed_first and not typed_last:
        return *usual, ""
    try:
        first, last = parse_date(typed_first), parse_date(typed_last)
    except ValueError:
        first = last = None
    if first is None or last is None:
        return *usual, "Vul twee dagen in, of laat ze allebei leeg. Hieronder staan de laatste vier weken."
    if last < first:
        return *usual, "De laatste dag ligt voor de eerste. Hieronder staan de laatste vier weken."
    if last - first > LONGEST:
        return *usual, "Kies een periode van hooguit drie jaar. Hieronder staan de laatste vier weken."
    return first, last, ""


def total_row(total: Group) -> tuple[tuple[str, str], ...]:
    """Return the figures of the whole period with their names."""
    names = ("ontvangen", "antwoorden", "gesloten", "eerste antwoord, de helft binnen", "9 van de 10 binnen", "beoordeling")
    return tuple(zip(names, group_cells(total), strict=True))


def group_cells(group: Group, *, is_adviser: bool = False) -> tuple[str, ...]:
    rating = f"{group.rating:.1f} van 3 ({group.ratings})".replace(".", ",") if group.rating else "–"
    received = "–" if is_adviser else str(group.received)  # a question comes in for nobody yet
    return (received, str(group.answers), str(group.closed), _spoken(group.median), _spoken(group.slow), rating)


def moment_cells(moment: Moment) -> tuple[str, ...]:
    return (str(moment.received), str(moment.answers), _spoken(moment.median), _spoken(moment.slow))


def _spoken(minutes: float | None) -> str:
    return "–" if minutes is None else spoken_duration(minutes, opening_hours().hours_per_day)


def _day(day: date, report: Report) -> str:
    return f"week van {date_format(day, 'j b')}" if report.by_week else date_format(day, "j b")


def _volume(report: Report) -> SafeString:
    points = [Point(date_format(moment.day, "j b"), moment.received) for moment in report.moments]
    return mark_safe(bars(points, title="Ontvangen vragen", unit="vragen"))  # noqa: S308 - plots escapes all that it is given


def _speed(report: Report) -> SafeString:
    labels = [date_format(moment.day, "j b") for moment in report.moments]
    series = [
        Series("helft", [_hours(moment.median) for moment in report.moments]),
        Series("9 van 10", [_hours(moment.slow) for moment in report.moments]),
    ]
    return mark_safe(lines(labels, series, title="Tijd tot het eerste antwoord", unit="werkuren"))  # noqa: S308


def _hours(minutes: float | None) -> float | None:
    return None if minutes is None else minutes / 60


def _waiting(report: Report) -> SafeString:
    points = [Point(label, count) for label, count in report.waiting]
    return mark_safe(horizontal_bars(points, title="Hoe lang wachten de vragen die nu open staan", unit="vragen"))  # noqa: S308


def _groups(report: Report) -> list[tuple[str, tuple[Group, ...], SafeString]]:
    """Return a title, the groups and a plot for topics, articles and advisers; only what has anything."""
    found = []
    for title, groups, count in (
        ("Per onderwerp", report.topics, "received"),
        ("Per artikel", report.articles, "received"),
        ("Per adviseur", report.advisers, "answers"),
    ):
        points = [Point(group.name, getattr(group, count)) for group in groups]
        unit = "antwoorden" if count == "answers" else "vragen"
        if groups:
            found.append((title, groups, mark_safe(horizontal_bars(points, title=title, unit=unit))))  # noqa: S308
    return found
