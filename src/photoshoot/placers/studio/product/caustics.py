"""The light that a hard lamp throws through a translucent product: gathered to lines, in the product's colour.

The path tracer's shadow rays stop at surfaces, so glass is a screen to it, which lets white light through straight on
(``proxy``). Here rays of the lamps are followed from the product's round solid on, as far as they matter: what would
have gone straight on is taken from where it lands, as far as the screen let it, and what is refracted is added where it
lands. So the light that the solid catches is moved and dyed, and none is made.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import mitsuba as mi
import numpy as np
import numpy.typing as npt
from PIL import Image
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float64Array
from photoshoot.color.space import bytes_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import lathe
from photoshoot.placers.studio.product.contact import ProductWindow
from photoshoot.placers.studio.renderer.light_rays import Hits, hit_mesh, is_blocked, land, light_at, refract, spread
from photoshoot.placers.studio.scene.bsdfs import diffuse
from photoshoot.placers.studio.scene.shapes import compose_scene, to_shape
from photoshoot.placers.studio.variant import is_scalar
from photoshoot.records import Canvas, Category, LinearImage, Product, ProductLayer, ShotRequest
from photoshoot.settings import Stance

_FULL = frozenset({Category.DRINK, Category.BEAUTY})
_MAYBE = _FULL | {Category.TABLEWARE}
_LEAST_CLEAR = 0.2  # of the silhouette, that has to let light through
_INDEX_FULL, _INDEX_HOLLOW = 1.34, 1.12  # what is full is a lens of water; hollow glass bends light as a weak one does
_OPAQUE = 0.85  # matte from which on nothing passes
_INNER = (0.25, 0.75)  # of the width: what is looked through
_CLEAR = 0.1  # matte under which there is nothing
_SMOOTH, _RINGS = 0.01, 96  # of the height: blur of its radii; and how many of them there are


@dataclass(frozen=True, kw_only=True, eq=False)
class Glass:
    """A translucent product as a solid."""

    mesh: Mesh
    """Closed, with normals."""
    index: float
    """Its index of refraction."""
    through: Float64Array
    """(rows, 3): what of light passes one side of each of the canvas's rows from ``top`` on, 0 to 1."""
    top: int
    """Canvas row of its highest one."""
    view: View
    """The camera that sees it."""

    @classmethod
    def of(cls, product: Product, layer: ProductLayer, canvas: Canvas, view: View) -> Glass | None:
        """A product on its canvas, turned about its axis; None where it is no glass, not clear, or does not stand.

        Glass is what was cut out as such, and what drinks, tableware and cosmetics have of it; hair and gauze are not.
        """
        cut_as_glass = product.cutout.segmentation is not None and product.cutout.segmentation.glass
        if view.stance is not Stance.UPRIGHT or not (cut_as_glass or product.category in _MAYBE):
            return None
        window = ProductWindow.around(layer, canvas)
        solid = ndimage.binary_fill_holes(window.alpha > _CLEAR)
        if (solid & (window.alpha < _OPAQUE)).sum() <= _LEAST_CLEAR * solid.sum():
            return None
        rows = np.flatnonzero(solid.any(1))
        left, right = np.argmax(solid[rows], 1), solid.shape[1] - np.argmax(solid[rows, ::-1], 1)
        axis = float(np.median(left + right)) / 2
        half = np.maximum(np.minimum(right - axis, axis - left), 0.5)  # a handle is on one side alone
        half = ndimage.gaussian_filter1d(half, max(1.0, _SMOOTH * len(rows)), mode="nearest") / view.px_per_unit
        down = np.linspace(0, len(rows) - 1, _RINGS)
        radius = np.interp(down, np.arange(len(rows)), half)
        height = (canvas.product_box.bottom - window.top - rows[0] - 0.5 - down) / view.px_per_unit
        outline = np.stack([radius, np.maximum(height, 0)], 1)
        closed = np.concatenate([[[0, outline[0, 1]]], outline, [[0, 0]]])
        x = (window.left + axis - 0.5 * view.width_px) / view.px_per_unit
        mesh = lathe(closed).moved(x, 0, -float(radius[-1]))
        index = _INDEX_FULL if product.category in _FULL else _INDEX_HOLLOW
        return cls(mesh=mesh, index=index, through=_see_through(window, rows), top=window.top + int(rows[0]), view=view)

    def passes(self, points: Float64Array) -> Float64Array:
        """What of light (n, 3) passes one side at some points (n, 3), by their height in the photo."""
        rows = np.floor(self.view.to_pixel(points)[:, 1]).astype(int) - self.top
        return np.asarray(self.through[np.clip(rows, 0, len(self.through) - 1)])


