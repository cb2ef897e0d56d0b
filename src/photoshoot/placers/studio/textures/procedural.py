"""Procedural surfaces: noise, wood, marble, plaster, stone, concrete and linen.

Each is periodic in both directions, so it repeats without a seam, and has the asked colour on average. Colours are
scene-linear float32 (H, W, 3) in [0, 1]; heights are float32 (H, W), about -1 to 1, higher is nearer to the eye. One
seed gives one surface; the latest few are kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, reduce

import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.pixels.bands import in_bands, two_at_once
from photoshoot.placers.studio.textures.cache import SHELF

SIZE_PX = 1024
"""Side of a surface."""
CALM = 0.010
"""Amplitude of a wall's tones on which shadows fall: at three times that their soft edges look mottled."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Texture:
    """A surface's albedo and relief; read-only arrays."""

    color: Float32Array
    """(H, W, 3), scene-linear."""
    height: Float32Array
    """(H, W), about -1 to 1."""

    def __post_init__(self) -> None:
        self.color.setflags(write=False)
        self.height.setflags(write=False)


def noise(
    shape: tuple[int, int],
    *,
    seed: int,
    exponent: float = 2.0,
    lowest: float = 1.0,
    stretch: tuple[float, float] = (1.0, 1.0),
) -> Float32Array:
    """Periodic Gaussian noise of zero mean and unit deviation.

    Args:
        shape: (H, W) in px.
        seed: Chooses the noise.
        exponent: Amplitude falls as ``k ** (-exponent / 2)``: 0 is white, 2 cloudy, 4 smooth.
        lowest: Frequencies under this many cycles a side are left out.
        stretch: (y, x) frequency factors; (8, 1) gives streaks along x that are eight times longer than wide.
    """
    gain = _gain(shape, exponent, lowest, stretch)
    phase = np.random.default_rng(seed).standard_normal((2, *gain.shape), dtype=np.float32)
    waves = np.empty(gain.shape, np.complex64)
    np.multiply(phase[0], gain, out=waves.real)
    np.multiply(phase[1], gain, out=waves.imag)
    field = np.fft.irfft2(waves, s=shape).astype(np.float32, copy=False)
    field -= field.mean()
    field /= np.sqrt(np.square(field).mean())
    return field


@lru_cache(maxsize=6)
def _gain(shape: tuple[int, int], exponent: float, lowest: float, stretch: tuple[float, float]) -> Float32Array:
    """Amplitudes of the frequencies of ``noise``, (H, W // 2 + 1)."""
    rows, columns = shape
    fy = np.fft.fftfreq(rows, 1 / rows).astype(np.float32)[:, None] / np.float32(stretch[0])
    fx = np.fft.rfftfreq(columns, 1 / columns).astype(np.float32)[None] / np.float32(stretch[1])
    frequency = np.hypot(fy, fx)
    frequency[0, 0] = 1
    gain = frequency ** np.float32(-exponent / 2) * (frequency >= lowest)
    gain[0, 0] = 0
    gain.setflags(write=False)
    return np.asarray(gain, np.float32)


def _drawn(*draws: Callable[[], Float32Array]) -> list[Float32Array]:
    """What each of them draws, two at once."""
    return two_at_once(lambda draw: draw(), draws)


