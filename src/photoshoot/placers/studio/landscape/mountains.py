"""Mountains at the horizon of open sets: rock and snow in the haze of their distance."""

from typing import Literal

import numpy as np
from scipy.ndimage import zoom

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.water import facing_camera
from photoshoot.placers.studio.scene.bsdfs import bitmap, diffuse
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.procedural import smoothstep

_FRONT, _BACK = -85.0, -150.0  # depths of their foot and of what lies behind their ridge
_COLUMNS, _ROWS = 460, 90
_FINER = 3  # points of their albedo for one of their mesh, each way
_OF_SKY = 0.9  # how far up the sky that is seen their peaks reach
_LEAST, _MOST = 2.5, 26.0  # height of the peaks: under it none are seen
_WIDTH = 34.0  # of a mountain, world units
_USUAL, _SHOULDER = 0.93, 0.85  # quantile of ridges that others are measured by; height over which they rise less
_OCTAVES = 6
_WOODS, _ROCK, _SNOW = "#4c5a4a", "#6d727a", "#f3f6fa"
_TALL = 9.0  # patches of them from foot to peak, about
_ROUGH = 0.4  # how far gullies, screes and woods differ in tone
_HAZE = 0.26  # share of the horizon's colour in theirs


def rising(far: Literal["none", "mountains"], view: View, horizon: str, level: float, seed: int) -> dict[str, object]:
    """What rises at the horizon; none where the picture shows too little sky.

    Args:
        far: Which.
        view: The camera.
        horizon: The sky's colour there, ``#rrggbb``.
        level: Height of their foot, world units.
        seed: Chooses their outline.
    """
    middle = 0.5 * (_FRONT + _BACK)
    peak = min(_OF_SKY * (view.top_at(middle) - level), _MOST)
    if far == "none" or peak < _LEAST:
        return {}
    half = 1.2 * view.half_width_at(_BACK)
    x, z = np.meshgrid(np.linspace(-half, half, _COLUMNS), np.linspace(_BACK, _FRONT, _ROWS))
    rise = _rise(x, z, seed)
    mesh = facing_camera(relief(np.stack([x, level - 0.5 + peak * rise, z], -1)), view)
    size = (_FINER * _ROWS, _FINER * _COLUMNS)
    x, z = np.meshgrid(np.linspace(-half, half, size[1]), np.linspace(_BACK, _FRONT, size[0]))
    fine = zoom(rise, _FINER, order=1, grid_mode=True, mode="nearest")
    return {"mountains": to_shape(mesh, bsdf=diffuse(bitmap(_albedo(x, z, fine, horizon, seed), clamp=True)))}


def _rise(x: Float64Array, z: Float64Array, seed: int) -> Float64Array:
    """Height over the foot, 0 to 1: ridges that meet in peaks, highest between the foot and what is behind."""
    up = (z - _FRONT) / (_BACK - _FRONT)
    swell = smoothstep(0.0, 0.6, up) * (1 - 0.7 * smoothstep(0.75, 1.0, up))
    total, gain = np.zeros_like(x), 1.0
    for octave in range(_OCTAVES):
        size = _WIDTH / 2**octave
        crest = 1 - np.abs(plane_noise(x / size, z / size, seed=seed + octave))
        total += gain * np.clip(crest, 0, 1) ** 2.5
        gain *= 0.4
    broad = 0.62 + 0.38 * plane_noise(x / (3 * _WIDTH), 0 * z, seed=seed + 17)
    rise = swell * broad * total
    rise /= np.quantile(rise.max(0), _USUAL)
    return np.where(rise > _SHOULDER, 1 - (1 - _SHOULDER) * np.exp(-(rise - _SHOULDER) / (1 - _SHOULDER)), rise)


def _albedo(x: Float64Array, z: Float64Array, rise: Float64Array, horizon: str, seed: int) -> Float32Array:
    """Woods below, rock, and snow above where it is not steep, in haze; (rows, columns, 3), linear."""
    torn = 0.12 * plane_noise(x / 5.0, z / 5.0, seed=seed + 23, octaves=3)
    steep = _FINER * np.hypot(*np.gradient(rise))
    rough = plane_noise(x / 2.6, z / 4.0 + _TALL * rise, seed=seed + 29, octaves=6, gain=0.7)
    snow = smoothstep(0.48, 0.60, rise + torn + 0.05 * rough - 1.5 * steep)[..., None]
    bare = smoothstep(0.12, 0.30, rise + torn)[..., None]
    woods, rock, white, haze = (hex_to_linear(color) for color in (_WOODS, _ROCK, _SNOW, horizon))
    color = (woods * (1 - bare) + rock * bare) * (1 + _ROUGH * rough)[..., None]
    color = color * (1 - snow) + white * snow
    share = _HAZE + 0.3 * (1 - smoothstep(0.0, 0.35, rise))[..., None]
    return np.asarray(color * (1 - share) + haze * share, np.float32)
