"""Turns a ``Light`` into emitters: a key of the asked direction and softness, even fill, and a rim from behind.

Powers are relative: the studio meters a white card where the product stands, so only the ratios matter here. The key
and the fill together give a card about 2 units of irradiance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import mitsuba as mi
import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import LUMINANCE, hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import grid
from photoshoot.placers.studio.scene.bsdfs import BLACK, Entry, area_emitter, rgb
from photoshoot.placers.studio.scene.shapes import in_rake, to_shape
from photoshoot.sets import Light
from photoshoot.sets.light import NO_LAMP

IRRADIANCE = 2.0
"""What a card that faces the key receives from key and fill together: a full exposure."""
_MARGIN = 0.25
_NEARLY_UP = np.array([0.0, 1.0, 0.01])  # also right for a lamp that looks straight down
_GRAZING_DEG = 65.0
_TOP_DEG = 66.0
_RIMS_REACH = 4.0  # half width of the widest usual picture, 1674x628, rounded up
_CROSSED_DEG = (48.0, 78.0)  # how far to their sides two keys stand
_CROSSED = 1.35  # the strength of each of them; a white one of 1.67 is a key
_DYED_RIM = 5.0  # the strength of a rim in a colour of its own: on dark ground one as strong as a white one is not seen
_OPEN_SKY = 0.75  # share of the fill that reaches a surface in a set of a floor and a wall, bounces included


@dataclass(frozen=True, kw_only=True)
class Rig:
    """Where lights may stand in a set."""

    target: tuple[float, float, float] = (0.0, 0.7, -0.4)
    """What the key aims at."""
    back_z: float = -3.0
    """No light stands behind this depth: it is in front of the wall."""
    distance: float = 8.0
    """Key to target; grows with the picture's width so that the light stays even."""
    fill_color: str = "#f5f8ff"
    """Colour of the fill; a little cooler than the key reads as daylight."""
    fill_scale: float = 1.0
    """Times the fill: enclosed sets swallow some."""
    rim_beside: float = 1.4
    """How far outside the picture rim lights stand: a coated dark floor mirrors near ones in its lower corners."""


def vary(light: Light, rng: np.random.Generator, amount: float = 1.0) -> Light:
    """The same light as another photographer's day has it: mirrored at times, turned and raised a little.

    A light that is ``fixed`` stays as it is.

    Args:
        light: What was asked for.
        rng: The shot's generator; always advanced by the same number of draws.
        amount: How far, 0 to 1.
    """
    turn, lift, soften, mirror = rng.uniform(-1, 1, 4)
    if light.fixed:
        return light
    azimuth = light.azimuth_deg + 11 * amount * turn
    if mirror < -0.3 and amount > 0:
        azimuth = -azimuth
    return replace(
        light,
        azimuth_deg=(azimuth + 180) % 360 - 180,
        elevation_deg=float(np.clip(light.elevation_deg + 6 * amount * lift, 5, 88)),
        softness=float(np.clip(light.softness * (1 + 0.25 * amount * soften), 0, 1)),
    )


def before_wall(light: Light) -> Light:
    """The light as it may fall on a surface that faces the camera: from in front of it.

    The key comes from at most 65 degrees to the side, which grazes the surface already; from behind the surface means
    from the picture's top.
    """
    side, azimuth = math.copysign(1.0, light.azimuth_deg), abs(light.azimuth_deg)
    behind = max(0.0, azimuth - 90) / 90
    elevation = light.elevation_deg + behind * max(0.0, _TOP_DEG - light.elevation_deg)
    return replace(light, azimuth_deg=side * min(azimuth, 180 - azimuth, _GRAZING_DEG), elevation_deg=elevation)


def build_lights(light: Light, view: View, rig: Rig | None = None) -> dict[str, object]:
    """Emitters of a light, by name: ``key``, ``fill`` where there is some, ``rim`` where asked for."""
    rig = rig or Rig()
    share = fill_share(light)
    keys = _crossed_keys(light) if light.is_crossed else {"key": (light, unit_luminance(light.color))}
    emitters: dict[str, object] = {}
    for name, (way, color) in keys.items():
        position, half = key_position(way, view, rig), _key_size(way, view, rig)
        emitters[name] = softbox(position, rig.target, half_size=half, irradiance=color * (1 - share))
    emitters["fill"] = ambient(light, rig)
    if light.rim > 0:
        tints = [color for _, color in keys.values()]
        dyed = light.rim_color != NO_LAMP
        emitters |= _rims(light, view, rig, [tube_radiance(light.rim_color, _DYED_RIM)] if dyed else tints)
    return emitters


