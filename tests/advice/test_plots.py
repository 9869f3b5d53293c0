import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings as site_settings
from hypothesis import given
from hypothesis import strategies as st

from advice import plots
from advice.plots import NO_DATA, Point, Series, bars, format_number, horizontal_bars, lines, nice_ticks

SVG = "{http://www.w3.org/2000/svg}"
LABELS = st.text(st.sampled_from("abcmwMW 0123456789-<&\"'é日"), max_size=40)
NUMBERS = st.integers(0, 10**7) | st.floats(0, 10**7) | st.floats(0, 1)
VALUES = st.none() | NUMBERS
POINTS = st.lists(st.builds(Point, LABELS, VALUES), max_size=60)
WEEK = [Point(day, value) for day, value in zip(("ma", "di", "wo", "do", "vr"), (3, 0, None, 12, 7), strict=True)]


@st.composite
def line_plots(draw):
    labels = draw(st.lists(LABELS, min_size=1, max_size=60))
    values = st.lists(VALUES, min_size=len(labels), max_size=len(labels)).map(tuple)
    return lines(labels, draw(st.lists(st.builds(Series, LABELS, values), max_size=3)), title="Wachttijd", unit="uur")


PLOTS = POINTS.flatmap(
    lambda points: st.sampled_from([bars, horizontal_bars]).map(lambda draw: draw(points, title="x", unit="uur"))
)