def _see_through(window: ProductWindow, rows: npt.NDArray[np.int64]) -> Float64Array:
    """What of light passes one side of some rows of a window (n, 3): its matte's gaps, and what is dyed beside them.

    Rims are left out: they look dark however clear the glass is.
    """
    inner = slice(*(round(share * window.alpha.shape[1]) for share in _INNER))
    alpha = window.alpha[rows, inner, None].astype(np.float64)
    through = np.where(alpha < _OPAQUE, 1 - alpha + alpha * bytes_to_linear(window.rgb[rows, inner]), 0).mean(1)
    return np.sqrt(ndimage.gaussian_filter1d(through, max(1.0, _SMOOTH * len(rows)), axis=0, mode="nearest"))


_HARDEST_TAN = math.tan(math.radians(6))  # half angle of a lamp that still draws lines
_RAYS = 80_000
_CELL_PX = 2.0  # of the picture, that light is counted in
_PROBES, _SHADE_SAMPLES, _SHADE_BLUR = 2000, 3, 1.4
_LEFT = 0.4  # of a place's light, that is never taken from it: what fills shadows, which are denoised and this is not


def find_hard_lamps(shapes: Mapping[str, object], target: Float64Array) -> list[mi.Emitter]:
    """The set's lamps that are small enough, as seen from the product, to draw lines."""
    found = []
    for shape in shapes.values():
        if not isinstance(shape, mi.Shape) or not shape.is_emitter():
            continue
        box = shape.bbox()
        away = float(np.linalg.norm(np.array(box.center()).ravel() - target))
        size = math.sqrt(float(np.array(shape.surface_area()).ravel()[0]) / math.pi)
        if size < _HARDEST_TAN * away:
            found.append(shape.emitter())
    return found


def trace_caustics(
    request: ShotRequest, view: View, shapes: Mapping[str, object], stand_in: Mapping[str, object]
) -> LinearImage | None:
    """What light through a product changes of a picture's (h, w, 3), partly below 0.

    None where no hard lamp shines through it, and in scalar variants, which follow one ray at a time.

    Args:
        request: The product on its canvas, at full size.
        view: The canvas's camera.
        shapes: The loaded set.
        stand_in: The product's loaded proxy.
    """
    if is_scalar():
        return None
    glass, seed = Glass.of(request.product, request.layer, request.canvas, view), request.seed
    if glass is None:
        return None
    points, normals, area = _sample_surface(glass.mesh, np.random.default_rng(seed))
    lamps = find_hard_lamps(shapes, points.mean(0))
    if not lamps:
        return None
    scenes = _Scenes(
        set=compose_scene(shapes),
        solid=compose_scene({"glass": to_shape(glass.mesh, bsdf=diffuse("#ffffff"))}),
        mesh=glass.mesh,
        screen=compose_scene(stand_in),
    )
    grid = _Grid.of(glass.view)
    total = np.zeros((grid.height, grid.width, 3))
    for lamp in lamps:
        total += _follow(glass, scenes, lamp, (points, normals, area), (grid, seed))
        shade = _shade(glass, scenes, lamp, (points, grid, seed))
        total -= ndimage.gaussian_filter(shade, (_SHADE_BLUR, _SHADE_BLUR, 0))
    return np.asarray(total, np.float32)


