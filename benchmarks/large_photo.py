"""The time from a photo of 12 megapixels to its recommendation, by stage."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable

import numpy as np
from PIL import Image

from photoshoot import Photoshoot, read_photo

SIZE = (4000, 3000)
_REPEATS = 3


def draw_large_photo(product: Image.Image) -> bytes:
    """A JPEG of 12 MP: the product, RGBA, before a soft gradient with a little grain."""
    width, height = SIZE
    grain = np.random.default_rng(7).normal(0, 1.5, (height, width, 1))
    grey = 205 - 60 * np.linspace(0, 1, height)[:, None, None] + grain
    photo = Image.fromarray(np.repeat(grey, 3, axis=2).clip(0, 255).astype(np.uint8))
    side = round(0.9 * height)
    large = product.resize((side, side), Image.Resampling.LANCZOS)
    photo.paste(large, ((width - side) // 2, (height - side) // 2), large)
    file = io.BytesIO()
    photo.save(file, "JPEG", quality=92)
    return file.getvalue()


def time_large_photo(shoot: Photoshoot, file: bytes) -> str:
    """Seconds of each stage, warm, imports excluded: medians; those of CPU sum over the cores."""
    photo = read_photo(file)
    (cutout,) = shoot.segmenter.segment([photo])
    (product,) = shoot.captioner.describe([cutout])
    stages: dict[str, Callable[[], object]] = {
        "decode": lambda: read_photo(file),
        "segment": lambda: shoot.segmenter.segment([photo]),
        "describe": lambda: shoot.captioner.describe([cutout]),
        "rank": lambda: shoot.recommend(product),
    }
    wall = {name: _measure(work, time.perf_counter) for name, work in stages.items()}
    cpu = {name: _measure(work, time.process_time) for name, work in stages.items()}
    parts = ", ".join(f"{name} {seconds:.2f} ({cpu[name]:.2f})" for name, seconds in wall.items())
    return f"{sum(wall.values()):.2f} s ({sum(cpu.values()):.2f} of CPU): {parts}"


def _measure(work: Callable[[], object], clock: Callable[[], float]) -> float:
    times = []
    for _ in range(_REPEATS):
        start = clock()
        work()
        times.append(clock() - start)
    return statistics.median(times)
