"""Light from behind the camera that a shining surface, seen straight on, mirrors as a picture drawn in the canvas."""

from dataclasses import dataclass

import mitsuba as mi
import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.scene.bsdfs import Entry
from photoshoot.placers.studio.scene.emitters import IRRADIANCE, fill_share, unit_luminance
from photoshoot.sets import Light

_ROWS, _COLUMNS = 512, 1024


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


def mirrored_light(picture: Mirrored, view: View, light: Light, exposure: float, tint: str = "#f0f4ff") -> Entry:
    """The picture as a light from all sides: even fill, and the picture behind the camera."""
    theta = np.pi * (np.arange(_ROWS) + 0.5)[:, None] / _ROWS
    phi = 2 * np.pi * (np.arange(_COLUMNS) + 0.5)[None] / _COLUMNS
    x, y, z = np.sin(phi) * np.sin(theta), np.cos(theta) + 0 * phi, -np.cos(phi) * np.sin(theta)
    ahead = np.maximum(z, 1e-3)
    # a ray from the camera to a place on the plane goes on, mirrored, at the same slope
    across, up = view.distance * x / ahead / picture.half_width, view.distance * y / ahead / picture.half_height
    height, width = picture.image.shape[:2]
    at = [(0.5 - 0.5 * up) * height - 0.5, (0.5 + 0.5 * across) * width - 0.5]
    edge = np.clip((1.1 - np.maximum(np.abs(across), np.abs(up))) / 0.1, 0, 1) * (z > 0)
    seen = np.stack([ndimage.map_coordinates(picture.image[..., c], at, order=1, mode="nearest") for c in range(3)], -1)
    fill = unit_luminance(tint) * (IRRADIANCE * fill_share(light) / np.pi)
    radiance = fill + seen * (edge / (picture.reflectance * exposure))[..., None]
    return {"type": "envmap", "bitmap": mi.Bitmap(np.ascontiguousarray(radiance, np.float32))}
