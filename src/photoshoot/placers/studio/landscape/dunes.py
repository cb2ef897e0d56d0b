"""The shape of dunes: long slopes up to winding crests, steep slip faces behind them, and the wind's ripples on all."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.terrain import plane_noise
from photoshoot.placers.studio.landscape.grid import Footprint
from photoshoot.placers.studio.textures.procedural import smoothstep

Ints = npt.NDArray[np.int64]

_SLIP = {"sand": float(np.tan(np.radians(33))), "snow": 0.38}  # slope of the faces behind the crests
_RANKS = ((-5.0, 1, 1.15), (-13.0, 2, 2.0), (-32.0, 3, 3.2), (-80.0, 4, 5.0), (-200.0, 4, 9.0))
"""Depth of a rank of dunes, how many stand in it, and about how high they are."""
_RIPPLE_LENGTH = 0.5
_FINEST = 0.17  # points must lie closer than this to show ripples
_NEAREST = 0.6  # depth of the nearest sharp crest: before it the ground is dense, and nearly level
_RIPPLES_END = -25.0  # depth from which the picture shows none
_SEEDS = 40
_BANK = 0.9  # height of the snow beside a cleared road, world units
_VERGE, _UNDER = 9.0, 0.1  # how far past a road's edge the ground rises as elsewhere; how far it lies under the road


@dataclass(frozen=True, kw_only=True)
class Dune:
    """A dune."""

    x: float
    """Where the crest passes its highest place."""
    z: float
    """Depth of that place."""
    heading_deg: float
    """Way of the crest: 0 = straight away from the camera, 90 = across the picture."""
    height: float
    """Its highest place over the plain."""
    length: float
    """How far the crest runs to either side."""
    bend: float
    """How far the crest winds."""
    phase: float
    """Where in its windings it begins."""
    lee: float
    """1: the slip face looks right, -1: left."""

    @property
    def reach(self) -> float:
        """How far from its highest place it still rises."""
        return math.hypot(2.7 * self.length, 5.5 * self.height + self.bend)

    def sides(self, x: Float64Array, z: Float64Array, steepness: float) -> tuple[Float64Array, Float64Array]:
        """Heights at places on the plain of its windward slope and of its slip face: the lower one is the dune's.

        Args:
            x: To the right.
            z: Towards the camera.
            steepness: Slope of the slip face below the crest's highest place.
        """
        turn = np.radians(self.heading_deg)
        dx, dz = x - self.x, self.z - z
        along = dx * np.sin(turn) + dz * np.cos(turn)
        across = (dx * np.cos(turn) - dz * np.sin(turn)) * self.lee
        across = across - self.bend * np.sin(2.2 * along / self.length + self.phase)
        crest = self.height * np.exp(-((along / self.length) ** 2))
        windward = crest * smoothstep(-5.5 * self.height, 0.25 * self.height, across) ** 1.15
        slip = crest * (1 - across * steepness / self.height)  # as wide at the ends, but flat: no thin ledges
        return np.asarray(windward, np.float64), np.asarray(slip, np.float64)


@dataclass(frozen=True, kw_only=True)
class Dunescape:
    """Open ground with dunes, level under the product."""

    dunes: tuple[Dune, ...]
    """All dunes, from the nearest rank to the farthest."""
    ground: str
    """What they are of: ``sand`` or ``snow``."""
    foot: Footprint
    """Where the product stands."""
    wind: float
    """How far the ripples' crests are turned from across the picture, radians."""
    seed: int
    """Chooses swells, ripples and drifts."""
    drop: float = 0.0
    """How far the plain lies under what the product stands on."""
    road: tuple[float, float] | None = None
    """World x of both edges of a road straight away from the camera, which it is level under; None: there is none."""

    @classmethod
    def drawn(cls, ground: str, view: View, lee: float, rng: np.random.Generator) -> Dunescape:
        """A landscape by chance.

        Args:
            ground: ``sand`` or ``snow``.
            view: The camera.
            lee: Side that the slip faces look to, 1 or -1: away from the sun they throw sharp shadows.
            rng: The shot's generator.
        """
        dunes = tuple(dune for depth, count, height in _RANKS for dune in _rank(view, (depth, height), count, lee, rng))
        wind, seed = float(rng.uniform(-0.6, 0.6)), int(rng.integers(_SEEDS))
        return cls(dunes=dunes, ground=ground, foot=Footprint.of(view), wind=wind, seed=seed)

    def height(self, x: Float64Array, z: Float64Array, spacing: npt.ArrayLike = 0.05) -> Float64Array:
        """Height of the ground, level under the product.

        Args:
            x: To the right.
            z: Towards the camera, of the same shape.
            spacing: Depth between neighbouring points, which broadcasts to it: what is finer is left out.
        """
        step = np.asarray(spacing, np.float64)
        away = self.foot.distance(x, z)
        rise, _ = self._topmost(x, z)
        swell = 0.16 * plane_noise(x * 0.16, z * 0.16, seed=self.seed, octaves=2)
        broad = rise * smoothstep(0.2, 2.4, away) + swell * smoothstep(0.1, 2.5, away)
        broad = broad * (1 - 0.9 * smoothstep(0.2, 1.6, z))  # nothing rises before the lens
        fine = (
            snow_drifts(x, z, seed=self.seed)
            if self.ground == "snow"
            else wind_ripples(x, z, seed=self.seed, wind=self.wind)
        )
        shown = np.exp(-((step / _FINEST) ** 2)) * (0.03 + 0.97 * smoothstep(0.05, 0.7, away))
        shown = shown * self._rippled(x, z, rise)
        if self.road is not None:
            past = np.maximum(self.road[0] - x, x - self.road[1])
            broad, shown = broad * smoothstep(0.5, _VERGE, past), shown * smoothstep(0.0, 1.0, past)
            broad -= _UNDER * (1 - smoothstep(-0.4, 0.1, past))
            broad += self._banks(x, z, past)
        return np.asarray(broad + fine * shown - self.drop, np.float64)

    def _banks(self, x: Float64Array, z: Float64Array, past: Float64Array) -> Float64Array:
        """Height of the snow that was cleared from a road, by how far past its edges it is; sand has none."""
        if self.ground != "snow":
            return np.zeros_like(past)
        uneven = 0.7 + 0.6 * plane_noise(x * 0.5, z * 0.35, seed=self.seed + 3, octaves=3)
        return np.asarray(
            _BANK * uneven * smoothstep(0.0, 0.9, past) * (1 - 0.5 * smoothstep(1.2, 5.0, past)), np.float64
        )

    def pieces(self, x: Float64Array, z: Float64Array) -> Ints:
        """Which slip face lies uppermost at x and z, 0 = none: where it changes are crests, and the faces' feet."""
        return np.where(z < _NEAREST, self._topmost(x, z)[1], 0)

    def _topmost(self, x: Float64Array, z: Float64Array) -> tuple[Float64Array, Ints]:
        """Height of the dunes, and the number of the slip face that has it, from 1; 0 elsewhere."""
        rise, piece = np.zeros_like(x), np.zeros(x.shape, np.int64)
        for number, dune in enumerate(self.dunes, 1):
            near = (x - dune.x) ** 2 + (z - dune.z) ** 2 < dune.reach**2
            windward, slip = dune.sides(x[near], z[near], self._steepness(dune))
            height, base = np.minimum(windward, slip), rise[near]
            above = height > base
            rise[near] = np.where(above, height, base)
            piece[near] = np.where(above, np.where(slip < windward, number, 0), piece[near])
        return rise, piece

    def _steepness(self, dune: Dune) -> float:
        """Slope of a dune's slip face: far ones would be too steep for the mesh."""
        return _SLIP[self.ground] / (1 - dune.z / 45)

    def _rippled(self, x: Float64Array, z: Float64Array, rise: Float64Array) -> Float64Array:
        """How far ripples are drawn: not on the slip faces, where the sand has slid down, and not on the crests."""
        shown = np.ones_like(x)
        for dune in self.dunes:
            if dune.z > _RIPPLES_END:
                windward, slip = dune.sides(x, z, self._steepness(dune))
                clear = smoothstep(0.02, 0.20, np.maximum(slip - windward, rise - slip))
                shown *= 1 - (1 - clear) * smoothstep(0.0, 0.3, windward)
        return shown


