"""Plots for reports, drawn by the server as one `<svg>` element. Pure: plain numbers in, a string out that is safe in HTML.

No script and no style attribute, so a strict Content-Security-Policy holds. Colours come from `static/css/admin/plots.css`; without
it everything is in the colour of the text, and lines still differ by their dashes and marks. A plot scales as a whole: labels that
don't touch at one width touch at none. Its name and a summary are read out; a table beside it serves who wants every number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from itertools import groupby
from math import ceil, floor, isfinite, log10

WIDTH, HEIGHT = 600, 260  # units of the viewBox
TEXT = 13  # size of a letter, in the same units
_TOP, _BOTTOM, _SPACE = 38, 30, 10
_ROW, _BAR = 42, 14
SMALLEST = 0.01  # step of an axis: smaller ones would be written alike
_LONGEST_LABEL = 24  # characters below an axis or beside a line
NO_DATA = "Nog geen gegevens"


@dataclass(frozen=True)
class Point:
    """One bar: what it stands for and how much; None where nothing was measured, which is not 0."""

    label: str
    value: float | None


@dataclass(frozen=True)
class Series:
    """One line: its name, and a value per label of the axis; None makes a gap."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class _Frame:
    """Where the axes are: `left` to `right` for the slots, 0 to `top` for the values."""

    left: float
    right: float
    ticks: tuple[float, ...]
    slots: int

    @property
    def step(self) -> float:
        return (self.right - self.left) / self.slots

    def x(self, slot: int) -> float:
        return self.left + (slot + 0.5) * self.step

    def y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - value / self.ticks[-1] * (HEIGHT - _TOP - _BOTTOM)


def bars(points: Sequence[Point], *, title: str, unit: str = "") -> str:
    """Return upright bars, for numbers per day or week. Raises ValueError for a value that is negative or no number."""
    values = _checked(point.value for point in points)
    if not values:
        return _empty(title)
    frame = _frame_for([point.label for point in points], values, right=WIDTH - _SPACE)
    width = min(frame.step * 0.72, 44)
    parts = [*_value_axis(frame, unit), *_slot_labels(frame, [point.label for point in points])]
    has_numbers = max(_width(format_number(value)) for value in values) + 4 <= frame.step
    for slot, point in enumerate(points):
        if point.value is not None:
            parts.append(_upright_bar(frame, slot, point, width, unit))
        if has_numbers:
            number = "–" if point.value is None else format_number(point.value)
            parts.append(_text(frame.x(slot), frame.y(point.value or 0) - 5, number, "middle", "plot-value"))
    return _svg(title, _summary_of_points(points, unit), parts)


def lines(labels: Sequence[str], series: Sequence[Series], *, title: str, unit: str = "") -> str:
    """Return a line per series over the same labels, with gaps where there is no data. Raises ValueError as `bars` does.

    Names stand at the ends of the lines. Raises ValueError too when a series has more or fewer values than there are labels.
    """
    if any(len(one.values) != len(labels) for one in series):
        raise ValueError("Every series needs a value for every label, or None.")
    drawn = [one for one in series if _checked(one.values)]
    if not drawn:
        return _empty(title)
    room = max(_width(_shortened(one.name)) for one in drawn) + 16
    frame = _frame_for(labels, _checked(value for one in drawn for value in one.values), right=WIDTH - room)
    parts = [*_value_axis(frame, unit), *_slot_labels(frame, labels)]
    heights = _spread([frame.y(_checked(one.values)[-1]) for one in drawn])
    for number, (one, height) in enumerate(zip(drawn, heights, strict=True), 1):
        parts += [*_line(frame, labels, one, number, unit), _name(frame, one.name, number, height)]
    return _svg(title, " ".join(_summary_of_series(labels, one, unit) for one in drawn), parts)


def horizontal_bars(points: Sequence[Point], *, title: str, unit: str = "") -> str:
    """Return a bar per row with its label above it, for numbers per topic or person; as high as it has rows.

    Rows keep their order. Raises ValueError as `bars` does.
    """
    values = _checked(point.value for point in points)
    if not values:
        return _empty(title)
    room = WIDTH - max(_width(format_number(value)) for value in values) - 12
    parts = [part for row, point in enumerate(points) for part in _row(row, point, room / (max(values) or 1), unit)]
    return _svg(title, _summary_of_points(points, unit), parts, height=len(points) * _ROW + 4)


