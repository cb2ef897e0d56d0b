"""Albedo and relief of natural ground: rock, sand, soil, moss. As ``textures``: periodic, of the asked mean colour."""

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array, Indices
from photoshoot.color.space import hex_to_linear
from photoshoot.pixels.bands import in_bands
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import Texture, blend, noise, smoothstep

SIZE_PX = 512
"""Side of a texture."""
_SHAPE = (SIZE_PX, SIZE_PX)
_FINEST_PX = 2.0  # blur of reliefs: finer shade is lost on a coarse film


@SHELF.keep
def rock(color: str, seed: int) -> Texture:
    """Weathered rock: stains, grains of darker and paler minerals, hairline cracks, pits."""
    stains = noise(_SHAPE, seed=seed, exponent=2.6, lowest=4)
    grain = noise(_SHAPE, seed=seed + 1, exponent=1.0, lowest=14)
    dark = smoothstep(1.3, 2.2, noise(_SHAPE, seed=seed + 2, exponent=1.1, lowest=30))
    pale = smoothstep(1.3, 2.3, noise(_SHAPE, seed=seed + 3, exponent=1.4, lowest=22))
    cracks = np.exp(-((noise(_SHAPE, seed=seed + 4, exponent=3.6, lowest=2) / 0.022) ** 2))
    cracks *= smoothstep(-0.2, 0.9, noise(_SHAPE, seed=seed + 5, exponent=3.4, lowest=2))
    tone = (1 + 0.16 * stains + 0.09 * grain) * (1 - 0.35 * dark) * (1 - 0.4 * cracks) * (1 + 0.22 * pale)
    warm = smoothstep(-0.6, 2.2, noise(_SHAPE, seed=seed + 6, exponent=2.8, lowest=3))
    albedo = blend(hex_to_linear(color), mix_hex(color, "#8a6a45", 0.35), 0.7 * warm)
    height = 0.35 * stains + 0.55 * grain - 0.8 * dark - 1.6 * cracks
    return _finished(albedo, color, tone, height)


@SHELF.keep
def sand(color: str, seed: int) -> Texture:
    """Fine sand: grains of a few shades, damp patches."""
    grains = noise(_SHAPE, seed=seed, exponent=0.3, lowest=60)
    patches = noise(_SHAPE, seed=seed + 1, exponent=2.8)
    return _finished(hex_to_linear(color), color, 1 + 0.09 * grains + 0.03 * patches, 0.6 * grains + 0.3 * patches)


@SHELF.keep
def soil(color: str, seed: int) -> Texture:
    """Loose earth: crumbs and hollows."""
    crumbs = noise(_SHAPE, seed=seed, exponent=1.3, lowest=12)
    clods = noise(_SHAPE, seed=seed + 1, exponent=2.4, lowest=3)
    tone = 1 + 0.26 * crumbs + 0.14 * clods
    return _finished(hex_to_linear(color), color, tone, 0.8 * crumbs + 0.5 * clods)


@SHELF.keep
def moss(color: str, seed: int) -> Texture:
    """A cushion of moss: yellow tips, dark depths."""
    tufts = noise(_SHAPE, seed=seed, exponent=1.2, lowest=16)
    patches = noise(_SHAPE, seed=seed + 1, exponent=2.8)
    tips = smoothstep(-0.4, 1.8, tufts + 0.5 * patches)
    albedo = blend(mix_hex(color, "#10200a", 0.25), mix_hex(color, "#cfca6a", 0.4), tips)
    return _finished(albedo, color, 1 + 0.22 * tufts + 0.10 * patches, tufts)


def _finished(albedo: Float32Array, color: str, tone: Float32Array, height: Float32Array) -> Texture:
    """``albedo`` times ``tone``, scaled so that its mean is ``color``; a relief without what no picture can hold."""
    image = np.asarray(albedo, np.float32) * np.maximum(tone, 0.05)[..., None]
    wanted = np.maximum(hex_to_linear(color), 1e-4)
    balanced = image * (wanted / np.maximum(image.mean((0, 1)), 1e-4))
    relief = ndimage.gaussian_filter(np.clip(np.asarray(height, np.float32), -3, 3), _FINEST_PX, mode="wrap")
    return Texture(color=np.asarray(np.clip(balanced, 0, 0.95), np.float32), height=relief)


