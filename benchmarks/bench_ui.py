"""How long does a visitor of the page wait: for the page, the cut-out, the first draft, six drafts, six final pictures?

Usage: bench_ui.py [--rounds N]: medians over rounds in a browser on this machine, each with a photo that the page has
not seen, and the CPU seconds that the serving process has used meanwhile. Writes ``benchmarks/results/ui.md``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.ui_server import serve_page
from PIL import Image
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "ui.md"
_PHOTOS = ("bottle", "mug", "headphones")
WAIT_MS = 600_000
LIMITS = {
    "first paint": 1.5,
    "dropped photo to cut-out": 1.5,
    "dropped photo to first draft": 4.0,
    "dropped photo to six drafts": None,
    "six final pictures": 16.0,
}
"""What is waited for, and the seconds that it may take on two idle cores; None: nothing is asked."""


@dataclass(frozen=True)
class Wait:
    """A wait of a visitor."""

    wall_s: float
    """By the clock."""
    cpu_s: float
    """Of the serving process meanwhile; of all its threads."""


def visit(page: Page, url: str, photo: Path, cpu: Callable[[], float]) -> dict[str, Wait]:
    """Each wait of one visit."""
    found: dict[str, Wait] = {}
    start, spent = time.perf_counter(), cpu()

    def end(name: str) -> None:
        found[name] = Wait(time.perf_counter() - start, cpu() - spent)

    page.goto(url)
    page.wait_for_selector("#sizes .ps-pick")
    end("first paint")
    painted = page.evaluate(
        "performance.getEntriesByType('paint').find(entry => entry.name === 'first-contentful-paint').startTime / 1000"
    )
    found["first paint"] = Wait(painted, found["first paint"].cpu_s)
    start, spent = time.perf_counter(), cpu()
    page.set_input_files("#photo input[type=file]", str(photo))
    page.wait_for_selector("#cut img")
    end("dropped photo to cut-out")
    page.wait_for_selector("#shots .ps-shot")
    end("dropped photo to first draft")
    page.wait_for_selector("#progress >> text=6 drafts, ready")
    end("dropped photo to six drafts")
    start, spent = time.perf_counter(), cpu()
    page.click("#finals")
    page.wait_for_selector("#progress >> text=6 final pictures, ready")
    end("six final pictures")
    return found


def draw_photo(number: int, folder: Path) -> Path:
    """A photo of an example's product that no visit before has shown: its first pixel says which."""
    name = _PHOTOS[number % len(_PHOTOS)]
    picture = np.asarray(Image.open(ROOT / "examples" / f"{name}.jpg")).copy()
    picture[:8, :8] = number
    path = folder / f"{name}-{number}.png"
    Image.fromarray(picture).save(path)
    return path


def main() -> None:
    """Measure, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=2)
    rounds = parser.parse_args().rounds
    with (
        tempfile.TemporaryDirectory() as folder,
        serve_page(Path(folder) / "sessions") as (url, cpu),
        sync_playwright() as playwright,
    ):
        root = os.geteuid() == 0
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("chromium-headless-shell"),
            args=["--no-sandbox"] if root else [],
        )
        found, loads = [], [os.getloadavg()[0]]
        for number in range(rounds + 1):  # the first warms kernels up
            context = browser.new_context(viewport={"width": 1440, "height": 1000})
            context.set_default_timeout(WAIT_MS)
            told = visit(context.new_page(), url, draw_photo(number, Path(folder)), cpu)
            print({name: (round(wait.wall_s, 2), round(wait.cpu_s, 2)) for name, wait in told.items()}, flush=True)
            loads.append(os.getloadavg()[0])
            if number:
                found.append(told)
            context.close()
        browser.close()
    RESULT.write_text(write_page(found, loads), encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


def write_page(found: list[dict[str, Wait]], loads: list[float]) -> str:
    """The page of results."""
    cores = os.cpu_count() or 1
    rows = []
    for name, limit in LIMITS.items():
        wall = statistics.median(told[name].wall_s for told in found)
        cpu = statistics.median(told[name].cpu_s for told in found)
        rows.append(f"| {name} | {'' if limit is None else limit} | {wall:.2f} | {cpu:.2f} | {cpu / 2:.2f} |")
    busy = loads[0] > cores  # before the first visit: after it, the page's own work is in it
    lines = [
        "# The page\n",
        "How long a visitor waits, by `benchmarks/bench_ui.py`: seconds in Chromium on the serving machine, medians of",
        f"{len(found)} visits after one that warms up, each with a photo that the page has not seen.\n",
        "- *CPU* is what the serving process has used meanwhile, on all cores; half of it is the least that the wait",
        "  can take on two idle ones, where both are busy all the time. Chromium's own work is not in it.",
        f"- Load before, and after each visit: {', '.join(f'{load:.1f}' for load in loads)}, on {cores} cores.",
        *(
            ["- **Others had the cores: the waits by the clock say little here; the CPU seconds count.**"]
            if busy
            else []
        ),
        "",
        "| wait | at most, on two idle cores | by the clock | CPU | CPU / 2 |",
        "|---|--:|--:|--:|--:|",
        *rows,
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