def nice_ticks(highest: float, most: int = 6, *, whole: bool = False) -> tuple[float, ...]:
    """Return round numbers from 0 to at least `highest`: at most `most` steps of 1, 2 or 5 times a power of ten."""
    rough = max(highest, 1 if whole else 1e-9) / most
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10, 20) if factor * power * most >= highest * (1 - 1e-12))
    step = max(1 if whole else SMALLEST, step)
    return tuple(round(step * i, 12) for i in range(max(1, ceil(highest / step - 1e-9)) + 1))


def format_number(value: float) -> str:
    """Return a number as the Dutch write it, with at most one decimal (two below 1, as in SMALLEST): 1.234,5."""
    text = f"{value:,.{2 if abs(value) < 1 else 1}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.translate(str.maketrans(",.", ".,"))


def _checked(values: Iterable[float | None]) -> list[float]:
    """Return the values that are there."""
    found = [value for value in values if value is not None]
    if not all(isfinite(value) and value >= 0 for value in found):
        raise ValueError("A plot takes numbers from 0 on, and None for what is not known.")
    return found


def _frame_for(labels: Sequence[str], values: Sequence[float], right: float) -> _Frame:
    ticks = nice_ticks(max(values), whole=all(value == int(value) for value in values))
    left = max(_width(format_number(tick)) for tick in ticks) + _SPACE
    half_label = max(_width(_shortened(label)) for label in labels) / 2
    right = min(right, WIDTH - half_label)  # the last label is centred below the last slot, and stays within the picture
    return _Frame(max(left, half_label), right, ticks, len(labels))


def _value_axis(frame: _Frame, unit: str) -> list[str]:
    parts = [_text(0, TEXT, _fitted(unit, WIDTH), "start", "plot-text")] if unit else []
    for tick in frame.ticks:
        y = _n(frame.y(tick))
        name = "plot-base" if tick == 0 else "plot-grid"
        opacity = "" if tick == 0 else ' stroke-opacity="0.25"'
        parts.append(f'<path class="{name}" d="M{_n(frame.left)} {y}H{_n(frame.right)}" stroke="currentColor"{opacity}/>')
        parts.append(_text(frame.left - 6, frame.y(tick) + TEXT * 0.35, format_number(tick), "end", "plot-text"))
    return parts


def _slot_labels(frame: _Frame, labels: Sequence[str]) -> list[str]:
    """Name as many slots as there is room for, always the last: that is the most recent one."""
    shown = [_shortened(label) for label in labels]
    every = max(1, ceil((max(map(_width, shown)) + _SPACE) / frame.step))
    return [
        _text(frame.x(slot), HEIGHT - _BOTTOM + TEXT + 6, label, "middle", "plot-text")
        for slot, label in enumerate(shown)
        if (len(shown) - 1 - slot) % every == 0
    ]


def _upright_bar(frame: _Frame, slot: int, point: Point, width: float, unit: str) -> str:
    top, base = frame.y(point.value), frame.y(0)
    shape = f'x="{_n(frame.x(slot) - width / 2)}" y="{_n(top)}" width="{_n(width)}" height="{_n(base - top)}"'
    return f'<rect class="plot-bar" {shape} fill="currentColor">{_tip(point.label, point.value, unit)}</rect>'


def _row(row: int, point: Point, scale: float, unit: str) -> list[str]:
    top = row * _ROW + TEXT
    parts = [_text(0, top, _fitted(point.label, WIDTH), "start", "plot-label")]
    if point.value is None:
        return [*parts, _text(0, top + 18, "geen gegevens", "start", "plot-text")]
    length, y = point.value * scale, top + 7
    tip = _tip(point.label, point.value, unit)
    shape = f'x="0" y="{y}" width="{_n(length)}" height="{_BAR}"'
    parts.append(f'<rect class="plot-bar" {shape} fill="currentColor">{tip}</rect>')
    return [*parts, _text(length + 8, y + _BAR - 2.5, format_number(point.value), "start", "plot-value")]


