"""Framed abstract pictures: blocks, arcs and discs cut from coloured paper, sharp at any size."""

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from photoshoot.placers.studio.geometry.mesh import Mesh, grid, wall
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.scene.batching import Painted, painted

Half = tuple[float, float]
"""Half the width and half the height of a sheet."""
Cut = tuple[int, Mesh]
"""A piece of paper in the plane z = 0: the number of its colour, and its shape about the sheet's middle."""

_LAYER = 0.02
_FRAME = 0.12


def abstract_picture(number: int, colors: Sequence[str], half: Half, rng: np.random.Generator) -> list[Painted]:
    """A picture about the origin, facing the camera.

    Args:
        number: Which of the ``COMPOSITIONS`` kinds, over and over.
        colors: At least four: the paper, then what is cut.
        half: Its size.
        rng: Moves its parts and chooses which colour is where.
    """
    order = [0, *(1 + rng.permutation(len(colors) - 1))]
    compose = _COMPOSE[number % COMPOSITIONS]
    cuts: list[Cut] = [(0, _block(half, (-1, -1), (1, 1))), *compose(half, rng)]
    return [
        painted(colors[order[color]], "matte", shape.moved(0, 0, _LAYER * layer))
        for layer, (color, shape) in enumerate(cuts)
    ]


def framed(
    sheet: Sequence[Painted], half: Half, frame_color: str, place: tuple[float, float, float], mat: float = 0.0
) -> list[Painted]:
    """A picture in a frame of square bars on a wall.

    Args:
        sheet: The picture about the origin.
        half: Its size.
        frame_color: Of the frame.
        place: Its middle, on the wall.
        mat: Width of a white border between the picture and the frame.
    """
    x, y, z = place
    wide, tall = half[0] + mat, half[1] + mat
    bars = [_bar(_FRAME / 2, tall + _FRAME).moved(side * (wide + _FRAME / 2)) for side in (-1, 1)]
    bars += [_bar(wide, _FRAME / 2).moved(0, side * (tall + _FRAME / 2)) for side in (-1, 1)]
    things = [painted(frame_color, "matte", *[bar.moved(x, y, z + 0.12) for bar in bars])]
    if mat > 0:
        board = _block((wide, tall), (-1, -1), (1, 1)).moved(x, y, z + 0.06)
        things.append(painted("#f7f5f0", "matte", board))
    return things + [painted(part.color, part.roughness, part.mesh.moved(x, y, z + 0.08)) for part in sheet]


def _bar(half_x: float, half_y: float) -> Mesh:
    return rounded_box((half_x, half_y, 0.12), 0.02, steps=1)


def _sunrise(half: Half, rng: np.random.Generator) -> list[Cut]:
    """A disc behind a low field, and its reflection."""
    wide, tall = half
    radius, level = 0.52 * min(wide, tall), float(rng.uniform(-0.35, -0.1)) * tall
    x = float(rng.uniform(-0.3, 0.3)) * wide
    field = _block(half, (-1, -1), (1, level / tall))
    lower = _sector((x, level), 0.6 * radius, (180, 360))
    return [(1, _sector((x, level + 0.55 * radius), radius, (0, 360))), (2, field), (3, lower)]


def _rainbow(half: Half, rng: np.random.Generator) -> list[Cut]:
    """Arcs one in another, standing on a block."""
    wide, tall = half
    radius = float(rng.uniform(0.72, 0.84)) * min(wide, 1.2 * tall)
    foot = -0.42 * tall
    arcs = [
        (1 + index % 3, _sector((0, foot), radius * outer, (0, 180), radius * inner))
        for index, (outer, inner) in enumerate(((1.0, 0.78), (0.72, 0.5), (0.44, 0.0)))
    ]
    return [*arcs, (2, _block(half, (-radius / wide, -0.72), (radius / wide, foot / tall)))]


def _quarters(half: Half, rng: np.random.Generator) -> list[Cut]:
    """Two fields of colour with a quarter disc in each corner of one diagonal."""
    wide, tall = half
    split = float(rng.uniform(-0.25, 0.25))
    side = float(rng.choice([-1.0, 1.0]))
    field = _block(half, (split, -1), (1, 1)) if side > 0 else _block(half, (-1, -1), (split, 1))
    upper = _sector((-side * wide, tall), min(1.15 * wide, 1.1 * tall), (270, 360) if side > 0 else (180, 270))
    lower = _sector((side * wide, -tall), min(0.95 * wide, 0.95 * tall), (90, 180) if side > 0 else (0, 90))
    return [(1, field), (2, upper), (3, lower)]


def _fields(half: Half, rng: np.random.Generator) -> list[Cut]:
    """Two broad fields, one over the other, with air round them."""
    split = float(rng.uniform(-0.15, 0.3))
    return [(1, _block(half, (-0.8, split + 0.04), (0.8, 0.86))), (2, _block(half, (-0.8, -0.86), (0.8, split - 0.04)))]


def _balance(half: Half, rng: np.random.Generator) -> list[Cut]:
    """A half disc, a column and a small disc that hold each other up."""
    wide, tall = half
    side = float(rng.choice([-1.0, 1.0]))
    radius = 0.62 * min(wide, tall)
    bowl = _sector((0.1 * side * wide, 0.05 * tall), radius, (180, 360))
    column = _block(half, (-0.55 if side > 0 else 0.3, 0.05), (-0.3 if side > 0 else 0.55, 0.78))
    ball = _sector((0.35 * side * wide, 0.05 * tall + 0.36 * radius), 0.36 * radius, (0, 360))
    return [(1, bowl), (2, column), (3, ball)]


_COMPOSE: tuple[Callable[[Half, np.random.Generator], list[Cut]], ...] = (
    _sunrise,
    _rainbow,
    _quarters,
    _fields,
    _balance,
)
COMPOSITIONS = len(_COMPOSE)
"""Kinds of pictures."""


def _block(half: Half, low: tuple[float, float], high: tuple[float, float]) -> Mesh:
    """A rectangle between two corners, in shares of the half sizes."""
    (left, bottom), (right, top) = low, high
    across, middle = 0.5 * (right - left) * half[0], 0.5 * (left + right) * half[0]
    return wall(z=0.0, half_width=across, bottom=bottom * half[1], top=top * half[1]).moved(middle)


def _sector(center: tuple[float, float], radius: float, arc_deg: tuple[float, float], inner: float = 0.0) -> Mesh:
    """A part of a disc or of a ring; degrees count from the right, counter-clockwise."""
    angle: npt.NDArray[np.float64] = np.radians(np.linspace(*arc_deg, 65))
    ring = np.stack([np.cos(angle), np.sin(angle), 0 * angle], -1)
    points = np.stack([ring * max(inner, 1e-3 * radius), ring * radius])
    return grid(points).moved(*center)
