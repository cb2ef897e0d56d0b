"""What does a picture of each size take? CPU seconds and the most memory of a process that makes one shot.

Usage: bench_sizes.py [--sheet FOLDER] [SIZE …]: ad sizes by name, or sizes of one's own; the folder gets the pictures.
Each size is a process of its own, from start to the picture. Linux only.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

from photoshoot import Photoshoot, Prompt

ROOT = Path(__file__).resolve().parents[1]
PHOTO = ROOT / "examples" / "bottle.jpg"
PRESET = "white_marble_window_light"
SIZES = (
    "leaderboard",
    "large_leaderboard",
    "medium_banner",
    "wide_skyscraper",
    "half_page",
    "landscape",
    "post",
    "story",
    "vertical",
    "pin",
    "1920x1080",
    "2000x2000",
    "3840x2160",
    "8192x2048",
)


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What one shot took."""

    width_px: int
    """Of the picture, its safe margin included."""
    height_px: int
    """Of the picture."""
    cpu_s: float
    """CPU seconds of the shot, all cores; imports and the cut-out before it are left out."""
    peak_mb: float
    """Most memory that was resident in the process."""


def measure(size: str, folder: Path | None) -> Cost:
    """Make one shot of a size, and write it into a folder."""
    with Photoshoot.embedded() as shoot:
        (product,) = shoot.describe([PHOTO])
        before = _cpu_s()
        (shot,) = shoot.generate(product, prompts=Prompt.preset(PRESET), render_kind=size, seed=7)
        took = _cpu_s() - before
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        Image.fromarray(shot.image).save(folder / f"{size}.png")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Cost(width_px=shot.canvas.width_px, height_px=shot.canvas.height_px, cpu_s=took, peak_mb=peak)


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measure_apart(size: str, folder: Path | None) -> Cost:
    """``measure`` in a new process."""
    command = [sys.executable, __file__, "--measure", size, *(["--sheet", str(folder)] if folder else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", default=SIZES, metavar="SIZE")
    parser.add_argument("--sheet", type=Path, metavar="FOLDER")
    parser.add_argument("--measure", metavar="SIZE")
    arguments = parser.parse_args()
    if arguments.measure:
        print(json.dumps(asdict(measure(arguments.measure, arguments.sheet))))
        return
    print("# A picture of each size\n")
    print(f"Preset `{PRESET}`, one shot in a process of its own, on the CPU; the cut-out before it is left out.\n")
    print("| size | pixels | CPU s | CPU s a megapixel | peak, MB |\n|---|---|---|---|---|")
    for size in arguments.sizes:
        cost = measure_apart(size, arguments.sheet)
        area = cost.width_px * cost.height_px / 1e6
        pixels = f"{cost.width_px}x{cost.height_px}"
        print(f"| {size} | {pixels} | {cost.cpu_s:.1f} | {cost.cpu_s / area:.1f} | {cost.peak_mb:.0f} |", flush=True)


if __name__ == "__main__":
    main()
