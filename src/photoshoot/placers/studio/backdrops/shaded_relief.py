"""Relief as its light and shade, laid into a surface's albedo: for surfaces that face the camera in one light.

Light is traced on a film of half the size, on which a weave's threads are lost; albedo is seen at full size and is not.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import ndimage

from photoshoot.placers.studio.scene.bsdfs import Tiling
from photoshoot.placers.studio.scene.emitters import direction, fill_share
from photoshoot.placers.studio.textures.procedural import Texture, smoothstep
from photoshoot.sets import Light

_STEEPEST = 1.2  # tangent of the light's angle off the camera's axis: flatter light would only show black and white
_SHADE = (0.35, 1.7)
_KEPT = 0.7  # of it: albedo is as rough in a shadow, where relief would hardly show
_HOLLOW_PX, _HOLLOW, _UNLIT = 3.0, (0.4, 1.0), 0.75
"""Texture's pixels over which a hollow is told; its depth over those from which on light fails there, and hardly
reaches it: joints of boards and tiles, no weave, no pores; and the share that fails there."""


def shaded(texture: Texture, tiling: Tiling, relief: float, light: Light) -> Texture:
    """The texture, flat, with what its relief would show in a light.

    Args:
        texture: Albedo and relief.
        tiling: How it is laid on a surface that faces the camera, whose u is x and whose v is -y, in world units.
        relief: Depth of the relief, as of ``textured``.
        light: Where it comes from, and how much of it from everywhere.
    """
    toward = direction(light)
    along, down = (np.clip(part / max(toward[2], 0.2), -_STEEPEST, _STEEPEST) for part in (toward[0], -toward[1]))
    cos, sin = math.cos(math.radians(tiling.rotation_deg)), math.sin(math.radians(tiling.rotation_deg))
    height = texture.height
    rise = [
        0.5 * relief * scale * size * (np.roll(height, -1, axis) - np.roll(height, 1, axis))
        for scale, size, axis in zip(tiling.scale, height.shape[::-1], (1, 0), strict=True)
    ]
    faced = 1 - rise[0] * (cos * along - sin * down) - rise[1] * (sin * along + cos * down)
    shade = np.clip(faced / np.sqrt(1 + rise[0] ** 2 + rise[1] ** 2), *_SHADE)
    depth = relief * float(np.abs(tiling.scale).mean()) * height.shape[1] / _HOLLOW_PX
    hollow = depth * (ndimage.gaussian_filter(height, _HOLLOW_PX, mode="wrap") - height)
    shown = 1 + _KEPT * (1 - fill_share(light)) * (shade - 1)
    shown *= 1 - _UNLIT * smoothstep(*_HOLLOW, hollow)
    color = np.clip(texture.color * shown[..., None], 0, 1).astype(np.float32)
    return Texture(color=color, height=np.zeros((2, 2), np.float32))