def fill_share(light: Light) -> float:
    """Share of the light on a card that the fill gives, 0.02 to 0.86."""
    return 0.02 + 0.84 * light.fill


def albedo_exposure(light: Light, level: float = 0.95, facing: tuple[float, float, float] = (0.0, 0.5, 0.5)) -> float:
    """The exposure that shows an albedo in this light as its colour says.

    Args:
        light: The light, as built.
        level: Display-linear value of a perfectly white surface.
        facing: Weights of surfaces that face right, up and the camera. The default is a floor and a wall.
    """
    share = fill_share(light)
    direct = float(np.maximum(direction(light), 0) @ np.array(facing))
    received = (1 - share) * direct + share * _OPEN_SKY
    return level * light.intensity * math.pi / (IRRADIANCE * max(received, 0.12))


def ambient(light: Light, rig: Rig) -> Entry:
    """Even light from everywhere."""
    radiance = unit_luminance(rig.fill_color) * (IRRADIANCE * fill_share(light) * rig.fill_scale / math.pi)
    return {"type": "constant", "radiance": rgb(radiance)}


def direction(light: Light) -> Float64Array:
    """Unit vector from the product to the key."""
    azimuth, elevation = math.radians(light.azimuth_deg), math.radians(light.elevation_deg)
    level = math.cos(elevation)
    return np.array([math.sin(azimuth) * level, math.sin(elevation), math.cos(azimuth) * level])


def key_position(light: Light, view: View, rig: Rig) -> Float64Array:
    """Where the key stands: on its direction, in front of the wall, and far enough to be out of the picture."""
    aim, toward = np.array(rig.target), direction(light)
    distance = _distance(view, rig)
    half_size = _key_size(light, view, rig)[0]
    for _ in range(12):
        position = aim + toward * distance
        position[2] = max(position[2], rig.back_z)
        if not in_picture(view, position, half_size + _MARGIN):
            break
        distance *= 1.15
    return np.asarray(position, np.float64)


def in_picture(view: View, position: npt.ArrayLike, radius: float) -> bool:
    """Whether a ball at ``position`` is seen by the camera."""
    x, y, z = np.asarray(position, np.float64)
    if z - radius > view.distance - 0.2:
        return False
    depth = min(z - radius, view.distance - 0.2)
    beside = abs(x) - radius > view.half_width_at(depth)
    return not (beside or y - radius > view.top_at(depth) or y + radius < view.bottom_at(depth))


def softbox(
    position: npt.ArrayLike, target: npt.ArrayLike, *, half_size: tuple[float, float], irradiance: npt.ArrayLike
) -> object:
    """A rectangular lamp.

    Args:
        position: Its centre.
        target: What it faces.
        half_size: Half its width and half its height.
        irradiance: Linear RGB (3,) that a surface facing it receives at the target, in units of a full exposure.
    """
    origin, aim = np.asarray(position, np.float64), np.asarray(target, np.float64)
    squared = float(((origin - aim) ** 2).sum())
    radiance = np.asarray(irradiance, np.float64) * IRRADIANCE * squared / (4 * half_size[0] * half_size[1])
    forward = (aim - origin) / math.sqrt(squared)
    right = np.cross(_NEARLY_UP, forward)
    right /= np.linalg.norm(right)
    across, down = np.array([-1.0, 1.0]) * half_size[0], np.array([1.0, -1.0])[:, None] * half_size[1]
    corners = origin + across[None, :, None] * right + down[..., None] * np.cross(forward, right)
    return to_shape(grid(corners), bsdf=BLACK, emitter=area_emitter(radiance))


