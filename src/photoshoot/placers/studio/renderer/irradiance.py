"""How much light of which colour falls on a solid in a set, as the camera sees it: it is traced in grey."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import mitsuba as mi
import numpy as np
from scipy import ndimage

from photoshoot.arrays import BoolArray, Float32Array, Float64Array
from photoshoot.pixels.imaging import take_nearest
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.placers.studio.scene.bsdfs import Entry, diffuse, plastic
from photoshoot.placers.studio.scene.shapes import compose_scene, to_shape
from photoshoot.records import Box, LinearImage

SPP = 16
"""Paths a pixel; the film is small, and what is wanted is smooth."""
_SIDE_PX = 96  # of the film, over the solid's longer side
_GREY = 0.5  # of the solid: hollows light themselves as those of most products
_MARGIN_PX = 3  # film pixels round the solid
_COAT = 0.3  # Beckmann alpha of a clear coat, of which most products have some: cloth less, lacquer more

_Grid: TypeAlias = tuple[Float64Array, Float64Array]


@dataclass(frozen=True, kw_only=True, eq=False)
class WhiteSolid:
    """What light is measured on."""

    mesh: Mesh
    """Closed, with normals."""
    box: Box
    """What its grid is stretched over, canvas pixels."""
    normals: Float32Array
    """(h, w, 3): of its seen side."""
    solid: BoolArray
    """(h, w): where it is seen."""
    trust: float = 1.0
    """Share of how light differs over it that is believed, 0 to 1."""

    def shapes(self, material: Entry) -> dict[str, object]:
        """Mitsuba's shape."""
        return {"product_white": to_shape(self.mesh, bsdf=material)}


@dataclass(frozen=True, kw_only=True, eq=False)
class IrradianceFilm:
    """The small film that sees a solid and little else."""

    camera: Camera
    """Its film is the whole canvas's."""
    tile: tuple[slice, slice]
    """Rows and columns of it that are traced."""

    @classmethod
    def of(cls, view: View, box: Box) -> IrradianceFilm:
        """A film for a box of the canvas."""
        stride = max(1.0, max(box.width, box.height) / _SIDE_PX)
        film = Film(view=view, scale=1 / stride)
        left, top, _, _ = film.window
        rows, columns = (
            slice(max(0, int(start) - _MARGIN_PX), min(most, int(stop) + 1 + _MARGIN_PX))
            for start, stop, most in (
                (top + box.top / film.stride, top + box.bottom / film.stride, film.height_px),
                (left + box.left / film.stride, left + box.right / film.stride, film.width_px),
            )
        )
        return cls(camera=Camera(film=film), tile=(rows, columns))

    def to_film(self, grid: Float32Array, box: Box) -> Float32Array:
        """A grid (h, w, …) over a box, on the tile's pixels."""
        film, (rows, columns) = self.camera.film, self.tile
        left, top, _, _ = film.window
        down = ((np.arange(rows.start, rows.stop) + 0.5 - top) * film.stride - box.top) / box.height
        right = ((np.arange(columns.start, columns.stop) + 0.5 - left) * film.stride - box.left) / box.width
        return _sample(grid, (down * grid.shape[0] - 0.5, right * grid.shape[1] - 0.5))

    def to_grid(self, image: Float32Array, box: Box, shape: tuple[int, int]) -> Float32Array:
        """The tile's pixels (h, w, …) on a grid of so many rows and columns over a box."""
        film, (rows, columns) = self.camera.film, self.tile
        left, top, _, _ = film.window
        down = (box.top + (np.arange(shape[0]) + 0.5) / shape[0] * box.height) / film.stride + top
        right = (box.left + (np.arange(shape[1]) + 0.5) / shape[1] * box.width) / film.stride + left
        return _sample(image, (down - rows.start - 0.5, right - columns.start - 0.5))


def compose_lit(shapes: Mapping[str, object], solid: WhiteSolid) -> tuple[mi.Scene, mi.Scene]:
    """The set with the solid in it: matte and grey, and black under a clear coat, of which what it reflects is seen."""
    materials = diffuse(np.full(3, _GREY, np.float32)), plastic(np.zeros(3, np.float32), _COAT)
    matte, coated = (compose_scene({**shapes, **solid.shapes(material)}) for material in materials)
    return matte, coated


def measure_light(
    renderer: Renderer,
    denoise: Callable[[LinearImage, Aovs], LinearImage],
    scenes: tuple[mi.Scene, mi.Scene],
    where: tuple[WhiteSolid, View],
    seed: int,
) -> tuple[LinearImage, LinearImage]:
    """Light (h, w, 3) on a solid's grid, as its view shows it: of perfect matte white, and what a coat adds.

    ``scenes`` are those of ``compose_lit``.
    """
    solid, view = where
    film = IrradianceFilm.of(view, solid.box)
    aovs, seen = _hints(film, solid)
    found = []
    for scene, of_white in zip(scenes, (1 / _GREY, 1.0), strict=True):
        light = renderer.render_radiance(scene, film.camera, SPP, seed, film.tile) * np.float32(of_white)
        found.append(film.to_grid(denoise(take_nearest(light, seen), aovs), solid.box, solid.solid.shape))
    return found[0], found[1]


def _hints(film: IrradianceFilm, solid: WhiteSolid) -> tuple[Aovs, BoolArray]:
    """What the denoiser is told, and which of the tile's pixels show the solid alone."""
    normals = film.to_film(solid.normals, solid.box)
    seen = film.to_film(solid.solid.astype(np.float32), solid.box) > 0.5
    plain = np.zeros(normals.shape[:2], np.float32)
    return Aovs(albedo=np.full(normals.shape, _GREY, np.float32), normals=normals, distance=plain), seen


def _sample(image: Float32Array, at: _Grid) -> Float32Array:
    planes = image[..., None] if image.ndim == 2 else image
    places = np.meshgrid(*at, indexing="ij")
    found = [ndimage.map_coordinates(plane, places, order=1, mode="nearest") for plane in np.moveaxis(planes, -1, 0)]
    return np.asarray(found[0] if image.ndim == 2 else np.dstack(found), np.float32)
