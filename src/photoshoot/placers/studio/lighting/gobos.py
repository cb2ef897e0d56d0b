"""What stands between the sun and the set: blinds, a paned window, leaves, a slit; only their shadows are seen.

A pattern is drawn on the plane where its shadow should fall, then drawn towards the sun: so it falls as drawn whatever
the light's direction.
"""

from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, merged
from photoshoot.placers.studio.geometry.organic import branch
from photoshoot.placers.studio.scene.bsdfs import diffuse
from photoshoot.placers.studio.scene.emitters import direction, softbox, unit_luminance
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.sets import Light

Rectangle = tuple[float, float, float, float]
"""left, right, bottom, top"""

GoboKind = Literal["blinds", "panes", "leaves", "slit"]
_NEARNESS = {"blinds": 0.30, "panes": 0.30, "leaves": 0.40, "slit": 0.30}
"""How far from the sun to the wall the gobo stands: near the sun it stays out of the picture."""
_BLUR = {"blinds": (0.045, 0.14), "panes": (0.05, 0.35), "leaves": (0.06, 0.5), "slit": (0.05, 0.4)}
"""Width of the shadows' soft edge on the wall, world units: hard sun, and what full softness adds."""
_BROAD = 1.9  # how broad leaves are that fall over a product: soft light fills the gaps of narrow ones
_ROW = 3.2  # from row to row of leaves, and how far from the focus the lower ones stay, world units
_FARTHEST = 12.0  # so much of a slope lies in shadows at most, world units
_WIDEST_DEG = 65.0
_HIGHEST_DEG = 65.0
_SHADE = "#1c1d1f"


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
        toward = direction(_lowered(light))
        runs = np.arange(0.5, _FARTHEST, 0.25)
        run = next((run for run in runs if slope * run > view.top_at(z - run)), _FARTHEST)  # a tall view has no end
        middle, height = z - run / 2, slope * run / 2
        half = height * (1 + float(toward[1] / toward[2]) / slope)
        aside = float(toward[0] / toward[2])
        reach = view.half_width_at(z - run) + abs(aside) * run / 2
        focus_x = view.product_x + middle * aside
        return cls(z=middle, left=-reach, right=reach, bottom=height - half, top=height + half, focus_x=focus_x)

    def behind_product(self, view: View, light: Light) -> Self:
        """The plane such that light falls on the product, which stands before it, and not on the plane behind that."""
        toward = direction(_lowered(light))
        right, down = (float(self.z * part / toward[2]) for part in toward[:2])
        half, x, bottom = view.product_half_width, view.product_x + right, view.product_bottom + down
        return replace(self, focus_x=x, product=(x - half, x + half, bottom, bottom + view.product_height))


def sun_through(
    kind: GoboKind, light: Light, view: View, plane: GoboPlane, rng: np.random.Generator, irradiance: float
) -> dict[str, object]:
    """A sun of the light's direction and colour, and the gobo before it.

    Args:
        kind: What the sun comes through.
        light: Its direction, softness and colour.
        view: Keeps both out of the picture.
        plane: Where the shadows fall.
        rng: Moves and varies the pattern.
        irradiance: Of a surface that faces the sun, in units of a full exposure.
    """
    aim = (plane.focus_x, 0.5 * (plane.bottom + plane.top), plane.z)
    near = _NEARNESS[kind]
    sun = _sun_position(light, view, aim, near)
    base, more = _BLUR[kind]
    half = 0.5 * (base + more * light.softness) * near / (1 - near)
    lamp = softbox(sun, aim, half_size=(half, half), irradiance=unit_luminance(light.color) * irradiance)
    pattern = _PATTERNS[kind](plane, rng)
    drawn = pattern.transformed(_towards(sun, near))
    return {"sun": lamp, "gobo": to_shape(drawn, bsdf=diffuse(_SHADE))}


