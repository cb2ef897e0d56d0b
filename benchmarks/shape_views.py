"""Photos of solids with the shape that they show, for the network that reads shapes.

Mitsuba follows the rays: to the solid, from there to one or two lamps of some size, and to all sides. The sums are made
here, so that no material has to be compiled: matt reflectance, and a lobe under a coat. Normals and depths are exact.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import mitsuba as mi
import numpy as np
from benchmarks.relight_things import Part
from benchmarks.shape_models import Solid
from PIL import Image
from scipy import ndimage

from photoshoot.color.space import linear_to_srgb
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.product.contact import ProductWindow, trace_contact
from photoshoot.placers.studio.product.inflation import InflationEstimator
from photoshoot.placers.studio.product.relief import find_grounded
from photoshoot.placers.studio.product.shape import ProductShape
from photoshoot.placers.studio.scene.bsdfs import diffuse
from photoshoot.placers.studio.scene.shapes import compose_scene, to_shape
from photoshoot.records import Box, Canvas, Category, ProductLayer
from photoshoot.settings import Stance

SIDE, BASE = 192, 162
SPP = 8
_PITCHED, _LIES = 0.5, 0.15  # shares of views: from a pitch of 0 to 40 degrees; of what lies or hangs
_WRONG = 0.12  # of categories
_CLEAN = 2  # pixels: reach of the filter over light, which follows normals
_NEAREST, _FARTHEST = 0.2, 0.95


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """A photo of a solid, and its shape."""

    layer: ProductLayer
    canvas: Canvas
    view: View
    category: Category
    normals: np.ndarray
    """(SIDE, SIDE, 3): true ones, unit length on the product."""
    toward: np.ndarray
    """(SIDE, SIDE): world z on the product."""

    def window(self) -> ProductWindow:
        """The product's part of the canvas."""
        return ProductWindow.around(self.layer, self.canvas)

    def inflated(self) -> ProductShape:
        """What the outline alone tells."""
        window = self.window()
        contact = trace_contact(window.alpha, window.top, self.canvas)
        return InflationEstimator().estimate(window, find_grounded(contact, window, self.canvas), self.category)


def photograph(solid: Solid, rng: np.random.Generator) -> Seen | None:
    """The solid from a height and in a light by chance; None where nothing of it is seen."""
    stance = Stance.LYING if rng.random() < _LIES else Stance.UPRIGHT
    solid = solid if stance is Stance.UPRIGHT else _centred(solid)
    canvas = _canvas(Box(left=48, top=BASE - 96, right=144, bottom=BASE), stance)
    pitched = stance is Stance.UPRIGHT and rng.random() < _PITCHED
    canvas = replace(canvas, pitch_deg=float(rng.uniform(0, 40)) if pitched else None)
    view = View.of(canvas, float(rng.uniform(0.8, 2.2)))
    mesh, part_of = _merge(solid.parts)
    scene = compose_scene({"solid": to_shape(mesh, bsdf=diffuse(np.full(3, 0.5, np.float32)))})
    at = view.to_pixel(mesh.vertices)
    low, high = np.floor(at.min(0)).astype(int).clip(0), np.ceil(at.max(0)).astype(int).clip(None, SIDE)
    rows, columns = (np.arange(low[1], high[1]), np.arange(low[0], high[0]))
    if len(rows) < 12 or len(columns) < 12:
        return None
    rays = _Rays.through(view, rows, columns)
    met = rays.meet(scene)
    light, shine = _light(scene, rays, met, rng)
    albedo, gloss = _surface(solid.parts, part_of, met)
    shape = (len(rows), len(columns), SPP)
    mean = lambda plane: (plane * met.valid[:, None]).reshape(*shape, -1).sum(2) / np.maximum(  # noqa: E731
        met.valid.reshape(shape).sum(2), 1)[..., None]  # fmt: skip
    normals = mean(met.normal)
    normals = normals / np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-6)
    alpha = met.valid.reshape(shape).mean(2)
    lit = _follow_normals(mean(light), normals, alpha)
    coat = _follow_normals(mean(shine * gloss[:, None]), normals, alpha)
    rgb = mean(albedo) * lit + coat
    rgb = np.clip(rgb * rng.uniform(0.75, 1.25) * (1 + rng.normal(size=rgb.shape) * rng.uniform(0, 0.02)), 0, 1)
    return _lay(view, canvas, solid.category if rng.random() > _WRONG else rng.choice(list(Category)),
                (rows, columns), rgb, alpha, normals, mean(met.point[:, 2:])[..., 0])  # fmt: skip


