"""How long until the first picture: importing, building, segmenting, the first shot, the second; and the command.

Usage: bench_import.py [--runs N]: each run is a process of its own. Writes ``benchmarks/results/import.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "import.md"
IMPORTS = ("numpy", "PIL.Image", "photoshoot", "rembg", "mitsuba", "torch")
_TIME_IMPORT = "import time; t = time.process_time(); import {}; {}; print(time.process_time() - t)"
_TOUCH = {"photoshoot": "photoshoot.Photoshoot"}  # what is loaded no sooner than it is asked for
_TIME_SHOTS = """
import json, time
start, cpu, told = time.perf_counter(), time.process_time(), {}
def tell(what):
    told[what] = (time.perf_counter() - start, time.process_time() - cpu)
from photoshoot import Photoshoot, Prompt
tell("import photoshoot")
shoot = Photoshoot.embedded()
tell("embedded parts are built")
(product,) = shoot.describe([%r])
tell("the product is cut out and described")
presets = "white_background", "sunny_yellow_background", "lilac_background"
for number, preset in zip(("first", "second", "third"), presets):
    shoot.generate(product, prompts=Prompt.preset(preset), seed=1)
    tell(f"the {number} shot is there")
print(json.dumps(told))
"""


_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=_ENVIRONMENT)
    return done.stdout


def time_imports(runs: int) -> dict[str, float]:
    """CPU seconds of each import in a fresh process: the least of several, since other work only adds to it."""
    return {
        name: min(float(run(_TIME_IMPORT.format(name, _TOUCH.get(name, "pass")))) for _ in range(runs))
        for name in IMPORTS
    }


def time_shots(runs: int) -> dict[str, tuple[float, float]]:
    """Seconds since the process began to run our code, by the clock and of the CPU: medians."""
    timelines = [json.loads(run(_TIME_SHOTS % str(ROOT / "examples" / "bottle.jpg"))) for _ in range(runs)]
    return {name: _medians([line[name] for line in timelines]) for name in timelines[0]}


def _medians(pairs: Sequence[Sequence[float]]) -> tuple[float, float]:
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def measure_command(runs: int) -> tuple[float, float]:
    """CPU seconds and peak memory (MB) of ``photoshoot shoot`` with one preset: medians."""
    found = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            words = ["-m", "photoshoot", "shoot", str(ROOT / "examples" / "bottle.jpg"), "--preset", "white_background"]
            process = subprocess.Popen(
                [sys.executable, *words, "--out", folder],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_ENVIRONMENT,
            )
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                raise subprocess.CalledProcessError(process.returncode, words)
        found.append((usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024))
    return _medians(found)


def report(
    imports: Mapping[str, float], timeline: Mapping[str, tuple[float, float]], command: tuple[float, float], runs: int
) -> str:
    """The page of results."""
    first, second = timeline["the first shot is there"], timeline["the second shot is there"]
    lines = [
        "# Import and first shot",
        "",
        f"Each in a fresh process, kernels and Python's bytecode compiled once before; {runs} runs; the machine had "
        "other work.",
        "",
        f"- `from photoshoot import Photoshoot` takes {imports['photoshoot']:.2f} CPU seconds (`numpy` alone "
        f"{imports['numpy']:.2f}, `rembg` {imports['rembg']:.2f}, `torch` {imports['torch']:.2f}).",
        f"- From nothing to the first 1674x628 shot: {first[1]:.1f} CPU seconds; the second comes "
        f"{second[1] - first[1]:.1f} later.",
        f"- `photoshoot shoot` of one preset, in a process that is not the first: {command[0]:.1f} CPU seconds, "
        f"{command[1]:.0f} MB at most.",
        "",
        "| import | CPU s, least |",
        "|---|---|",
        *(f"| `{name}` | {seconds:.3f} |" for name, seconds in imports.items()),
        "",
        "| until | s | CPU s |",
        "|---|---|---|",
        *(f"| {name} | {wall:.2f} | {cpu:.2f} |" for name, (wall, cpu) in timeline.items()),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    RESULT.write_text(report(time_imports(runs), time_shots(runs), measure_command(runs), runs), encoding="utf-8")
    print(RESULT.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
