"""`python -m bench.scale`: what the site costs with 100 articles and with 10,000. Writes docs/performance.md.

Two sites, each with a process of its own, take turns at every page; a ratio is the median of the ratios within a round.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from bench.databases import databases
from bench.report import describe_machine, put_into_docs
from bench.servers import ROOT, make_environment, make_site

FEW, MANY = 100, 10_000
GOAL = 2.0
MARK = "scale"


@dataclass(frozen=True)
class Row:
    """What one page cost with few articles and with many: queries, milliseconds of CPU and of waiting. `ratio` is of `unit`."""

    name: str
    queries: tuple[int, int]
    cpu: tuple[float, float]
    elapsed: tuple[float, float]
    ratio: float


def main() -> None:
    options = _read_options()
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        addresses = running.enter_context(databases(os.environ.get("DATABASE_URL", ""), Path(name)))
        children = [running.enter_context(_site(Path(name), count, addresses[count])) for count in (FEW, options.many)]
        rounds = [_run_round(children, turn) for turn in range(options.rounds + 1)][1:]
        made = [child.made | {"memory": child.ask("memory")} for child in children]
    kind = "PostgreSQL" if addresses[FEW] else "SQLite"
    rows = make_rows(rounds, by="cpu" if kind == "SQLite" else "elapsed")
    text = "\n\n".join([_describe(made, kind, options, (before, os.getloadavg()[0])), make_table(rows)])
    print(text)
    if kind == "SQLite" and options.many == MANY:
        put_into_docs(text, MARK)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--many", type=int, default=MANY, help="another number of articles than 10,000; then nothing is written")
    return parser.parse_args()


def _run_round(children: list["Child"], turn: int) -> dict[str, list[dict]]:
    """Let every site do every task; return what each cost, by task."""
    found = {name: [child.ask(name) for child in children] for name in children[0].ask("tasks")}
    print(f"round {turn}", flush=True)
    return found


def make_rows(rounds: list[dict[str, list[dict]]], *, by: str) -> list[Row]:
    """Return the medians over the rounds, and the median of the ratios within a round, of CPU or of elapsed time."""
    return [
        Row(
            name=name,
            queries=tuple(rounds[0][name][i]["queries"] for i in (0, 1)),
            cpu=tuple(median(found[name][i]["cpu"] for found in rounds) for i in (0, 1)),
            elapsed=tuple(median(found[name][i]["elapsed"] for found in rounds) for i in (0, 1)),
            ratio=median(found[name][1][by] / found[name][0][by] for found in rounds),
        )
        for name in rounds[0]
    ]


def make_table(rows: list[Row]) -> str:
    head = f"| What | queries, {FEW} → many | CPU ms, {FEW} → many | waiting ms, {FEW} → many | × |"
    lines = [
        f"| {row.name} | {row.queries[0]} → {row.queries[1]} | {row.cpu[0]:.1f} → {row.cpu[1]:.1f} "
        f"| {row.elapsed[0]:.1f} → {row.elapsed[1]:.1f} | {_mark(row.ratio)} |"
        for row in rows
    ]
    return "\n".join([head, "|---|--:|--:|--:|--:|", *lines])


def _mark(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio <= GOAL else f"**{ratio:.2f}**"


def _describe(made: list[dict], kind: str, options: argparse.Namespace, load: tuple[float, float]) -> str:
    few, many = made
    return (
        f"Measured on {date.today()} with {kind}: {few['articles']:,} articles and {few['references']:,} sources beside "
        f"{many['articles']:,} and {many['references']:,} ({many['rows']:,} rows and {many['bytes'] / 1e6:,.0f} MB, made in "
        f"{many['seconds']:.0f} s). {options.rounds} rounds after one to warm up. The ratio is that of "
        f"{'CPU time' if kind == 'SQLite' else 'waiting, for the database is another process'}. {describe_machine()} "
        f"Load average of the machine {load[0]:.1f} before and {load[1]:.1f} after. "
        f"The process with few took {few['memory']:.0f} MB of memory in the end, the one with many {many['memory']:.0f} MB."
    )


class Child:
    """A site in a process of its own, that does one task at a time and says what it cost."""

    def __init__(self, process: subprocess.Popen, made: dict):
        self.process, self.made = process, made

    def ask(self, task: str):
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"The site stopped at ‘{task}’; what it said stands above.")
        return json.loads(answer)


@contextmanager
def _site(folder: Path, count: int, database: str) -> Iterator[Child]:
    """Make a site with `count` articles in a folder of its own and start its process."""
    place = folder / str(count)
    environment = make_environment(place) | ({"DATABASE_URL": database} if database else {})
    place.mkdir()
    print(f"making {count:,} articles", flush=True)
    make_site(place, environment)
    began = time.monotonic()
    command = [sys.executable, "-m", "bench.tasks", "make", str(count)]
    made = json.loads(subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout)
    made["seconds"] = time.monotonic() - began
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.tasks", str(count)],
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield Child(process, made)
    finally:
        process.stdin.close()
        process.wait(60)
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
