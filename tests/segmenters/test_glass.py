"""Clear glass before a plain backdrop becomes transparent; what is opaque stays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from photoshoot.pixels.photos import read_photo
from photoshoot.product import Cutout
from photoshoot.segmenters.backdrop import Backdrop
from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.glass import see_through
from photoshoot.settings import SegmentationSettings

SIDE = 200
GREY = 200
JAR, LID, HIGHLIGHT = np.zeros((3, SIDE, SIDE), bool)
JAR[70:170, 60:140] = True
LID[50:70, 55:145] = True
HIGHLIGHT[90:150, 70:76] = True


def draw_photo() -> npt.NDArray[np.uint8]:
    """A jar of slightly grey glass with a brown lid and a highlight before light grey."""
    rgb = np.full((SIDE, SIDE, 3), GREY, np.float32)
    rgb[JAR] = GREY * 0.93
    rgb[LID], rgb[HIGHLIGHT] = (150, 110, 80), 255
    return np.clip(rgb + np.random.default_rng(3).normal(0, 0.6, rgb.shape), 0, 255).astype(np.uint8)


def cut(*, glass: bool) -> Cutout:
    seen = (JAR | LID).astype(np.float32)
    return cut_out(read_photo(draw_photo()), lambda _: seen, "drawn", SegmentationSettings(glass=glass))


def test_glass_lets_through_and_keeps_lid_and_highlight() -> None:
    opaque, clear = cut(glass=False), cut(glass=True)
    body = np.zeros_like(JAR)
    body[100:160, 90:130] = True
    streak = np.zeros_like(JAR)
    streak[100:140, 72:74] = True
    lid = np.zeros_like(LID)
    lid[55:65, 60:140] = True
    assert float(opaque.alpha_matte[body].min()) > 0.98
    assert float(clear.alpha_matte[body].max()) < 0.25
    assert float(clear.alpha_matte[streak].min()) > 0.9
    assert float(clear.alpha_matte[lid].min()) > 0.99
    assert clear.box == opaque.box


def test_over_the_old_backdrop_it_is_the_photo_again() -> None:
    cutout = cut(glass=True)
    alpha = cutout.alpha_matte[..., None]
    over = cutout.rgb * alpha + GREY * (1 - alpha)
    inside = np.zeros_like(JAR)
    inside[80:160, 66:134] = True
    worst = float(np.abs(over - draw_photo())[inside].max())
    assert worst <= 8, f"differs by up to {worst:.0f} of 255"


def test_what_is_known_as_solid_stays() -> None:
    behind = Backdrop(coefficients=np.array([[GREY / 255] * 3, *[[0] * 3] * 9], np.float32), spread=0.002)
    photo, solid = draw_photo(), np.zeros_like(JAR)
    solid[:, :100] = True
    rgb, alpha = photo.copy(), JAR.astype(np.float32)
    see_through(rgb, alpha, behind, (0, 0, 1, 1), photo, solid)
    assert (alpha[solid & JAR] == 1).all()
    assert np.array_equal(rgb[solid], photo[solid])
    assert alpha[100:160, 105:130].max() < 0.3
