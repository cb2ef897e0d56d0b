"""Photos of solids in shards, for ``train_shape``: what a photo shows, what its outline tells, and the truth.

A shard is an ``.npz`` of so many views on a grid of 112 cells; run it again to go on where it was stopped.
"""

from __future__ import annotations

import argparse
from functools import cache
from pathlib import Path

import drjit as dr
import numpy as np
from benchmarks.relight_things import list_things
from benchmarks.shape_models import FAMILIES, KIND_NAMES, Solid, build_solid, held_out, load_solid
from benchmarks.shape_views import Seen, cut, fill, photograph, shrink

from photoshoot.placers.studio.product.shape import Form
from photoshoot.placers.studio.variant import load_variant

GRID = 112
PER_SHARD = 100
_THINGS = 0.45  # share of training views
_FIRST_SEED = 1000  # of what trains
_FORMS = tuple(Form)


def encode(seen: Seen, solid: Solid) -> dict[str, np.ndarray]:
    """A view on the grid, its window in the upper left corner."""
    window, shape = seen.window(), seen.inflated()
    size = shape.solid.shape
    matte = cut(seen.layer.alpha_matte, window)
    known = (matte > 0.5) & (np.linalg.norm(cut(seen.normals, window), axis=-1) > 0.5)
    share = np.maximum(shrink(known.astype(np.float32), size), 1e-4)
    on_grid = lambda plane: shrink(np.where(known, plane, 0), size) / share  # noqa: E731
    normals = np.dstack([on_grid(cut(seen.normals, window)[..., axis]) for axis in range(3)])
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-6)
    cell_px = matte.shape[0] / size[0]
    rgb = np.dstack([on_grid(cut(seen.layer.rgb, window)[..., channel].astype(np.float32)) for channel in range(3)])
    depth = on_grid(cut(seen.toward, window)) * seen.view.px_per_unit / cell_px
    valid = shape.solid & (share > 0.3)
    return {
        "rgb": _lay(np.where(shape.solid[..., None], np.round(rgb), 0), np.uint8),
        "alpha": _lay(np.round(255 * shrink(matte, size)), np.uint8),
        "inflated": _lay(np.round(127 * shape.normals), np.int8),
        "height": _lay(shape.height_px / cell_px, np.float16),
        "normals": _lay(np.round(127 * fill(normals, valid)) if valid.any() else normals, np.int8),
        "depth": _lay(np.where(valid, depth, 0), np.float16),
        "valid": _lay(valid, bool),
        "form": np.int8(_FORMS.index(shape.form)),
        "kind": np.int8(-1 if solid.kind is None else KIND_NAMES.index(solid.kind)),
        "name": np.array(solid.name, "U24"),
    }


def _lay(plane: np.ndarray, dtype: type) -> np.ndarray:
    whole = np.zeros((GRID, GRID, *plane.shape[2:]), dtype)
    whole[: plane.shape[0], : plane.shape[1]] = plane
    return whole


def draw(archive: Path, half: str, number: int) -> tuple[Solid, np.random.Generator]:
    """The solid of a view, and the chance that goes on with it."""
    rng = np.random.default_rng([number, 53, *half.encode()])
    train = half == "train"
    if rng.random() < _THINGS:
        names = [name for name in _things(archive) if held_out(name) is not train]
        name = names[number % len(names)] if not train else str(rng.choice(names))
        return load_solid(archive, name, int(rng.integers(1 << 30))), rng
    seed = _FIRST_SEED + int(rng.integers(1 << 30)) if train else int(rng.integers(5, 100))
    return build_solid(str(rng.choice(list(FAMILIES))), seed), rng


@cache
def _things(archive: Path) -> list[str]:
    return list_things(archive)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--archive", type=Path, required=True, help="BlendSwap-CC-0.sh3f")
    parser.add_argument("--half", choices=("train", "held-out"), default="train")
    parser.add_argument("--views", type=int, default=4000)
    arguments = parser.parse_args()
    load_variant(None)
    dr.set_thread_count(1)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for first in range(0, arguments.views, PER_SHARD):
        path = arguments.folder / f"{arguments.half}-{first:06d}.npz"
        if path.exists():
            continue
        found = []
        for number in range(first, min(first + PER_SHARD, arguments.views)):
            solid, rng = draw(arguments.archive, arguments.half, number)
            seen = photograph(solid, rng)
            if seen is not None:
                found.append(encode(seen, solid))
        partial = path.with_suffix(".tmp.npz")
        np.savez(partial, **{key: np.stack([one[key] for one in found]) for key in found[0]})
        partial.rename(path)
        print(path.name, len(found), flush=True)


if __name__ == "__main__":
    main()
