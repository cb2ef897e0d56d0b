"""Albedo on the canvas's own pixels: finer than a film's, free of the lens's noise, and so the film's own, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.pixels.bands import two_at_once
from photoshoot.placers.studio.renderer.aov import Aovs
from photoshoot.placers.studio.renderer.discs import Square, blur, squares_for
from photoshoot.placers.studio.renderer.sensor import Camera, Film
from photoshoot.records import LinearImage

_BLUR_SIDES = (1, 3, 5, 7)  # canvas pixels across of the squares that stand for discs
_LOOKED_AT = 0.99  # of a film pixel: there its albedo is the mean of the canvas's own


@dataclass(frozen=True, kw_only=True, eq=False)
class FullResAovs:
    """What some of the canvas's pixels show: without blur, until a lens is asked for."""

    where: BoolArray
    """Which ones, (H, W); N of them."""
    albedo: Float32Array
    """(N, 3), [0, 1], row by row."""
    distance: Float32Array
    """(N,): from the lens along the ray, world units; 0 where there is nothing."""

    @classmethod
    def of_parts(cls, where: BoolArray, parts: Sequence[tuple[BoolArray, Aovs]]) -> Self:
        """Of pixels that were looked at apart: which ones in all and each time (H, W), and what they show (N, …)."""
        albedo = np.empty((int(where.sum()), 3), np.float32)
        distance = np.empty(len(albedo), np.float32)
        for these, aovs in parts:
            mine = these[where]
            albedo[mine], distance[mine] = aovs.albedo, aovs.distance
        return cls(where=where, albedo=albedo, distance=distance)

    def through(self, camera: Camera, aovs: Aovs, coverage: Float32Array) -> tuple[Self, Aovs]:
        """As a lens shows it, and a film's AOVs with its mean: of several times as many rays as the film got.

        Args:
            camera: Its lens, and the film (h, w).
            aovs: Of the film.
            coverage: Share of each film pixel that the product hides.
        """
        planes = [np.zeros(self.where.shape, np.float32) for _ in range(4)]
        self._write(planes)
        seen = self
        if camera.aperture > 0:
            rows, columns = (np.flatnonzero(self.where.any(axis)) for axis in (1, 0))
            box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
            squares, where = self._squares(camera, box), self.where[box]
            *colors, known = two_at_once(lambda plane: blur(plane[box], squares)[where], planes)
            seen = replace(self, albedo=np.stack([color / known for color in colors], -1))
            seen._write(planes)
        return seen, aovs.with_albedo(_on_film(planes, camera.film, aovs.albedo, coverage))

    def _write(self, planes: Sequence[Float32Array]) -> None:
        """Albedo, and 1 for what is known, to four planes (H, W)."""
        for plane, values in zip(planes, (*self.albedo.T, 1), strict=True):
            plane[self.where] = values

    def _squares(self, camera: Camera, box: tuple[slice, slice]) -> list[Square]:
        """What stands for circles of confusion in a part of the canvas."""
        variance = np.zeros(self.where.shape, np.float32)
        variance[self.where] = (camera.blur_px(self.distance, self.where) / 4) ** 2  # of a disc, along either axis
        return squares_for(variance[box], _BLUR_SIDES)


def _on_film(planes: Sequence[Float32Array], film: Film, albedo: LinearImage, coverage: Float32Array) -> LinearImage:
    """A film's albedo, of the canvas's planes where all of a pixel is known: red, green, blue and where they are."""
    *colors, known = two_at_once(film.from_canvas, planes)
    sure = (known > _LOOKED_AT) & (coverage == 0)
    return np.stack([np.where(sure, new, old) for new, old in zip(colors, np.moveaxis(albedo, -1, 0), strict=True)], -1)
