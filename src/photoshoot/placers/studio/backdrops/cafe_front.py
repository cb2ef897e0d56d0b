"""A café's front seen over its terrace: windows under a striped awning, shrubs in pots, drawn as a picture that shines.

Lengths are in metres: x to the right of the picture's middle, y over the pavement.
"""

from dataclasses import dataclass
from typing import Final, Self

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_colors, mix_hex
from photoshoot.placers.studio.textures.procedural import smoothstep

_ROWS: Final = 620
_WIDEST: Final = 2200  # px
_BAY: Final = 1.7  # from mullion to mullion
_BASE, _TRANSOM, _HEAD, _FASCIA, _COURSE = 0.62, 2.05, 2.5, 3.0, 3.3
"""Heights of the panels under the windows, of what divides them, of their tops, the sign and the course."""
_AWNING, _VALANCE, _HUNG = 2.95, 2.42, 2.2
"""Heights of an awning's upper edge, of its front, and of the cloth that hangs from that."""
_STRIPE: Final = 0.34
_STOREY, _SILL, _LINTEL, _OPENING = 2.5, 3.95, 5.9, 0.52
"""Upper windows: from one to the next, height of the lower and the upper edge, and half the width."""
_STONE, _PAVING, _CREAM = "#d3c6b1", "#a79f94", "#f3ebdc"
_JOINERY, _SHUTTERS, _IRON = "#26342e", "#93a3a6", "#2c2f31"
_ROOM: Final = ("#1d130c", "#4a2f1b", "#8a5a2c")
"""What is seen in the windows, from the floor up."""
_GREENS: Final = ("#2f4a2a", "#55763b", "#7e9a52")
_CLAY: Final = "#a8613f"
_LAMP: Final = "#ffc67c"
_SUN, _DIM = 0.86, 0.46  # what white shows in the sun and in the shade, by day
_LATE: Final = ("#ffc58e", "#8a83a8")  # what it shows in a low sun and away from it
_UNLIT: Final = ("#35406a", 0.42)  # what it shows by night


@dataclass(frozen=True, kw_only=True)
class CafeFront:
    """What is seen of it, and when."""

    wide: float
    """Width of what is seen, metres."""
    tall: float
    """Height of what is seen, metres."""
    bottom: float
    """Height of the picture's lower edge over the pavement, metres; under 0, in front of the house."""
    night: float
    """How far day has gone, 0 to 1."""
    golden: float
    """How low and warm the sun is, 0 to 1."""
    color: str
    """Of the awning's stripes, ``#rrggbb``."""
    sunny_left: bool
    """Whether the sun is on the left."""
    seed: int
    """Chooses where the door and the pots are, 0 or more."""


@SHELF.keep
def cafe_front_image(front: CafeFront) -> Float32Array:
    """(H, W, 3) display-linear, lamps above 1; read-only."""
    painter = _Painter.of(front)
    painter.wall()
    painter.windows()
    painter.awning()
    painter.green()
    painter.lamps()
    image = np.asarray(ndimage.gaussian_filter(painter.image, (1.2, 1.2, 0)), np.float32)
    image.setflags(write=False)
    return image


