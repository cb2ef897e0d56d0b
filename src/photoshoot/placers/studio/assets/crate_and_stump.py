"""Platforms of wood: a closed crate of boards, and a tree's stump; their tops are y = 0. And a board alone."""

from typing import Literal

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.mesh import Mesh, grid, merged
from photoshoot.placers.studio.geometry.solids import rounded_box
from photoshoot.placers.studio.geometry.terrain import plane_noise, space_noise
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import smoothstep

_BOARD, _SLAT, _GAP = 0.42, 0.19, 0.05  # widths of what lies on top, and of what closes the sides
_THICK, _POST = 0.03, 0.055  # half of them
_BARK, _TOP_PX = 0.945, 1200  # where bark begins, of a stump's radius
_RINGS, _CRACKS = 27, 7
_BARK_PX = (260, 1500)


def closed_crate(
    half: tuple[float, float], height: float, texture: tuple[int, float], rng: np.random.Generator
) -> Mesh:
    """A crate about x = z = 0, its boards on top and slats round it; texture coordinates are those of its wood.

    Args:
        half: Half its width and half its depth.
        height: Down to its foot.
        texture: Boards of its wood's texture, and its repeats a world unit.
        rng: Chooses the piece of wood of each board.
    """
    wide, deep = half
    pieces = [
        plank(wide, _THICK, (z, width), "z", texture, rng).moved(0, -_THICK) for z, width in _side_by_side(deep, _BOARD)
    ]
    low = height / 2 + _THICK
    for y, width in _side_by_side((height - 2 * _THICK) / 2, _SLAT):
        for side in (-1.0, 1.0):
            front = plank(wide, _THICK, (y - low, width), "y", texture, rng)
            end = plank(deep - 2 * _THICK, _THICK, (y - low, width), "y", texture, rng).turned(90)
            pieces += [front.moved(0, 0, side * (deep - _THICK)), end.moved(side * (wide - _THICK))]
    for x in (-1.0, 1.0):
        post = plank(height / 2 - _THICK, _THICK, (0.0, 2 * _POST), "y", texture, rng).turned(90, "z")
        pieces += [post.moved(x * (wide - _POST - 0.01), -low, side * (deep + 0.6 * _THICK)) for side in (-1.0, 1.0)]
    return merged(pieces)


def _side_by_side(half: float, width: float) -> list[tuple[float, float]]:
    """Middle and width of boards of about a width, with gaps between, that fill what is twice ``half`` wide."""
    count = max(1, round(2 * half / width))
    step = 2 * half / count
    return [(-half + (index + 0.5) * step, step - _GAP) for index in range(count)]


def plank(
    half: float,
    thick: float,
    place: tuple[float, float],
    across: Literal["y", "z"],
    texture: tuple[int, float],
    rng: np.random.Generator,
) -> Mesh:
    """A board along x, of a piece of one of a texture's boards; its texture coordinates are those of that.

    Args:
        half: Half its length.
        thick: Half its thickness.
        place: Where its middle is across, and its width.
        across: The axis along which it is wide.
        texture: Boards of its wood's texture, and its repeats a world unit.
        rng: Chooses the piece.
    """
    at, width = place
    sizes = (half, thick, width / 2) if across == "z" else (half, width / 2, thick)
    body = rounded_box(sizes, 0.014, steps=2)
    rows, repeats = texture
    axis, (row, shift) = 2 if across == "z" else 1, (int(rng.integers(rows)), float(rng.uniform()))
    assert body.normals is not None, "a rounded box is smooth"
    broad = 1 - smoothstep(0.5, 1.0, np.abs(body.normals[:, axis]))  # its edges are of the middle of a board
    side = 0.5 * body.vertices[:, axis] / (width / 2) * broad
    uv = np.stack([body.vertices[:, 0] * repeats + shift, (row + 0.5 + side) / rows], 1)
    placed = Mesh.of(body.vertices, body.faces, uv, body.normals)
    return placed.moved(0, 0, at) if across == "z" else placed.moved(0, at)