def parse(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def texts(svg: str, name: str = "") -> list[str]:
    return [text.text or "" for text in parse(svg).iter(f"{SVG}text") if name in text.get("class")]


def box(text: ElementTree.Element) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a text, for a font as wide as the module thinks that any font is."""
    x, y, width = float(text.get("x")), float(text.get("y")), plots._width(text.text or "")
    left = {"start": x, "middle": x - width / 2, "end": x - width}[text.get("text-anchor")]
    return left, y - plots.TEXT * 0.8, left + width, y + plots.TEXT * 0.2


@given(PLOTS | line_plots())
def test_no_text_touches_another_or_falls_off(svg):
    root = parse(svg)
    _, _, width, height = map(float, root.get("viewBox").split())
    boxes = [box(text) for text in root.iter(f"{SVG}text") if text.text]

    assert all(left >= -0.1 and top >= 0 and right <= width + 0.1 and bottom <= height for left, top, right, bottom in boxes)
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] + 0.1 or other[2] <= one[0] + 0.1 or one[3] <= other[1] + 0.1 or other[3] <= one[1] + 0.1


@given(PLOTS | line_plots())
def test_a_plot_is_an_image_with_a_name_and_nothing_that_a_policy_forbids(svg):
    root = parse(svg)
    name, description = root[0], root[1]

    assert (root.get("role"), name.tag, description.tag) == ("img", f"{SVG}title", f"{SVG}desc")
    assert root.get("aria-labelledby") == name.get("id")
    assert root.get("aria-describedby") == description.get("id")
    assert name.text
    assert description.text
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {"svg", "title", "desc", "text", "path", "rect", "circle"}
    assert not [key for element in root.iter() for key in element.attrib if key == "style" or key.startswith("on")]


@given(POINTS)
def test_bars_stand_on_the_axis_in_proportion(points):
    rects = list(parse(bars(points, title="x")).iter(f"{SVG}rect"))
    known = [point.value for point in points if point.value is not None]
    heights = [float(rect.get("height")) for rect in rects]
    scale = max(heights, default=0) / (max(known, default=0) or 1)

    assert heights == pytest.approx([value * scale for value in known], abs=0.2)
    assert all(float(rect.get("y")) + float(rect.get("height")) == pytest.approx(230, abs=0.15) for rect in rects)


def test_bars_with_room_show_their_numbers_and_a_missing_one_is_no_zero():
    svg = bars(WEEK, title="Vragen per dag", unit="vragen")

    assert texts(svg, "plot-value") == ["3", "0", "–", "12", "7"]
    assert texts(svg, "plot-text") == ["vragen", "0", "2", "4", "6", "8", "10", "12", "ma", "di", "wo", "do", "vr"]
    assert [rect[0].text for rect in parse(svg).iter(f"{SVG}rect")] == [
        "ma: 3 vragen",
        "di: 0 vragen",
        "do: 12 vragen",
        "vr: 7 vragen",
    ]
    assert parse(svg)[1].text == "ma tot en met vr. Totaal 22 vragen. Hoogste: do, 12 vragen."


def test_many_bars_have_fewer_labels_but_always_the_last():
    svg = bars([Point(f"{day} okt", day) for day in range(1, 91)], title="Vragen")

    assert texts(svg, "plot-value") == []
    assert texts(svg)[-1] == "90 okt"
    assert 5 <= len([text for text in texts(svg) if "okt" in text]) <= 12


def test_lines_have_gaps_dashes_names_at_their_ends_and_a_summary():
    svg = lines(
        ["wk 1", "wk 2", "wk 3", "wk 4", "wk 5"],
        [Series("p50", (1, 2, None, 3.5, None)), Series("p90", (None, 8, 9, 10, 11)), Series("leeg", (None,) * 5)],
        title="Wachttijd",
        unit="uur",
    )
    drawn = [path for path in parse(svg).iter(f"{SVG}path") if "plot-line" in path.get("class")]

    assert [(path.get("class"), path.get("stroke-dasharray")) for path in drawn] == [
        ("plot-line plot-line-1", None),
        ("plot-line plot-line-2", "8 4"),
    ]
    assert [path.get("d").count("L") for path in drawn] == [1, 3]
    assert len(list(parse(svg).iter(f"{SVG}circle"))) == 3
    assert texts(svg, "plot-name") == ["p50", "p90"]
    assert parse(svg)[1].text == (
        "p50: van 1 uur (wk 1) naar 3,5 uur (wk 4), hoogste 3,5 uur. p90: van 8 uur (wk 2) naar 11 uur (wk 5), hoogste 11 uur."
    )


def test_a_lone_value_on_a_long_line_is_still_seen():
    values = [None if day % 2 else float(day) for day in range(99)]
    svg = lines([str(day) for day in range(99)], [Series("p50", tuple(values))], title="x")

    assert len(list(parse(svg).iter(f"{SVG}circle"))) == 50


def test_horizontal_bars_keep_their_order_and_name_what_is_missing():
    svg = horizontal_bars([Point("Slaap", 1234.5), Point("Kramp", None), Point("Voeding", 0)], title="Per onderwerp")

    assert texts(svg) == ["Slaap", "1.234,5", "Kramp", "geen gegevens", "Voeding", "0"]
    assert parse(svg).get("viewBox") == "0 0 600 130"


@pytest.mark.parametrize(
    "svg",
    [
        bars([], title="Vragen"),
        bars([Point("ma", None)], title="Vragen"),
        horizontal_bars([], title="Vragen"),
        lines([], [], title="Vragen"),
        lines(["ma"], [Series("p50", (None,))], title="Vragen"),
    ],
)
def test_without_data_a_plot_says_so(svg):
    assert texts(svg) == [NO_DATA] == ["Nog geen gegevens"]
    assert [parse(svg)[0].text, parse(svg)[1].text] == ["Vragen", "Nog geen gegevens."]


@given(st.floats(0, 1e9) | st.integers(0, 10**9), st.booleans())
def test_ticks_are_round_few_and_reach_the_highest(highest, whole):
    ticks = nice_ticks(highest, whole=whole)

    assert ticks[0] == 0
    assert ticks[-1] >= highest * (1 - 1e-9)
    assert ticks[-1] > 0
    assert 2 <= len(ticks) <= 7
    assert len({format_number(tick) for tick in ticks}) == len(ticks)
    if highest > 0.01:
        assert f"{ticks[1]:.6e}"[0] in "125"
        assert f"{ticks[1]:.6e}"[2:8] == "000000"
    assert not whole or all(tick == int(tick) for tick in ticks)


def test_ticks_of_known_numbers():
    assert nice_ticks(12) == (0, 2, 4, 6, 8, 10, 12)
    assert nice_ticks(102) == (0, 20, 40, 60, 80, 100, 120)
    assert nice_ticks(1, whole=True) == (0, 1)
    assert nice_ticks(0, whole=True) == (0, 1)
    assert nice_ticks(0.5) == (0, 0.1, 0.2, 0.3, 0.4, 0.5)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "0"), (7, "7"), (1234.5, "1.234,5"), (1234567, "1.234.567"), (2.04, "2"), (0.25, "0,25"), (0.5, "0,5"), (999.96, "1.000")],
)
def test_numbers_are_dutch(number, text):
    assert format_number(number) == text


@pytest.mark.parametrize("draw", [bars, horizontal_bars])
def test_all_text_is_escaped(draw):
    svg = draw([Point("<script>alert('x')</script> & \"y\"", 1)], title="<b>", unit="</svg>")

    assert "<script" not in svg
    assert "<b>" not in svg
    assert svg.count("</svg>") == 1
    assert parse(svg)[0].text == "<b>"
    hostile = lines(["<i>"], [Series("<u>", (1.0,))], title="<b>", unit="<s>")
    assert not re.search(r"<[ibus]>", hostile)


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_what_is_no_amount_is_refused(value):
    for draw in (bars, horizontal_bars):
        with pytest.raises(ValueError, match="numbers from 0 on"):
            draw([Point("ma", value)], title="x")
    with pytest.raises(ValueError, match="numbers from 0 on"):
        lines(["ma"], [Series("p50", (value,))], title="x")
    with pytest.raises(ValueError, match="every label"):
        lines(["ma", "di"], [Series("p50", (1,))], title="x")


def test_the_same_plot_is_the_same_text_and_another_has_other_ids():
    assert bars(WEEK, title="x") == bars(WEEK, title="x")
    assert parse(bars(WEEK, title="x"))[0].get("id") != parse(bars(WEEK[:4], title="x"))[0].get("id")


def test_every_class_has_its_colours():
    css = Path(site_settings.BASE_DIR, "static/css/admin/plots.css").read_text()
    three = [Series(name, (1, 2)) for name in ("a", "b", "c")]
    drawn = [
        bars(WEEK, title="x", unit="u"),
        horizontal_bars(WEEK, title="x"),
        lines(["a", "b"], three, title="x"),
        bars([], title="x"),
    ]
    classes = set(" ".join(re.findall(r'class="([^"]+)"', "".join(drawn))).split())

    assert {name for name in classes - {"plot-mark"} if f".{name} {{" not in css} == set()
