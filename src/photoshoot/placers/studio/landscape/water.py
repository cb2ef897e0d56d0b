"""Water's surface: a breeze's waves, rings round what stands in it, and its colour by depth."""

from dataclasses import replace

import numpy as np

from photoshoot.arrays import Float32Array, Float64Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.landscape.grid import Footprint, row_spacing
from photoshoot.placers.studio.textures.procedural import smoothstep

_WAVES = 24
_NUMBERS = (0.3, 9.0)  # radians a world unit, of the longest and the shortest wave
_USUAL = 0.4  # strength that the heights below are made for
_RING_NUMBER = 11.5
_LEAST_SLANT = 0.004  # how far the surface turns to the camera at least


def waves(x: Float64Array, z: Float64Array, strength: float, foot: Footprint, rng: np.random.Generator) -> Float64Array:
    """Height of the water over its level, at a grid of points as ``ground_points`` makes it.

    Args:
        x: To the right.
        z: Towards the camera.
        strength: 0 = a mirror, 1 = lively.
        foot: What stands in it: rings run out from it.
        rng: The shot's generator.
    """
    distance = foot.distance(x, z)
    gusts = 0.75 + 0.5 * plane_noise(x * 0.12, z * 0.12, seed=int(rng.integers(64)))
    calm = 0.06 + 0.94 * smoothstep(0.05, 2.0, distance)  # the product stands on it
    rise = strength / _USUAL
    return np.asarray(rise * _breeze(x, z, rng) * gusts * calm + rise**0.5 * _rings(distance) - 0.006, np.float64)


def _breeze(x: Float64Array, z: Float64Array, rng: np.random.Generator) -> Float64Array:
    """Waves from all over; those that the grid is too coarse for fade out."""
    heading = rng.uniform(-0.9, 0.9, _WAVES)
    number = np.geomspace(*_NUMBERS, _WAVES) * rng.uniform(0.85, 1.15, _WAVES)
    phase = rng.uniform(0, 2 * np.pi, _WAVES)
    bent = 0.5 * plane_noise(x * 0.22, z * 0.22, seed=int(rng.integers(64)))
    spacing = row_spacing(z)
    total = np.zeros_like(x)
    for angle, k, shift in zip(heading, number, phase, strict=True):
        shown = np.exp(-((spacing * k / 1.6) ** 2))
        total += 0.017 / k**1.25 * shown * np.sin(k * (x * np.sin(angle) + z * np.cos(angle) + bent) + shift)
    return total


def _rings(distance: Float64Array) -> Float64Array:
    near = 0.018 * np.cos(_RING_NUMBER * distance - 0.8) * np.exp(-(((distance - 0.5) / 0.75) ** 2))
    far = 0.004 * np.cos(0.74 * _RING_NUMBER * distance) * np.exp(-0.4 * distance)
    return np.asarray((near + far) * smoothstep(0.0, 0.16, distance), np.float64)


def facing_camera(surface: Mesh, view: View) -> Mesh:
    """The surface with every normal turned to the camera at least a little: what turns away renders black."""
    assert surface.normals is not None
    toward = np.array([0.0, view.camera_y, view.distance]) - surface.vertices
    toward /= np.linalg.norm(toward, axis=1, keepdims=True)
    lacking = np.maximum(_LEAST_SLANT - (surface.normals * toward).sum(1, keepdims=True), 0)
    normals = surface.normals + lacking * toward
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return replace(surface, normals=normals.astype(np.float32))


def depth_albedo(color: str, x: Float64Array, z: Float64Array) -> Float32Array:
    """The water's own colour over the grid.

    It is paler where it is shallow before the camera, with the net of light on its bed.
    """
    water = hex_to_linear(color)
    depth = smoothstep(1.5, -14.0, z)[..., None]
    pale = np.clip(water * 1.25 + [0.0, 0.02, 0.015], 0, 0.9)
    light = 1 + 0.55 * light_net(x, z) * (1 - smoothstep(0.5, -7.0, z))
    albedo = (pale * (1 - depth) + water * depth) * light[..., None]
    return np.asarray(np.clip(albedo, 0, 0.95), np.float32)


def light_net(x: Float64Array, z: Float64Array) -> Float64Array:
    """Bright lines that ripples throw on the bed: ridges of two noises, about -0.3 to 1.5."""
    bend = 0.35 * plane_noise(x * 0.5, z * 0.5, seed=11)
    first = 1 - np.abs(plane_noise((x + bend) * 0.75, (z - bend) * 0.75, seed=12))
    second = 1 - np.abs(plane_noise((x - bend) * 1.1, (z + bend) * 1.1, seed=13))
    return np.asarray(np.clip(first, 0, 1) ** 7 + 0.7 * np.clip(second, 0, 1) ** 7 - 0.3, np.float64)