def stump(half: tuple[float, float], height: float, seed: int) -> tuple[Mesh, Mesh]:
    """A stump about x = z = 0: its sawn top, and its bark, which widens to its foot.

    Args:
        half: Half its width and half its depth.
        height: Down to its foot.
        seed: Chooses its outline and its ridges.
    """
    turn = np.linspace(0, 2 * np.pi, 361)
    ring = np.stack([np.cos(turn), np.sin(turn)], -1)
    down = np.linspace(0, 1, 28)[:, None]
    around = [np.broadcast_to(part, (28, 361)) for part in ring.T]
    lobes = _round_noise(1.3, turn, 0 * down, seed, octaves=2)
    ridges = _round_noise(11, turn, 2.5 * down, seed + 1)
    out = 1 + 0.05 * lobes + 0.022 * ridges * smoothstep(0.0, 0.15, down) + 0.16 * down**3 * (1 + 0.6 * lobes)
    out -= 0.012 * smoothstep(0.06, 0.0, down)
    side = np.stack([out * around[0] * half[0], -height * down + 0 * out, out * around[1] * half[1]], -1)
    bark = grid(side, np.stack([np.broadcast_to(turn / (2 * np.pi), out.shape), np.broadcast_to(down, out.shape)], -1))
    share = np.linspace(1, 0, 40)[:, None]
    flat = [share * part * out[0] for part in ring.T]
    top = grid(
        np.stack([flat[0] * half[0], 0 * flat[0], flat[1] * half[1]], -1),
        np.stack([0.5 + 0.5 * share * part for part in ring.T], -1),
    )
    return top.flipped() if top.normals is not None and top.normals[0, 1] < 0 else top, bark


@SHELF.keep
def stump_top(color: str, seed: int) -> Float32Array:
    """Growth rings, cracks from the pith, the saw's marks, and the rim of bark, (H, W, 3); read-only."""
    side = (np.arange(_TOP_PX, dtype=np.float32) + 0.5) / _TOP_PX * 2 - 1
    x, z = np.meshgrid(side, side)
    x, z = x - 0.06, z + 0.05  # of the pith
    bend = 0.05 * plane_noise(1.6 * x, 1.6 * z, seed=seed, octaves=3)
    radius = np.hypot(x, z) + bend
    years = _RINGS * (radius + 0.05 * plane_noise(9 * radius, 0 * radius, seed=seed + 1, octaves=2))
    late = (years % 1.0) ** 2.5
    angle = np.arctan2(z, x)
    cracks = np.zeros_like(radius)
    for index, at in enumerate(np.random.default_rng(seed).uniform(-np.pi, np.pi, _CRACKS)):
        away = np.abs((angle - at + 0.25 * bend / 0.05 + np.pi) % (2 * np.pi) - np.pi) * radius
        reach = 0.35 + 0.5 * (index % 3) / 2
        cracks = np.maximum(cracks, smoothstep(0.007, 0.001, away) * smoothstep(reach, 0.5 * reach, radius))
    saw = plane_noise(60 * (x + 0.2 * z), 2 * z, seed=seed + 2)
    grain = plane_noise(150 * x, 150 * z, seed=seed + 3)
    light, dark = mix_hex(color, "#f0d5ab", 0.55), mix_hex(color, "#6b4526", 0.35)
    share = np.clip(0.25 + 0.5 * late + 0.25 * smoothstep(0.5, 0.1, radius) + 0.08 * saw + 0.06 * grain, 0, 1)
    albedo = light + (dark - light) * share[..., None]
    albedo = albedo * (1 - 0.75 * cracks)[..., None]
    rim = smoothstep(_BARK - 0.008, _BARK + 0.008, np.hypot(x + 0.06, z - 0.05) + 0.15 * bend)[..., None]
    image = np.asarray(np.clip(albedo + (_bark_tone(color, grain) - albedo) * rim, 0, 0.9), np.float32)
    image.setflags(write=False)
    return image


@SHELF.keep
def stump_bark(color: str, seed: int) -> Float32Array:
    """Bark in long plates with dark fissures, (H, W, 3), round and down; read-only."""
    rows, columns = _BARK_PX
    turn, down = np.linspace(0, 2 * np.pi, columns), np.linspace(0, 1, rows)[:, None]
    plates = _round_noise(11, turn, 2.5 * down, seed + 1)
    fine = _round_noise(34, turn, 8 * down, seed + 2, octaves=2)
    fissure = smoothstep(-0.05, -0.5, plates + 0.35 * fine)
    image = _bark_tone(color, 0.8 * fine + 0.5 * plates) * (1 - 0.65 * fissure)[..., None]
    image = np.asarray(np.clip(image, 0, 0.9), np.float32)
    image.setflags(write=False)
    return image


def _round_noise(radius: float, turn: Float64Array, down: Float64Array, seed: int, octaves: int = 1) -> Float64Array:
    """Noise on a pillar, (rows, turns), at angles (turns,) and heights (rows, 1)."""
    points = np.stack(np.broadcast_arrays(radius * np.cos(turn), radius * np.sin(turn), down), -1)
    return space_noise(points.reshape(-1, 3), seed=seed, octaves=octaves).reshape(points.shape[:2])


def _bark_tone(color: str, tone: Float64Array) -> Float64Array:
    bark = 0.55 * np.asarray(mix_hex(color, "#4b3a2c", 0.65), np.float64) + 0.06 * hex_to_linear("#8a8378")
    return np.asarray(bark * (1 + 0.3 * tone)[..., None], np.float64)