def add_caustics(light: LinearImage, change: LinearImage | None) -> LinearImage:
    """A picture's light (H, W, 3) with what ``trace_caustics`` found; each place keeps some of its own."""
    if change is None:
        return light
    size = light.shape[1::-1]
    planes = [Image.fromarray(np.ascontiguousarray(plane)) for plane in np.moveaxis(change, -1, 0)]
    large = np.dstack([np.asarray(plane.resize(size, Image.Resampling.BILINEAR)) for plane in planes])
    return np.asarray(np.maximum(light + large, np.float32(_LEFT) * light), np.float32)


def _sample_surface(mesh: Mesh, rng: np.random.Generator) -> tuple[Float64Array, Float64Array, float]:
    """Points (n, 3) evenly over a mesh, its normals there, and the area that each stands for."""
    corners = mesh.vertices[mesh.faces].astype(np.float64)
    areas = np.linalg.norm(np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1) / 2
    ends = np.cumsum(areas)
    face = np.searchsorted(ends, (np.arange(_RAYS) + rng.random(_RAYS)) / _RAYS * ends[-1])
    face = np.minimum(face, len(areas) - 1)
    first, second = rng.random((2, _RAYS))
    first = np.sqrt(first)
    weights = np.stack([1 - first, first * (1 - second), first * second], 1)[..., None]
    assert mesh.normals is not None
    normals = (mesh.normals[mesh.faces[face]] * weights).sum(1)
    normals = normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    return (corners[face] * weights).sum(1), normals.astype(np.float64), float(ends[-1]) / _RAYS


@dataclass(frozen=True, kw_only=True, eq=False)
class _Scenes:
    set: mi.Scene
    solid: mi.Scene
    mesh: Mesh
    screen: mi.Scene


@dataclass(frozen=True, kw_only=True)
class _Grid:
    """Cells of the picture that light is counted in."""

    view: View
    cell_px: float
    width: int
    height: int

    @classmethod
    def of(cls, view: View) -> _Grid:
        width, height = (max(1, round(side / _CELL_PX)) for side in (view.width_px, view.height_px))
        return cls(view=view, cell_px=view.width_px / width, width=width, height=height)

    def find(self, points: Float64Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], BoolArray]:
        """Row and column of the cells that points are seen in, and whether these are in the picture."""
        column, row = np.floor(self.view.to_pixel(points) / self.cell_px).astype(int).T
        return row, column, (row >= 0) & (row < self.height) & (column >= 0) & (column < self.width)

    def count(self, points: Float64Array, light: Float64Array | None = None) -> Float64Array:
        """How many points are seen in each cell, or the sum of their ``light``, (height, width)."""
        row, column, seen = self.find(points)
        place, weights = (row * self.width + column)[seen], None if light is None else light[seen]
        count = np.bincount(place, weights, self.width * self.height)
        return np.asarray(count.reshape(self.height, self.width), np.float64)


def _follow(
    glass: Glass,
    scenes: _Scenes,
    lamp: mi.Emitter,
    surface: tuple[Float64Array, Float64Array, float],
    picture: tuple[_Grid, int],
) -> Float64Array:
    """What a lamp's light adds to each cell that went through the solid (h, w, 3)."""
    (points, normals, area), (grid, seed) = surface, picture
    toward, light = light_at(lamp, scenes.set, points, seed)
    facing, entering = (normals * toward).sum(1), glass.passes(points)
    lit = (facing > 0) & (light.max(1) > 0) & (entering.max(1) > 0)
    lit[lit] &= ~is_blocked(scenes.solid, (points + 1e-3 * normals)[lit], toward[lit], np.inf)
    if not lit.any():
        return np.zeros((grid.height, grid.width, 3))
    points, normals, toward = points[lit], normals[lit], toward[lit]
    flux = light[lit] * facing[lit, None] * area * entering[lit]
    inside = refract(-toward, normals, 1 / glass.index)
    leaving = hit_mesh((scenes.solid, scenes.mesh), points - 2e-3 * normals, inside)
    out = refract(inside[leaving.rays], -leaving.normals, glass.index)
    whole = np.abs(out).sum(1) > 0  # else it is reflected inside
    rays, exits, out = leaving.rays[whole], leaving.points[whole], out[whole]
    landed = land(scenes.set, exits, out)
    passed = (flux[rays] * glass.passes(exits))[landed.rays]
    counted = _count(grid, scenes.set, landed, passed)
    return spread(counted, grid.count(landed.points))