def wind_ripples(
    x: Float64Array, z: Float64Array, *, seed: int, wind: float, length: float = _RIPPLE_LENGTH
) -> Float64Array:
    """Height of the ripples that wind draws in sand: steep on one side, their crests winding and forking.

    Args:
        x: To the right.
        z: Towards the camera.
        seed: Chooses their windings, 0 or more.
        wind: Which way it blows: 0 = towards the camera, radians.
        length: From crest to crest, world units.
    """
    scale = length / _RIPPLE_LENGTH
    bent = 0.42 * plane_noise(x * 0.35 / scale, z * 0.35 / scale, seed=seed + 1)
    bent += 0.10 * plane_noise(x * 1.1 / scale, z * 1.1 / scale, seed=seed + 2)
    phase = ((0.7 * x * np.sin(wind) + z * np.cos(wind)) / scale + bent) / _RIPPLE_LENGTH
    wave = phase - np.floor(phase)
    shape = np.where(wave < 0.66, wave / 0.66, (1 - wave) / 0.34)
    shape = shape * shape * (3 - 2 * shape)
    strength = np.clip(0.6 + 0.5 * plane_noise(x * 0.2 / scale, z * 0.2 / scale, seed=seed + 3), 0.15, 1.2)
    return np.asarray(0.055 * scale * strength * (shape - 0.5), np.float64)