def _sun_position(light: Light, view: View, aim: tuple[float, float, float], near: float) -> Float64Array:
    """Where the sun stands so that the gobo is behind the camera. It comes from at most 65 degrees to the side."""
    toward = direction(_lowered(light))
    reach = (view.distance + 0.5 - near * aim[2]) / (1 - near) - aim[2]
    return np.asarray(aim + toward * max(11.0, reach / toward[2]), np.float64)


def _lowered(light: Light) -> Light:
    """The light, so far before the wall that a gobo before it stays behind the camera."""
    turned = float(np.clip(light.azimuth_deg, -_WIDEST_DEG, _WIDEST_DEG))
    return replace(light, azimuth_deg=turned, elevation_deg=min(light.elevation_deg, _HIGHEST_DEG))


def _towards(sun: Float64Array, near: float) -> Float64Array:
    """The affine map that pulls the wall to ``near`` of the way from the sun."""
    matrix = np.eye(4) * near
    matrix[:3, 3] = sun * (1 - near)
    matrix[3, 3] = 1
    return matrix


def _blinds(plane: GoboPlane, rng: np.random.Generator) -> Mesh:
    windows = _windows(plane, rng, width=float(rng.uniform(4.2, 5.4)), gap=1.3)
    slope = float(rng.uniform(-0.10, -0.04) * rng.choice([-1, 1]))
    pitch = float(rng.uniform(0.21, 0.27))
    bars = _surround(windows, plane)
    for left, right, bottom, top in windows:
        slats = np.arange(bottom, top, pitch)
        bars += [(left, right, y, y + pitch * 0.46) for y in slats]
        bars += [(x - 0.02, x + 0.02, bottom, top) for x in np.linspace(left, right, 5)[1:-1]]
    return _sheared(bars, plane, slope)


def _panes(plane: GoboPlane, rng: np.random.Generator) -> Mesh:
    windows = _windows(plane, rng, width=float(rng.uniform(3.0, 3.8)), gap=0.9)
    slope = float(rng.uniform(0.16, 0.30) * rng.choice([-1, 1]))
    bars = _surround(windows, plane)
    for left, right, bottom, top in windows:
        columns, rows = 3, max(2, round((top - bottom) / 1.05))
        bars += [(x - 0.06, x + 0.06, bottom, top) for x in np.linspace(left, right, columns + 1)[1:-1]]
        bars += [(left, right, y - 0.05, y + 0.05) for y in np.linspace(bottom, top, rows + 1)[1:-1]]
    return _sheared(bars, plane, slope)


def _slit(plane: GoboPlane, rng: np.random.Generator) -> Mesh:
    """One tall gap as wide as the plane, leaning a little."""
    bars = _surround([(plane.left, plane.right, plane.bottom - 20.0, plane.top + 15.0)], plane)
    lean = np.eye(4)
    lean[0, 1] = float(rng.uniform(0.16, 0.30) * rng.choice([-1, 1]))
    return _sheared(bars, plane, 0.0).transformed(lean)


def _windows(plane: GoboPlane, rng: np.random.Generator, *, width: float, gap: float) -> list[Rectangle]:
    """Windows side by side across the plane; one of them lights the focus."""
    first = plane.focus_x - width * float(rng.uniform(0.38, 0.62))
    step = width + gap
    count_left = max(0, int(np.ceil((first - plane.left) / step)))
    count_right = max(0, int(np.ceil((plane.right - first - width) / step)))
    bottom, top = plane.bottom - 9.0, plane.top - float(rng.uniform(0.0, 0.10)) * (plane.top - max(plane.bottom, 0.0))
    return [(first + k * step, first + k * step + width, bottom, top) for k in range(-count_left, count_right + 1)]


def _surround(windows: list[Rectangle], plane: GoboPlane) -> list[Rectangle]:
    """The opaque wall round the windows."""
    far, low, high = 30.0, plane.bottom - 30.0, plane.top + 20.0
    edges = [windows[0][0] - far, *[x for window in windows for x in window[:2]], windows[-1][1] + far]
    bars = [(left, right, low, high) for left, right in zip(edges[::2], edges[1::2], strict=True)]
    bars += [(left, right, top, high) for left, right, _, top in windows]
    return bars + [(left, right, low, bottom) for left, right, bottom, _ in windows]