def spotlight(origin: npt.ArrayLike, target: npt.ArrayLike, *, irradiance: npt.ArrayLike, spread_deg: float) -> Entry:
    """A lamp without a body, whose light fades from the middle of its cone to the rim.

    Args:
        origin: Where it hangs.
        target: What it faces.
        irradiance: Linear RGB (3,) that a surface facing it receives at the target, in units of a full exposure.
        spread_deg: From the middle of the cone to its rim.
    """
    place, aim = ([*np.asarray(point, np.float64), 1.0] @ in_rake().T for point in (origin, target))
    intensity = np.asarray(irradiance, np.float64) * IRRADIANCE * float(((place - aim) ** 2).sum())
    return {
        "type": "spot",
        "to_world": mi.ScalarTransform4f().look_at(origin=place.tolist(), target=aim.tolist(), up=[0, 0.01, -1]),
        "cutoff_angle": float(spread_deg),
        "beam_width": 0.2 * float(spread_deg),
        "intensity": rgb(intensity),
    }


def overhead(view: View, z: float, strength: float) -> Mapping[str, object]:
    """A long bank of lamps over the backdrop, out of the picture, that keeps a wall at depth ``z`` even."""
    height = max(7.0, view.top_at(z) + 1.5)
    half = (max(3.5, view.half_width_at(z)), 1.3)
    position, aim = (0.0, height, z + 2.4), (0.0, 1.0, z)
    return {"overhead": softbox(position, aim, half_size=half, irradiance=np.full(3, strength))}


def _distance(view: View, rig: Rig) -> float:
    return max(rig.distance, 1.15 * view.half_width + 3.0)


def _key_size(light: Light, view: View, rig: Rig) -> tuple[float, float]:
    """Half sizes; softness 0 is a lamp of half a degree, like the sun, 1 a window of 35 degrees."""
    half = _distance(view, rig) * (0.006 + 0.30 * light.softness**1.6)
    return half, half


def _crossed_keys(light: Light) -> dict[str, tuple[Light, Float32Array]]:
    """Two keys that face each other across the product: each way, and what it gives, as bright to the eye."""
    side = 1.0 if light.azimuth_deg > 0 else -1.0
    azimuth = float(np.clip(min(abs(light.azimuth_deg), 180 - abs(light.azimuth_deg)), *_CROSSED_DEG))
    ways = (replace(light, azimuth_deg=sign * side * azimuth) for sign in (1.0, -1.0))
    colors = (light.color, light.second_color)
    return {
        name: (way, tube_radiance(color, _CROSSED))
        for name, way, color in zip(("key", "second_key"), ways, colors, strict=True)
    }


def _rims(light: Light, view: View, rig: Rig, tints: Sequence[Float32Array]) -> dict[str, object]:
    """Strip lights behind the product on both sides, the one opposite the key stronger, in the colours of the keys.

    In wider formats than usual they are no brighter, though farther off: else they burn patches into the wall's ends.
    """
    strength_here = light.rim * min(1.0, _RIMS_REACH / view.half_width) ** 2
    side = -1.0 if light.azimuth_deg > 0 else 1.0
    z = max(rig.back_z + 0.4, -2.4)
    emitters: dict[str, object] = {}
    for name, sign, strength, tint in (("rim", side, 1.0, tints[-1]), ("rim_weak", -side, 0.55, tints[0])):
        position = (sign * (view.half_width_at(z) + rig.rim_beside), 2.3, z)
        emitters[name] = softbox(
            position, (0.0, 0.7, -0.1), half_size=(0.45, 1.5), irradiance=tint * strength_here * strength * 0.8
        )
    return emitters


def unit_luminance(color: str) -> npt.NDArray[np.float32]:
    """Linear RGB of a colour, scaled to luminance 1: what colours a lamp without changing its strength."""
    linear = np.maximum(hex_to_linear(color), 1e-3)
    return np.asarray(linear / (linear @ LUMINANCE), np.float32)


def tube_radiance(color: str, strength: float) -> Float32Array:
    """A lamp's radiance: its colour, evened out a little so that blue and red tubes look alike in ``strength``."""
    linear = np.maximum(hex_to_linear(color), 0.02)
    even = 0.30 / max(0.25 * float(linear @ LUMINANCE) + 0.25 * float(linear.max()), 1e-3)
    return np.asarray(linear * np.float32(strength * even), np.float32)
