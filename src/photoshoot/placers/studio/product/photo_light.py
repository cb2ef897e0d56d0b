"""The light that a product was photographed in, as its own shading tells over a shape that is known.

Light varies smoothly with where a face looks, and prints don't: so of the differences of brightness between places near
each other, most are shading, and the rest are edges of prints, which a robust fit leaves aside (the idea of Retinex:
Land and McCann 1971, Lightness and Retinex Theory). What little a photo tells leaves the usual light standing: a wide
source, a little above the camera.
"""

from __future__ import annotations

import math

import numpy as np
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.color.space import LUMINANCE, bytes_to_linear
from photoshoot.pixels.imaging import CORE_ALPHA
from photoshoot.placers.studio.renderer.irradiance import WhiteSolid
from photoshoot.records import ProductLayer

_SOFTBOX = (np.array([0.0, 0.3, 1.0]) / math.hypot(0.3, 1.0)).astype(np.float32)
"""Where product photos are lit from mostly, by a wide source: a little above the camera."""
_FILLED = 0.6  # of that light comes from all sides, as in a white studio
_WRAP = 0.5  # how far a wide source reaches round a body
_APART = (1, 3)  # cells between the places that are compared
_PRINT = 0.08  # stops: differences over it are taken for prints more and more
_USUAL = 8.0  # how many differences the usual light is worth
_FITS = 8  # of reweighted least squares
_FLOOR = 0.004  # linear light that is added before logarithms: black has no shading
_MOST = 1.5  # stops that the light may differ by, from face on to edge on


def photo_light(layer: ProductLayer, solid: WhiteSolid) -> Float32Array:
    """How bright the photo's own light is on each cell of a product's solid, (h, w), over 0, at any level."""
    brightness, known = _read_brightness(layer, solid)
    usual = _usual_light()
    slopes = _fit(solid.normals.astype(np.float64), brightness, known, usual)
    return np.asarray(np.exp2(solid.normals @ slopes.astype(np.float32)), np.float32)


def _usual_light() -> Float64Array:
    """Stops by which light grows along x, y, z of a normal (3,), nearest to that of the usual source."""
    around = np.random.default_rng(0).normal(size=(2000, 3)) * [1, 1, 0.8]
    around[:, 2] = np.abs(around[:, 2])
    normals = (around / np.linalg.norm(around, axis=1, keepdims=True)).astype(np.float32)
    light = _FILLED + (1 - _FILLED) * np.maximum((normals @ _SOFTBOX + _WRAP) / (1 + _WRAP), 0)
    sides = np.concatenate([normals, np.ones((len(normals), 1), np.float32)], 1)
    return np.asarray(np.linalg.lstsq(sides, np.log2(light), rcond=None)[0][:3], np.float64)


def _fit(normals: Float64Array, brightness: Float32Array, known: BoolArray, usual: Float64Array) -> Float64Array:
    """The slopes (3,) that explain most differences of brightness (h, w) between known cells by their normals' own."""
    turned, brighter = _differences(normals, brightness, known)
    slopes = usual
    for _ in range(_FITS):
        weight = 1 / (1 + ((brighter - turned @ slopes) / _PRINT) ** 2)
        weighted = turned * weight[:, None]
        wanted = weighted.T @ brighter + _USUAL * usual
        slopes = np.asarray(np.linalg.solve(weighted.T @ turned + _USUAL * np.eye(3), wanted), np.float64)
    return np.asarray(slopes * min(1.0, _MOST / float(np.linalg.norm(slopes))), np.float64)


def _differences(
    normals: Float64Array, brightness: Float32Array, known: BoolArray
) -> tuple[Float64Array, Float64Array]:
    """Of pairs of known cells: how their normals (N, 3) and their brightness (N,) differ."""
    turned, brighter = [np.zeros((0, 3))], [np.zeros(0)]
    for apart in _APART:
        for first, second in (
            (np.s_[apart:, :], np.s_[:-apart, :]),
            (np.s_[:, apart:], np.s_[:, :-apart]),
        ):
            both = known[first] & known[second]
            turned.append((normals[first] - normals[second])[both])
            brighter.append((brightness[first] - brightness[second])[both].astype(np.float64))
    return np.concatenate(turned), np.concatenate(brighter)


def _read_brightness(layer: ProductLayer, solid: WhiteSolid) -> tuple[Float32Array, BoolArray]:
    """Brightness in stops of the cells (h, w), and which of them show nothing but the product's inside."""
    box, (height, width) = solid.box, layer.alpha_matte.shape
    rows, columns = slice(max(0, box.top), min(height, box.bottom)), slice(max(0, box.left), min(width, box.right))
    part = (rows.start - box.top, columns.start - box.left)
    core = layer.alpha_matte[rows, columns] >= CORE_ALPHA
    light = np.where(core, bytes_to_linear(layer.rgb[rows, columns]) @ LUMINANCE, 0)
    cells = []
    for plane in (light, core):
        whole = np.zeros((box.height, box.width), np.float32)
        whole[part[0] : part[0] + plane.shape[0], part[1] : part[1] + plane.shape[1]] = plane
        size = (solid.solid.shape[1], solid.solid.shape[0])
        cells.append(np.asarray(Image.fromarray(whole).resize(size, Image.Resampling.BOX), np.float32))
    known = ndimage.binary_erosion((cells[1] > 0.99) & solid.solid)
    return np.log2(cells[0] / np.maximum(cells[1], 1e-6) + np.float32(_FLOOR)), known
