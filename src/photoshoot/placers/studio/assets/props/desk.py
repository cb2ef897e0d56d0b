"""Things of a desk: school things and books."""

from functools import lru_cache

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.assets.props.instancing import (
    Palette,
    Parts,
    copies,
    crowd,
    dyed,
    flat_things,
    gather,
    in_atlas,
    laid,
    named,
    occupied,
    own,
    sheen,
    spun,
    usual_size,
)
from photoshoot.placers.studio.assets.props.meshes.desk import closed_book, notebook, paper_clip, pencil, ruler
from photoshoot.placers.studio.assets.props.placement import Patch, Pieces, Taken, Thing, find_spots, fit_spots
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.bsdfs import bitmap, brushed, diffuse

CLIP_SIZES = (0.21, 0.27)
"""Least and most length of a paper clip, world units."""
_PAPER = "#f1e9d8"
_NOTEBOOK = 0.75
"""Least factor on a notebook's size: smaller beside pencils it is a toy, and where it finds no room there is none."""
_FORMATS = ((0.74, 0.10, 0.52), (0.68, 0.075, 0.48), (0.60, 0.12, 0.43), (0.64, 0.06, 0.46))
_BARREL = ((0.0, "#d98a86"), (0.075, "#d98a86"), (0.08, "#b9bcc0"), (0.15, "#b9bcc0"), (0.16, ""), (0.845, ""),
           (0.865, "#d9b27c"), (0.955, "#d9b27c"), (0.965, "#2b2a2c"), (1.0, "#2b2a2c"))  # fmt: skip
"""Colours along a pencil; an empty colour is its own."""


