"""`make lighthouse`: what Lighthouse makes of the home page and an article, on a phone. Fails below 100 in any category.

`--steady` leaves out performance, which depends on what else the machine does: the other categories give one score, always.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median_low

from bench.cores import find_cores
from bench.pages import ARTICLE, fetch
from bench.servers import ROOT, gunicorn, make_site

PAGES = {"home": "/", "article": ARTICLE}
STEADY = ("accessibility", "best-practices", "seo")
GOAL = 100
PACKAGES = ROOT / "bench" / "lighthouse" / "node_modules"
# The flags of the tests in a browser: nothing leaves this machine.
CHROMIUM = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
CHROMIUM += " --disable-component-update --disable-sync"


def main() -> None:
    options = _read_options()
    categories = STEADY if options.steady else ("performance", *STEADY)
    runs = 1 if options.steady else options.runs
    serving, _ = find_cores()
    low = []
    print(f"| Page ({runs} runs, median) | {' | '.join(categories)} |", f"|---|{'--:|' * len(categories)}", sep="\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_site(folder)
        with gunicorn("magsite.wsgi", folder, core=serving, own_address=True) as site:
            for page, path in PAGES.items():
                fetch(site.url + path, {})  # a reader nearly always gets a page that is kept
                reports = [run_lighthouse(site.url + path, categories, folder) for _ in range(runs)]
                scores = [median_low(find_score(report, category) for report in reports) for category in categories]
                print(f"| {page} | {' | '.join(map(str, scores))} |", flush=True)
                if min(scores) < GOAL:
                    low += [f"{page}: {line}" for line in describe_failures(reports[-1])]
    if low:
        sys.exit("\n".join([f"A score is below {GOAL}.", *low]))


def run_lighthouse(url: str, categories: tuple[str, ...], folder: Path) -> dict:
    """Return Lighthouse's own report on this address. Raises when it or the browser can't run."""
    report = folder / "report.json"
    environment = {name: os.environ[name] for name in ("HOME", "PATH", "TMPDIR", "LANG") if name in os.environ}
    command = [
        find_node(),
        str(PACKAGES / "lighthouse" / "cli" / "index.js"),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(categories)}",
        f"--chrome-flags={CHROMIUM} --user-data-dir={tempfile.mkdtemp(dir=folder)}",
        "--no-enable-error-reporting",
    ]
    environment |= {"CHROME_PATH": find_chromium()}
    if subprocess.run(command, cwd=folder, env=environment, check=False).returncode:  # a busy machine may lose the browser once
        subprocess.run(command, cwd=folder, env=environment, check=True)
    return json.loads(report.read_text(encoding="utf-8"))


def find_node() -> str:
    """Return the Node that came with Lighthouse, which needs a newer one than Debian has; on another machine its own."""
    brought = sorted(PACKAGES.glob("node-linux-*/bin/node"))
    return str(brought[0]) if brought else shutil.which("node") or sys.exit("No Node here: apt-get install npm")


def find_chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    sys.exit("No Chromium here: apt-get install chromium")


def find_score(report: dict, category: str) -> int:
    """Return 0 to 100. A category that could not be judged counts as nothing."""
    return round((report["categories"][category]["score"] or 0) * 100)


def describe_failures(report: dict) -> list[str]:
    """Return what counts for a score and didn't get all of it."""
    counted = [part["id"] for found in report["categories"].values() for part in found["auditRefs"] if part["weight"]]
    audits = [report["audits"][name] for name in counted]
    return [f"{audit['id']}: {audit['title']} {audit.get('displayValue', '')}" for audit in audits if (audit["score"] or 0) < 1]


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--steady", action="store_true", help="only what doesn't depend on the speed of this machine")
    return parser.parse_args()


if __name__ == "__main__":
    main()
