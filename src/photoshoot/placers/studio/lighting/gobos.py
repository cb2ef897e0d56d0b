"""Gobos, stencils between the key light and the set: blinds, a paned window, leaves, a slit, a spot. Shadows are seen.

A pattern is drawn on the plane where its shadow should fall, then seen from the lamp: so it falls as drawn whatever the
light's direction. The lamp is a point that shines through a picture of the pattern, blurred as the sun's disc blurs it,
so that soft edges take no more paths than bare walls do; what stands in its light throws sharp shadows, as in the sun.

How much of a small lamp is seen past a gobo, as a picture: shadows whose soft edges no chance is needed for.

Paths would find a penumbra by asking, each for itself, whether a point of the lamp is hidden; few of them make it
mottled, and denoisers keep that. But how much of a disc is hidden by what is flat is the mean of it over that disc: so
the gobo is drawn as seen from the lamp, and blurred with the lamp's image.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import mitsuba as mi
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw
from scipy import ndimage

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.pixels.bands import in_bands
from photoshoot.placers.studio.camera import LYING_SURFACE_Z, View
from photoshoot.placers.studio.lighting.gobo_patterns import GoboKind, Layer, draw
from photoshoot.placers.studio.lighting.gobo_planes import FAR_Z, GoboPlane, lowered, seen_points
from photoshoot.placers.studio.scene.bsdfs import Entry, rgb
from photoshoot.placers.studio.scene.emitters import IRRADIANCE, direction, unit_luminance
from photoshoot.placers.studio.scene.shapes import SetParts, finished_shape
from photoshoot.sets import Light

_FINER = 2  # times as fine as the picture outlines are drawn, for smooth edges
_ACROSS_BLUR = 3.5  # pixels over the narrowest soft edge
_SMALLEST, _LARGEST = 256, 2048


def side_for(narrowest: float) -> int:
    """Side of a picture, px, that shows soft edges of a width, as a share of the picture's."""
    return int(np.clip(np.ceil(_ACROSS_BLUR / narrowest / 16) * 16, _SMALLEST, _LARGEST))


def clip_behind(triangles: Float64Array, near: float) -> Float64Array:
    """Triangles (N, 3, 3) cut off where z is less than ``near``: what reaches behind an eye can't be projected."""
    ahead = (triangles[..., 2] >= near).sum(1)
    cut: list[Float64Array] = [triangles[ahead == 3]]
    for corners in triangles[(ahead > 0) & (ahead < 3)]:
        kept = []
        for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            if start[2] >= near:
                kept.append(start)
            if (start[2] >= near) != (end[2] >= near):
                kept.append(start + (near - start[2]) / (end[2] - start[2]) * (end - start))
        cut.append(np.array([[kept[0], kept[i], kept[i + 1]] for i in range(1, len(kept) - 1)]))
    return np.concatenate(cut)


def draw_opaque(triangles: Float64Array, side: int) -> Float32Array:
    """What opaque triangles hide: 1 behind them, 0 elsewhere.

    Args:
        triangles: Corners (N, 3, 2) in the picture's coordinates, 0 to 1: column, row.
        side: The picture's side, px.

    Returns:
        Opacity, (side, side).
    """
    fine = _FINER * side
    canvas = Image.new("L", (fine, fine))
    pen = ImageDraw.Draw(canvas)
    corners = triangles.reshape(-1, 6) * fine - 0.5
    inside = (corners.max(1) > 0) & (corners.min(1) < fine)
    for corner in corners[inside].round(2).tolist():
        pen.polygon(corner, fill=255)
    return np.asarray(canvas.reduce(_FINER), np.float32) / np.float32(255)


def blur_with_disc(image: Float32Array, diameter: float) -> Float32Array:
    """Means over discs whose diameter is told in px; under 1.5 px the picture as it is."""
    radius = diameter / 2
    if diameter < 1.5:
        return image
    reach = int(radius)
    chords = [2 * int(np.sqrt(radius**2 - row**2)) + 1 for row in range(-reach, reach + 1)]
    rows = np.pad(image, ((reach, reach), (0, 0)), mode="edge")

    def mean_over(band: npt.NDArray[np.int64]) -> Float32Array:
        total = np.zeros((len(band), image.shape[1]), np.float32)
        for shift, chord in enumerate(chords):
            some = rows[band[0] + shift : band[-1] + 1 + shift]
            total += ndimage.uniform_filter1d(some, chord, axis=1, mode="nearest") * np.float32(chord)
        return np.asarray(total / np.float32(sum(chords)), np.float32)

    return np.asarray(in_bands(mean_over, np.arange(len(image))), np.float32)