def _line(frame: _Frame, labels: Sequence[str], series: Series, number: int, unit: str) -> list[str]:
    parts, slots = [], enumerate(series.values)
    dashes = f' stroke-dasharray="{4 * number} {2 * number}"' if number > 1 else ""
    marks = len(labels) <= 60
    for is_gap, run in groupby(slots, key=lambda slot: slot[1] is None):
        places = [] if is_gap else [(slot, frame.x(slot), frame.y(value)) for slot, value in run]
        if len(places) > 1:
            path = "L".join(f"{_n(x)} {_n(y)}" for _, x, y in places)
            parts.append(f'<path class="plot-line plot-line-{number}" d="M{path}" fill="none" stroke="currentColor"{dashes}/>')
        if marks or len(places) == 1:
            tips = (_tip(f"{series.name}, {labels[slot]}", series.values[slot], unit) for slot, _, _ in places)
            parts += [_mark(x, y, number, tip) for (_, x, y), tip in zip(places, tips, strict=True)]
    return parts


def _mark(x: float, y: float, number: int, tip: str) -> str:
    """A dot for the first line, a square for the others."""
    name = f'class="plot-mark plot-mark-{number}" fill="currentColor"'
    if number == 1:
        return f'<circle {name} cx="{_n(x)}" cy="{_n(y)}" r="3">{tip}</circle>'
    return f'<rect {name} x="{_n(x - 3)}" y="{_n(y - 3)}" width="6" height="6">{tip}</rect>'


def _name(frame: _Frame, name: str, number: int, height: float) -> str:
    return _text(frame.right + 6, height + TEXT * 0.35, _shortened(name), "start", f"plot-name plot-name-{number}")


def _spread(heights: Sequence[float]) -> list[float]:
    """Move names apart that would stand on each other, the lower one down, and all of them up again when the lowest falls off."""
    order = sorted(range(len(heights)), key=lambda i: heights[i])
    placed: dict[int, float] = {}
    lowest = TEXT / 2
    for i in order:
        placed[i] = max(heights[i], lowest)
        lowest = placed[i] + TEXT + 3
    limit = HEIGHT - _BOTTOM
    for i in reversed(order):
        placed[i] = min(placed[i], limit)
        limit = placed[i] - TEXT - 3
    return [placed[i] for i in range(len(heights))]


def _summary_of_points(points: Sequence[Point], unit: str) -> str:
    known = [point for point in points if point.value is not None]
    highest = max(known, key=lambda point: point.value)
    whole = f"Totaal {_with_unit(sum(point.value for point in known), unit)}. "
    return f"{points[0].label} tot en met {points[-1].label}. {whole}Hoogste: {highest.label}, {_with_unit(highest.value, unit)}."


def _summary_of_series(labels: Sequence[str], series: Series, unit: str) -> str:
    known = [(label, value) for label, value in zip(labels, series.values, strict=True) if value is not None]
    ends = f"van {_with_unit(known[0][1], unit)} ({known[0][0]}) naar {_with_unit(known[-1][1], unit)} ({known[-1][0]})"
    return f"{series.name}: {ends}, hoogste {_with_unit(max(value for _, value in known), unit)}."


def _with_unit(value: float, unit: str) -> str:
    return f"{format_number(value)} {unit}".rstrip()


def _tip(label: str, value: float, unit: str) -> str:
    return f"<title>{escape(label)}: {escape(_with_unit(value, unit))}</title>"


def _empty(title: str) -> str:
    return _svg(title, f"{NO_DATA}.", [_text(WIDTH / 2, 50, NO_DATA, "middle", "plot-empty")], height=90)


def _svg(title: str, description: str, parts: Iterable[str], height: float = HEIGHT) -> str:
    inside = "".join(parts)
    key = "plot-" + sha256(f"{title}{description}{inside}".encode()).hexdigest()[:10]
    return (
        f'<svg class="plot" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_n(height)}" role="img" font-size="{TEXT}" '
        f'aria-labelledby="{key}-title" aria-describedby="{key}-desc"><title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-desc">{escape(description)}</desc>{inside}</svg>'
    )


def _text(x: float, y: float, text: str, anchor: str, name: str) -> str:
    return f'<text class="{name}" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" fill="currentColor">{escape(text)}</text>'


def _width(text: str) -> float:
    """Return the width that a text takes at most, in units: no font is at hand, so wide letters count as the widest."""
    return TEXT * sum(1.1 if letter > "\u024f" else 0.92 if letter in "mwMW@%" or letter.isupper() else 0.6 for letter in text)


def _fitted(text: str, room: float) -> str:
    while _width(text) > room:
        text = text[:-2].rstrip() + "…"
    return text


def _shortened(text: str) -> str:
    return _fitted(text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1].rstrip() + "…", WIDTH / 4)


def _n(number: float) -> str:
    """Write a coordinate with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")
