"""Level ground that goes over into the place behind it: no line shows where the set ends."""

import numpy as np

from photoshoot.placers.studio.backdrops.real_places import Panorama
from photoshoot.placers.studio.backdrops.studio import stage_floor
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import grid
from photoshoot.placers.studio.scene.bsdfs import BLACK, MET, Entry, Tiling, area_emitter, bitmap, blended
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.procedural import smoothstep

_BEGINS = -2.5  # behind the product's farthest foot, world units: its shadow ends before
_LATE = 1.3  # power of how far the ground has gone over: most of it near the edge
_SHARP = 3.0  # power of that by which single lights of the place reach over it
_SIDE = 9.0  # past the picture, as other floors
_PIXELS = (96, 256)  # of what shines, along z and across


def ground_into_place(coat: Entry, panorama: Panorama, view: View, edge_z: float) -> dict[str, object]:
    """Ground ``y = 0`` under the whole picture, which towards its far edge takes on the place's own ground.

    Real ground grows paler to the horizon, as haze and its sheen do, and there is what is seen of the place.

    Args:
        coat: Its material, for texture coordinates x and z in world units.
        panorama: The place behind it.
        view: The camera and the product's room.
        edge_z: Depth of its far edge, before the place's picture.
    """
    begin = max(edge_z / 2, _BEGINS - view.product_back)
    half = view.half_width_at(edge_z) + _SIDE
    x, z = np.meshgrid([-half, half], [edge_z, begin])
    points = np.stack([x, np.zeros_like(x), z], -1)
    lay = Tiling(scale=(0.5 / half, 1 / (begin - edge_z)), offset=(0.5, -edge_z / (begin - edge_z)))

    rows, columns = _PIXELS
    deep = edge_z + (np.arange(rows) + 0.5) / rows * (begin - edge_z)
    near, far, here = (1 / (view.distance - np.asarray(at)) for at in (begin, edge_z, deep))
    share = (smoothstep(0.0, 1.0, (near - here) / (near - far)) ** _LATE).astype(np.float32)

    def shine() -> Entry:
        own, ground = panorama.ground_at(edge_z)
        across = ((np.arange(columns) + 0.5) / columns * 2 - 1) * half * here[:, None] / far
        at, known = (across / panorama.half * 0.5 + 0.5) * len(own) - 0.5, np.arange(len(own))
        edge, calm = (
            np.stack([np.interp(at, known, row[:, channel]) for channel in range(3)], -1) for row in (own, ground)
        )
        spread = calm + (edge - calm) * share[:, None, None] ** _SHARP
        return area_emitter(bitmap(np.asarray(spread * share[:, None, None], np.float32), lay, clamp=True), MET)

    black: Entry = {"type": "twosided", "bsdf": BLACK}
    away = blended(coat, black, bitmap(np.repeat(share[:, None], 4, axis=1), lay, clamp=True))
    return {
        "ground": to_shape(stage_floor(view, back=begin, uv_scale=1.0), bsdf=coat),
        "far_ground": to_shape(grid(points, np.stack([x, z], -1)), bsdf=away, emitter=shine),
    }