_NEARNESS: Final[Mapping[GoboKind, float]] = {"blinds": 0.30, "panes": 0.30, "leaves": 0.40, "slit": 0.30, "spot": 0.30}
"""How far from the sun to the wall a gobo would stand out of the picture: so far off is the sun, at least."""
_BLUR: Final[Mapping[GoboKind, tuple[float, float]]] = {
    "blinds": (0.045, 0.14),
    "panes": (0.05, 0.35),
    "leaves": (0.06, 0.5),
    "slit": (0.05, 0.4),
    "spot": (0.45, 0.8),
}
"""Width of the shadows' soft edge on the wall, world units: hard sun, and what full softness adds."""
_BRIGHTER: Final[Mapping[GoboKind, float]] = {"leaves": 1.12, "panes": 1.15, "blinds": 1.2, "slit": 1.2, "spot": 1.15}
"""Times the exposure of a set that a gobo shades a part of."""
_HIGHEST_DEG = 58.0  # of a sun whose pattern is to be seen on walls and tables
_OUTDOORS = 50.0  # distance of a sun from which on its ground reaches the horizon
_FIELD_Z, _HORIZON_Z = -12.0, -60.0
_SLIT_HALF = 1.0  # half the width of the blade of light that a slit lets through, world units
_ROUND, _BESIDE = 1.1, 0.3  # radius of a spotlight, of half the product's longer side, and world units beside that
_UP_WALLS = 3.2  # how much farther up than down it reaches: what is behind is lit from over the product
_NEAREST = 11.0  # of the sun
_BEFORE_LAMP = 0.05  # nearer than this along its axis a lamp sees nothing
_RIM: Final = "rim"
"""Of lamps from the sides, which would throw hard shadows of their own on a surface that faces the camera."""
_BEYOND = 1.15  # times what is seen that the light reaches


def sun_through(
    kind: GoboKind, light: Light, view: View, plane: GoboPlane, rng: np.random.Generator, irradiance: float
) -> dict[str, object]:
    """A sun of the light's direction and colour, and the gobo before it.

    Args:
        kind: What the sun comes through, unless the light says it.
        light: Its direction, softness and colour.
        view: What is seen, all of which the sun reaches but for the gobo.
        plane: Where the shadows fall.
        rng: Moves and varies the pattern.
        irradiance: Of a surface that faces the sun, in units of a full exposure.
    """
    kind = kind if light.gobo == "none" else light.gobo
    aim = np.array([plane.focus_x, 0.5 * (plane.bottom + plane.top), plane.z])
    sun = _sun_position(light, view, aim, _NEARNESS[kind])
    power = unit_luminance(light.color) * irradiance
    return {"sun": shine_through(kind, (sun, aim), view, plane, rng, light.softness, power)}


def hang_gobo(parts: SetParts, light: Light, view: View, rng: np.random.Generator) -> SetParts:
    """A built set with the light's gobo before its key, where it asks for one and the set has a key.

    Args:
        parts: The set as it was built, without any.
        light: What says which.
        view: The camera.
        rng: Moves and varies the pattern.
    """
    if light.gobo == "none":
        return parts
    key = finished_shape(parts.shapes.get("key"))
    if not isinstance(key, mi.Mesh):
        return parts
    aim = np.array([view.product_x, 0.0, LYING_SURFACE_Z if view.lying else view.wall_z if view.frontal else 0.0])
    lamp, irradiance = _aimed(key, aim)
    toward = (lamp - aim) / np.linalg.norm(lamp - aim)
    if view.frontal:
        plane = GoboPlane.across(view, float(aim[2]), bottom=view.bottom_at(float(aim[2])))
    else:
        plane = GoboPlane.facing(view, toward)
    if light.gobo == "slit":
        plane = replace(plane, left=plane.focus_x - _SLIT_HALF, right=plane.focus_x + _SLIT_HALF)
    elif light.gobo == "spot":
        plane = _spotted(plane, view, float(toward[1] / math.hypot(toward[0], toward[2])))
    shone = shine_through(light.gobo, (lamp, aim), view, plane, rng, light.softness, irradiance)
    exposure = None if parts.exposure is None else parts.exposure * _BRIGHTER[light.gobo]
    lit = {name: shape for name, shape in parts.shapes.items() if not (view.frontal and name.startswith(_RIM))}
    return replace(parts, shapes={**lit, "key": shone}, exposure=exposure)


def _spotted(plane: GoboPlane, view: View, slope: float) -> GoboPlane:
    """The plane with a box on it, whose ellipse is lit: the product, a pool round its foot, and up what stands behind.

    The pool reaches as far toward the light as to its sides, so that a lamp at the side lights all of a wide product,
    too. Where the product lies or hangs, it is round on what is behind it.
    """
    middle = view.product_bottom + 0.5 * view.product_height
    half = _ROUND * max(view.product_half_width, 0.5 * view.product_height) + _BESIDE
    left, right = view.product_x - half, view.product_x + half
    if view.frontal:
        return replace(plane, focus_x=view.product_x, left=left, right=right, bottom=middle - half, top=middle + half)
    bottom, top = min(middle - half, view.product_bottom - slope * half), middle + _UP_WALLS * half
    return replace(plane, focus_x=view.product_x, left=left, right=right, bottom=bottom, top=top)


