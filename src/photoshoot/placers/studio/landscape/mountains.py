"""Mountains at the horizon of open sets, of rock and snow, and a far shore's wooded hills, in the haze of distance."""

from typing import Final, Literal, TypeAlias

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

Far: TypeAlias = Literal["none", "mountains", "hills"]
"""What may rise at a horizon."""
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
_OF_HILLS: Final = (
    0.42,
    8.0,
    0.9,
)  # share of the sky that is seen that hills reach up; their height, at most, and least
_RIDGES: Final = ((0.26, 0.5, 24.0, 0.2), (0.6, 0.78, 36.0, 0.4), (0.97, 1.0, 52.0, 0.62))
"""Of ridges of hills, one behind the other: where, from the front to the back; their height; how long one is, world
units; and the share of the horizon's colour in theirs."""
_CROWNS, _SLOPE = 0.04, 0.26  # height of trees' crowns on a ridge; how far it slopes before its top
_LEAFY, _FIR = "#56683a", "#35452f"


def rising(far: Far, view: View, horizon: str, level: float, seed: int) -> dict[str, object]:
    """What rises at the horizon; none where the picture shows too little sky.

    Args:
        far: Which.
        view: The camera.
        horizon: The sky's colour there, ``#rrggbb``.
        level: Height of their foot, world units.
        seed: Chooses their outline.
    """
    share, most, least = _OF_HILLS if far == "hills" else (_OF_SKY, _MOST, _LEAST)
    peak = min(share * (view.top_at(0.5 * (_FRONT + _BACK)) - level), most)
    if far == "none" or peak < least:
        return {}
    half = 1.2 * view.half_width_at(_BACK)
    x, z = _grid(half, (_ROWS, _COLUMNS))
    rise = (_wooded if far == "hills" else _rise)(x, z, seed)
    mesh = facing_camera(relief(np.stack([x, level - 0.5 + peak * rise, z], -1)), view)
    size = (_FINER * _ROWS, _FINER * _COLUMNS)
    fine = zoom(rise, _FINER, order=1, grid_mode=True, mode="nearest")
    paint = (_woods if far == "hills" else _albedo)(*_grid(half, size), fine, horizon, seed)
    return {"mountains": to_shape(mesh, bsdf=diffuse(bitmap(paint, clamp=True)))}


def _grid(half: float, size: tuple[int, int]) -> tuple[Float64Array, Float64Array]:
    """X and z of so many rows and columns over the land at the horizon, from far to near."""
    x, z = np.meshgrid(np.linspace(-half, half, size[1]), np.linspace(_BACK, _FRONT, size[0]))
    return x, z


def _wooded(x: Float64Array, z: Float64Array, seed: int) -> Float64Array:
    """Height over the foot, 0 to 1: ridges of hills, the farther the higher, with the crowns of trees on them."""
    up, total = (z - _FRONT) / (_BACK - _FRONT), np.zeros_like(x)
    for number, (at, tall, long, _) in enumerate(_RIDGES):
        broad = 0.6 + 0.4 * plane_noise(x / long, 0 * z, seed=seed + 31 + number, octaves=3)
        crowns = _CROWNS * np.abs(plane_noise(x / 0.5, 0 * z + number, seed=seed + 41 + number, octaves=2))
        slope = np.clip((up - at + _SLOPE) / _SLOPE, 0.0, 1.0)
        total = np.maximum(total, tall * np.clip(broad, 0.12, 1.0) * slope**0.7 + crowns * slope)
    return total


def _woods(x: Float64Array, z: Float64Array, rise: Float64Array, horizon: str, seed: int) -> Float32Array:
    """Trees of two kinds in patches, each ridge in more haze than that before it; (rows, columns, 3), linear."""
    up = (z - _FRONT) / (_BACK - _FRONT)
    haze = np.interp(up, [at for at, *_ in _RIDGES], [share for *_, share in _RIDGES])
    kinds = smoothstep(-0.25, 0.25, plane_noise(x / 9.0, z / 9.0 + 3 * rise, seed=seed + 51, octaves=3))[..., None]
    rough = plane_noise(x / 1.1, z / 2.2, seed=seed + 53, octaves=4, gain=0.75)
    trees = hex_to_linear(_FIR) * (1 - kinds) + hex_to_linear(_LEAFY) * kinds
    color = trees * np.clip(1 + 0.45 * rough, 0.3, 1.8)[..., None]
    return np.asarray(color * (1 - haze[..., None]) + hex_to_linear(horizon) * haze[..., None], np.float32)


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
