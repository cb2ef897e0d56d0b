"""Tiny data sets: a few small products, quick renders."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from photoshoot.catalogue import list_items
from photoshoot.framing.layout import RenderKind
from photoshoot.settings import StudioSettings
from photoshoot.training.data import RenderSettings
from photoshoot.training.data.dataset_builder import render_data
from photoshoot.training.data.tars import encode_sample, join_samples
from photoshoot.training.samples import TrainingSample
from tests.catalogue.products import QUICK_STUDIO, write_photos

PRODUCTS = 3
QUICK = RenderSettings(
    count=5,
    seed=4,
    render_kinds=(RenderKind.POST, RenderKind.LANDSCAPE),
    megapixels=0.01,
    preset_ids=("white_background", "terracotta_arch_podium", "gel_light_teal_violet"),
    shard_size=2,
    studio=StudioSettings(**QUICK_STUDIO),  # type: ignore[arg-type]
)
"""Five samples of three products, in three shards."""


def render(products: Path, out: Path, *, processes: int = 1, on_step: Any = None, **changes: Any) -> None:
    """Render ``QUICK`` with some settings changed."""
    render_data(list_items(products), replace(QUICK, **changes), out, processes=processes, on_step=on_step)


def write_products(folder: Path) -> Path:
    """Photos of three products."""
    write_photos(folder, PRODUCTS)
    return folder


def make_sample(key: str, product: str = "mug", *, seed: int = 0, size: tuple[int, int] = (12, 8)) -> TrainingSample:
    """A sample of noise, whose layers are whole eighth bits."""
    rng, (width, height) = np.random.default_rng(seed), size
    layers = (rng.integers(0, 256, (2, height, width)) / 255).astype(np.float32)
    return TrainingSample(
        key=key,
        image=rng.integers(0, 256, (height, width, 3)).astype(np.uint8),
        alpha_matte=layers[0],
        shadow=layers[1],
        caption="a plain wall",
        product=product,
        source="rendered",
    )


def write_shard(path: Path, *samples: TrainingSample) -> Path:
    """Write samples as a shard without a manifest."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(join_samples(encode_sample(sample, "png", {}) for sample in samples))
    return path
