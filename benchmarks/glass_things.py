"""Things of clear glass, and of china and steel in the same shapes, photographed before plain backdrops."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterator, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "examples"))

import photography

photography.set_variant()

from backdrops import grey_sweep, white_paper  # noqa: E402 - materials need the variant
from photography import Assignment, Camera, Entries, Part  # noqa: E402

from photoshoot.placers.studio.geometry.mesh import Mesh, sweep  # noqa: E402
from photoshoot.placers.studio.geometry.solids import bevelled_cylinder, lathe, rounded_profile, sphere  # noqa: E402
from photoshoot.placers.studio.scene.bsdfs import area_emitter, diffuse, metal, plastic, rgb  # noqa: E402
from photoshoot.placers.studio.scene.shapes import to_shape  # noqa: E402

Outline = npt.NDArray[np.float64]
GLASS: Entries = {"type": "dielectric", "int_ior": 1.5}
MATERIALS: Mapping[str, Entries] = {
    "glass": GLASS,
    "white china": plastic("#efedea", 0.12),
    "grey china": plastic("#b8babc", 0.15),
    "chrome": metal("#e4e6e8", 0.03),
    "steel": metal("#d0d3d6", 0.2),
}
"""Glass first; the rest must not be taken for it."""


def _vessel(outline: Outline, wall: float, bottom: float) -> Mesh:
    """A vessel whose outside runs down from its rim to the edge of its foot."""
    inner = np.column_stack([np.maximum(outline[:, 0] - wall, 0.005), outline[:, 1]])
    inner = inner[inner[:, 1] > bottom][::-1]
    ground = [[0.0, bottom], [inner[0, 0], bottom]]
    return lathe(np.concatenate([ground, inner, outline, [[0.0, outline[-1, 1]]]]), crease_deg=40)


def _shape(*corners: tuple[float, float]) -> Outline:
    return rounded_profile(corners, 0.02)


def _jar() -> Mesh:
    return _vessel(_shape((0.62, 1.6), (0.65, 1.5), (0.65, 0.1), (0.58, 0.0)), 0.04, 0.06)


def _bottle() -> Mesh:
    outline = _shape((0.16, 2.3), (0.16, 1.8), (0.2, 1.6), (0.42, 1.3), (0.45, 1.1), (0.45, 0.1), (0.38, 0.0))
    return _vessel(outline, 0.035, 0.08)


def _tumbler() -> Mesh:
    return _vessel(_shape((0.5, 1.2), (0.42, 0.1), (0.38, 0.0)), 0.05, 0.15)


def _carafe() -> Mesh:
    return _vessel(_shape((0.3, 2.2), (0.22, 1.8), (0.3, 1.4), (0.62, 0.8), (0.66, 0.3), (0.5, 0.0)), 0.04, 0.1)


def _bowl() -> Mesh:
    return _vessel(_shape((0.95, 0.75), (0.85, 0.4), (0.5, 0.1), (0.35, 0.0)), 0.05, 0.1)


def _goblet() -> Mesh:
    cup = _shape((0.42, 2.0), (0.52, 1.6), (0.5, 1.25), (0.3, 1.02), (0.05, 0.93))
    inner = np.maximum(cup - [0.02, -0.02], [0.0, 0.0])[::-1]
    stem = _shape((0.045, 0.88), (0.045, 0.2), (0.1, 0.08), (0.5, 0.02), (0.5, 0.0))
    return lathe(np.concatenate([[[0.0, inner[0, 1]]], inner, cup, stem, [[0.0, 0.0]]]), crease_deg=40)


def _ball() -> Mesh:
    return sphere(0.7).moved(y=0.7)


SHAPES: Mapping[str, tuple[Callable[[], Mesh], float]] = {
    "jar": (_jar, 1.78),
    "bottle": (_bottle, 2.5),
    "tumbler": (_tumbler, 1.2),
    "carafe": (_carafe, 2.2),
    "bowl": (_bowl, 0.9),
    "goblet": (_goblet, 2.0),
    "ball": (_ball, 1.4),
}
"""What builds it, and its height."""
_LIDS = {"jar": (0.66, 1.6, "#b98d5e"), "bottle": (0.18, 2.3, "#22252a")}


def _blue_paper() -> Entries:
    lamp: Entries = {"type": "sphere", "center": [-5, 6, 3], "radius": 1.6, "emitter": area_emitter([14.0] * 3)}
    room: Entries = {"type": "constant", "radiance": rgb([0.4] * 3)}
    return {"paper": to_shape(sweep(back=-3.5, radius=1.8), bsdf=diffuse("#8fb1c9")), "lamp": lamp, "room": room}


BACKDROPS: Mapping[str, Callable[[], Entries]] = {
    "white paper": white_paper,
    "grey sweep": grey_sweep,
    "blue paper": _blue_paper,
}


def photograph_things(
    size_px: int, samples: int, known: Container[str] = ()
) -> Iterator[tuple[str, bool, npt.NDArray[np.uint8]]]:
    """Each material in each shape, before the backdrops by turns, but the known: (name, whether it is glass, photo)."""
    backdrops = list(BACKDROPS)
    for row, (material, bsdf) in enumerate(MATERIALS.items()):
        for column, shape in enumerate(SHAPES):
            turns = range(2) if bsdf is GLASS else range(1)
            for turn in turns:
                backdrop = backdrops[(row + column + turn) % len(backdrops)]
                name = f"{material} {shape}, {backdrop}"
                if name not in known:
                    photo, _ = photography.photograph(_assign(shape, bsdf, backdrop), size_px, samples)
                    yield name, bsdf is GLASS, np.asarray(photo)


def _assign(shape: str, bsdf: Entries, backdrop: str) -> Assignment:
    build, height = SHAPES[shape]

    def parts() -> dict[str, Part]:
        made: dict[str, Part] = {"body": (build(), bsdf)}
        if shape in _LIDS:
            radius, at, color = _LIDS[shape]
            made["lid"] = (bevelled_cylinder(radius, 0.18, 0.03).moved(y=at), plastic(color, 0.3))
        return made

    camera = Camera(origin=(0.0, 1.9, 8.2), target=(0.0, 0.46 * height, 0.0), fov_deg=7 + 5 * height)
    return Assignment(
        title=shape, backdrop_title=backdrop, build=parts, backdrop=BACKDROPS[backdrop], camera=camera, exposure=1.2
    )
