"""A city's skyline: towers at four distances in the haze, at any hour, drawn as a picture that shines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.discs import convolve, lens_disc
from photoshoot.placers.studio.textures.gradients import mix_colors
from photoshoot.placers.studio.textures.procedural import smoothstep

_ROWS: Final = 720
_WIDEST: Final = 2400  # px
_DAY: Final = ("#e4eef4", "#b4d3ea", "#77abda", "#5b95cf")
_GOLDEN: Final = ("#ffd493", "#f8a873", "#d691a0", "#8b8dbd")
_DUSK: Final = ("#f09a66", "#b8748a", "#5d5a94", "#27376b")
_NIGHT: Final = ("#3d3a58", "#232a4c", "#121a38", "#0a1026")
"""Skies from the horizon up."""
_FACES: Final = ("#c9c2b6", "#8fa0b0", "#a98d78", "#d9d6cf", "#6f7f8f", "#b5b0aa")
_LAMPS: Final = np.stack([hex_to_linear(color) for color in ("#ffc477", "#ffdca8", "#fff0d6", "#dfeaff")])
"""What rooms are lit by, (4, 3) linear."""
_MAST_PX: Final = 6  # nobody lives in what is no wider
_DISC_PX: Final = 7.5
"""Radius that a lit room's lamp has through the lens."""
_UNLIT: Final = 0.06  # what towers show by night, of what they show by day
_LOW_SUN: Final = ("#a37c84", "#544a6b")  # what white walls show in a low sun and away from it
_HAZE: Final = (0.06, 0.42)  # how high in the sky haze has its colour from, by day and by a low sun


@dataclass(frozen=True, kw_only=True)
class _Row:
    """Towers at one distance; lengths are shares of the sky's height over the horizon."""

    haze: float
    """How far they have gone over into the sky behind them."""
    tall: tuple[float, float]
    """Heights of the lowest and the tallest."""
    wide: tuple[float, float]
    """Widths of the narrowest and the widest."""
    gaps: float
    """Share of the row where none stands."""
    story: float
    """Height of a story."""


_ROWS_OF_TOWERS: Final = (
    _Row(haze=0.80, tall=(0.10, 0.46), wide=(0.05, 0.10), gaps=0.20, story=0.014),
    _Row(haze=0.58, tall=(0.14, 0.86), wide=(0.07, 0.13), gaps=0.45, story=0.018),
    _Row(haze=0.34, tall=(0.06, 0.72), wide=(0.11, 0.20), gaps=0.62, story=0.024),
    _Row(haze=0.14, tall=(-0.16, 0.06), wide=(0.20, 0.42), gaps=0.10, story=0.030),
)


@dataclass(frozen=True, kw_only=True)
class Skyline:
    """A city that is seen from a roof."""

    aspect: float
    """Width of the picture over its height."""
    horizon: float
    """Share of the picture's height that lies under the horizon, 0 to 0.9."""
    night: float
    """How far day has gone, 0 to 1."""
    golden: float
    """How low and warm the sun is, 0 to 1."""
    color: str
    """What the towers' stone and glass lean to, ``#rrggbb``."""
    sunny_left: bool
    """Whether the sun is on the left."""
    seed: int
    """Chooses the towers, 0 or more."""


def sky_at(night: float, golden: float, up: Float32Array) -> Float32Array:
    """The sky ``up`` of the way from the horizon to the picture's top, (…, 3) display-linear."""
    day = mix_colors(_DAY, up)
    day = day + golden * (mix_colors(_GOLDEN, up) - day)
    late = mix_colors(_DUSK, up), mix_colors(_NIGHT, up)
    first, second, share = (day, late[0], 2 * night) if night < 0.5 else (*late, 2 * night - 1)
    return np.asarray(first + share * (second - first), np.float32)


@SHELF.keep
def skyline_image(city: Skyline) -> Float32Array:
    """(H, W, 3) display-linear, lit windows above 1; read-only."""
    rng = np.random.default_rng([city.seed, 41])
    columns = int(np.clip(_ROWS * city.aspect, 64, _WIDEST))
    up = (1 - (np.arange(_ROWS, dtype=np.float32)[:, None] + 0.5) / _ROWS - city.horizon) / (1 - city.horizon)
    sky = sky_at(city.night, city.golden, np.clip(up, 0, 1))
    image = np.repeat(sky, columns, axis=1)
    sun = columns * (0.24 if city.sunny_left else 0.76)
    glow = (
        city.golden * (1 - city.night) * np.exp(-np.hypot((np.arange(columns) - sun) / 0.5, (up - 0.05) * _ROWS) / 260)
    )
    image += (glow[..., None] * hex_to_linear("#ffcf8a") * 0.9).astype(np.float32)
    painter = _Painter(city=city, image=image, lights=np.zeros_like(image), unit=_ROWS * (1 - city.horizon), rng=rng)
    for row in _ROWS_OF_TOWERS:
        painter.paint(row)
    disc = lens_disc(_DISC_PX)
    far = np.stack([convolve(channel, disc) for channel in np.moveaxis(painter.lights, -1, 0)], -1)
    image = np.asarray(ndimage.gaussian_filter(painter.image, (2.0, 2.0, 0)) + np.maximum(far, 0), np.float32)
    image.setflags(write=False)
    return image


