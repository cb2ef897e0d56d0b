"""Floors, walls and sweeps that fill the picture whatever its shape."""

import numpy as np

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh, grid

_SIDE = 9.0  # floor and walls reach this far past the picture, so that no light comes from behind them
_NEAR = 0.6  # points nearer to the lens than this aren't projected


def stage_floor(view: View, *, y: float = 0.0, back: float, uv_scale: float = 0.25) -> Mesh:
    """A level floor under the whole picture, from depth ``back`` to behind the camera; v grows towards the camera.

    Texture coordinates are world x and z times ``uv_scale``.
    """
    half = view.half_width_at(back) + _SIDE
    x, z = np.meshgrid([-half, half], [back, view.distance + 3.0])
    return grid(np.stack([x, np.full_like(x, y), z], -1), np.stack([x, z], -1) * uv_scale)


def stage_wall(view: View, *, z: float, bottom: float = -3.0, uv_scale: float | None = 0.25) -> Mesh:
    """An upright wall behind the whole picture.

    Texture coordinates are world x and -y times ``uv_scale``; with none, the canvas's.
    """
    half = view.half_width_at(z) + _SIDE
    x, y = np.meshgrid([-half, half], [view.top_at(z) + 3.0, min(bottom, view.bottom_at(z) - 1.0)])
    points = np.stack([x, y, np.full_like(x, z)], -1)
    return grid(points, _canvas_uv(points, view) if uv_scale is None else np.stack([x, -y], -1) * uv_scale)


def stage_sweep(view: View, *, back: float, radius: float, y: float = 0.0, along: float | None = None) -> Mesh:
    """A seamless sweep at floor height ``y``.

    Texture coordinates are the canvas's, (0, 0) at its upper left corner; with ``along`` so many repeats a world unit
    across it and down along it, a repeat beginning half a unit beside the product.
    """
    top = view.top_at(back) + 3.0
    angle = np.linspace(0, np.pi / 2, 40)
    wall = np.linspace(top, radius, 12, endpoint=False)
    floor_z = view.distance - np.geomspace(view.distance - back - radius, _NEAR, 80)
    profile = np.concatenate(
        [
            np.stack([wall, np.full_like(wall, back)], 1),
            np.stack([radius * (1 - np.sin(angle)), back + radius * (1 - np.cos(angle))], 1),
            np.stack([np.zeros(79), floor_z[1:]], 1),
        ]
    )
    half = view.half_width_at(back) + _SIDE
    x = np.linspace(-half, half, 49)
    points = np.empty((len(profile), len(x), 3))
    points[..., 0] = x
    points[..., 1:] = profile[:, None] + [y, 0]
    behind = points[-1:] + np.array([0, 0, _NEAR + 3.0])
    if along is not None:
        way = np.cumsum(np.concatenate([[0.0], np.hypot(*np.diff(profile, axis=0).T)]))
        down = np.broadcast_to((way - way[len(way) - 80])[:, None], points.shape[:2])
        across = np.broadcast_to(x - view.product_x, points.shape[:2])
        uv = along * np.stack([across, down], -1)
        last = uv[-1:] + along * np.array([0.0, _NEAR + 3.0])
        return grid(np.concatenate([points, behind]), np.concatenate([uv, last]))
    return grid(
        np.concatenate([points, behind]), np.concatenate([_canvas_uv(points, view), _canvas_uv(points[-1:], view)])
    )


def _canvas_uv(points: Float64Array, view: View) -> Float64Array:
    return np.asarray(view.to_pixel(points) / [view.width_px, view.height_px], np.float64)
