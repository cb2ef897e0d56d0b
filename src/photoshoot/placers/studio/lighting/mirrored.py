"""Light from behind the camera that a shining surface, seen straight on, mirrors as a picture drawn in the canvas."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import grid
from photoshoot.placers.studio.scene.bsdfs import BLACK, area_emitter, bitmap
from photoshoot.placers.studio.scene.emitters import Rig, ambient
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.sets import Light

_BEHIND = 2.0
"""How far behind the camera the picture hangs, in camera distances."""
_LAMP_SAMPLING = 0.5  # what mirrors the picture finds it by itself
_FILL = "#f0f4ff"  # the even light's colour
STUDIO_FILL = 0.2
"""Share of the fill where a studio is dark round what its surface shall mirror."""
WIDER = 1.35
"""How far past the canvas a mirrored picture reaches, 1 = not."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Mirrored:
    """What is to be seen in the surface."""

    image: Float32Array
    """(H, W, 3), display-linear, as the camera sees it in the surface; row 0 on top."""
    half_width: float
    """Half the width that it takes on the plane z = 0, world units."""
    half_height: float
    """Half its height there."""
    reflectance: float
    """Share of the light that the surface mirrors straight on, 0 to 1."""


def mirrored_over(
    draw: Callable[[float], Float32Array], reflectance: float, view: View, light: Light, exposure: float, fill: float
) -> dict[str, object]:
    """What a surface that fills the canvas mirrors, as ``mirrored_light``.

    Args:
        draw: Draws the picture, (H, W, 3) display-linear, of an aspect, width over height.
        reflectance: Share of the light that the surface mirrors straight on, 0 to 1.
        view: The camera.
        light: Of the set.
        exposure: Factor on radiance in the picture.
        fill: Share of the light's fill that is left.
    """
    half_width, half_height = WIDER * view.half_width, WIDER * view.top
    image = draw(half_width / half_height)
    picture = Mirrored(image=image, half_width=half_width, half_height=half_height, reflectance=reflectance)
    return mirrored_light(picture, view, replace(light, fill=fill * light.fill), exposure)


def mirrored_light(picture: Mirrored, view: View, light: Light, exposure: float) -> dict[str, object]:
    """Even light from all sides as ``fill``, and the picture as ``mirrored``, a sheet that shines behind the camera.

    A ray from the camera to a place on the plane goes on, mirrored, at the same slope: the sheet is as much larger than
    the plane's part as it is farther away. A light map of all directions would show it with a seventieth of its pixels.
    """
    z = view.distance * (1 + _BEHIND)
    wider = 1 + z / view.distance
    x, y = wider * picture.half_width, wider * picture.half_height
    corners = [[[side * x, view.camera_y + up * y, z] for side in (1.0, -1.0)] for up in (1.0, -1.0)]
    sheet = grid(corners, [[[1.0, v], [0.0, v]] for v in (0.0, 1.0)])
    radiance = bitmap(np.asarray(picture.image / (picture.reflectance * exposure), np.float32), clamp=True)
    return {
        "fill": ambient(light, Rig(fill_color=_FILL)),
        "mirrored": to_shape(sheet, bsdf=BLACK, emitter=area_emitter(radiance, _LAMP_SAMPLING)),
    }
