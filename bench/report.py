"""What was measured, as a table and a plot: into docs/performance.md between two marks, and docs/images/performance.svg."""

import platform
import re
import subprocess
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.load import CONNECTIONS
from bench.measure import Row
from bench.memory import PAGES, Memory
from bench.plot import draw_bars
from bench.servers import ROOT, find_nginx

GOAL = 1.1  # times the smallest app
PAGES_MARK = "pages"


def write_report(
    rows: list[Row], memory: Memory, *, rounds: int, seconds: int, cores: tuple[int, int], generator: str, load: tuple[float, float]
) -> None:
    """Put the table into the docs and draw the plot; print the table as well."""
    how = (
        f"Measured on {date.today()}: {rounds} rounds after one to warm up, {seconds} s a turn, {CONNECTIONS} connections kept "
        f"alive, servers on core {cores[0]}, load ({generator}) on core {cores[1]}. {describe_machine()} "
        f"Load average of the machine {load[0]:.1f} before and {load[1]:.1f} after."
    )
    text = "\n\n".join([how, make_table(rows), describe_memory(memory)])
    print(text)
    put_into_docs(text, PAGES_MARK)
    (ROOT / "docs" / "images" / "performance.svg").write_text(make_plot(rows), encoding="utf-8")


def make_table(rows: list[Row]) -> str:
    head = "| Served by | CPU µs per request (lowest–highest) | × smallest | requests/s | p50 ms | p99 ms | RSS MB |"
    lines = [
        f"| {row.name} | {row.cpu:.0f} ({row.lowest:.0f}–{row.highest:.0f}) | {row.ratio:.2f} | {row.rate:.0f} | {row.p50:.2f} "
        f"| {row.p99:.1f} | {row.rss:.0f} |"
        for row in rows
    ]
    return "\n".join([head, "|---|--:|--:|--:|--:|--:|--:|", *lines])


def describe_memory(memory: Memory) -> str:
    cells = [
        f"{PAGES:,}",
        *(f"{size / 1e6:.1f}" for size in (memory.offered, memory.room, memory.most_kept)),
        str(memory.pages_kept),
    ]
    return "\n".join(
        [
            "| Different pages asked for | together MB | room MB | most kept MB | pages kept | RSS MB at the start, ¼, ½, all |",
            "|--:|--:|--:|--:|--:|--:|",
            f"| {' | '.join(cells)} | {', '.join(f'{size:.0f}' for size in memory.rss)} |",
        ]
    )


def make_plot(rows: list[Row]) -> str:
    """Draw what can be compared by eye; the view without published bytes would make every other bar a hair."""
    shown = [row for row in rows if row.ratio < 5]
    left_out = ", ".join(f"{row.name}: {row.cpu:,.0f} µs" for row in rows if row.ratio >= 5)
    bars = [(row.name.strip("*"), row.cpu, row.name.startswith("*")) for row in shown]
    return draw_bars(
        "CPU time per request",
        f"Not drawn: {left_out}" if left_out else "",
        bars,
        goal=rows[0].cpu * GOAL,
        goal_text=f"goal {GOAL} ×",
    )


def put_into_docs(text: str, mark: str) -> None:
    """Put what was measured into docs/performance.md, in the part that has this mark."""
    page = ROOT / "docs" / "performance.md"
    page.write_text(put_between(page.read_text(encoding="utf-8"), text, mark), encoding="utf-8")


def put_between(page: str, text: str, mark: str) -> str:
    """Return the page with the text between its two marks. Raises ValueError when one is missing."""
    start, end = f"<!-- measured, {mark}: start -->", f"<!-- measured, {mark}: end -->"
    before, found_start, rest = page.partition(start)
    _, found_end, after = rest.partition(end)
    if not (found_start and found_end):
        raise ValueError(f"docs/performance.md needs {start} and {end}")
    return f"{before}{start}\n\n{text}\n\n{end}{after}"


def describe_machine() -> str:
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    names = ", ".join(f"{name} {version(name)}" for name in ("gunicorn", "Django", "whitenoise"))
    machine = found[1] if found else platform.machine()
    text = f"{machine}, Linux {platform.release().split('-')[0]}, Python {platform.python_version()}, {names}"
    if program := find_nginx():
        said = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
        text += f", nginx {said.strip().rpartition('/')[2]}"
    return f"{text}."