def books(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Books that lie in stacks of one to three; a flat-lay has single ones."""
    palette = Palette(colors=own(colors, "#274156", "#8c3b2e", "#c9a66b", "#5e6f5a"), jitter=0.02)
    scale = 0.98 * usual_size(view)
    heaps = [3, 2, 1, *rng.integers(1, 4, crowd(view, 2))]
    if view.most is not None:
        heaps = [1] * view.most if view.lying else [view.most]
    things = [Thing(radius=0.88 * scale, height=0.24 * scale * n) for n in heaps]
    spots, share = fit_spots(view, things, rng, Patch(back=-1.3, front=-0.1, spread=0.35))
    scale *= share
    parts: Parts = []
    for index, place in spots.items():
        level, turn = 0.0, float(rng.uniform(-26, 26)) + (90.0 if view.lying else 0.0)
        for step in range(1 if view.lying else int(heaps[index])):
            size = _FORMATS[(index + step) % 4]
            dye = int(palette.draw(rng, 1)[0])
            turn += float(rng.uniform(-13, 13))
            for name, mesh in zip(("covers", "pages"), closed_book(*size), strict=True):
                painted = dyed(mesh, dye, palette) if name == "covers" else mesh
                parts.append((name, painted.turned(turn).scaled(scale).moved(*(place + np.array([0, level, 0])))))
            level += 2 * size[1] * scale
    return gather(parts, {"covers": sheen(palette.albedo(), 0.4, 0.04), "pages": diffuse(_PAPER)})


def school(view: View, rng: np.random.Generator, colors: tuple[str, ...]) -> Pieces:
    """Pencils, notebooks, a ruler and clips."""
    palette = Palette(colors=own(colors, "#f2b632", "#d8433b", "#2f6fb3", "#3f9a63"), jitter=0.012)
    parts: Parts = []
    for scale in (max(usual_size(view), _NOTEBOOK), _NOTEBOOK):
        books_at = [Thing(radius=0.84 * scale, height=0.14 * scale)] * crowd(view, 2)
        lain = find_spots(view, books_at, rng, Patch(back=-1.1, front=0.1, spread=0.35))
        if lain:
            break
    dyes = palette.draw(rng, len(books_at))
    for index, place in lain.items():
        turn = float(rng.uniform(-30, 30))
        for name, mesh in zip(("covers", "pages", "wire"), notebook(), strict=True):
            painted = dyed(mesh, int(dyes[index]), palette) if name == "covers" else mesh
            parts.append((name, painted.turned(turn).scaled(scale).moved(*place)))
    taken: Taken = [(place, 0.72 * scale) for place in lain.values()]
    parts += _rulers(view, rng, taken) + _pencils(view, rng, palette, taken)
    sizes = rng.uniform(*CLIP_SIZES, crowd(view, 14))
    patch = Patch(back=-1.0, front=1.2, gap=0.03, before=0.1)
    clips = find_spots(view, flat_things(sizes, 0.6, 0.02), rng, patch, taken)
    if clips:
        parts += named("wire", laid([paper_clip()], clips, sizes, spun(rng, len(sizes))))
    coats = {"covers": sheen(palette.albedo(), 0.35), "pages": diffuse(_PAPER), "wire": brushed("#c9ccd2", 0.32)}
    coats["rulers"] = sheen(bitmap(_marks(), clamp=True), 0.3)
    return gather(parts, {**coats, "pencils": sheen(bitmap(_barrels(palette.colors), clamp=True), 0.22, 0.06)})


def _pencils(view: View, rng: np.random.Generator, palette: Palette, taken: Taken) -> Parts:
    """Pencils that lie about; they take their places in ``taken``."""
    sizes = rng.uniform(0.62, 0.86, crowd(view, 10)) * usual_size(view)
    patch = Patch(back=-1.2, front=1.0, gap=0.05, spread=0.6)
    spots = find_spots(view, flat_things(sizes, 1.0, 0.12, core=0.55), rng, patch, taken)
    taken += occupied(spots, sizes, 0.35)
    kinds = palette.draw(rng, len(sizes)) // 3
    turns = rng.uniform(0, 360, len(sizes)) if view.lying else rng.uniform(-55, 55, len(sizes))
    turns = turns if view.lying else turns + rng.choice([0, 180], len(sizes))
    count = len(palette.colors)
    return [
        ("pencils", copies(in_atlas(pencil(), int(kinds[index]), count), [place], sizes[index], [[0, 0, turns[index]]]))
        for index, place in spots.items()
    ]


def _rulers(view: View, rng: np.random.Generator, taken: Taken) -> Parts:
    sizes = np.full(crowd(view, 2), 0.8) * usual_size(view)
    patch = Patch(back=-0.6, front=0.9, spread=0.5)
    spots = find_spots(view, flat_things(sizes, 1.0, 0.05, core=0.7), rng, patch, taken)
    taken += occupied(spots, sizes, 0.4)
    turns = rng.uniform(-40, 40, len(sizes))
    return [
        ("rulers", copies(ruler(), [place], sizes[index], [[0, 0, turns[index]]])) for index, place in spots.items()
    ]


@lru_cache(maxsize=4)
def _barrels(colors: tuple[str, ...]) -> Float32Array:
    """Pencils side by side, rubber above and point below, (256, k, 3)."""
    share = np.linspace(0, 1, 256)
    columns = []
    for color in colors:
        albedo = np.stack([hex_to_linear(tint or color) for _, tint in _BARREL])
        marks = [at for at, _ in _BARREL]
        columns.append(np.stack([np.interp(share, marks, albedo[:, channel]) for channel in range(3)], -1))
    return np.asarray(np.repeat(np.stack(columns, 1), 8, axis=1), np.float32)


@lru_cache(maxsize=1)
def _marks() -> Float32Array:
    """A ruler's scale, (64, 1024, 3)."""
    image = np.broadcast_to(hex_to_linear("#e3c48d"), (64, 1024, 3)).astype(np.float32).copy()
    for number in range(1, 50):
        column, reach = round(number * 1024 / 50), 26 if number % 5 == 0 else 15
        image[64 - reach :, column - 2 : column + 2] = hex_to_linear("#3a2c1c")
    return image
