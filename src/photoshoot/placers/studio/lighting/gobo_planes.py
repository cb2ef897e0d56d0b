"""Where the shadows of a gobo fall: on a wall, up a slope, or all over a set that faces its light."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import rotation
from photoshoot.placers.studio.scene.emitters import direction
from photoshoot.sets import Light

Rectangle = tuple[float, float, float, float]
"""left, right, bottom, top"""

_FARTHEST = 12.0  # so much of a slope lies in shadows at most, world units
_WIDEST_DEG = 65.0
_HIGHEST_DEG = 65.0
_ROW = 3.2  # how far from the focus lower rows of leaves stay where they are to leave it in the light, world units
_OPEN = 1.0  # likewise, where leaves are to fall all round what stands on a table
FAR_Z = -7.0
"""Depth of a set's wall, at most."""
_NEAR_Z = 2.0  # of the floor, as near as it is seen


@dataclass(frozen=True, kw_only=True)
class GoboPlane:
    """Where the shadows fall."""

    z: float
    """Depth of the wall, or of a lying surface."""
    left: float
    """Left edge of the pattern, world units; negative to the left."""
    right: float
    """Right edge of the pattern, world units."""
    bottom: float
    """Lower edge of the pattern, world units; may lie below 0."""
    top: float
    """Upper edge of the pattern, world units."""
    focus_x: float
    """Where the light must fall, such as the product's place."""
    product: Rectangle | None = None
    """What of it the product shades; leaves fall over a part of that. None: they leave the focus in the light."""
    clear: float = _ROW
    """So far to both sides of the focus no lower leaves hang."""
    turn_deg: float = 0.0
    """How far the plane is turned about the upright line through its focus; 0: it faces the camera."""

    @classmethod
    def across(cls, view: View, z: float, *, bottom: float, share: float = 1.0) -> Self:
        """An upright plane at depth ``z`` from side to side of the view and up to its top; its focus is the product.

        Args:
            view: The camera.
            z: Depth.
            bottom: Its lower edge, world units.
            share: Its width, of the view's.
        """
        half = share * view.half_width_at(z)
        return cls(z=z, left=-half, right=half, bottom=bottom, top=view.top_at(z), focus_x=view.product_x)

    @classmethod
    def up_slope(cls, view: View, light: Light, z: float, slope: float) -> Self:
        """An upright plane such that what is drawn on it falls all over the part of a slope that is seen.

        Args:
            view: The camera; the light's focus is its product, before the slope.
            light: The sun: the steeper it shines, the taller the plane.
            z: Depth of the slope's foot, which lies at y = 0.
            slope: Its rise over its run, or that of stairs.
        """
        toward = direction(lowered(light))
        runs = np.arange(0.5, _FARTHEST, 0.25)
        run = next((run for run in runs if slope * run > view.top_at(z - run)), _FARTHEST)  # a tall view has no end
        middle, height = z - run / 2, slope * run / 2
        half = height * (1 + float(toward[1] / toward[2]) / slope)
        aside = float(toward[0] / toward[2])
        reach = view.half_width_at(z - run) + abs(aside) * run / 2
        focus_x = view.product_x + middle * aside
        return cls(z=middle, left=-reach, right=reach, bottom=height - half, top=height + half, focus_x=focus_x)

    @classmethod
    def facing(cls, view: View, toward: Float64Array) -> Self:
        """An upright plane through the product's foot that faces the light, such that all that is seen lies in it.

        So windows, blinds and leaves stand across the light's way, and fall slantwise over a table and the wall behind.

        Args:
            view: The camera.
            toward: Unit vector (3,) to the light, which does not shine straight down.
        """
        turn = math.degrees(math.atan2(toward[0], toward[2]))
        foot = np.array([view.product_x, 0.0, 0.0])
        slope = float(toward[1] / math.hypot(toward[0], toward[2]))
        across, up, off = ((np.stack([*seen_points(view)]) - foot) @ rotation(turn)[:3, :3]).T
        height = up - slope * off  # where the light's rays to what is seen meet the plane
        return cls(
            z=0.0,
            left=view.product_x + float(across.min()),
            right=view.product_x + float(across.max()),
            bottom=float(height.min()),
            top=float(height.max()),
            focus_x=view.product_x,
            clear=_OPEN,
            turn_deg=turn,
        )

    def place(self, points: Float64Array) -> Float64Array:
        """Points (N, 3) of a pattern, which is drawn facing the camera, in the world."""
        pivot = np.array([self.focus_x, 0.0, self.z])
        return np.asarray((points - pivot) @ rotation(self.turn_deg)[:3, :3].T + pivot, np.float64)

    def behind_product(self, view: View, light: Light) -> Self:
        """The plane such that light falls on the product, which stands before it, and not on the plane behind that."""
        toward = direction(lowered(light))
        right, down = (float(self.z * part / toward[2]) for part in toward[:2])
        half, x, bottom = view.product_half_width, view.product_x + right, view.product_bottom + down
        return replace(self, focus_x=x, product=(x - half, x + half, bottom, bottom + view.product_height))


def lowered(light: Light) -> Light:
    """The light, so far before the wall that a gobo before it stays behind the camera."""
    turned = float(np.clip(light.azimuth_deg, -_WIDEST_DEG, _WIDEST_DEG))
    return replace(light, azimuth_deg=turned, elevation_deg=min(light.elevation_deg, _HIGHEST_DEG))


def seen_points(view: View, far: float = FAR_Z) -> Iterator[Float64Array]:
    """Corners of what is seen of a set's floor and wall, as far as depth ``far``, or of the surface that faces one."""
    for z in (view.wall_z,) if view.frontal else (_NEAR_Z, 0.0, far):
        low = max(0.0, view.bottom_at(z)) if view.has_floor else view.bottom_at(z)
        for x in (-view.half_width_at(z), view.half_width_at(z)):
            for y in (low, max(low, view.top_at(z))):
                yield np.array([x, y, z])
