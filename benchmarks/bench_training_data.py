"""What does training data cost: CPU seconds and bytes a sample to render, and seconds to open and read?

Usage: ``python benchmarks/bench_training_data.py [--count N]``. Renders the example products at the default settings
into a temporary folder, in this process. Writes ``benchmarks/results/training_data.md``.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from photoshoot.catalogue import list_items
from photoshoot.training.data import DataTally, RenderSettings, open_training_data
from photoshoot.training.data.dataset_builder import render_data
from photoshoot.training.data.tars import PICTURE_FORMATS, encode_sample, join_samples
from photoshoot.training.samples import TrainingData

ROOT = Path(__file__).resolve().parents[1]
RESULT = ROOT / "benchmarks" / "results" / "training_data.md"
MANY = 10_000  # samples of a data set that is only opened
T = TypeVar("T")


def measure(work: Callable[[], T]) -> tuple[float, T]:
    """CPU seconds of all threads of this process, and the result."""
    began = time.process_time()
    result = work()
    return time.process_time() - began, result


def measure_rendering(folder: Path, settings: RenderSettings) -> tuple[float, float]:
    """CPU seconds to prepare a product, and to make a sample."""
    marks: list[tuple[str, int, float]] = []

    def mark(tally: DataTally) -> None:
        marks.append((tally.stage, tally.done, time.process_time()))

    began = time.process_time()
    render_data(list_items(ROOT / "examples" / "*.jpg"), settings, folder, on_step=mark)
    cut = [when for stage, _, when in marks if stage == "cut"]
    made = [(done, when) for stage, done, when in marks if stage == "make"]
    return (cut[-1] - began) / len(cut), (made[-1][1] - made[0][1]) / made[-1][0]


def measure_sizes(data: TrainingData) -> dict[str, tuple[float, float]]:
    """Format of the pictures → kB a sample, CPU seconds to encode one."""
    samples = [data[index] for index in range(len(data))]
    sizes = {}
    for picture in PICTURE_FORMATS:
        seconds, files = measure(lambda kind=picture: [encode_sample(sample, kind, {}) for sample in samples])
        sizes[picture] = (sum(map(len, files)) / len(files) / 1e3, seconds / len(files))
    return sizes


def measure_opening(data: TrainingData, folder: Path) -> float:
    """CPU seconds to open a data set of ``MANY`` samples."""
    folder.mkdir()
    tiny = data[0]
    tiny = replace(
        tiny, image=tiny.image[:8, :8], alpha_matte=tiny.alpha_matte[:8, :8], shadow=tiny.alpha_matte[:8, :8]
    )
    for shard in range(MANY // 100):
        keys = (f"{100 * shard + place:08}" for place in range(100))
        tar = join_samples(encode_sample(replace(tiny, key=key), "png", {}) for key in keys)
        (folder / f"shard-{shard:05}.tar").write_bytes(tar)
    seconds, opened = measure(lambda: open_training_data(folder))
    assert len(opened) == MANY
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=20, help="samples (20)")
    settings = RenderSettings(count=parser.parse_args().count)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        cut_s, make_s = measure_rendering(folder / "data", settings)
        data = open_training_data(folder / "data")
        read_s, _ = measure(lambda: [data[index] for index in range(len(data))])
        sizes, open_s = measure_sizes(data), measure_opening(data, folder / "many")
    read_s /= len(data)
    pixels = sum(width * height for width, height in map(data.size_of, range(len(data)))) / len(data) / 1e6
    lines = [
        "# Training data",
        "",
        f"- A sample of {settings.megapixels} megapixels costs **{make_s:.1f} CPU seconds**, its shadow included.",
        f"- {MANY:,} samples are opened in {open_s:.1f} s, one is read in {1e3 * read_s:.0f} ms.",
        "",
        f"{len(data)} samples of the example products, {pixels:.2f} megapixels on average, "
        f"{settings.studio.samples or '4 or 8'} paths a pixel; CPU seconds of all threads, {os.cpu_count()} cores.",
        "",
        "| step | CPU s |",
        "|---|---|",
        f"| cut out and name a product, once | {cut_s:.2f} |",
        f"| render a sample: set with and without the product, denoise, encode | {make_s:.2f} |",
        f"| read a sample: picture, matte, shadow | {read_s:.3f} |",
        f"| open {MANY:,} samples: index their tars | {open_s:.2f} |",
        "",
        "| pictures | kB a sample | CPU s to encode |",
        "|---|---|---|",
        *(f"| {name} | {size:.0f} | {seconds:.3f} |" for name, (size, seconds) in sizes.items()),
    ]
    RESULT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
