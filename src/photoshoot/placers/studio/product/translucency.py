"""Which parts of a product let light through, by its matte, and the screen that stands in for them.

A path tracer's shadow rays stop at any surface, however clear its material. So the stand-in is a *screen* where the
product is translucent (glass, gauze and hair, which a matte shows as broad parts between 0 and 1): small square plates
with gaps between them, of as much area as the matte says. The plates lie on pairs of pixels, centred, so that every
pixel sees the same share of them and no pattern shows; in shadows and reflections they are far too fine to be seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float64Array
from photoshoot.pixels.bands import opened
from photoshoot.records import AlphaMatte, LinearImage

_LEAST, _MOST = 0.1, 0.85  # a matte under it is nothing; from here on it is solid: mattes are not exact
_BROAD = 0.012  # of the silhouette's extent: what is narrower is a soft edge
_SHARE = 0.01  # of the silhouette that is translucent at least; under it the whole product counts as solid
_LAYERS = 2  # light passes the front and the back
_CELL_PX = 2
_CELLS_DEEP = 8  # cells that it is looked at in, across that depth
_CLEAREST, _DEEP = 0.04, 0.04
"""Least matte of clear glass; and how deep a part under a half is at least, of the extent, that is no edge or hair.

The three things of clear glass among 66 strangers' photos have 0.086 and more, all others 0.011 and less.
"""

_WALL, _FLAGGED = 0.035, 0.55  # of a clear body's width, that is seen edge-on; and share of the light it takes there


@dataclass(frozen=True, kw_only=True, eq=False)
class Silhouette:
    """A matte parted into what stops light and what dims it; all (h, w)."""

    filled: BoolArray
    """Everything of the product, solid or not."""
    translucent: BoolArray
    """The part that dims light; a subset of ``filled``, with no pixel in most products."""

    @classmethod
    def of(cls, alpha: AlphaMatte) -> Silhouette:
        """Part a matte. Soft edges are solid up to half; only broad parts inside the silhouette are translucent.

        Clear glass that nothing solid surrounds is neither: so thin a screen stops little light, and is seen as grain.
        """
        solid = alpha > 0.5
        between = (alpha > _LEAST) & (alpha < _MOST)
        if between.sum() <= _SHARE * solid.sum():
            return cls(filled=solid, translucent=np.zeros_like(solid))
        inside = ndimage.binary_fill_holes(solid) & between
        extent = np.ptp(np.nonzero(solid), axis=1).max() + 1
        broad = opened(inside, 2 * max(1, round(_BROAD * extent / 2)) + 1)
        if broad.sum() <= _SHARE * solid.sum():
            broad = np.zeros_like(solid)
        return cls(filled=solid | broad, translucent=broad)


def find_clear_body(alpha: AlphaMatte) -> BoolArray:
    """What a matte (h, w) shows of clear glass: broad parts under a half, whether or not solid ones surround them."""
    there = alpha > _CLEAREST
    clear = there & (alpha <= 0.5)
    deep = _DEEP * max(np.count_nonzero(there.any(1)), np.count_nonzero(there.any(0)))
    if np.count_nonzero(clear) <= 4 * deep**2:
        return np.zeros_like(clear)
    step = max(1, int(deep / _CELLS_DEEP))
    coarse = clear[::step, ::step]
    parts, _ = ndimage.label(coarse)
    within = np.unique(parts[ndimage.distance_transform_edt(np.pad(coarse, 1))[1:-1, 1:-1] > deep / step])
    found = ndimage.binary_dilation(np.isin(parts, within[within > 0]), np.ones((3, 3), bool))
    rows, columns = (np.arange(size) // step for size in clear.shape)
    return np.asarray(clear & found[np.ix_(rows, columns)], bool)


def shade_rims(picture: LinearImage, alpha: AlphaMatte) -> LinearImage:
    """A set's picture (H, W, 3), dimmer where it is seen through the rims of a product (alpha, H x W) of clear glass.

    Glass seen edge-on shows what stands beside it: before a bright ground photographers put dark flags there, or the
    glass is hardly seen. Before a dark one it changes next to nothing.
    """
    rows, columns = (np.flatnonzero((alpha > _CLEAREST).any(axis)) for axis in (1, 0))
    if not len(rows):
        return picture
    box = slice(int(rows[0]), int(rows[-1]) + 1), slice(int(columns[0]), int(columns[-1]) + 1)
    body = find_clear_body(alpha[box])
    if not body.any():
        return picture
    inside = ndimage.distance_transform_edt(np.pad(alpha[box] > _CLEAREST, 1))[1:-1, 1:-1]
    wall = _WALL * 2 * float(inside[body].max())
    soft = ndimage.gaussian_filter(body.astype(np.float32), max(1.0, 0.3 * wall))
    rim = np.minimum(inside, 1) * np.exp(-((inside / wall) ** 2))
    shaded = picture.copy()
    shaded[box] *= (1 - _FLAGGED * soft * rim.astype(np.float32))[..., None]
    return shaded


def build_screen(alpha: AlphaMatte, translucent: BoolArray) -> tuple[Float64Array, npt.NDArray[np.int32]]:
    """Plates over the translucent part of a window.

    Returns:
        points: (4 n, 2), (column, row) in fractional px, pixel centres at +0.5.
        faces: (2 n, 3), wound as ``triangulate_region`` winds them.
    """
    rows, columns = (size // _CELL_PX for size in alpha.shape)
    window = (slice(0, rows * _CELL_PX), slice(0, columns * _CELL_PX))
    shape = (rows, _CELL_PX, columns, _CELL_PX)
    share = np.where(translucent, alpha, 0)[window].reshape(shape).mean((1, 3))
    row, column = np.nonzero(share > 0)
    half = 0.5 * _CELL_PX * np.sqrt(_coverage(share[row, column]))[:, None]
    center = np.stack([column, row], 1) * float(_CELL_PX) + 0.5 * _CELL_PX
    corners = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
    points = center[:, None] + half[..., None] * corners
    first = 4 * np.arange(len(row))[:, None]
    faces = np.concatenate([first + np.array(plate) for plate in ([0, 2, 1], [0, 3, 2])]).astype(np.int32)
    return points.reshape(-1, 2), faces


def _coverage(share: npt.NDArray[np.floating]) -> Float64Array:
    """What each layer covers so that all of them together stop ``share`` of the light."""
    return np.asarray(1 - (1 - np.clip(share, 0, 1)) ** (1 / _LAYERS), np.float64)
