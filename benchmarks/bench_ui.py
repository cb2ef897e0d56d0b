"""How long does a visitor of the page wait: for the page, the cut-out, the first draft, six drafts, six final pictures?

Usage: bench_ui.py [--rounds N]: medians over rounds in a browser on this machine. Writes ``benchmarks/results/ui.md``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.ui_server import serve_page
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "ui.md"
PHOTO = ROOT / "examples" / "bottle.jpg"
WAIT_MS = 600_000
LIMITS = {
    "first paint": 1.5,
    "dropped photo to cut-out": 1.5,
    "dropped photo to first draft": 4.0,
    "dropped photo to six drafts": None,
    "six final pictures": 16.0,
}
"""What is waited for, and the seconds that it may take on two idle cores; None: nothing is asked."""


def visit(page: Page, url: str) -> dict[str, float]:
    """Seconds of each wait, in one visit."""
    found = {}
    start = time.perf_counter()
    page.goto(url)
    page.wait_for_selector("#sizes .ps-pick")
    found["first paint"] = page.evaluate(
        "performance.getEntriesByType('paint').find(entry => entry.name === 'first-contentful-paint').startTime / 1000"
    )
    page.evaluate("localStorage.clear()")
    start = time.perf_counter()
    page.set_input_files("#photo input[type=file]", str(PHOTO))
    page.wait_for_selector("#cut img")
    found["dropped photo to cut-out"] = time.perf_counter() - start
    page.wait_for_selector("#shots .ps-shot")
    found["dropped photo to first draft"] = time.perf_counter() - start
    page.wait_for_selector("#progress >> text=6 drafts, ready")
    found["dropped photo to six drafts"] = time.perf_counter() - start
    start = time.perf_counter()
    page.click("#finals")
    page.wait_for_selector("#progress >> text=6 final pictures, ready")
    found["six final pictures"] = time.perf_counter() - start
    return found


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with (
        tempfile.TemporaryDirectory() as folder,
        serve_page(Path(folder)) as (url, cpu),
        sync_playwright() as playwright,
    ):
        root = os.geteuid() == 0
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"] if root else []
        )
        found, spent = [], []
        for number in range(rounds + 1):  # the first warms kernels up
            context = browser.new_context(viewport={"width": 1440, "height": 1000})
            context.set_default_timeout(WAIT_MS)
            before = cpu()
            told = visit(context.new_page(), url)
            if number:
                found.append(told)
                spent.append(cpu() - before)
            context.close()
        browser.close()
    load = os.getloadavg()[0]
    rows = [
        f"| {name} | {statistics.median(told[name] for told in found):.2f} | {'' if limit is None else limit} |"
        for name, limit in LIMITS.items()
    ]
    told = [
        "# The page\n",
        "How long a visitor waits, by `benchmarks/bench_ui.py`: seconds in Chromium on the serving machine, medians of",
        f"{rounds} visits after one that warms up.\n",
        f"- Six drafts and six final pictures take {statistics.median(spent):.1f} CPU seconds of the server;",
        f"  other work ran beside it (a load of {load:.1f} on {os.cpu_count()} cores), which the waits hold, too.\n",
        "| wait | s | at most, on two idle cores |",
        "|---|--:|--:|",
        *rows,
    ]
    RESULT.write_text("\n".join(told) + "\n", encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