@dataclass(kw_only=True)
class _Painter:
    """Paints towers over one another, the farthest first."""

    city: Skyline
    image: Float32Array
    lights: Float32Array
    """What rooms shine in, apart."""
    unit: float
    """Pixels of the sky's height over the horizon."""
    rng: np.random.Generator

    def paint(self, row: _Row) -> None:
        """One row, from left to right; towers stand closer and higher in its middle, wherever that is."""
        columns = self.image.shape[1]
        middle, spread = self.rng.uniform(0.25, 0.75) * columns, 1.1 * self.unit
        haze = self._sky(float(np.interp(self.city.golden, (0, 1), _HAZE)))
        x = -self.rng.uniform(0, row.wide[1]) * self.unit
        while x < columns:
            wide = self.rng.uniform(*row.wide) * self.unit
            if self.rng.uniform() > row.gaps:
                crowd = np.exp(-(((x + wide / 2 - middle) / spread) ** 2))
                low, high = row.tall
                tall = low + (high - low) * self.rng.beta(1.6, 2.2) * (0.45 + 0.55 * crowd) ** 0.5
                self._tower(x, wide, tall * self.unit, row, haze)
            x += wide * self.rng.uniform(0.8, 1.15)

    def _sky(self, up: float) -> Float32Array:
        """The sky's colour (3,) at a height."""
        return sky_at(self.city.night, self.city.golden, np.array(up, np.float32))

    def _tower(self, x: float, wide: float, tall: float, row: _Row, haze: Float32Array) -> None:
        """One tower: its steps, its two faces, its windows and its mast."""
        ground = _ROWS * (1 - self.city.horizon)
        face = mix_colors((_FACES[int(self.rng.integers(len(_FACES)))], self.city.color), self.rng.uniform(0.2, 0.6))
        style = int(self.rng.integers(3))
        corner = self.rng.uniform(0.25, 0.75)
        lit_share = self.rng.uniform(0.05, 0.18)
        for left, right, top in self._steps(x, x + wide, ground - tall, tall):
            self._block((round(left), round(right), round(top)), face, corner, (style, lit_share), row, haze)

    def _steps(self, left: float, right: float, top: float, tall: float) -> Iterator[tuple[float, float, float]]:
        """Left, right and top of a tower's parts, from below up: some are set back, some carry a mast."""
        kind = int(self.rng.integers(5))
        wide = right - left
        if kind < 2 or tall <= 0:
            yield left, right, top
            return
        back = wide * self.rng.uniform(0.12, 0.22)
        yield left, right, top + tall * self.rng.uniform(0.12, 0.3)
        yield left + back, right - back, top
        if kind == 4:
            middle, half = (left + right) / 2, max(1.0, 0.012 * wide)
            yield middle - half, middle + half, top - tall * self.rng.uniform(0.1, 0.22)

    def _block(
        self,
        edges: tuple[int, int, int],
        face: Float32Array,
        corner: float,
        windows: tuple[int, float],
        row: _Row,
        haze: Float32Array,
    ) -> None:
        left, right, top = edges
        shown = slice(max(top, 0), None), slice(max(left, 0), max(right, 0))
        part = self.image[shown]
        if part.size == 0:
            return
        y = np.arange(shown[0].start, _ROWS, dtype=np.float32)[:, None]
        x = np.arange(shown[1].start, shown[1].start + part.shape[1], dtype=np.float32)[None]
        night, golden = self.city.night, self.city.golden
        across = (x - left) / max(right - left, 1)
        sunny = (across < corner) == self.city.sunny_left
        lit, dim = (by_day + golden * (hex_to_linear(late) - by_day)
                    for by_day, late in zip((0.88, 0.42), _LOW_SUN, strict=True))  # fmt: skip
        day = np.where(sunny[..., None], lit, dim)
        tone = face * (day + night * (_UNLIT - day))
        tone = np.broadcast_to(tone, part.shape).copy()
        glass, shine = self._windows(x - left, y - top, max(right - left, 1), row.story * self.unit, windows)
        pane = 0.55 * self._sky(0.55) * (1 - 0.6 * night) * (0.5 + 0.5 * sunny[..., None])
        tone += glass[..., None] * (0.75 - 0.45 * max(night, golden)) * (pane - tone)
        foot = smoothstep(0.0, 0.9 * self.unit, y - top)[..., None]  # haze lies low
        veil = row.haze * (0.75 + 0.25 * foot)
        tone += veil * (haze * (0.92 - 0.25 * night) - tone)
        self.image[shown] = tone
        self.lights[shown] = shine * (1 - 0.6 * row.haze)

    def _windows(
        self, x: Float32Array, y: Float32Array, wide: float, story: float, windows: tuple[int, float]
    ) -> tuple[Float32Array, Float32Array]:
        """Where a face is glass, 0 to 1, and what its rooms shine in, (h, w, 3)."""
        style, lit = windows
        columns = max(2, round(wide / (story * (1.4, 0.8, 2.6)[style])))
        of_pane, of_story = (0.62, 0.62) if style == 0 else (0.72, 0.86) if style == 1 else (0.96, 0.5)
        across, down = x / wide * columns, y / story
        pane = (np.abs(across % 1 - 0.5) < of_pane / 2) & (np.abs(down % 1 - 0.5) < of_story / 2) & (down > 0.6)
        glass = pane.astype(np.float32)
        rooms = self.rng.uniform(size=(int(down.max()) + 2, columns + 1)).astype(np.float32)
        evening = max(self.city.night, 0.35 * self.city.golden)
        room = rooms[down.astype(int), across.astype(int)]
        lamp = (np.abs((across % 1 - 0.5) * wide / columns) <= 0.5) & (np.abs((down % 1 - 0.5) * story) <= 0.5)
        on = lamp * (room < lit * evening) * (wide > _MAST_PX)
        light = _LAMPS[(room * 997).astype(int) % len(_LAMPS)] * (0.35 + 1.1 * ((room * 131) % 1) ** 2)[..., None]
        return glass, np.asarray(on[..., None] * light, np.float32)
