"""What is printed on a product, found by how print looks, and how light spares it: words must read as they did.

Print is two tones, ink and what it is on, that change places often, both along a line and across it. Edges change once
in a window, stripes one way only, cloth and leaves have more tones than two. Nothing is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.color.space import LUMINANCE, bytes_to_linear, linear_to_srgb
from photoshoot.pixels.imaging import CORE_ALPHA, light_pixels
from photoshoot.records import Box, ProductLayer, RgbImage

_Value = TypeVar("_Value", bound=np.generic)
_SIDES_PX = (512, 256)  # of the product's longer side, at which print is looked for: letters of 1 to 6 % of it
_WINDOW_PX, _STEP_PX = 24, 8
_CONTRAST = 0.15  # of sRGB's range, between the tones at least
_TWO_TONES = 0.72  # of a window's variance that two tones explain at least; noise has 0.64
_CHANGES = (2.0, 1.0)  # of tone a row and a column of a window, the larger and the smaller, at least
_STRIPES = 0.7  # of a window's edges that run one way, from which on it shows stripes
_MOST_INK = 0.04, 0.96  # share of the window that the darker tone takes
_AROUND = 1  # map cells round print that are spared with it
_ALONG = 9  # map cells of a line that small print is spared along: of a line so small some windows alone are found
_EVEN = 2.5  # map cells, of the blur that light has in print: shadows have no edges there, and sides still differ
_FADE = 2.5  # map cells over which light comes back to what it is beside print
_KEPT, _KEPT_SMALL = 0.7, 0.9  # of the contrast of lightness between ink and ground, that light leaves at least
_SMALL = 0.7  # share of a block that is found at the finest size alone, from which on it is small print
_STEPS = 5  # of halving, to find how much light that allows


@dataclass(frozen=True, kw_only=True, eq=False)
class Print:
    """Where a product is printed, on the cells of its light map."""

    blocks: npt.NDArray[np.int32]
    """(h, w): 0 where there is no print, else the number of the block of lines."""
    tones: RgbImage
    """(N, 2, 3): the darker and the lighter tone of windows that show print."""
    block_of: npt.NDArray[np.int32]
    """(N,): the block that a window is of."""
    kept: Float32Array
    """(blocks,): share of its contrast that light leaves each block, the one without print first."""

    def even(self, stops: Float32Array) -> Float32Array:
        """Light (h, w, C) that changes softly over print, not at all over small print, and beside it fades back."""
        printed = self.blocks > 0
        if not printed.any():
            return stops
        weight = np.maximum(_blur(printed[..., None].astype(np.float32)), np.float32(1e-6))
        soft = _blur(stops * printed[..., None].astype(np.float32)) / weight
        change = np.where((self.kept > _KEPT)[self.blocks][..., None], self._means(stops)[self.blocks], soft) - stops
        return stops + _spread(np.where(printed[..., None], change, 0), printed)

    def share_of_tint(self, level: Float32Array, tint: Float32Array) -> Float32Array:
        """How much of the light's colour leaves print its contrast, (h, w, 1) in [0, 1]; 1 away from it.

        Args:
            level: Brightness, stops (h, w, 1), the same all over a block.
            tint: Colour, stops (h, w, 3), so too.
        """
        levels, tints = self._means(level), self._means(tint)
        return self._share(lambda share: self._contrast(levels + share * tints))

    def share_of_all(self, stops: Float32Array) -> Float32Array:
        """How much of the light (h, w, 3) leaves print its contrast, (h, w, 1) in [0, 1]; 1 away from it."""
        means = self._means(stops)
        return self._share(lambda share: self._contrast(share * means))

    def _share(self, contrast: Callable[[Float32Array], Float32Array]) -> Float32Array:
        """The largest shares, block by block, of which what is kept of the contrast is enough."""
        count = int(self.blocks.max()) + 1
        low, high = np.zeros((count, 1), np.float32), np.ones((count, 1), np.float32)
        low[contrast(high) >= self.kept] = 1
        for _ in range(_STEPS):
            middle = np.asarray((low + high) / 2, np.float32)
            holds = (contrast(middle) >= self.kept)[:, None]
            low, high = np.where(holds, middle, low), np.where(holds, high, middle)
        low[0] = 1
        change = np.where(self.blocks > 0, low[self.blocks, 0] - 1, 0)[..., None]
        return 1 + _spread(np.asarray(change, np.float32), self.blocks > 0)

    def _contrast(self, stops: Float32Array) -> Float32Array:
        """What is kept of each block's contrast under a light of it, (blocks, 3) stops: (blocks,)."""
        lit = light_pixels(self.tones, stops[self.block_of][:, None].repeat(2, 1))
        kept = np.abs(np.diff(_lightness(lit), axis=1)) / np.maximum(np.abs(np.diff(_lightness(self.tones), axis=1)), 1)
        found = [kept[self.block_of == block] for block in range(len(stops))]
        return np.array([float(np.median(one)) if one.size else 1.0 for one in found], np.float32)

    def _means(self, stops: Float32Array) -> Float32Array:
        count = int(self.blocks.max()) + 1
        return np.stack(
            [ndimage.mean(stops[..., channel], self.blocks, range(count)) for channel in range(stops.shape[-1])], 1
        ).astype(np.float32)


