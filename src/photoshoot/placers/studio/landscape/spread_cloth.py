"""A cloth that is spread on the ground: a picnic's blanket. It lies on grass as on a mattress, soft folds run out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt

from photoshoot.arrays import BoolArray, Float64Array
from photoshoot.placers.studio.camera import View
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.terrain import plane_noise, relief
from photoshoot.placers.studio.landscape.grid import Footprint
from photoshoot.placers.studio.scene.bsdfs import Tiling, textured
from photoshoot.placers.studio.scene.shapes import to_shape
from photoshoot.placers.studio.textures.by_name import USUAL_UNIT_M, woven
from photoshoot.placers.studio.textures.procedural import smoothstep
from photoshoot.sets.patterned import PatternedSet

OVER_GROUND: Final = 0.07
"""How high it lies over the ground, world units: on grass that it presses down."""
_HALF_M, _BEHIND_M = 0.65, 0.42
"""Half its width, and how far it reaches behind a product, metres; it ends in the picture, on what it lies on."""
_LEAST, _MOST_BEHIND = 0.7, 3.2  # beside and behind a product, world units
_HEM, _WAVE = 0.16, 0.05  # of its edge: how broad it falls to the ground, and how far it strays
_SWELL, _CREASE = 0.05, 0.045  # heights of what lies under it, and of its folds
_LOWEST: Final = 0.7  # of the way to the ground, that its folds go down
_COLUMNS, _ROWS = 300, 240
_WEAVE: Final = 0.55  # of plain linen, a world unit


@dataclass(frozen=True, kw_only=True)
class SpreadCloth:
    """Where a cloth lies; its top is y = 0 under the product."""

    x: float
    """Of its middle, world units."""
    half: float
    """Half its width."""
    back: float
    """Depth of its far edge; its near one is behind the camera."""
    near: float
    """Depth of its near edge."""
    foot: Footprint
    """The product's, under which it is level."""
    seed: int
    """Chooses its folds."""

    @classmethod
    def under(cls, view: View, rng: np.random.Generator) -> Self:
        """One that reaches past the product as a blanket does past what stands in its middle."""
        unit_m = view.unit_m or USUAL_UNIT_M
        half = max(_HALF_M / unit_m, view.product_half_width + _LEAST)
        behind = min(_MOST_BEHIND, max(_BEHIND_M / unit_m, _LEAST))
        back = -view.product_back - behind
        return cls(
            x=view.product_x + 0.15 * half * float(rng.uniform(-1, 1)),
            half=half,
            back=back,
            near=view.distance,
            foot=Footprint.of(view),
            seed=int(rng.integers(40)),
        )

    @property
    def ground(self) -> Footprint:
        """The level ground under it; footprints have round ends."""
        deep = self.near - self.back
        return Footprint(x=self.x, half_width=self.half + deep / 2 + 0.1, reach=deep + 0.2, front=self.near + 0.1)

    def covers(self, x: npt.ArrayLike, z: npt.ArrayLike) -> BoolArray:
        """Whether places are under it."""
        return np.asarray(self._inside(np.asarray(x, np.float64), np.asarray(z, np.float64)) > 0, np.bool_)

    def mesh(self, view: View) -> Mesh:
        """It, with texture coordinates x and z."""
        seen = view.half_width_at(self.back) + 0.4
        left, right = max(self.x - self.half, -seen) - _WAVE, min(self.x + self.half, seen) + _WAVE
        far = np.linspace(0, 1, _ROWS) ** 1.4
        x, z = np.meshgrid(np.linspace(left, right, _COLUMNS), self.back - _WAVE + (self.near - self.back) * far)
        return relief(np.stack([x, self.height(x, z), z], -1), np.stack([x, z], -1))

    def height(self, x: Float64Array, z: Float64Array) -> Float64Array:
        """Soft swells of what is under it, folds that run out from the product; its edge is on the ground."""
        away = 0.06 + 0.94 * self.foot.clear(x, z, 0.02, 0.9)
        swell = plane_noise(x * 0.7, z * 0.7, seed=self.seed, octaves=2)
        bend = plane_noise(x * 0.45, z * 0.45, seed=self.seed + 4)
        ridges = plane_noise(x * 1.3 + 1.1 * bend, z * 0.5 + 0.9 * bend, seed=self.seed + 8)
        folds = np.clip(1.12 - np.hypot(ridges, 0.12) * 1.6, 0, 1) ** 3
        small = plane_noise(x * 3.1, z * 2.2, seed=self.seed + 12, octaves=2)
        body = away * (_SWELL * swell + _CREASE * folds + 0.006 * small)
        body = np.maximum(body, -_LOWEST * OVER_GROUND)  # firm ground shows nowhere through it
        inside = smoothstep(0.0, _HEM, self._inside(x, z)).astype(np.float64)
        return np.asarray(inside * (body + OVER_GROUND) - OVER_GROUND - 0.02 * (1 - inside), np.float64)

    def _inside(self, x: Float64Array, z: Float64Array) -> Float64Array:
        """How far places are from its edge, world units; under 0 beside it."""
        stray = _WAVE * plane_noise(x * 0.8, z * 0.8, seed=self.seed + 20)
        return np.asarray(np.minimum(self.half - np.abs(x - self.x), z - self.back) + stray, np.float64)


def spread_shape(cloth: SpreadCloth, design: PatternedSet, color: str, view: View, rng: np.random.Generator) -> object:
    """It, of linen of a colour with its design's pattern; the piece and how it lies vary."""
    texture, repeats = woven(design, color, view, _WEAVE, int(rng.integers(4)))
    coat = textured(texture, Tiling.drawn(repeats, rng, float(rng.uniform(-14, 14))), "matte", 0.004)
    return to_shape(cloth.mesh(view), bsdf=coat)
