"""Which pictures of strangers' products are the worst? Drafts of products x random presets x sizes; the worst large.

Usage: bench_worst.py FOLDER [--seed N] [--presets N] [--limit-s S] [--worst N]. Drafts go into ``FOLDER/drafts``, what
is found of each into ``FOLDER/seed-N.jsonl``, so a run that was cut short goes on where it ended; the order is by
chance, and a part of the grid is a fair sample of it. ``--worst N`` makes the N worst of what is known at full size,
two of a product at most, into the folder, to be opened by someone: nothing made of these photos may enter the
repository. The gate's ``contact`` is left out: in drafts it finds none under what stands well.
"""

from __future__ import annotations

import argparse
import itertools
import json
import pickle
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bench_presets import SHARED, read_products
from PIL import Image

from photoshoot import Photoshoot, Product, Prompt, Shot
from photoshoot.errors import PhotoshootError
from photoshoot.pixels.imaging import build_layer
from photoshoot.quality.gate import inspect
from photoshoot.records.reports import THRESHOLDS

SIZES = ("landscape", "post", "story")
CHECKS = (
    "tonal_range",
    "clipped_share",
    "banded_share",
    "noise",
    "halo",
    "seam",
    "contrast",
    "palette_distance",
)
_MOST_OF_ONE = 2  # pictures of one product among the worst
_SMALL = 0.06  # share of the picture, filled by a product, under which it looks lost


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A place of the grid."""

    product: Product
    """What is pictured."""
    preset_id: str
    """Where."""
    size: str
    """How large: an ad size."""

    @property
    def name(self) -> str:
        """What tells it from others."""
        return f"{Path(self.product.cutout.photo_name).stem}-{self.preset_id}-{self.size}"


def keep_products(shoot: Photoshoot, photos: Path, kept: Path, seed: int) -> tuple[list[Product], np.random.Generator]:
    """The products of photos, cut out by the first run, and the generator that chose them."""
    if not kept.exists():
        rng = np.random.default_rng(seed)
        kept.write_bytes(pickle.dumps((read_products(shoot, photos, rng), rng)))
    products, rng = pickle.loads(kept.read_bytes())  # written by this script
    return products, rng


def plan(shoot: Photoshoot, products: list[Product], count: int, rng: np.random.Generator) -> list[Cell]:
    """The grid, in an order by chance."""
    presets = [preset.id for preset in shoot.presets if not preset.design.pure_white]
    some = [presets[index] for index in rng.permutation(len(presets))[:count]]
    cells = [
        Cell(product=product, preset_id=preset_id, size=size)
        for product, preset_id, size in itertools.product(products, some, SIZES)
    ]
    return [cells[index] for index in rng.permutation(len(cells))]


def make(shoot: Photoshoot, cell: Cell, *, draft: bool) -> Shot:
    """A cell's picture, or its draft."""
    prompt = Prompt.preset(cell.preset_id)
    (shot,) = shoot.generate(cell.product, prompts=prompt, render_kind=cell.size, seed=7, draft=draft, max_redraws=0)
    return shot


def find_faults(shot: Shot) -> dict[str, float]:
    """How near each measure is to what it may be (0 = far, 1 = at it, more = past it)."""
    layer = build_layer(shot.product.cutout, shot.canvas)
    report = inspect(shot, layer).quality
    assert report is not None
    faults = {"small": _SMALL / max(float(layer.alpha_matte.mean()), 1e-3)}
    for name in CHECKS:
        if name in THRESHOLDS and (value := report.value(name)) is not None:
            kind = THRESHOLDS[name]
            faults[name] = value / kind.high if kind.high < np.inf else kind.low / max(value, 1e-3)
    return {name: round(min(value, 10.0), 3) for name, value in faults.items()}


def badness(faults: Mapping[str, float]) -> float:
    """How bad a picture is: its worst fault, and a quarter of the next."""
    worst = sorted((faults[name] for name in ("small", *CHECKS) if name in faults), reverse=True)
    return worst[0] + 0.25 * worst[1]


def read_known(path: Path) -> dict[str, dict[str, float]]:
    """Faults by cell of earlier runs; empty where a product doesn't fit."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return {record["name"]: record["faults"] for record in map(json.loads, lines)}


def look(shoot: Photoshoot, cells: list[Cell], path: Path, until: float) -> Iterator[str]:
    """Make the drafts that aren't known, until a time."""
    known = read_known(path)
    with path.open("a", encoding="utf-8") as file:
        for cell in cells:
            if cell.name in known or time.monotonic() > until:
                continue
            try:
                shot = make(shoot, cell, draft=True)
                Image.fromarray(shot.image).save(path.parent / "drafts" / f"{cell.name}.png")
                faults = find_faults(shot)
            except PhotoshootError as error:
                print(f"{cell.name}: {error}", flush=True)
                faults = {}
            file.write(json.dumps({"name": cell.name, "faults": faults}) + "\n")
            file.flush()
            yield cell.name


def show_worst(shoot: Photoshoot, cells: list[Cell], path: Path, count: int) -> None:
    """Make the worst at full size, and say what was found of them."""
    known = {name: faults for name, faults in read_known(path).items() if faults}
    by_name = {cell.name: cell for cell in cells}
    order = sorted((name for name in known if name in by_name), key=lambda name: -badness(known[name]))
    names: list[str] = []
    for name in order:
        product = by_name[name].product
        if sum(by_name[other].product is product for other in names) < _MOST_OF_ONE:
            names.append(name)
    for rank, name in enumerate(names[:count]):
        file = path.parent / f"{rank:02}-{name}.png"
        if not file.exists():
            Image.fromarray(make(shoot, by_name[name], draft=False).image).save(file)
        near = sorted(known[name].items(), key=lambda fault: -fault[1])[:3]
        print(file.name, ", ".join(f"{fault} {value:.2f}" for fault, value in near), flush=True)


def main() -> None:
    """Make drafts, or the worst of them at full size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--presets", type=int, default=20)
    parser.add_argument("--photos", type=Path, default=SHARED, help="a folder with products/ and photos/real/")
    parser.add_argument("--limit-s", type=float, default=float("inf"), help="begins no draft after so many seconds")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="make the N worst known ones at full size")
    arguments = parser.parse_args()
    until = time.monotonic() + arguments.limit_s
    (arguments.folder / "drafts").mkdir(parents=True, exist_ok=True)
    path = arguments.folder / f"seed-{arguments.seed}.jsonl"
    with Photoshoot.embedded() as shoot:
        products, rng = keep_products(shoot, arguments.photos, path.with_suffix(".pickle"), arguments.seed)
        cells = plan(shoot, products, arguments.presets, rng)
        if arguments.worst:
            show_worst(shoot, cells, path, arguments.worst)
            return
        print(f"{len(products)} products, {len(cells)} cells, {len(read_known(path))} known", flush=True)
        count = sum(1 for _ in look(shoot, cells, path, until))
        print(f"{count} drafts, {len(read_known(path))} known of {len(cells)}", flush=True)


if __name__ == "__main__":
    main()