_CRUST = 0.014


def snow_drifts(x: Float64Array, z: Float64Array, *, seed: int) -> Float64Array:
    """Height of wind-packed snow: soft humps, faint streaks along the wind, and a broken crust."""
    humps = plane_noise(x * 0.45, z * 0.6, seed=seed + 4, octaves=2, gain=0.4)
    streaks = plane_noise(x * 0.7, z * 2.2, seed=seed + 5, octaves=2)
    crust = plane_noise(x * 2.6, z * 3.4, seed=seed + 6, octaves=3)
    return np.asarray(0.09 * humps + 0.016 * streaks + _CRUST * (crust - smoothstep(0.2, 0.6, crust)), np.float64)


def _rank(view: View, size: tuple[float, float], count: int, lee: float, rng: np.random.Generator) -> list[Dune]:
    """Dunes of about one depth and height, spread over the picture's width; a single one stands to one side."""
    depth, height = size
    half = max(view.half_width_at(depth) + 1.0, 3.0)
    marks = (np.arange(count) + rng.uniform(0.2, 0.8, count)) / count * 2 - 1
    if count == 1:
        marks = np.array([rng.choice([-1.0, 1.0]) * rng.uniform(0.45, 0.7)])
    return [_dune(float(mark) * half, depth, height, lee, rng) for mark in marks]


def _dune(x: float, depth: float, height: float, lee: float, rng: np.random.Generator) -> Dune:
    return Dune(
        x=x,
        z=depth * float(rng.uniform(0.85, 1.2)),
        heading_deg=lee * float(rng.uniform(25, 62)),
        height=height * float(rng.uniform(0.75, 1.15)),
        length=3.2 * height * float(rng.uniform(0.9, 1.5)),
        bend=0.8 * height * float(rng.uniform(0.6, 1.2)),
        phase=float(rng.uniform(0, 2 * np.pi)),
        lee=lee,
    )
