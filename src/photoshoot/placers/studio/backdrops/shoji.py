"""The paper of shoji screens with daylight behind it, and the shadows that a garden's bamboo throws on it."""

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw
from scipy import ndimage

from photoshoot.arrays import Float32Array
from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.textures.cache import SHELF
from photoshoot.placers.studio.textures.gradients import mix_hex
from photoshoot.placers.studio.textures.procedural import noise

_ROWS = 360
_SHADE = 0.72  # share of the light that bamboo takes
_LAYERS = ((0.9, 1.0), (2.6, 0.6))
"""Blur, in hundredths of the height, and strength: stalks that stand near the paper, and far from it."""
_STALKS, _LEAVES = 1.3, 18  # a height of width; and on a stalk
_LEAF = (0.2, 0.021)  # length and half width, heights
_FIBRES = 0.018
_BY_NIGHT, _LAMP = 0.42, "#ffe0b8"  # what the paper shines by night, of white: a lamp in the room lights it


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A wall of paper."""

    aspect: float
    """Width over height, 0.1 to 30."""
    color: str
    """Of the paper, ``#rrggbb``."""
    light: str
    """Colour of the daylight behind it, ``#rrggbb``."""
    night: float
    """How far day has gone, 0 to 1."""
    seed: int
    """Chooses where bamboo stands."""


@SHELF.keep
def paper_image(paper: Paper) -> Float32Array:
    """The paper, (360, W, 3) display-linear: brightest in the middle of its height, darker towards the floor."""
    rng = np.random.default_rng([paper.seed, 31])
    shape = (_ROWS, int(np.clip(_ROWS * paper.aspect, 64, 2600)))
    down = np.linspace(0, 1, _ROWS, dtype=np.float32)[:, None]
    level = 0.98 - 0.10 * (1 - down) ** 2 - 0.22 * down**2.5
    fibres = 1 + _FIBRES * noise((_ROWS, shape[1]), seed=paper.seed, exponent=1.6, lowest=6)
    shade = _SHADE * (1 - paper.night) * _bamboo(shape, rng)
    day = hex_to_linear(paper.color) * mix_hex("#ffffff", paper.light, 0.5)
    green = mix_hex(paper.color, "#7f9466", 0.45)  # what a shadow of leaves lets through
    lit = day * (1 - shade[..., None]) + 0.35 * green * shade[..., None]
    dark = _BY_NIGHT * hex_to_linear(paper.color) * hex_to_linear(_LAMP) * (0.7 + 0.6 * down[..., None])
    image = (level * fibres)[..., None] * lit * (1 - paper.night) + dark * paper.night
    return np.asarray(image, np.float32)


def _bamboo(shape: tuple[int, int], rng: np.random.Generator) -> Float32Array:
    """How much of the light stalks and leaves take, (H, W), 0 to 1."""
    rows, columns = shape
    taken = np.zeros(shape, np.float32)
    for blur, strength in _LAYERS:
        picture = Image.new("L", (columns, rows))
        draw = ImageDraw.Draw(picture)
        for _ in range(max(2, round(_STALKS * columns / rows))):
            _stalk(draw, (columns, rows), rng)
        soft = ndimage.gaussian_filter(np.asarray(picture, np.float32) / 255, blur * rows / 100)
        taken = np.maximum(taken, strength * soft)
    return taken


def _stalk(draw: ImageDraw.ImageDraw, size: tuple[int, int], rng: np.random.Generator) -> None:
    """A stalk that leans, with leaves in bundles along its upper part."""
    columns, rows = size
    foot, lean = float(rng.uniform(0, columns)), float(rng.uniform(-0.22, 0.22))
    top = float(rng.uniform(-0.1, 0.25))
    draw.line([(foot, rows), (foot + lean * rows, top * rows)], fill=255, width=max(2, round(0.012 * rows)))
    for _ in range(_LEAVES):
        up = float(rng.uniform(0.25, 1.0))
        start = np.array([foot + lean * rows * up, rows * (1 - up * (1 - top))])
        start += rng.normal(0, 0.05 * rows, 2)
        turn = np.radians(float(rng.normal(70, 38)) if rng.uniform() < 0.5 else float(rng.normal(110, 38)))
        along, across = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
        long, wide = (rows * length * float(rng.uniform(0.7, 1.3)) for length in _LEAF)
        outline = [start, start + 0.4 * long * along + wide * across, start + long * along]
        outline.append(start + 0.4 * long * along - wide * across)
        draw.polygon([(float(x), float(y)) for x, y in outline], fill=255)
