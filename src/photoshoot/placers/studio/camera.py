"""The studio's camera: a view camera with a shifted lens, level, straight in front of the canvas.

The optical axis is parallel to the floor, and the horizon is moved by shifting the film instead of tilting the camera.
So the plane ``z = 0``, where the product stands, is seen without any perspective: pixels and world units there differ
by a scale and a translation alone, and a product photo can stand in it without being warped.

World: x to the right, 0 in the canvas's centre column; z towards the camera, 0 in the product's plane. Upright: y up
from the support, the product's base row is ``y = 0``. Lying or hanging: y up the picture, 0 in the canvas's centre row.
"""

import math
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.rounding import FINE, Rounding
from photoshoot.records import Canvas
from photoshoot.settings import SizeClass, Stance

FRAME_HEIGHT = 2.8
"""World units that the canvas height spans at ``z = 0`` in formats from about 4:5 to 2.7:1; in wider ones less."""
FRAME_MIN_WIDTH = 2.2
"""World units that the canvas width spans at least, so that tall formats keep air beside the product."""
LYING_SURFACE_Z = -0.11
"""Depth of the surface a lying product rests on."""
HANGING_WALL_Z = -0.34
"""Depth of the wall a hanging product is before."""
PICTURE_WALL_Z = -0.1
"""Depth of the wall that a picture hangs on."""
HANGER_DROP, HANGER_BEND = 0.36, 1.25
"""How far an arm of a hanger falls, of its length, and the power of the share of its length that it falls by."""
CAMERA_DISTANCE = 9.0
"""Camera to ``z = 0``, in formats up to about 4:1."""
_PANORAMA, _CROP = 2.7, 0.35  # from this shape on, width over height, the frame cuts a slice out of the set: it grows
# wider more slowly than its shape, and what stands in the set is larger in it; else banners show a set of toys
_WIDEST_SLOPE = 0.75  # half width over distance: wider angles stretch spheres at the sides visibly
_DEEPEST = 2.5  # a product reaches no farther back, nor farther than it is wide: walls stand there
_HIGHEST = 3.0  # camera height, where a contour alone says that it was high
_LOWEST_SEEN, _HIGHEST_SEEN = 0.9, 5.2  # where its pitch is known: lower a set has no floor, higher nothing else
_HIGHEST_SHARE = 1.85  # nor higher than so many pictures' heights: of banners' sets little is seen from there
_AIM = 0.25  # of a product's height: where the photo's line of sight meets it, between its base and its middle
_USUAL_REACH = 1.5  # depth of a product that was photographed from a little above
_HANGS_OVER = 0.5  # share of what is under a hanging product at which the set's floor begins


@dataclass(frozen=True, kw_only=True)
class Shoulders:
    """Where a hanger holds a garment, in world units at ``z = 0``."""

    x: float
    """Middle of the garment."""
    y: float
    """Height of the hanger's middle, such that its arms lie under the garment's shoulders."""
    half_width: float
    """From the middle to the ends of the arms."""
    drop: float
    """How far the ends of the arms lie below the middle."""
    top: float
    """Height of the garment's upper edge in its middle: what is higher is seen."""


@dataclass(frozen=True, kw_only=True)
class Cords:
    """Where two cords hold what hangs and is no garment, in world units at ``z = 0``."""

    left: tuple[float, float]
    """End of the left one, x and y, a little under the product's outline."""
    right: tuple[float, float]
    """Likewise, of the right one."""
    hanger: Shoulders
    """Where a hanger would be, were it a garment: what cords hang from is where that hangs from."""
    threads: bool = False
    """Whether they are threads, hardly seen: a cap's crown and a cup's rim have nothing to tie a cord to."""