def _shade(glass: Glass, scenes: _Scenes, lamp: mi.Emitter, picture: tuple[Float64Array, _Grid, int]) -> Float64Array:
    """Light (h, w, 3) that the screen lets onto each cell, though the clear part of the solid is in its way."""
    points, grid, seed = picture
    some = points[:: max(1, len(points) // _PROBES)]
    toward, _ = light_at(lamp, scenes.set, some, seed)
    shade, landed = np.zeros((grid.height, grid.width, 3)), land(scenes.set, some, -toward).points
    if not len(landed):
        return shade
    rows, columns, near = grid.find(landed)
    if not near.any():
        return shade
    box = tuple(slice(int(line[near].min()), int(line[near].max()) + 1) for line in (rows, columns))
    row, column = (np.tile(line.ravel(), _SHADE_SAMPLES) for line in np.mgrid[box])
    down, right = np.random.default_rng([seed, 2]).random((2, len(row)))
    eye = np.array([0, grid.view.camera_y, grid.view.distance])
    away = grid.view.to_world((column + right) * grid.cell_px, (row + down) * grid.cell_px) - eye
    found = land(scenes.set, np.broadcast_to(eye, away.shape), away / np.linalg.norm(away, axis=1, keepdims=True))
    if not len(found.points):
        return shade
    toward, light = light_at(lamp, scenes.set, found.points, seed)
    light = light * np.maximum((found.normals * toward).sum(1), 0)[:, None] * found.albedo / math.pi
    start = found.points + 1e-3 * found.normals
    met = hit_mesh((scenes.solid, scenes.mesh), start, toward, inner=False)
    caught = np.zeros(len(light), bool)
    caught[met.rays] = (glass.passes(met.points).max(1) > 0) & (light[met.rays].max(1) > 0)
    caught[caught] &= ~is_blocked(scenes.screen, start[caught], toward[caught], np.inf)
    total = np.zeros((len(row), 3))
    total[found.rays] = np.where(caught[:, None], light, 0)
    mean = total.reshape(_SHADE_SAMPLES, -1, 3).mean(0)
    shade[box] = mean.reshape(box[0].stop - box[0].start, box[1].stop - box[1].start, 3)
    return shade


def _count(grid: _Grid, scene: mi.Scene, found: Hits, flux: Float64Array) -> Float64Array:
    """The radiance (h, w, 3) that light which lands adds to the cells that see it."""
    view, eye = grid.view, np.array([0, grid.view.camera_y, grid.view.distance])
    away = eye - found.points
    depth, far = away[:, 2], np.linalg.norm(away, axis=1)
    cosine = (away * found.normals).sum(1) / far
    seen = (depth > 0.1) & (cosine > 0.01) & grid.find(found.points)[2]
    seen[seen] &= ~is_blocked(
        scene, (found.points + 2e-3 * found.normals)[seen], (away / far[:, None])[seen], far[seen] - 1e-2
    )
    cell = (depth * grid.cell_px / (view.distance * view.px_per_unit)) ** 2 * far / np.maximum(depth * cosine, 1e-6)
    radiance = (flux * found.albedo / (math.pi * cell[:, None]))[seen]
    return np.stack([grid.count(found.points[seen], channel) for channel in radiance.T], -1)
