"""What the benchmark reads and writes; no test measures time."""

from xml.etree import ElementTree

import pytest

from bench.load import Load, parse_wrk
from bench.measure import Peer, make_rows
from bench.plot import draw_bars
from bench.report import put_between
from bench.servers import Server

WRK = """Running 2s test @ http://127.0.0.1:1/
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     2.15ms    1.00ms  15.00ms   97.50%
  Latency Distribution
     50%  900.00us
     75%    2.20ms
     90%    2.50ms
     99%    1.20s
  14000 requests in 2.01s, 90.00MB read
Requests/sec:   7000.00
"""


def test_output_of_wrk_is_read_in_milliseconds():
    assert parse_wrk(WRK) == Load(requests=14000, seconds=2.01, p50=0.9, p99=1200.0)


@pytest.mark.parametrize("line", ["  Non-2xx or 3xx responses: 3", "  Socket errors: connect 0, read 1, write 0, timeout 0"])
def test_wrong_answers_are_no_measurement(line):
    with pytest.raises(RuntimeError):
        parse_wrk(WRK + line)


def test_ratio_is_the_median_of_the_ratios_within_a_round():
    loads = [Load(100, 1.0, 1.0, 2.0)] * 3
    peers = [
        Peer("smallest", Server("", 1), "/", {}, loads, [100.0, 200.0, 100.0]),
        Peer("page", Server("", 2), "/", {}, loads, [110.0, 300.0, 120.0]),
    ]
    rows = make_rows(peers)

    assert [(row.cpu, row.ratio) for row in rows] == [(100.0, 1.0), (120.0, 1.2)]


def test_plot_is_whole_xml_with_a_bar_for_everybody():
    svg = draw_bars("Cost <of>", "", [("a & b", 10.0, False), ("page", 12.0, True)], goal=11.0, goal_text="goal")
    bars = [node for node in ElementTree.fromstring(svg).iter() if node.get("class") in ("bar", "ours")]

    assert [bar.get("class") for bar in bars] == ["bar", "ours"]
    assert float(bars[1].get("width")) / float(bars[0].get("width")) == pytest.approx(1.2, rel=0.01)


def test_report_goes_between_its_own_marks():
    def page(text: str) -> str:
        scale = "<!-- measured, scale: start -->\nother\n<!-- measured, scale: end -->"
        return f"a\n<!-- measured, pages: start -->{text}<!-- measured, pages: end -->\nb\n{scale}"

    assert put_between(page("\nold\n"), "new", "pages") == page("\n\nnew\n\n")
    with pytest.raises(ValueError, match="memory: start"):
        put_between(page(""), "new", "memory")