def _sheared(bars: list[Rectangle], plane: GoboPlane, slope: float) -> Mesh:
    """Rectangles as one mesh in the plane; lines that were level rise by ``slope``."""
    box = np.array(bars, np.float64)
    left, right, bottom, top = box.T
    corners = np.stack([np.stack([left, right, right, left], 1), np.stack([bottom, bottom, top, top], 1)], -1)
    corners[..., 1] += slope * (corners[..., 0] - plane.focus_x)
    points = np.concatenate([corners, np.full((*corners.shape[:2], 1), plane.z)], -1)
    first = 4 * np.arange(len(bars))[:, None]
    return Mesh.of(points, np.concatenate([first + np.array([0, 1, 2]), first + np.array([0, 2, 3])]))


def _leaves(plane: GoboPlane, rng: np.random.Generator) -> Mesh:
    """Palm-like twigs that hang in from the edges and leave the focus in the light."""
    twigs = []
    spacing, reach = 1.7, plane.top - max(plane.bottom, plane.top - 6.0)
    for x in np.arange(plane.left - 0.6, plane.right + 0.7, spacing):
        at = float(x + rng.uniform(-0.5, 0.5))
        clear = abs(at - plane.focus_x) < 1.2
        length = float(rng.uniform(0.50, 0.66) * min(reach, 3.4)) * (0.55 if clear else 1.0)
        heading = float(rng.uniform(-125, -55))
        twigs.append(_twig(at, plane.top + float(rng.uniform(0.1, 0.5)), heading, length, rng))
    for y in np.arange(plane.top - _ROW, plane.bottom + _ROW, -_ROW):  # a tall plane has rows of them
        for x in np.arange(plane.left + 0.4, plane.right, spacing):
            if abs(x - plane.focus_x) > _ROW:
                length, heading = float(rng.uniform(1.8, 2.6)), float(rng.uniform(-125, -55))
                twigs.append(_twig(x + float(rng.uniform(-0.5, 0.5)), float(y), heading, length, rng))
    for side in (-1.0, 1.0):
        for y in np.arange(plane.bottom + 0.9, plane.top - 0.9, 1.5):
            edge = plane.left - 0.5 if side < 0 else plane.right + 0.5
            edge = plane.focus_x + side * min(abs(edge - plane.focus_x), 5.5)
            heading = (0.0 if side < 0 else 180.0) + float(rng.uniform(-35, 35))
            twigs.append(_twig(edge, float(y), heading, float(rng.uniform(1.8, 2.5)), rng))
    if plane.product is not None:
        twigs += _over(plane.product, rng)
    return merged(twigs).moved(0, 0, plane.z)


def _over(product: Rectangle, rng: np.random.Generator) -> list[Mesh]:
    """Twigs from above whose leaves fall over a product's upper half, more of them on one side."""
    left, right, bottom, top = product
    side, wide, tall = float(rng.choice([-1, 1])), right - left, top - bottom
    length = max(1.5, 1.1 * tall)
    middle = 0.5 * (left + right)
    return [
        _twig(
            middle + toward * share * wide,
            top + rise * length,
            -90 - toward * float(rng.uniform(8, 22)),
            length,
            rng,
            broad=_BROAD,
        )
        for toward, share, rise in ((side, 0.3, 0.3), (-side, 0.6, 0.5))
    ]


def _twig(
    x: float, y: float, heading_deg: float, length: float, rng: np.random.Generator, *, broad: float = 1.0
) -> Mesh:
    twig = branch(
        length,
        pairs=round(int(rng.integers(8, 12)) / broad),
        leaf_length=length * 0.40,
        leaf_width=length * 0.085 * broad,
        seed=int(rng.integers(2**31)),
        unseen=True,
    )
    return twig.turned(heading_deg, "z").moved(x, y)


_PATTERNS = {"blinds": _blinds, "panes": _panes, "leaves": _leaves, "slit": _slit}