@dataclass(kw_only=True)
class _Painter:
    """Paints what is farther first."""

    front: CafeFront
    image: Float32Array
    x: Float32Array
    """(1, W), metres."""
    y: Float32Array
    """(H, 1), metres."""
    start: float
    """Where the first bay begins, metres."""
    door: int
    """Which of three bays has a door."""
    rng: np.random.Generator

    @classmethod
    def of(cls, front: CafeFront) -> Self:
        """Before the first stroke."""
        rng = np.random.default_rng([front.seed, 53])
        columns = int(np.clip(_ROWS * front.wide / front.tall, 64, _WIDEST))
        across = (np.arange(columns, dtype=np.float32)[None] + 0.5) / columns - 0.5
        up = 1 - (np.arange(_ROWS, dtype=np.float32)[:, None] + 0.5) / _ROWS
        return cls(
            front=front,
            image=np.zeros((_ROWS, columns, 3), np.float32),
            x=np.asarray(across * front.wide, np.float32),
            y=np.asarray(up * front.tall + front.bottom, np.float32),
            start=float(rng.uniform(0, _BAY)),
            door=int(rng.integers(3)),
            rng=rng,
        )

    def wall(self) -> None:
        """Courses of stone with windows and their shutters over the café, and the pavement before it."""
        lit = self._lit(_SUN)
        joints = 1 - 0.12 * _band(self.y % 0.42, 0.0, 0.03, 0.02)
        self._paint(hex_to_linear(_STONE) * lit * joints[..., None], np.float32(1.0))
        near = (self.x - self.start) % _STOREY - _STOREY / 2
        tall = _band(self.y, _SILL, _LINTEL, 0.03)
        shutters = _band(np.abs(near), _OPENING, 2 * _OPENING - 0.08, 0.03) * tall
        slats = 0.8 + 0.2 * _band(self.y % 0.12, 0.02, 0.1, 0.02)
        self._paint(hex_to_linear(_SHUTTERS) * lit * slats[..., None], shutters)
        pane = _band(np.abs(near), 0.04, _OPENING - 0.06, 0.03) * _band(self.y, _SILL + 0.08, _LINTEL - 0.08, 0.03)
        self._paint(hex_to_linear("#e9e4da") * lit, _band(np.abs(near), -1.0, _OPENING, 0.03) * tall)
        self._paint(mix_hex("#5d6f7e", "#2a2018", self.front.night), pane)
        rail = _band(np.abs(near), -1, 0.75, 0.03) * _band(self.y, _SILL - 0.05, _SILL + 0.75, 0.02)
        bars = np.maximum(_band(self.x % 0.11, 0, 0.035, 0.01), _band(self.y, _SILL + 0.68, _SILL + 0.75, 0.02))
        self._paint(hex_to_linear(_IRON) * lit, rail * bars)
        course = _band(self.y, _FASCIA, _COURSE, 0.03)
        self._paint(hex_to_linear(_STONE) * lit * 1.08, course)
        deep = np.maximum(-self.y, 0) ** 0.5
        slabs = 1 - 0.14 * _band(deep * 5 % 1, 0.0, 0.12, 0.06) - 0.1 * np.sin(3 * self.x + 5 * deep)
        self._paint(hex_to_linear(_PAVING) * self._lit(0.62) * slabs[..., None], smoothstep(0.03, -0.03, self.y))

    def windows(self) -> None:
        """Bays of glass in painted wood, rooms with lamps behind it, and a door."""
        front, shade = self.front, self._lit(_DIM)
        joinery = hex_to_linear(_JOINERY) + 0.12 * hex_to_linear(front.color)
        self._paint(joinery * shade, _band(self.y, 0.0, _FASCIA, 0.02))
        bay = np.floor((self.x - self.start) / _BAY)
        is_door = ((bay + self.door) % 3 == 0).astype(np.float32)
        near = np.abs((self.x - self.start) % _BAY - _BAY / 2)
        low = _BASE - 0.4 * is_door
        panes = _band(near, -1, _BAY / 2 - 0.09, 0.02) * smoothstep(-0.02, 0.02, self.y - low)
        panes = panes * smoothstep(0.02, -0.02, self.y - _HEAD)
        bars = np.maximum(_band(self.y, _TRANSOM - 0.04, _TRANSOM + 0.04, 0.02), is_door * _band(near, -1, 0.05, 0.02))
        self._paint(self._rooms(bay), panes * (1 - bars))
        panel = _band(near, -1, _BAY / 2 - 0.2, 0.02) * _band(self.y, 0.16, _BASE - 0.14, 0.02) * (1 - is_door)
        self._paint(joinery * shade * 1.7, panel)

    def _rooms(self, bay: Float32Array) -> Float32Array:
        """What is seen through the panes: a warm room over its dark tables, and the bright street in the glass."""
        front = self.front
        evening = max(front.night, 0.55 * front.golden)
        up = np.clip((self.y - 0.3) / 2.0, 0, 1)
        room = mix_colors(_ROOM, np.broadcast_to(up, (len(self.y), 1))) * np.float32(0.75 + 1.9 * evening)
        shelves = _band(self.y % 0.34, 0.03, 0.24, 0.03) * _band(self.y, 1.05, 1.95, 0.05)
        bottles = 0.5 + 0.5 * np.sin(self.x * 41.0 + 3.0 * np.sin(self.x * 13.0))
        back = ((bay + self.door) % 2 == 0) * shelves * bottles
        glow = hex_to_linear(_LAMP) * np.float32(0.16 + 0.5 * evening)
        seen = room + back[..., None] * glow
        sky = (0.5 + 0.5 * np.sin(2.1 * (self.x - 0.6 * self.y))) * np.clip((self.y - 0.8) / 1.4, 0, 1)
        street = mix_hex("#cfdde6", "#ffd9a8", front.golden) * np.float32(0.34 * (1 - front.night))
        return np.asarray(seen + sky[..., None] * street, np.float32)

    def awning(self) -> None:
        """Striped cloth that comes down before the windows, with a scalloped edge, and its shadow under it."""
        front = self.front
        fall = smoothstep(1.3, _HUNG, self.y) * _band(self.y, 0, _FASCIA, 0.03)
        self.image *= (1 - 0.5 * (1 - front.night) * fall)[..., None]
        stripe = _band((self.x - self.start) % (2 * _STRIPE), 0.0, _STRIPE, 0.02)
        cloth = hex_to_linear(_CREAM) * (1 - stripe[..., None]) + hex_to_linear(front.color) * stripe[..., None]
        lit = self._lit(0.98)
        edge = _HUNG + 0.07 * np.abs(np.cos(np.pi * (self.x - self.start) / _STRIPE))
        slope = smoothstep(_VALANCE, _AWNING, self.y)
        inside = hex_to_linear(_LAMP) * np.float32(0.3 * front.night)  # lamps under it shine through
        above = cloth * (lit + 0.7 * inside) * (1.0 - 0.22 * slope)[..., None]
        self._paint(above, _band(self.y, _VALANCE, _AWNING, 0.02))
        hung = smoothstep(-0.02, 0.02, self.y - edge) * smoothstep(0.02, -0.02, self.y - _VALANCE)
        self._paint(cloth * (0.78 * lit + inside), hung)

    def green(self) -> None:
        """Boxes of shrubs along the front, not before its door, and a clipped tree in a pot at each side of that."""
        lit = self._lit(0.8)
        bay = (self.x - self.start) / _BAY
        away = np.abs((bay + self.door) % 3 - 0.5)  # from the door's middle, bays
        away = np.minimum(away, 3 - away)
        box = smoothstep(0.95, 1.0, away)
        self._paint(hex_to_linear(_JOINERY) * lit * 1.3, box * _band(self.y, 0.04, 0.5, 0.02))
        top = 0.92 + 0.10 * np.sin(self.x * 5.3 + self.start) + 0.05 * np.sin(self.x * 17.1)
        self._paint(self._leaves(lit), box * _band(self.y, 0.42, top, 0.06))
        beside = (away - 0.74) * _BAY
        self._paint(hex_to_linear(_CLAY) * lit, _band(np.abs(beside), -1, 0.2, 0.02) * _band(self.y, 0.02, 0.45, 0.02))
        stem = _band(np.abs(beside), -1, 0.03, 0.01) * _band(self.y, 0.4, 1.0, 0.02)
        self._paint(hex_to_linear("#4d3a28") * lit, stem)
        sunny = (-1.0 if self.front.sunny_left else 1.0) * beside + self.y - 1.25
        round_ = np.clip(0.95 + 0.9 * sunny, 0.5, 1.35)[..., None]
        ball = 0.36 - np.hypot(beside, self.y - 1.25)
        self._paint(self._leaves(lit) * round_, smoothstep(-0.03, 0.03, ball))

    def _leaves(self, lit: Float32Array) -> Float32Array:
        """Leaves in light and shade."""
        grain = self.rng.standard_normal(self.image.shape[:2]).astype(np.float32)
        scale = _ROWS / self.front.tall
        clumps = ndimage.gaussian_filter(grain, 0.05 * scale)
        clumps /= clumps.std()
        high = np.clip((self.y - 0.4) / 0.8, 0, 1)
        return np.asarray(mix_colors(_GREENS, 0.25 + 0.4 * high + 0.22 * clumps) * lit, np.float32)

    def lamps(self) -> None:
        """Globes between the bays and bulbs along the awning, on from a low sun on, and their light on the front."""
        front = self.front
        on = max(front.night, 0.7 * front.golden)
        glow, lamp = hex_to_linear(_LAMP), np.float32(0.25 + 2.6 * on)
        near = (self.x - self.start + _BAY / 2) % _BAY - _BAY / 2
        globe = smoothstep(0.02, -0.02, np.hypot(near, self.y - 1.88) - 0.1)
        self._paint(glow * lamp + hex_to_linear(_CREAM) * (1 - on) * self._lit(0.5), globe)
        bulb = (self.x - self.start) % _STRIPE - _STRIPE / 2
        bulbs = smoothstep(0.02, -0.01, np.hypot(bulb, self.y - _HUNG + 0.06) - 0.035)
        self.image += (bulbs * on)[..., None] * glow * np.float32(3.0)
        pool = np.exp(-np.hypot(near, (self.y - 1.7) / 1.2) / 0.45) * _band(self.y, 0.0, _HUNG, 0.05)
        self.image += (pool * on * 0.3)[..., None] * glow
        shone_on = smoothstep(0.02, -0.02, self.y) * np.exp(np.minimum(self.y, 0) / 1.1)
        self.image += (shone_on * on * (0.16 + 0.06 * np.cos(2 * np.pi * near / _BAY)))[..., None] * glow

    def _lit(self, share: float) -> Float32Array:
        """What white shows that has such a share of the light, (H, W or 1, 3): brighter on the sun's side."""
        front = self.front
        side = (-1.0 if front.sunny_left else 1.0) * self.x / max(front.wide, 1e-6)
        sun, dim = (np.ones(3) + front.golden * (hex_to_linear(late) - 1) for late in _LATE)
        day = (dim + share * (sun - dim)) * (share * (1 + 0.16 * side[..., None]))
        color, least = _UNLIT
        dark = hex_to_linear(color) * least * share / _DIM
        return np.asarray(day + front.night * (dark - day), np.float32)

    def _paint(self, color: npt.ArrayLike, share: npt.ArrayLike) -> None:
        """Cover so much of what is there with a colour, broadcast to the picture."""
        cover = np.broadcast_to(np.asarray(share, np.float32), self.image.shape[:2])[..., None]
        self.image += cover * (np.asarray(color, np.float32) - self.image)


def _band(
    value: npt.NDArray[np.floating],
    low: float | npt.NDArray[np.floating],
    high: float | npt.NDArray[np.floating],
    soft: float,
) -> Float32Array:
    """1 between two bounds, 0 beyond them, and soft by so much about each."""
    inside = np.clip((value - low) / soft + 0.5, 0, 1) * np.clip((high - value) / soft + 0.5, 0, 1)
    return np.asarray(inside, np.float32)
