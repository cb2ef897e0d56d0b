"""Surfaces of halls: concrete cast in panels, and rubber granulate."""

from dataclasses import replace

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import SIZE_PX, Texture, blend, concrete, noise, smoothstep
from photoshoot.placers.studio.textures.soil import stones

PANELS = 2
"""Panels a side of ``formwork``."""
_SEAM_PX = 3.0
_HOLE_PX = 9.0
_HOLE_AT = (0.18, 0.82)  # of a panel's side
_PANEL_TONE = 0.07
_FINEST_PX = 2.0  # blur of asphalt's relief: finer shade is lost on a coarse film
_CHIPS = 92  # of stone in asphalt, about so many a side


@SHELF.keep
def formwork(color: str, seed: int) -> Texture:
    """Concrete as it leaves the boards: four panels, each a little darker or paler, with seams and tie holes."""
    base = concrete(color, seed)
    side = SIZE_PX // PANELS
    at = (np.arange(SIZE_PX, dtype=np.float32) + 0.5) % side
    edge = np.minimum(at, side - at)
    seam = np.exp(-((np.minimum(edge[:, None], edge[None]) / _SEAM_PX) ** 2))
    tie = np.abs(at[:, None] - side * np.array(_HOLE_AT, np.float32)).min(1)
    distance = np.hypot(tie[:, None], tie[None])
    hole = 1 - smoothstep(0.7 * _HOLE_PX, _HOLE_PX, distance)
    rim = np.exp(-(((distance - 1.2 * _HOLE_PX) / 4) ** 2))
    tones = np.random.default_rng(seed).uniform(1 - _PANEL_TONE, 1 + _PANEL_TONE, (PANELS, PANELS))
    tone = np.kron(tones, np.ones((side, side))) * (1 - 0.45 * seam) * (1 - 0.75 * hole) * (1 - 0.12 * rim)
    tone = np.asarray(tone / tone.mean(), np.float32)
    return replace(base, color=np.clip(base.color * tone[..., None], 0, 1), height=base.height - 2 * hole - seam)


@SHELF.keep
def rubber(color: str, fleck_color: str, seed: int) -> Texture:
    """Rubber granulate with flecks of grey and of ``fleck_color``."""
    shape = (SIZE_PX, SIZE_PX)
    grain = noise(shape, seed=seed, exponent=0.6, lowest=60)
    albedo: Float32Array = hex_to_linear(color) * np.clip(1 + 0.16 * grain, 0.4, 1.6)[..., None]
    for number, (fleck, least) in enumerate((("#8f9296", 2.0), (fleck_color, 2.2))):
        spots = smoothstep(least, least + 0.3, noise(shape, seed=seed + 7 + number, exponent=5.0, lowest=48))
        albedo = blend(albedo, hex_to_linear(fleck), 0.9 * spots)
    return Texture(color=np.clip(albedo, 0, 1), height=0.5 * grain)


@SHELF.keep
def asphalt(color: str, seed: int) -> Texture:
    """Asphalt: chips of stone of many shades, worn bare here and sunk in bitumen there, and a few fine cracks."""
    shape = (SIZE_PX, SIZE_PX)
    rim, number = stones(_CHIPS, SIZE_PX, seed, spread=0.22)
    rng = np.random.default_rng([seed, 29])
    shade = np.exp(rng.normal(0.1, 0.38, _CHIPS**2)).astype(np.float32)[number]
    warm = rng.uniform(0, 1, _CHIPS**2).astype(np.float32)[number]
    worn = noise(shape, seed=seed + 3, exponent=2.6, lowest=2)
    bare = smoothstep(-0.6, 0.5, rng.standard_normal(_CHIPS**2).astype(np.float32)[number] + 0.35 * worn)
    grit = noise(shape, seed=seed + 1, exponent=0.8, lowest=90)
    crack = np.exp(-((noise(shape, seed=seed + 9, exponent=3.2, lowest=2) / 0.02) ** 2))
    crack = crack * smoothstep(0.2, 1.2, noise(shape, seed=seed + 11, exponent=3.4))
    chip = bare * smoothstep(0.04, 0.26, rim)
    stone = blend(mix_hex(color, "#9c8f7d", 0.25), mix_hex(color, "#8d949b", 0.25), warm) * shade[..., None]
    albedo = blend(hex_to_linear(color) * 0.55, stone, chip) * (1 + 0.06 * grit)[..., None]
    albedo *= ((1 + 0.06 * worn) * (1 - 0.7 * crack))[..., None]
    albedo *= hex_to_linear(color) / albedo.mean((0, 1))
    height = 1.6 * chip * (0.75 + 0.25 * shade) + 0.1 * grit - 0.9 - 2 * crack
    height = ndimage.gaussian_filter(height, _FINEST_PX, mode="wrap")
    return Texture(color=np.asarray(np.clip(albedo, 0, 0.95), np.float32), height=np.asarray(height, np.float32))
