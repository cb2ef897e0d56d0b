"""A stoneware mug: speckled glaze over raw clay, a printed sun, a handle."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from photography import Part
from scipy import interpolate

from photoshoot.color.space import hex_to_linear
from photoshoot.placers.studio.geometry.mesh import Mesh
from photoshoot.placers.studio.geometry.solids import lathe, tube_along
from photoshoot.placers.studio.scene.bsdfs import bitmap, plastic
from photoshoot.placers.studio.textures.procedural import noise, smoothstep
from products.artwork import Sheet

RADIUS, HEIGHT, _WALL = 0.43, 0.98, 0.042


def build_mug() -> dict[str, Part]:
    """The mug's parts, handle to the right and a little towards the camera."""
    outside = _outside()
    glaze, raw = _glaze()
    speckled = np.clip(hex_to_linear("#e9e1d2") - _speckles((512, 512), 9)[..., None] * np.float32(0.35), 0, 1)
    body = {
        "type": "blendbsdf",
        "weight": bitmap(raw),
        "a": plastic(bitmap(glaze), 0.09),
        "b": plastic(bitmap(glaze), 0.55),
    }
    return {
        "outside": (outside, body),
        "inside": (_inside(), plastic("#f0e9dc", 0.07)),
        "handle": (_handle().turned(-24), plastic(bitmap(speckled), 0.09)),
    }


def _outside() -> Mesh:
    """From the top of the lip down to the middle of the foot."""
    turn = np.linspace(0, np.pi / 2, 8)
    half = _WALL / 2
    lip = np.stack([RADIUS - half * (1 - np.sin(turn)), HEIGHT - half * (1 - np.cos(turn))], 1)
    belly = np.stack([RADIUS + 0.012 * np.sin(np.linspace(0, np.pi, 24)), np.linspace(HEIGHT - half, 0.14, 24)], 1)[1:]
    foot = np.stack([RADIUS - 0.11 * (1 - np.cos(turn)), 0.14 - 0.125 * np.sin(turn)], 1)[1:]
    ring = [(RADIUS - 0.12, 0.0), (RADIUS - 0.15, 0.0), (RADIUS - 0.16, 0.02), (0.0, 0.02)]
    return lathe(np.concatenate([lip, belly, foot, ring]), 160)


def _inside() -> Mesh:
    """From the middle of the inner floor up to the top of the lip; faces inward and up."""
    turn, half, inner = np.linspace(0, np.pi / 2, 8), _WALL / 2, RADIUS - _WALL
    floor = np.stack([inner - 0.12 + 0.12 * np.sin(turn), 0.19 - 0.12 * np.cos(turn)], 1)
    lip = np.stack([inner + half * (1 - np.cos(turn)), HEIGHT - half + half * np.sin(turn)], 1)
    return lathe(np.concatenate([[[0.0, 0.07]], floor, lip])[::-1], 160).flipped()


def _handle() -> Mesh:
    """An ear whose flared ends run into the wall."""
    knots = [
        (RADIUS - 0.03, 0.80),
        (0.53, 0.815),
        (0.685, 0.765),
        (0.735, 0.60),
        (0.69, 0.41),
        (0.55, 0.275),
        (RADIUS - 0.03, 0.235),
    ]
    share = np.linspace(0, 1, 64)
    curve = interpolate.CubicSpline(np.linspace(0, 1, len(knots)), knots)(share)
    end = np.minimum(share, 1 - share)
    radius = 0.043 * (1 + 0.75 * np.exp(-((end / 0.065) ** 2)))
    return tube_along(np.column_stack([curve, np.zeros(64)]), radius, sides=40, flatten=1.5)


def _glaze() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Paint of the outside, and 1 where the clay is left raw; rows run by length from lip to foot."""
    rows, columns = 1024, 2048
    sheet = Sheet(columns, rows, "#e9e1d2")
    _draw_sun(sheet, (columns * 0.5, rows * 0.30))
    paint = sheet.printed() * (1 - 0.55 * _speckles((rows, columns), 5))[..., None]
    across = np.arange(columns) / columns * 2 * np.pi
    edge = rows * (0.545 + 0.010 * np.sin(3 * across + 1) + 0.007 * np.sin(7 * across))
    raw = smoothstep(-3, 3, np.arange(rows)[:, None] - edge)
    clay = hex_to_linear("#b48a68") * (1 + 0.10 * noise((rows, columns), seed=8, exponent=1.0))[..., None]
    return np.asarray(paint * (1 - raw[..., None]) + clay * raw[..., None], np.float32), raw


def _draw_sun(sheet: Sheet, middle: tuple[float, float]) -> None:
    x, y = middle
    sheet.disc((x, y), 74, "#c8663c")
    sheet.box((x - 90, y + 8, x + 90, y + 90), "#e9e1d2")
    for number, width in enumerate((170, 130, 86)):
        sheet.box((x - width / 2, y + 22 + 20 * number, x + width / 2, y + 28 + 20 * number), "#c8663c")
    for angle in np.radians(np.arange(-170, -5, 20)):
        ray = np.array([[np.cos(angle), np.sin(angle)]]) * np.array([[96], [124]]) + [x, y]
        sheet.line(ray, 7, "#c8663c")
    sheet.text((x, y + 122), "slow morning", 40, "#6b4a38", spacing=0.06)


def _speckles(shape: tuple[int, int], seed: int) -> npt.NDArray[np.float32]:
    """Iron specks, 0 to 1."""
    return smoothstep(2.5, 3.1, noise(shape, seed=seed, exponent=0.9, lowest=24))