def _aimed(key: mi.Mesh, aim: Float64Array) -> tuple[Float64Array, Float32Array]:
    """Where a sun stands in a key's place, not too high, and what it gives: linear RGB, in units of a full exposure."""
    values = mi.traverse(key)
    corners = np.array(values["vertex_positions"], np.float64).reshape(-1, 3)
    radiance = np.array(values["emitter.radiance.value"], np.float64).reshape(-1)[:3]
    way = corners.mean(0) - aim
    distance = float(np.linalg.norm(way))
    power = radiance * float(np.array(key.surface_area()).item()) / (IRRADIANCE * distance**2)
    level = math.hypot(way[0], way[2])
    way[1] = min(way[1], level * math.tan(math.radians(_HIGHEST_DEG)))
    sun = aim + way / np.linalg.norm(way) * max(_NEAREST, distance)
    return sun, np.asarray(power, np.float32)


def shine_through(
    kind: GoboKind,
    axis: tuple[Float64Array, Float64Array],
    view: View,
    plane: GoboPlane,
    rng: np.random.Generator,
    softness: float,
    irradiance: Float32Array,
) -> Entry:
    """A lamp without a body whose light falls through a gobo.

    Args:
        kind: What it comes through.
        axis: Where the lamp is, and what it is turned to.
        view: What is seen.
        plane: Where the shadows fall.
        rng: Moves and varies the pattern.
        softness: Of the light, 0 to 1.
        irradiance: Linear RGB (3,) that a surface facing it receives there, in units of a full exposure.
    """
    lamp, aim = axis
    distance = float(np.linalg.norm(aim - lamp))
    base, more = _BLUR[kind]
    edge = (base + more * softness) / distance
    layers = draw(kind, plane, rng)
    to_lamp = mi.ScalarTransform4f().look_at(origin=lamp.tolist(), target=aim.tolist(), up=[0, 1, 0.01])
    matrix = np.linalg.inv(np.array(to_lamp.matrix, np.float64))
    seen = _project(np.stack([*seen_points(view, _open_ground(kind, distance))]), matrix)
    reach = _BEYOND * float(np.linalg.norm(seen, axis=-1).max())
    passed = _transmission(layers, plane, matrix, reach, edge)
    cutoff = float(np.degrees(np.arctan(reach)))
    return {
        "type": "spot",
        "to_world": to_lamp,
        "cutoff_angle": cutoff,
        "beam_width": 0.999 * cutoff,
        "intensity": rgb(np.asarray(irradiance, np.float64) * IRRADIANCE * distance**2),
        "texture": {
            "type": "bitmap",
            "bitmap": mi.Bitmap(np.ascontiguousarray(passed[..., None])),
            "raw": True,
            "wrap_mode": "clamp",
        },
    }


def _open_ground(kind: GoboKind, distance: float) -> float:
    """Depth to which the light reaches: past leaves it is seen far off, past a window there is the room's dark."""
    if kind != "leaves":
        return FAR_Z
    return _FIELD_Z if distance < _OUTDOORS else _HORIZON_Z


def _transmission(
    layers: tuple[Layer, ...], plane: GoboPlane, matrix: Float64Array, reach: float, edge: float
) -> Float32Array:
    """What a gobo lets through in each direction from the lamp, (side, side), up to ``reach`` beside its axis."""
    side = side_for(min(layer.softness for layer in layers) * edge / (2 * reach))
    passed = np.ones((side, side), np.float32)
    for layer in layers:
        corners = _to_lamp(plane.place(layer.mesh.vertices.astype(np.float64)), matrix)[layer.mesh.faces]
        before = clip_behind(corners, _BEFORE_LAMP)
        at = 0.5 + 0.5 * before[..., :2] / before[..., 2:] / reach
        hidden = draw_opaque(at, side)
        passed *= 1 - layer.opacity * blur_with_disc(hidden, layer.softness * edge / (2 * reach) * side)
    return passed


def _to_lamp(points: Float64Array, matrix: Float64Array) -> Float64Array:
    """Points (N, 3) in the lamp's own coordinates: it shines along z."""
    return np.asarray(points @ matrix[:3, :3].T + matrix[:3, 3], np.float64)


def _project(points: Float64Array, matrix: Float64Array) -> Float64Array:
    """Points (N, 3) as the lamp sees them: (N, 2), at distance 1 along its axis."""
    local = _to_lamp(points, matrix)
    return np.asarray(local[:, :2] / np.maximum(local[:, 2:], 1e-3), np.float64)


def _sun_position(light: Light, view: View, aim: Float64Array, near: float) -> Float64Array:
    """Where the sun stands so that the gobo is behind the camera. It comes from at most 65 degrees to the side."""
    toward = direction(lowered(light))
    reach = (view.distance + 0.5 - near * aim[2]) / (1 - near) - aim[2]
    return np.asarray(aim + toward * max(_NEAREST, reach / toward[2]), np.float64)
