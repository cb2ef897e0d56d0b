"""What reading a text by meaning costs on an idle and on a busy machine, with threads that wait turning or asleep.

Usage: ``bench_meaning.py [--busy N]``: each row is a process of its own, the two ways in turn, first alone, then beside
N processes that compute without end. Wants the extra ``prompts``. Writes ``benchmarks/results/meaning.md``.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "meaning.md"
RUNS = 3
WAYS = {"turning, as OpenMP has it": {"GOMP_SPINCOUNT": "300000"}, "asleep, as here": {}}
ASKS = """
import time
from photoshoot.meaning.embedder import SentenceEmbedder
embedder = SentenceEmbedder()
embedder.embed(["warm"])
for text in ("a bottle on a marble table", "soft morning light, linen, dried flowers, a warm and quiet kitchen " * 4):
    wall, cpu = time.perf_counter(), time.process_time()
    for number in range(10):
        embedder.embed([f"{text} {number}"])
    print((time.perf_counter() - wall) * 100, (time.process_time() - cpu) * 100)
"""
"""Prints wall and CPU milliseconds of a short and of a long text."""


def ask(way: dict[str, str]) -> list[float]:
    """Milliseconds: short text (wall, CPU), long text (wall, CPU)."""
    host = {name: value for name, value in os.environ.items() if not name.startswith(("OMP_", "GOMP_"))} | way
    done = subprocess.run([sys.executable, "-c", ASKS], env=host, capture_output=True, text=True, check=True)
    return [float(number) for number in done.stdout.split()]


def measure(busy: int) -> dict[str, list[float]]:
    """What ``ask`` says of each way: medians of ``RUNS`` processes, taken in turn beside ``busy`` others."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(busy)]
    try:
        taken: dict[str, list[list[float]]] = {name: [] for name in WAYS}
        for _ in range(RUNS):
            for name, way in WAYS.items():
                taken[name].append(ask(way))
    finally:
        for other in others:
            other.kill()
            other.wait()
    return {name: [statistics.median(column) for column in zip(*runs, strict=True)] for name, runs in taken.items()}


def write_rows(busy: int, told: dict[str, list[float]]) -> str:
    """The table's rows."""
    return "\n".join(f"| {busy} | {name} | {' | '.join(f'{n:.0f}' for n in row)} |" for name, row in told.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--busy", type=int, default=4, help="processes beside it")
    given = parser.parse_args()
    alone, beside = measure(0), measure(given.busy)
    turning, asleep = (beside[name][1] for name in WAYS)
    text = f"""# Texts by meaning

**Beside {given.busy} processes a line takes {asleep:.0f} CPU ms, {turning:.0f} with threads that turn as they wait.**

Milliseconds a text of one line and of one paragraph, on {os.cpu_count()} cores;
medians of {RUNS} processes of ten texts each.

| processes beside it | threads that wait | line: wall | CPU | paragraph: wall | CPU |
|--:|---|--:|--:|--:|--:|
{write_rows(0, alone)}
{write_rows(given.busy, beside)}

Written by `benchmarks/bench_meaning.py`.
"""
    RESULT.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