def _lay(
    view: View,
    canvas: Canvas,
    category: Category,
    at: tuple[np.ndarray, np.ndarray],
    rgb: np.ndarray,
    alpha: np.ndarray,
    normals: np.ndarray,
    toward: np.ndarray,
) -> Seen | None:
    whole = lambda plane: _whole(plane, at)  # noqa: E731
    matte = whole(alpha).astype(np.float32)
    solid = matte > 0.5
    if solid.sum() < 200:
        return None
    down, across = (np.flatnonzero(solid.any(axis)) for axis in (1, 0))
    tight = Box(left=int(across[0]), top=int(down[0]), right=int(across[-1]) + 1, bottom=int(down[-1]) + 1)
    shown = np.round(255 * linear_to_srgb(whole(rgb))).astype(np.uint8)
    return Seen(
        layer=ProductLayer(rgb=shown, alpha_matte=matte),
        canvas=replace(canvas, product_box=tight),
        view=view,
        category=category,
        normals=whole(normals).astype(np.float32),
        toward=whole(toward).astype(np.float32),
    )


def _whole(plane: np.ndarray, at: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    found = np.zeros((SIDE, SIDE, *plane.shape[2:]), plane.dtype)
    found[np.ix_(*at)] = plane
    return found


def _canvas(box: Box, stance: Stance) -> Canvas:
    safe = Box(left=0, top=0, right=SIDE, bottom=SIDE)
    return Canvas(label="x", width_px=SIDE, height_px=SIDE, product_box=box, safe_area=safe, stance=stance)


def _centred(solid: Solid) -> Solid:
    """What lies or hangs has its middle in the picture's."""
    points = np.concatenate([part.mesh.vertices for part in solid.parts])
    middle = float(points[:, 1].max() / 2)
    return replace(solid, parts=tuple(replace(part, mesh=part.mesh.moved(0, -middle, 0)) for part in solid.parts))


def _merge(parts: tuple[Part, ...]) -> tuple[Mesh, np.ndarray]:
    """One mesh of all, and the number of the part that each face is of."""
    meshes = []
    for part in parts:
        mesh = part.mesh if part.mesh.normals is not None else part.mesh.faceted()
        uv = mesh.uv if mesh.uv is not None else np.zeros((len(mesh.vertices), 2), np.float32)
        meshes.append(replace(mesh, uv=uv))
    return merged(meshes), np.repeat(np.arange(len(meshes)), [len(mesh.faces) for mesh in meshes])


@dataclass(frozen=True, kw_only=True, eq=False)
class _Met:
    valid: np.ndarray
    point: np.ndarray
    normal: np.ndarray
    """(N, 3): toward the eye."""
    geometric: np.ndarray
    uv: np.ndarray
    face: np.ndarray


@dataclass(frozen=True, kw_only=True, eq=False)
class _Rays:
    origin: np.ndarray
    direction: np.ndarray

    @classmethod
    def through(cls, view: View, rows: np.ndarray, columns: np.ndarray) -> _Rays:
        row, column, _ = np.meshgrid(rows, columns, np.arange(SPP), indexing="ij")
        shift = (np.arange(SPP) + 0.5) / SPP, (np.arange(SPP) * 0.618034) % 1
        points = view.to_world((column + shift[0]).ravel(), (row + shift[1]).ravel(), 0.0)
        eye = np.array([0.0, view.camera_y, view.distance])
        direction = points - eye
        return cls(origin=eye, direction=direction / np.linalg.norm(direction, axis=1, keepdims=True))

    def meet(self, scene: mi.Scene) -> _Met:
        found = scene.ray_intersect(mi.Ray3f(mi.Point3f(*map(float, self.origin)), _vectors(self.direction)))
        normal, plane = np.array(found.sh_frame.n).T, np.array(found.n).T
        away = (plane * self.direction).sum(1, keepdims=True) > 0
        plane = np.where(away, -plane, plane)
        normal = np.where((normal * plane).sum(1, keepdims=True) < 0, -normal, normal)
        return _Met(
            valid=np.array(found.is_valid()),
            point=np.array(found.p).T,
            normal=normal,
            geometric=plane,
            uv=np.array(found.uv).T,
            face=np.array(found.prim_index),
        )


def _vectors(rows: np.ndarray) -> mi.Vector3f:
    return mi.Vector3f(np.ascontiguousarray(rows.T, np.float32))


def _reaches(scene: mi.Scene, start: np.ndarray, toward: np.ndarray) -> np.ndarray:
    return ~np.array(scene.ray_test(mi.Ray3f(mi.Point3f(np.ascontiguousarray(start.T, np.float32)), _vectors(toward))))


def _light(scene: mi.Scene, rays: _Rays, met: _Met, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Light on white, and what a coat throws back of it, by ray (N, 3)."""
    start = met.point + 0.004 * met.geometric
    above, below = rng.uniform(0.15, 0.7), rng.uniform(0.05, 0.6)  # round about, and from the floor
    tint = 1 + rng.normal(size=(3, 3)) * 0.05
    side = _round_about(met.normal, rng)
    free = _reaches(scene, start, side)[:, None]
    around = np.where(side[:, 1:2] < 0, below * tint[0], above * tint[1])
    light = np.where(free, around, 0.25 * above * tint[1])
    mirror = rays.direction - 2 * (rays.direction * met.normal).sum(1, keepdims=True) * met.normal
    clear = 0.04 + 0.96 * (1 - np.clip(-(rays.direction * met.normal).sum(1, keepdims=True), 0, 1)) ** 5
    shine = clear * np.where(mirror[:, 1:2] < 0, below * 0.5, above * (0.5 + 0.5 * mirror[:, 1:2]))
    sharp = rng.uniform(20, 200)
    for _ in range(rng.choice([1, 1, 2])):
        azimuth, height = np.radians(rng.uniform(-80, 80)), np.radians(rng.uniform(-5, 75))
        place = np.array([np.sin(azimuth) * np.cos(height), np.sin(height), np.cos(azimuth) * np.cos(height)])
        wide, bright = rng.uniform(0.03, 0.5), rng.uniform(0.3, 0.9) * tint[2]
        toward = place + rng.normal(size=start.shape) * wide * 0.6
        toward /= np.linalg.norm(toward, axis=1, keepdims=True)
        cosine = np.clip((met.normal * toward).sum(1, keepdims=True), 0, 1)
        reached = _reaches(scene, start, toward)[:, None]
        light = light + bright * cosine * reached
        lobe = np.clip((mirror * toward).sum(1, keepdims=True), 0, 1) ** sharp
        shine = shine + clear * bright * reached * lobe * min(sharp, 60) * 0.25
    return light, shine


def _round_about(normal: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Directions (N, 3) that fall on surfaces as even light does."""
    ball = rng.normal(size=normal.shape)
    ball /= np.linalg.norm(ball, axis=1, keepdims=True)
    found = normal + ball * 0.999
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


def _surface(parts: tuple[Part, ...], part_of: np.ndarray, met: _Met) -> tuple[np.ndarray, np.ndarray]:
    """Reflectance (N, 3) and whether there is a coat (N,)."""
    albedo, gloss = np.zeros((len(met.valid), 3)), np.zeros(len(met.valid))
    which = part_of[np.minimum(met.face, len(part_of) - 1)]
    for number, part in enumerate(parts):
        mine = met.valid & (which == number)
        height, width = part.albedo.shape[:2]
        at = np.nan_to_num(met.uv[mine]) % 1.0
        row = np.minimum((at[:, 1] * height).astype(int), height - 1)
        albedo[mine] = part.albedo[row, np.minimum((at[:, 0] * width).astype(int), width - 1)]
        gloss[mine] = part.gloss is not None
    return albedo, gloss


def _follow_normals(plane: np.ndarray, normals: np.ndarray, alpha: np.ndarray) -> np.ndarray:
    """Light without its noise: a mean of neighbours that look the same way."""
    total, weight = np.zeros_like(plane), np.full(alpha.shape, 1e-6)
    reach = range(-_CLEAN, _CLEAN + 1)
    for down in reach:
        for right in reach:
            shift = lambda array: np.roll(array, (down, right), (0, 1))  # noqa: B023, E731
            same = np.clip((normals * shift(normals)).sum(-1), 0, 1) ** 24 * shift(alpha)
            total += same[..., None] * shift(plane)
            weight += same
    return np.asarray(total / weight[..., None])


def shrink(plane: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Means of a plane (H, W) over the cells of a grid of so many rows and columns."""
    image = Image.fromarray(np.ascontiguousarray(plane, np.float32))
    return np.asarray(image.resize((shape[1], shape[0]), Image.Resampling.BOX), np.float32)


def cut(plane: np.ndarray, window: ProductWindow) -> np.ndarray:
    """A canvas's plane (H, W, …) where the window is; 0 past the canvas."""
    height, width = window.alpha.shape
    margin = 16
    padded = np.pad(plane, [(margin, margin + height), (margin, margin + width), *[(0, 0)] * (plane.ndim - 2)])
    top, left = window.top + margin, window.left + margin
    return padded[top : top + height, left : left + width]


def fill(plane: np.ndarray, known: np.ndarray) -> np.ndarray:
    """A plane with what is not known taken from the nearest that is."""
    rows, columns = ndimage.distance_transform_edt(~known, return_distances=False, return_indices=True)
    return np.ascontiguousarray(plane[rows, columns])