def find_print(layer: ProductLayer, box: Box, shape: tuple[int, int]) -> Print:
    """Find what is printed on a product.

    Args:
        layer: Its own pixels.
        box: What its light map is stretched over, canvas pixels.
        shape: Rows and columns of that map.
    """
    rgb, core = _cut_out(layer, box)
    found = [_find_at(rgb, core, side) for side in sorted({min(side, max(core.shape)) for side in _SIDES_PX})]
    at, tones = (np.concatenate(part) for part in zip(*found, strict=True))
    small = np.repeat(np.arange(len(found)) > 0, [len(places) for places, _ in found])
    cells = np.zeros(shape, bool)
    rows, columns = (np.minimum((at[:, axis] * shape[axis]).astype(int), shape[axis] - 1) for axis in range(2))
    cells[rows, columns] = True
    lines = np.zeros(shape, bool)
    lines[rows[small], columns[small]] = True
    lines = ndimage.binary_dilation(lines & ~_near(rows[~small], columns[~small], shape), np.ones((3, _ALONG), bool))
    around = ndimage.binary_dilation(cells, np.ones((3, 3), bool), _AROUND) | lines
    numbered, _ = ndimage.label(around, np.ones((3, 3)))
    blocks: npt.NDArray[np.int32] = np.asarray(numbered).astype(np.int32)
    block_of = blocks[rows, columns]
    area = np.where(small, 0.25, 1.0)  # of a window: half as wide at twice the size
    found_fine, whole = (np.bincount(block_of, of, int(blocks.max()) + 1) for of in (area * small, area))
    kept = np.where(found_fine / np.maximum(whole, 1e-6) >= _SMALL, _KEPT_SMALL, _KEPT).astype(np.float32)
    return Print(blocks=blocks, tones=tones, block_of=block_of, kept=kept)


def _near(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], shape: tuple[int, int]) -> BoolArray:
    """Which cells (h, w) are some, or beside them."""
    cells = np.zeros(shape, bool)
    cells[rows, columns] = True
    return np.asarray(ndimage.binary_dilation(cells, np.ones((3, 3), bool)), np.bool_)


def _cut_out(layer: ProductLayer, box: Box) -> tuple[RgbImage, BoolArray]:
    """The box's pixels, and which of them are the product's inside; the others have the nearest such pixel's colour."""
    height, width = layer.alpha_matte.shape
    rows = np.clip(np.arange(box.top, box.bottom), 0, height - 1)
    columns = np.clip(np.arange(box.left, box.right), 0, width - 1)
    core = layer.alpha_matte[np.ix_(rows, columns)] >= CORE_ALPHA
    rgb = layer.rgb[np.ix_(rows, columns)]
    if core.any() and not core.all():
        near = ndimage.distance_transform_edt(~core, return_distances=False, return_indices=True)
        rgb = rgb[tuple(near)]
    return rgb, core


