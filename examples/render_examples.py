"""Render the example product photos and their true mattes.

``python examples/render_examples.py [NAME…] [--out DIR] [--size PX] [--samples N]``
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
import photography
from PIL import Image

photography.set_variant()

from assignments import ASSIGNMENTS  # noqa: E402 - materials need the variant


def main() -> None:
    """Read the command line and render."""
    parser = argparse.ArgumentParser(description="Render the example product photos and their true mattes.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(ASSIGNMENTS)}; none means all")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="folder of the pictures")
    parser.add_argument("--size", type=int, default=1200, help="side of the square pictures, px")
    parser.add_argument("--samples", type=int, default=25, help="paths a pixel before denoising")
    options = parser.parse_args()
    unknown = set(options.names) - set(ASSIGNMENTS)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; known: {', '.join(ASSIGNMENTS)}")
    for name in options.names or ASSIGNMENTS:
        render(name, options.out, options.size, options.samples)


def render(name: str, folder: Path, size_px: int, samples: int) -> None:
    """Write ``name.jpg`` and ``mattes/name.png`` into a folder."""
    start = time.perf_counter()
    photo, coverage = photography.photograph(ASSIGNMENTS[name], size_px, samples)
    (folder / "mattes").mkdir(parents=True, exist_ok=True)
    Image.fromarray(photo).save(folder / f"{name}.jpg", quality=88, optimize=True)
    matte = Image.fromarray(np.round(coverage * 255).astype(np.uint8))
    matte.save(folder / "mattes" / f"{name}.png", optimize=True)
    print(f"{name}: {time.perf_counter() - start:.0f} s, product fills {coverage.mean():.0%}")


if __name__ == "__main__":
    main()
