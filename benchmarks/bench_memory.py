"""How much memory does the studio take: for one shot, for six of one request, for product after product?

Usage: bench_memory.py [--kind NAME] [--count N]: the canvas (``landscape``, ``medium_banner``), and how many products.
Each measurement is a process of its own, from start to the last picture. Linux only: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image, ImageOps

from photoshoot import Photoshoot, Prompt, RenderKind

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.jpg"))
SETTLED = 20
"""Products after which memory should grow no more."""
FLAT_MB = 100
"""Growth from then on that still counts as flat: photos differ in size."""
HUE_STEP = 37  # of 256; no two of a hundred variations are the same
EVERY = 7  # presets apart, from one product to the next: ever other families


@dataclass(frozen=True, kw_only=True)
class Memory:
    """What one process took, MB."""

    peak_mb: float
    """Most that was resident at once."""
    resident_mb: list[float]
    """Resident after each request."""


def read_mb(field: str) -> float:
    """``VmRSS`` or ``VmHWM`` of this process."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field + ":"))


def vary_examples(folder: Path, count: int) -> Iterator[Path]:
    """Photos of products that differ: our examples, their hues turned, every other one mirrored."""
    for number in range(count):
        with Image.open(EXAMPLES[number % len(EXAMPLES)]) as photo:
            hue, saturation, value = photo.convert("HSV").split()
        turned = hue.point([(level + HUE_STEP * number) % 256 for level in range(256)])
        varied = Image.merge("HSV", (turned, saturation, value)).convert("RGB")
        path = folder / f"product-{number}.jpg"
        (ImageOps.mirror(varied) if number % 2 else varied).save(path, quality=92)
        yield path


def measure(products: int, prompts: int, kind: RenderKind) -> Memory:
    """One request a product, photo to pictures, each of other presets."""
    resident = []
    with tempfile.TemporaryDirectory() as folder, Photoshoot.embedded() as shoot:
        presets = [preset.id for preset in shoot.presets]
        random.Random(0).shuffle(presets)
        for number, photo in enumerate(vary_examples(Path(folder), products)):
            ids = [presets[(EVERY * number + place) % len(presets)] for place in range(prompts)]
            shoot.generate(photo, prompts=[Prompt.preset(item) for item in ids], render_kind=kind, seed=number)
            resident.append(read_mb("VmRSS"))
    return Memory(peak_mb=read_mb("VmHWM"), resident_mb=resident)


def measure_apart(products: int, prompts: int, kind: str) -> Memory:
    """``measure`` in a new process."""
    command = [sys.executable, __file__, "--kind", kind, "--measure", f"{products}x{prompts}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Memory(**json.loads(done.stdout.splitlines()[-1]))


def verdict(row: Memory) -> str:
    """Whether memory grows after the first products."""
    if len(row.resident_mb) <= SETTLED:
        return "too few products to tell whether memory is flat"
    first, last = row.resident_mb[SETTLED - 1], row.resident_mb[-1]
    flat = "flat" if last - first < FLAT_MB else "NOT flat"
    return f"{flat}: {first:.0f} MB after product {SETTLED}, {last:.0f} MB after product {len(row.resident_mb)}"


def report(kind: str, one: Memory, six: Memory, many: Memory) -> str:
    """The page of results."""
    count = len(many.resident_mb)
    marks = sorted({1, 10, SETTLED, count // 2, count} & set(range(1, count + 1)))
    return "\n".join(
        [
            "# Memory of the studio",
            "",
            f"Canvas: {kind}; CPU; each row is a process of its own, all that is resident in it, networks included.",
            "",
            "| what it makes | peak, MB | resident after it, MB |",
            "|---|---|---|",
            f"| one shot | {one.peak_mb:.0f} | {one.resident_mb[-1]:.0f} |",
            f"| six shots of one request | {six.peak_mb:.0f} | {six.resident_mb[-1]:.0f} |",
            f"| {count} products in a row, one shot each, ever other presets | {many.peak_mb:.0f} "
            f"| {many.resident_mb[-1]:.0f} |",
            "",
            f"Memory over those {count} products: {verdict(many)}.",
            "",
            "| after product | resident, MB |",
            "|---|---|",
            *(f"| {mark} | {many.resident_mb[mark - 1]:.0f} |" for mark in marks),
            "",
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", default="landscape", choices=[str(kind.name).lower() for kind in RenderKind])
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        products, prompts = map(int, arguments.measure.split("x"))
        print(json.dumps(asdict(measure(products, prompts, RenderKind[arguments.kind.upper()]))))
        return
    shapes = ((1, 1), (1, 6), (arguments.count, 1))
    page = report(arguments.kind, *(measure_apart(*shape, arguments.kind) for shape in shapes))
    (ROOT / "benchmarks" / "results" / "memory.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
