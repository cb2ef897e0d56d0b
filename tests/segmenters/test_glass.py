"""Clear glass before a plain backdrop becomes transparent; what is opaque stays."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from photoshoot.pixels.photos import read_photo
from photoshoot.records.product import Cutout
from photoshoot.segmenters.cutout import cut_out
from photoshoot.segmenters.ground.backdrop import Backdrop
from photoshoot.segmenters.matte.glass import fair_outline, find_solid, rate_body, see_through
from photoshoot.segmenters.strokes import refine
from photoshoot.settings import SegmentationSettings

SIDE = 200
GREY = 200
JAR, LID, HIGHLIGHT = np.zeros((3, SIDE, SIDE), bool)
JAR[70:170, 60:140] = True
LID[50:70, 55:145] = True
HIGHLIGHT[90:150, 70:76] = True
BEHIND = Backdrop(coefficients=np.array([[GREY / 255] * 3, *[[0] * 3] * 9], np.float32), spread=0.002)


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
    photo, solid = draw_photo(), np.zeros_like(JAR)
    solid[:, :100] = True
    rgb, alpha = photo.copy(), JAR.astype(np.float32)
    see_through(rgb, alpha, BEHIND, (0, 0, 1, 1), photo, rate_body(alpha, solid), np.zeros_like(alpha))
    inner = solid.copy()
    inner[:, 97:] = False
    assert (alpha[inner & JAR] == 1).all()
    assert np.array_equal(rgb[inner], photo[inner])
    assert alpha[100:160, 105:130].max() < 0.3


def test_a_steel_knob_stays_whole_where_it_shines_as_bright_as_the_backdrop() -> None:
    knob = np.s_[20:50, 80:120]
    light = draw_photo().astype(np.float32)
    light[knob], light[30:40, 98:102] = 90, GREY
    light[100, 60:140] = 40  # a dark line of glass
    planes = light.transpose(2, 0, 1) / np.float32(255)
    alpha = (JAR | LID).astype(np.float32)
    alpha[knob] = 1
    solid = find_solid(planes, alpha, np.full_like(planes, GREY / 255))
    assert solid[25:45, 85:115].all()
    assert solid[55:65, 60:140].all()
    assert not solid[75:165, 65:135].any()


def test_glass_shows_more_of_its_body_toward_its_outline() -> None:
    body = rate_body(JAR.astype(np.float32), LID)
    assert body[120, 61] > body[120, 66] > body[120, 100]
    assert body[120, 100] < 0.1
    assert (body[55:65, 60:140] == 1).all()


def test_an_outline_that_waves_beside_a_faint_edge_becomes_fair() -> None:
    """The matte strays by up to 5 px from a round vessel, whose edge is a fiftieth of white darker."""
    size, radius = 400, 140
    rows, columns = np.mgrid[:size, :size] - (size - 1) / 2
    far, turn = np.hypot(rows, columns), np.arctan2(rows, columns)
    light = 0.9 - 0.02 / (1 + np.exp((far - radius) / 0.7)) + np.random.default_rng(1).normal(0, 0.003, far.shape)
    matte = np.clip(radius + 5 * np.sin(9 * turn) - far + 0.5, 0, 1).astype(np.float32)
    true = np.clip(radius - far + 0.5, 0, 1)
    change = fair_outline(matte, np.stack([light] * 3).astype(np.float32), np.zeros_like(matte))
    before, after = (float(np.abs(found - true).sum()) for found in (matte, matte + change))
    assert after < 0.3 * before
    assert not fair_outline(matte, np.stack([light] * 3).astype(np.float32), np.ones_like(matte)).any(), "all is solid"


def test_a_stroke_on_glass_leaves_the_rest_of_it_glass() -> None:
    before = cut(glass=True)
    stroke = np.zeros_like(JAR)
    stroke[52:56, 62:138] = LID[52:56, 62:138]
    after = refine(before, remove=stroke)
    assert abs(after.box.bottom - before.box.bottom) <= 2
    changed = float((np.abs(after.alpha_matte - before.alpha_matte)[100:] > 0.05).mean())
    assert changed < 0.01, f"{changed:.1%} of the glass changed"
    assert float(after.alpha_matte[stroke].max()) == 0