_STONES = 26  # about so many a side of a bed of pebbles


@SHELF.keep
def pebble_bed(color: str, seed: int) -> Texture:
    """Rounded pebbles of many shades side by side, dark between them; periodic."""
    rim, number = stones(_STONES, SIZE_PX, seed)
    rng = np.random.default_rng([seed, 18])
    stone = smoothstep(0.02, 0.5, rim)
    shade = np.exp(rng.normal(0, 0.42, _STONES**2))[number]
    hue = rng.uniform(0, 1, _STONES**2)[number]
    albedo = blend(mix_hex(color, "#b58a5f", 0.4), mix_hex(color, "#7f8a92", 0.4), hue)
    grain = 1 + 0.08 * noise(_SHAPE, seed=seed + 3, exponent=1.2, lowest=20)
    return _finished(albedo, color, np.asarray(shade * grain * (0.16 + 0.84 * stone), np.float32), 3 * stone - 1.5)


def stones(side: int, side_px: int, seed: int, spread: float = 0.0) -> tuple[Float32Array, Indices]:
    """Stones side by side, periodic: how far each pixel (H, W) is from its stone's rim, and the stone's number.

    Args:
        side: About so many stones a side.
        side_px: Side of the picture.
        seed: Chooses them.
        spread: How unlike in size they are: the deviation of the logarithm of what their distance is divided by.

    Returns:
        Distances in steps of the stones' lattice, 0 at the rim; numbers below ``side ** 2``.
    """
    rng = np.random.default_rng([seed, 17])
    middles = rng.uniform(0.08, 0.92, (side, side, 2)).astype(np.float32)
    sizes = np.exp(-spread * rng.standard_normal((side, side))).astype(np.float32)
    shape = (side_px, side_px)
    places = (np.indices(shape, np.float32) + 0.5) * (side / side_px)
    places += np.stack([0.006 * side * noise(shape, seed=seed + k, exponent=3.0) for k in (50, 51)])
    beside = [_beside(step, middles, sizes) for step in np.ndindex(3, 3)]
    found = in_bands(lambda *rows: _two_nearest(rows[0], rows[1], beside, side), *places)
    return found[..., 0], found[..., 1].astype(np.intp)


def _beside(step: tuple[int, ...], middles: Float32Array, sizes: Float32Array) -> list[Float32Array]:
    """The stones beside each cell (side ** 2,), by a step of 0 to 2, less 1: where they are, their size and number.

    Places are from the cell's own corner; numbers are few enough for floats.
    """
    side = len(sizes)
    number = np.arange(side**2, dtype=np.float32).reshape(side, side)
    corner = np.asarray(step, np.float32) - 1
    there = [middles[..., 0] + corner[0], middles[..., 1] + corner[1], sizes, number]
    return [np.roll(values, (1 - step[0], 1 - step[1]), (0, 1)).ravel() for values in there]


def _two_nearest(down: Float32Array, across: Float32Array, beside: list[list[Float32Array]], side: int) -> Float32Array:
    """How much nearer the nearest stone is than the second, and its number (h, w, 2), at places (h, w)."""
    row, column = np.floor(down), np.floor(across)
    down, across = down - row, across - column
    cell = row.astype(np.int32) % side * side + column.astype(np.int32) % side
    nearest, second = np.full((2, *cell.shape), 9.0, np.float32)
    number = np.zeros(cell.shape, np.float32)
    for middle_down, middle_across, size, numbers in beside:
        below, right = middle_down[cell] - down, middle_across[cell] - across
        distance = np.sqrt(below * below + right * right) * size[cell]
        number = np.where(distance < nearest, numbers[cell], number)
        second = np.minimum(second, np.maximum(nearest, distance))
        nearest = np.minimum(nearest, distance)
    return np.stack([second - nearest, number], -1)