@dataclass(frozen=True, kw_only=True)
class View:
    """The camera of one canvas, and the room that the product takes in it. Lengths are in world units."""

    width_px: int
    """Width of the canvas, px."""
    height_px: int
    """Height of the canvas, px."""
    stance: Stance
    """Standing on ``y = 0``, lying on ``z = LYING_SURFACE_Z``, or hanging before ``z = HANGING_WALL_Z``."""
    px_per_unit: float
    """Pixels a world unit at ``z = 0``."""
    distance: float
    """Camera to ``z = 0``."""
    axis_row_px: int
    """Canvas row of the optical axis: the horizon. May lie outside the canvas."""
    camera_y: float
    """Height of the camera, that is of the horizon; 0 without a floor."""
    product_x: float
    """Centre of the product."""
    product_half_width: float
    """Half the product's width, rounded up."""
    product_height: float
    """The product's height, rounded up; in a set with a floor, that of its top over the floor."""
    product_bottom: float
    """y of the product's lowest row; 0 in a set with a floor."""
    product_reach: float
    """How far behind ``z = 0`` the farthest foot may stand of any product that the view is for."""
    product_back: float
    """How far behind ``z = 0`` the picture shows that foot on the support, rounded up: tables reach past it."""
    has_floor: bool = True
    """Whether a floor ``y = 0`` is seen: under what stands, and under what hangs in a set; else the camera faces the
    surface that the product lies on or hangs before."""
    shoulders: Shoulders | None = None
    """Where a hanger holds it; None for what is no garment, or does not hang."""
    cords: Cords | None = None
    """Where cords hold it; None for a garment, for what hangs on the wall itself, and for what does not hang."""
    unit_m: float | None = None
    """Metres that a world unit is in life, at the product's scale; None: not known."""
    prop_scale: float = 1.0
    """How many times smaller than beside a bottle what lies beside the product is; see ``instancing.prop_scale``."""
    on_wall: bool = False
    """Whether what hangs does so on the wall itself, as pictures do, and not before it."""
    support_front: float = math.inf
    """How near the support of what stands reaches, z."""
    taken: tuple[tuple[float, float, float], ...] = ()
    """Rooms on the support where something stands: x, z in the support's frame, and radius; nothing reaches in."""
    kept: tuple[tuple[float, float, float], ...] = ()
    """Rooms for things that are still to come, likewise; into these a twig's end may reach."""
    most: int | None = None
    """How many things of the kind that is laid were asked for; None: as many as suit the picture."""

    @classmethod
    def of(
        cls,
        canvas: Canvas,
        camera_y: float,
        contact_rise_px: float = 0.0,
        *,
        has_floor: bool | None = None,
        rounding: Rounding = FINE,
        shows: tuple[float, float] | None = None,
        afloat: bool = False,
    ) -> Self:
        """The view of a canvas from a camera at height ``camera_y``.

        The scale is set by the format alone, so that a set looks the same round any product. Where it is known how
        steeply the photo looks down on what stands, the camera does, too, as far as sets can be seen so. Else it is
        raised where the photo saw the product from so high that its far feet would hang in the air. Either way it stays
        so low that the picture reaches up to what the set lives by, and is never under the product's middle.

        Args:
            canvas: The picture's geometry.
            camera_y: Height of the camera that suits the set.
            contact_rise_px: How far over the base the product's highest foot stands in the picture.
            has_floor: Whether what hangs does so over a set's floor. None: only what stands has one.
            rounding: Of the product's sizes.
            shows: Depth and height of what the set lives by, see ``SetDesign.shows``.
            afloat: Whether what hangs is held by nothing, and so may be seen from where its photo was taken.
        """
        box, up = canvas.product_box, rounding
        slice_of_it = min(1.0, (_PANORAMA * canvas.height_px / canvas.width_px) ** _CROP)
        scale = min(canvas.height_px / (FRAME_HEIGHT * slice_of_it), canvas.width_px / FRAME_MIN_WIDTH)
        stands = canvas.stance is Stance.UPRIGHT
        frontal = not (stands if has_floor is None else has_floor)
        floor_row = box.bottom if stands else round(box.bottom + _HANGS_OVER * (canvas.height_px - box.bottom))
        height_px = floor_row - box.top if not frontal else box.height
        own_reach = min(_DEEPEST, box.width / scale)
        reach = min(_DEEPEST, up.deepest(own_reach))
        rise = contact_rise_px / scale if stands else 0.0
        distance = max(CAMERA_DISTANCE, 0.5 * canvas.width_px / scale / _WIDEST_SLOPE)
        usual = min(_USUAL_REACH, own_reach)
        least = up.least_camera(0.5 * height_px / scale)
        most = math.inf if shows is None else max(camera_y, _highest_that_shows(*shows, floor_row / scale, distance))
        if (stands or (afloat and not frontal)) and canvas.pitch_deg is not None:
            aim_px = floor_row - box.bottom + _AIM * box.height if afloat else _AIM * height_px
            seen_from = CAMERA_DISTANCE * math.sin(math.radians(canvas.pitch_deg)) + aim_px / scale
            highest = min(_HIGHEST_SEEN, _HIGHEST_SHARE * canvas.height_px / scale)
            camera_y = max(_LOWEST_SEEN, min(highest, most, up.raised_camera(seen_from, camera_y)))
        else:
            seen_from = rise * (CAMERA_DISTANCE + usual) / usual
            highest = min(max(_HIGHEST, rise * (distance + own_reach) / own_reach), _HIGHEST_SEEN)
            highest = min(highest, _HIGHEST_SHARE * canvas.height_px / scale)
            camera_y = max(camera_y, min(highest, most, up.raised_camera(seen_from, camera_y)))
        height = max(camera_y, least)
        axis_row = canvas.height_px // 2 if frontal else round(floor_row - height * scale)
        origin_row = axis_row if frontal else floor_row
        product_height = up.length(height_px / scale)
        lower = 0.0 if up.reach is None else 0.5 * (product_height - height_px / scale)
        back = distance * rise / max(height - rise, 0.25 * height)
        metre = None if canvas.m_per_px is None else canvas.m_per_px * scale
        return cls(
            width_px=canvas.width_px,
            height_px=canvas.height_px,
            stance=canvas.stance,
            px_per_unit=scale,
            distance=distance,
            axis_row_px=axis_row,
            camera_y=(origin_row - axis_row) / scale,
            product_x=round((box.left + box.right - canvas.width_px) / 2 / scale, 2) + 0.0,
            product_half_width=up.width(box.width / scale) / 2,
            product_height=product_height,
            product_bottom=up.place((origin_row - box.bottom) / scale - lower) if frontal else 0.0,
            product_reach=reach,
            product_back=0.0 if frontal else up.back(back),
            has_floor=not frontal,
            unit_m=None if metre is None else up.in_metres(metre),
            on_wall=canvas.size_class is SizeClass.WALL,
        )

    @property
    def wall_z(self) -> float:
        """Depth of the wall that a hanging product is before."""
        return PICTURE_WALL_Z if self.on_wall else HANGING_WALL_Z

    @property
    def held(self) -> bool:
        """Whether something in the set is made to hold this one product."""
        return self.shoulders is not None or self.cords is not None

    @property
    def lying(self) -> bool:
        """Whether the product lies and the camera looks down on it."""
        return self.stance is Stance.LYING

    @property
    def frontal(self) -> bool:
        """Whether the camera faces the surface that the product lies on or hangs before; there is no floor then."""
        return not self.has_floor

    def reach_of(self, canvas: Canvas) -> float:
        """How far behind ``z = 0`` the farthest foot of a canvas's own product may stand."""
        return min(_DEEPEST, canvas.product_box.width / self.px_per_unit)

    @property
    def half_width(self) -> float:
        """Half the visible width at ``z = 0``."""
        return 0.5 * self.width_px / self.px_per_unit

    @property
    def top(self) -> float:
        """Height (y) of the canvas's upper edge at ``z = 0``."""
        return self.camera_y + self.axis_row_px / self.px_per_unit

    @property
    def bottom(self) -> float:
        """Height (y) of the canvas's lower edge at ``z = 0``; over 0 only where it cuts a person off."""
        return self.camera_y + (self.axis_row_px - self.height_px) / self.px_per_unit

    @property
    def horizon(self) -> float:
        """Row of the horizon as a share of the canvas height from the top."""
        return self.axis_row_px / self.height_px

    def half_width_at(self, z: float) -> float:
        """Half the visible width at depth ``z``: lights farther from the axis than this stay out of the picture."""
        return self.half_width * (self.distance - z) / self.distance

    def product_at(self, z: float) -> tuple[float, float]:
        """X of the product's middle, and half its width, as it covers them at depth ``z``."""
        scale = (self.distance - z) / self.distance
        return self.product_x * scale, self.product_half_width * scale

    def top_at(self, z: float) -> float:
        """Height (y) of the canvas's upper edge at depth ``z``: what is higher stays out of the picture."""
        return self.camera_y + (self.top - self.camera_y) * (self.distance - z) / self.distance

    def bottom_at(self, z: float) -> float:
        """Height (y) of the canvas's lower edge at depth ``z``."""
        return self.camera_y + (self.bottom - self.camera_y) * (self.distance - z) / self.distance

    def floor_z(self, rows_px: npt.ArrayLike) -> Float64Array:
        """Depth of the support ``y = 0`` as seen in rows (fractional, 0 = upper edge) below the horizon."""
        below = np.maximum(np.asarray(rows_px, np.float64) - self.axis_row_px, 1e-6)
        return np.asarray(self.distance - self.distance * self.px_per_unit * self.camera_y / below, np.float64)

    def to_world(self, columns_px: npt.ArrayLike, rows_px: npt.ArrayLike, z: npt.ArrayLike = 0.0) -> Float64Array:
        """World points (…, 3) at depth ``z`` seen at fractional pixel positions; pixel centres are at +0.5."""
        columns, rows, depth = np.broadcast_arrays(
            np.asarray(columns_px, np.float64), np.asarray(rows_px, np.float64), np.asarray(z, np.float64)
        )
        scale = (self.distance - depth) / (self.distance * self.px_per_unit)
        x = (columns - 0.5 * self.width_px) * scale
        return np.stack([x, self.camera_y - (rows - self.axis_row_px) * scale, depth], axis=-1)

    def to_pixel(self, points: npt.ArrayLike) -> Float64Array:
        """Pixel positions (…, 2), column and row, of world points (…, 3)."""
        x, y, z = np.moveaxis(np.asarray(points, np.float64), -1, 0)
        scale = self.distance * self.px_per_unit / (self.distance - z)
        return np.stack([0.5 * self.width_px + x * scale, self.axis_row_px - (y - self.camera_y) * scale], axis=-1)


def _highest_that_shows(z: float, y: float, top: float, distance: float) -> float:
    """How high a camera may stand whose picture ends at height ``top`` in z = 0 and at ``y`` or over it at depth z."""
    spread = (distance - z) / distance
    return round((spread * top - y) / (spread - 1), 2)
