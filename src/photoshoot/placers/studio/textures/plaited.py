"""Cork, leather, and mats that are plaited: rattan, tatami. As ``procedural``: periodic, of the asked mean colour."""

from typing import Final

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import SIZE_PX, Texture, blend, noise, smoothstep
from photoshoot.placers.studio.textures.soil import stones

_SHAPE: Final = (SIZE_PX, SIZE_PX)
_GRAINS, _CRUMBS, _BARKS = 46, 0.16, 0.07
"""Of cork: granules a side, deviation of the logarithm of their shade, and share of them that is dark bark."""
_PEBBLES: Final = 72  # of leather, a side
_CANES, _STRANDS = 16, 3
"""Of rattan: crossings a side, an even number, and canes that lie side by side in each."""
_RUSHES, _WARPS = 128, 16
"""Of a tatami: rushes a side, and twines that they are woven on; two rushes go over and under by turns."""


@SHELF.keep
def cork(color: str, seed: int) -> Texture:
    """Pressed cork: granules of a few shades, specks of bark between them, fine pores."""
    rim, number = stones(_GRAINS, SIZE_PX, seed, spread=0.3)
    rng = np.random.default_rng([seed, 81])
    shade = np.exp(rng.normal(0, _CRUMBS, _GRAINS**2))
    shade[rng.uniform(0, 1, _GRAINS**2) < _BARKS] *= 0.42
    seam = smoothstep(0.0, 0.14, rim)
    grain = noise(_SHAPE, seed=seed + 1, exponent=1.0, lowest=40)
    pores = smoothstep(1.5, 2.4, noise(_SHAPE, seed=seed + 2, exponent=1.2, lowest=50))
    tone = shade[number] * (1 + 0.06 * grain) * (0.82 + 0.18 * seam) * (1 - 0.35 * pores)
    warm = rng.uniform(0, 1, _GRAINS**2)[number]
    albedo = blend(mix_hex(color, "#8a5a2e", 0.2), mix_hex(color, "#e2c79c", 0.2), warm)
    return _finished(albedo, color, tone, seam - 0.9 * pores + 0.2 * grain)


@SHELF.keep
def leather(color: str, seed: int) -> Texture:
    """Full grain leather: small pebbles with creases between, broad clouds of wear."""
    rim, _ = stones(_PEBBLES, SIZE_PX, seed, spread=0.22)
    fold = smoothstep(0.02, 0.34, rim)
    wear = noise(_SHAPE, seed=seed + 1, exponent=2.8)
    fine = noise(_SHAPE, seed=seed + 2, exponent=1.2, lowest=40)
    tone = (0.80 + 0.20 * fold) * (1 + 0.05 * wear + 0.02 * fine)
    albedo = blend(hex_to_linear(color), mix_hex(color, "#c08a55", 0.09), smoothstep(0.4, 2.2, wear))
    return _finished(albedo, color, tone, 1.6 * fold - 0.8 + 0.15 * fine)


@SHELF.keep
def rattan(color: str, seed: int) -> Texture:
    """Plaited cane: bands of a few canes that go over and under each other, dark where one dips under the next."""
    rng = np.random.default_rng([seed, 83])
    bend = 0.05 * np.stack([noise(_SHAPE, seed=seed + k, exponent=3.4) for k in (1, 2)])
    y, x = (np.indices(_SHAPE, np.float32) + 0.5) * (_CANES / SIZE_PX) + bend
    across = (np.floor(y) + np.floor(x)) % 2 < 1  # whether what lies on top runs along x
    along, over = np.where(across, x % 1, y % 1), np.where(across, y, x)
    cane = over * _STRANDS % 1
    bow = np.sin(np.pi * along)  # of a band that comes up from under one and goes down under the next
    rounded = np.sqrt(np.clip(1 - (2 * cane - 1) ** 2, 0, 1))
    number = np.floor(over * _STRANDS).astype(np.intp) % (_CANES * _STRANDS)
    shades = np.exp(rng.normal(0, 0.13, (2, _CANES * _STRANDS)))
    shade = shades[across.astype(np.intp), number]
    fibre = np.where(across, _streaks(seed + 5, 0), _streaks(seed + 6, 1))
    tone = shade * (0.22 + 0.78 * smoothstep(0.0, 0.62, rounded)) * (0.45 + 0.55 * smoothstep(0.02, 0.5, bow))
    albedo = blend(mix_hex(color, "#6d4520", 0.2), mix_hex(color, "#f0d9a8", 0.2), smoothstep(0.75, 1.3, shade))
    return _finished(albedo, color, tone * (1 + 0.06 * fibre), 1.1 * bow + 0.7 * rounded - 1.0)


@SHELF.keep
def tatami(color: str, seed: int) -> Texture:
    """A mat of soft rushes that lie side by side, woven on twines that show as rows of small dents."""
    rng = np.random.default_rng([seed, 85])
    y, x = (np.indices(_SHAPE, np.float32) + 0.5) / SIZE_PX
    y = y + 0.0008 * noise(_SHAPE, seed=seed + 1, exponent=3.2)
    row = np.floor(y * _RUSHES).astype(np.intp) % _RUSHES
    rush = np.sqrt(np.clip(1 - (2 * (y * _RUSHES % 1) - 1) ** 2, 0, 1))
    at = (x * _WARPS + 0.5 * (row // 2 % 2)) % 1
    twine = smoothstep(0.34, 0.5, np.abs(at - 0.5))
    shade = np.exp(rng.normal(0, 0.10, _RUSHES))[row] * (1 + 0.07 * _streaks(seed + 3, 0))
    tone = shade * (0.55 + 0.45 * smoothstep(0.0, 0.7, rush)) * (1 - 0.22 * twine)
    albedo = blend(mix_hex(color, "#7f8a4a", 0.16), mix_hex(color, "#d9b778", 0.16), rng.uniform(0, 1, _RUSHES)[row])
    return _finished(albedo, color, tone, 0.9 * rush - 0.7 * twine)


def _streaks(seed: int, axis: int) -> Float32Array:
    """Fibres, long along x (axis 0) or along y (axis 1)."""
    return noise(_SHAPE, seed=seed, exponent=1.2, lowest=24, stretch=(8.0, 1.0) if axis == 0 else (1.0, 8.0))


def _finished(albedo: Float32Array, color: str, tone: Float32Array, height: Float32Array) -> Texture:
    """``albedo`` times ``tone``, scaled so that its mean is ``color``."""
    image = albedo * np.asarray(tone, np.float32)[..., None]
    image *= np.maximum(hex_to_linear(color), 1e-4) / np.maximum(image.mean((0, 1)), 1e-4)
    relief = ndimage.gaussian_filter(np.asarray(height, np.float32), 1.5, mode="wrap")
    return Texture(color=np.clip(image, 0, 0.95).astype(np.float32), height=relief)