def smoothstep(low: float, high: float, value: npt.ArrayLike) -> Float32Array:
    """0 below ``low``, 1 above ``high``, smooth between; any shape."""
    t = np.clip((np.asarray(value, np.float32) - low) / (high - low), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def blend(first: npt.ArrayLike, second: npt.ArrayLike, share: npt.ArrayLike) -> Float32Array:
    """Mix colours in linear light: ``share`` (H, W) of ``second``, the rest of ``first``."""
    t = np.asarray(share, np.float32)[..., None]
    return np.asarray(np.asarray(first, np.float32) * (1 - t) + np.asarray(second, np.float32) * t, np.float32)


@SHELF.keep
def plaster(color: str, seed: int, amount: float = 0.035) -> Texture:
    """A wall: broad clouds, a trowel's strokes this way and that, and fine grain, of relative amplitude ``amount``."""
    shape = (SIZE_PX, SIZE_PX)
    clouds, grain, strokes = _drawn(
        lambda: noise(shape, seed=seed, exponent=2.6),
        lambda: noise(shape, seed=seed + 1, exponent=1.2, lowest=24),
        lambda: _strokes(seed + 2),
    )
    tone = 1 + amount * (clouds + 0.5 * grain + 0.45 * strokes)
    return _finish(color, tone, 0.55 * clouds + 0.5 * grain + 0.1 * strokes)


def _strokes(seed: int) -> Float32Array:
    """What a trowel leaves: short streaks that change their way from place to place; unit deviation."""
    ways = [_smooth_noise(seed=seed + k, exponent=2.0, lowest=5, shrink=4, stretch=s) for k, s in enumerate(_WAYS)]
    share = smoothstep(-0.8, 0.8, _smooth_noise(seed=seed + 7, exponent=4.0, lowest=2))
    mixed = ways[0] * share + ways[1] * (1 - share)
    return np.asarray(mixed / mixed.std(), np.float32)


_WAYS = ((4.0, 1.0), (1.0, 4.0))


@SHELF.keep
def concrete(color: str, seed: int) -> Texture:
    """Cast concrete: stains, the float's marks, grain, and air holes large and small."""
    shape = (SIZE_PX, SIZE_PX)
    clouds, grain, holes, patches, strokes = _drawn(
        lambda: noise(shape, seed=seed, exponent=2.9),
        lambda: noise(shape, seed=seed + 1, exponent=0.9, lowest=30),
        lambda: smoothstep(3.0, 3.5, noise(shape, seed=seed + 2, exponent=1.6, lowest=36)),
        lambda: _smooth_noise(seed=seed + 4, exponent=1.8, lowest=7, shrink=2),
        lambda: _strokes(seed + 5),
    )
    pins = smoothstep(2.5, 3.2, -grain)
    tone = 1 + 0.055 * clouds + 0.03 * patches + 0.025 * strokes + 0.035 * grain
    return _finish(color, tone * (1 - 0.55 * holes) * (1 - 0.3 * pins), 0.15 * grain - 1.2 * holes - 0.4 * pins)


@SHELF.keep
def stone(color: str, vein_color: str, seed: int) -> Texture:
    """Split stone: mottled, with ridges of many sizes, pits, and speckles of ``vein_color``."""
    shape = (SIZE_PX, SIZE_PX)
    clouds, grain, ridges, pits, speckles = _drawn(
        lambda: noise(shape, seed=seed, exponent=2.2),
        lambda: noise(shape, seed=seed + 1, exponent=1.0, lowest=10),
        lambda: noise(shape, seed=seed + 3, exponent=3.0, lowest=4),
        lambda: smoothstep(1.9, 2.8, noise(shape, seed=seed + 4, exponent=1.2, lowest=30)),
        lambda: smoothstep(1.6, 2.4, noise(shape, seed=seed + 2, exponent=0.8, lowest=40)),
    )
    texture = _finish(color, 1 + 0.12 * clouds + 0.05 * grain - 0.1 * pits, 0.5 * clouds + 0.7 * ridges - 0.8 * pits)
    return Texture(
        color=blend(texture.color, hex_to_linear(vein_color), 0.45 * speckles), height=np.array(texture.height)
    )


@SHELF.keep
def linen(color: str, seed: int, threads: int = 200) -> Texture:
    """A plain weave of ``threads`` threads a side, with slubs."""
    axis = np.arange(SIZE_PX, dtype=np.float32) / SIZE_PX
    shape = (SIZE_PX, SIZE_PX)
    warp_slub, weft_slub, clouds = _drawn(
        lambda: noise(shape, seed=seed, exponent=1.1, stretch=(1, 24), lowest=2),
        lambda: noise(shape, seed=seed + 1, exponent=1.1, stretch=(24, 1), lowest=2),
        lambda: noise(shape, seed=seed + 2, exponent=2.5),
    )
    angle = np.float32(np.pi * threads) * axis
    across, along = np.sin(angle)[None] ** 2, np.sin(angle)[:, None] ** 2
    over = 0.5 + 0.5 * np.sign(np.sin(angle)[None] * np.sin(angle)[:, None])
    relief = over * across * (1 + 0.3 * weft_slub) + (1 - over) * along * (1 + 0.3 * warp_slub)
    tone = 0.80 + 0.42 * relief + 0.055 * (warp_slub + weft_slub) + 0.02 * clouds
    return _finish(color, tone, relief - relief.mean())


@SHELF.keep
def marble(color: str, vein_color: str, seed: int, density: float = 1.0) -> Texture:
    """Polished marble: veins of a few widths that branch and fade, over faint clouds.

    Args:
        color: The stone.
        vein_color: The veins.
        seed: Chooses the veins.
        density: Width of the veins, 0.3 (fine) to 2.
    """
    shape = (SIZE_PX, SIZE_PX)
    stone_color, vein = hex_to_linear(color), hex_to_linear(vein_color)
    # bright veins on a dark stone cover far more to the eye than dark ones on a bright stone
    steepness = np.float32(2.2 if vein.mean() > stone_color.mean() else 1.0)

    def left_by(index: int) -> Float32Array:
        width, strength, lowest = _VEINS[index]
        drawn = np.clip(strength * _vein(seed + 10 * index, width * density, lowest), 0, 1)
        return np.asarray(1 - drawn**steepness, np.float32)

    clouds, grain = _drawn(lambda: _smooth_noise(seed=seed + 90, exponent=4.2), lambda: noise(shape, seed=seed + 91))
    tint = 1 + 0.05 * clouds + 0.012 * grain
    bare = reduce(np.multiply, two_at_once(left_by, range(len(_VEINS))))
    share = 1 - ndimage.map_coordinates(bare, _bend(seed), order=1, mode="grid-wrap")

    def mixed(tint: Float32Array, share: Float32Array) -> Float32Array:
        return np.clip(blend(stone_color * tint[..., None], vein, share), 0, 1)

    return Texture(color=in_bands(mixed, tint, share), height=np.zeros(shape, np.float32))


_VEINS = ((0.055, 0.85, 2), (0.16, 0.28, 2), (0.020, 0.65, 3), (0.012, 0.55, 5), (0.010, 0.40, 7))
"""Width, strength and lowest frequency of the veins: a main system with its halo, and finer ones."""


def _bend(seed: int) -> tuple[Float32Array, Float32Array]:
    """Row and column positions, px, that bend straight contours into stone."""
    places = np.mgrid[:SIZE_PX, :SIZE_PX].astype(np.float32)

    def bent(axis: int) -> Float32Array:
        broad = SIZE_PX * 0.06 * _smooth_noise(seed=seed + 1 + axis, exponent=5.0)
        fine = SIZE_PX * 0.006 * _smooth_noise(seed=seed + 3 + axis, exponent=3.2, lowest=6, shrink=2)
        return np.asarray((places[axis] + broad + fine) % SIZE_PX, np.float32)

    rows, columns = two_at_once(bent, range(2))
    return rows, columns


def _vein(seed: int, width: float, lowest: int) -> Float32Array:
    """The zero contours of noise as lines of even width that swell and fade; 0 to 1."""
    shrink = 4
    side = SIZE_PX // shrink
    field = noise((side, side), seed=seed + 5, exponent=4.6, lowest=lowest, stretch=(0.6, 1.3))
    slope = np.hypot(np.roll(field, -1, 1) - field, np.roll(field, -1, 0) - field) * np.float32(side / 9)
    swell = smoothstep(-0.5, 1.3, noise((side, side), seed=seed + 6, exponent=4.4))
    linear = Image.Resampling.BILINEAR
    reach = np.maximum(_enlarged(slope * (width * (0.35 + swell)), shrink, linear), 1e-4)
    line = np.exp(-((np.abs(_enlarged(field, shrink)) / reach) ** np.float32(1.1)))
    return np.asarray(line * _enlarged(0.15 + 0.85 * swell, shrink, linear), np.float32)


def _smooth_noise(
    *,
    seed: int,
    exponent: float,
    lowest: float = 1.0,
    shrink: int = 4,
    stretch: tuple[float, float] = (1.0, 1.0),
) -> Float32Array:
    """``noise`` of a whole surface, without its finest frequencies: cheap where those are faint."""
    side = SIZE_PX // shrink
    return _enlarged(noise((side, side), seed=seed, exponent=exponent, lowest=lowest, stretch=stretch), shrink)


def _enlarged(field: Float32Array, factor: int, kernel: Image.Resampling = Image.Resampling.BICUBIC) -> Float32Array:
    """A periodic field (H, W), ``factor`` times as large, still periodic."""
    pad = 4
    wide = np.pad(field, pad, mode="wrap")
    size = (wide.shape[1] * factor, wide.shape[0] * factor)
    large = np.asarray(Image.fromarray(np.ascontiguousarray(wide)).resize(size, kernel))
    inside = slice(pad * factor, -pad * factor)
    return np.asarray(large[inside, inside], np.float32)


def _finish(color: str, tone: npt.ArrayLike, height: npt.ArrayLike) -> Texture:
    """Albedo of ``color`` times ``tone`` (H, W), scaled to the colour's mean, and its relief."""
    factor = np.maximum(np.asarray(tone, np.float32), 0)
    albedo = hex_to_linear(color) * (factor / factor.mean())[..., None]
    return Texture(
        color=np.asarray(np.clip(albedo, 0, 1), np.float32), height=np.clip(np.asarray(height, np.float32), -3, 3)
    )
