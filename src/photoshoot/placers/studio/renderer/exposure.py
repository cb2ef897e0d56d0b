"""The light meter: a white card that stands where the product stands, as photographers do it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import mitsuba as mi
import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.color.space import LUMINANCE
from photoshoot.errors import DeviceError
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.renderer.renderer import Renderer
from photoshoot.placers.studio.scene.shapes import SetParts, compose_scene

_WHITE = 0.9
_HALF_SIZE = (0.25, 0.6)
_CENTER_Y = 0.75
_SIDE_DEG = 40.0
_FILM_PX = 48
_SPP = 8


@dataclass(frozen=True, kw_only=True, eq=False)
class CardReading:
    """Radiance (3,) of a 90 % white card at the product's place."""

    front: Float64Array
    """Facing the camera."""
    left: Float64Array
    """Turned 40 degrees to the left."""
    right: Float64Array
    """Turned 40 degrees to the right."""

    @property
    def luminance(self) -> float:
        """Of the card that faces the camera."""
        return float(self.front @ LUMINANCE)


def read_card(renderer: Renderer, shapes: Mapping[str, object], view: View, *, sides: bool) -> CardReading:
    """Render the card in a loaded set.

    Args:
        renderer: Renders it.
        shapes: The set, without product and camera.
        view: Where the product stands.
        sides: Whether to turn the card, too; else the sides read as the front.
    """
    front = _read(renderer, shapes, view, 0.0)
    left = _read(renderer, shapes, view, -_SIDE_DEG) if sides else front
    right = _read(renderer, shapes, view, _SIDE_DEG) if sides else front
    return CardReading(front=front, left=left, right=right)


def choose_exposure(parts: SetParts, reading: CardReading | None) -> float:
    """The factor on radiance: the set's own, or such that the card reads ``parts.card``.

    Args:
        parts: The set.
        reading: The card in it; may be None where the set has an exposure of its own.

    Raises:
        DeviceError: The set has no light at all.
    """
    if parts.exposure is not None:
        return parts.exposure
    if reading is None or reading.luminance <= 0:
        raise DeviceError("no light reaches the product in this set; give the design's light more fill")
    return parts.card * _WHITE / reading.luminance


def _read(renderer: Renderer, shapes: Mapping[str, object], view: View, turn_deg: float) -> Float64Array:
    scene = compose_scene({**shapes, "card": _card(_card_center(view), turn_deg)})
    light = renderer.render_radiance(scene, mi.load_dict(_meter(view)), _SPP, seed=0)
    return np.asarray(light.mean((0, 1), dtype=np.float64), np.float64)


def _card_center(view: View) -> list[float]:
    height = view.product_bottom + (0.5 * view.product_height if view.frontal else _CENTER_Y)
    return [view.product_x, height, 0.0]


def _card(center: list[float], turn_deg: float) -> dict[str, object]:
    place = mi.ScalarTransform4f().translate(center)
    turn = mi.ScalarTransform4f().rotate([0, 1, 0], turn_deg)
    return {
        "type": "rectangle",
        "to_world": place @ turn @ mi.ScalarTransform4f().scale([*_HALF_SIZE, 1]),
        "bsdf": {"type": "diffuse", "reflectance": {"type": "rgb", "value": _WHITE}},
    }


def _meter(view: View) -> dict[str, object]:
    """A camera at the camera's place that sees nothing but the middle of the card."""
    center = _card_center(view)
    eye = [0.0, view.camera_y, view.distance]
    return {
        "type": "perspective",
        "fov": 2 * math.degrees(math.atan(0.5 * _HALF_SIZE[0] / math.dist(eye, center))),
        "to_world": mi.ScalarTransform4f().look_at(origin=eye, target=center, up=[0, 1, 0]),
        "film": {
            "type": "hdrfilm",
            "width": _FILM_PX,
            "height": _FILM_PX,
            "rfilter": {"type": "box"},
            "pixel_format": "rgb",
            "component_format": "float32",
        },
        "sampler": {"type": "multijitter", "sample_count": 4},
    }