def _find_at(rgb: RgbImage, core: BoolArray, side: int) -> tuple[npt.NDArray[np.float64], RgbImage]:
    """Windows with print at a size of the longer side: middles (N, 2), shares of the box; their two tones (N, 2, 3)."""
    scale = side / max(core.shape)
    size = (max(1, round(core.shape[1] * scale)), max(1, round(core.shape[0] * scale)))
    small = np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.BOX))
    if min(size) < _WINDOW_PX:
        return np.zeros((0, 2)), np.zeros((0, 2, 3), np.uint8)
    tone = linear_to_srgb(bytes_to_linear(small) @ LUMINANCE).astype(np.float32)
    windows = _windows(tone)
    darkest, lightest = windows.min((2, 3)), windows.max((2, 3))
    inside = _windows(np.asarray(Image.fromarray(core).resize(size, Image.Resampling.NEAREST))).mean((2, 3)) > 0.6
    rows, columns = np.nonzero(inside & (lightest - darkest > _CONTRAST))
    chosen = windows[rows, columns]
    light = chosen > ((darkest + lightest) / 2)[rows, columns][:, None, None]
    ok = _is_print(chosen, light)
    rows, columns, light = rows[ok], columns[ok], light[ok]
    pixels = _windows(small)[rows, columns]  # (N, 3, window, window)
    share = light[:, None].mean((2, 3))
    tones = [(pixels * part[:, None]).mean((2, 3)) / of for part, of in ((~light, 1 - share), (light, share))]
    middles = (np.stack([rows, columns], 1) * _STEP_PX + _WINDOW_PX / 2) / np.array(size[::-1])
    return middles, np.round(np.stack(tones, 1)).astype(np.uint8)


def _is_print(tone: Float32Array, light: BoolArray) -> BoolArray:
    """Which windows (N, window, window) show print, of which pixels are of the lighter tone."""
    share = light.mean((1, 2))
    of = np.maximum(share, 1e-6), np.maximum(1 - share, 1e-6)
    means = (tone * light).mean((1, 2)) / of[0], (tone * ~light).mean((1, 2)) / of[1]
    apart = means[0] - means[1]
    explained = share * (1 - share) * apart**2 / np.maximum(tone.var((1, 2)), 1e-9)
    changes = [(np.diff(light, axis=axis).sum((1, 2)) / _WINDOW_PX) for axis in (1, 2)]
    mixed = (share > _MOST_INK[0]) & (share < _MOST_INK[1])
    often = (np.maximum(*changes) >= _CHANGES[0]) & (np.minimum(*changes) >= _CHANGES[1])
    found = mixed & often & (apart > _CONTRAST) & (explained >= _TWO_TONES)
    return np.asarray(found & (_one_way(light) < _STRIPES), np.bool_)


def _one_way(light: BoolArray) -> Float32Array:
    """How far the edges of windows (N, window, window) run one way, 0 to 1, whatever way: stripes' do, letters' don't.

    The coherence of the structure tensor: of its eigenvalues, difference over sum.
    """
    soft = ndimage.gaussian_filter(light.astype(np.float32), (0, 0.8, 0.8))
    down, right = np.diff(soft, axis=1)[:, :, :-1], np.diff(soft, axis=2)[:, :-1]
    rows, columns, both = ((one * two).sum((1, 2)) for one, two in ((down, down), (right, right), (down, right)))
    return np.asarray(np.hypot(rows - columns, 2 * both) / np.maximum(rows + columns, 1e-6), np.float32)


def _windows(image: npt.NDArray[_Value]) -> npt.NDArray[_Value]:
    return sliding_window_view(image, (_WINDOW_PX, _WINDOW_PX), (0, 1))[::_STEP_PX, ::_STEP_PX]


def _spread(change: Float32Array, where: BoolArray) -> Float32Array:
    """A change (h, w, C) of print's cells, with those round them taking a part of it that fades."""
    if not where.any():
        return change
    distance, near = ndimage.distance_transform_edt(~where, return_indices=True)
    fade = np.exp(-0.5 * (distance / _FADE) ** 2)[..., None]
    spread = ndimage.gaussian_filter(change[tuple(near)], (_FADE / 2, _FADE / 2, 0), mode="nearest")
    return np.asarray(np.where(where[..., None], change, fade * spread), np.float32)


def _blur(planes: Float32Array) -> Float32Array:
    return np.asarray(ndimage.gaussian_filter(planes, (_EVEN, _EVEN, 0), mode="constant"), np.float32)


def _lightness(rgb: RgbImage) -> Float32Array:
    luminance = bytes_to_linear(rgb) @ LUMINANCE
    return np.asarray(116 * np.cbrt(np.maximum(luminance, 0.0088565)) - 16, np.float32)
