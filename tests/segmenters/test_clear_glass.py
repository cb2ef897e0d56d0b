"""Clear glass is told by the photo itself; china, steel and shirts before the same backdrops are not taken for it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from photoshoot.pixels.photos import read_photo
from photoshoot.records.product import Cutout
from photoshoot.segmenters.ground.backdrop import Backdrop
from photoshoot.segmenters.matte.clear_glass import Signs, find_cards, read_signs
from photoshoot.segmenters.u2net import U2NetSegmenter
from photoshoot.settings import SegmentationSettings

SIDE, GREY = 200, 0.8
PICTURES = Path(__file__).with_name("glass_and_china")
BODY = np.zeros((SIDE, SIDE), bool)
BODY[50:170, 60:140] = True
EDGE = BODY.copy()
EDGE[51:169, 61:139] = False
LINES = np.zeros_like(BODY)
LINES[70:150:16, 70:130] = True


def read(*, rim: float, lines: float, lift: float = 0.0, lid: int = 0, ink: npt.NDArray[np.bool_] = ~BODY) -> Signs:
    """The signs of a thing before grey whose rim, lines and body differ from it by so much, sRGB units.

    Its uppermost rows, ``lid`` of them, are dark, and so is what bears ink.
    """
    light = np.full((SIDE, SIDE), GREY, np.float32)
    light[BODY] += np.float32(lift)
    light[EDGE] += np.float32(rim)
    light[LINES] += np.float32(lines)
    light[:lid][BODY[:lid]] = 0.2
    light[BODY & ink] = 0.2
    flat = np.zeros((10, 3), np.float32)
    flat[0] = GREY
    backdrop = Backdrop(coefficients=flat, spread=0.004)
    return read_signs(np.stack([light] * 3), BODY.astype(np.float32), backdrop, (0, 0, 1, 1))


def test_glass_is_clear_with_lines_and_a_rim() -> None:
    signs = read(rim=-0.12, lines=-0.08)
    assert signs.agree
    assert signs.tell_glass(0.9)
    assert not signs.tell_glass(0.1), "what is no vessel is no glass"


@pytest.mark.parametrize(
    ("rim", "lines", "lift"),
    [(0.0, -0.08, 0.0), (-0.12, 0.0, 0.0), (-0.12, -0.08, 0.06), (-0.5, -0.5, -0.5)],
    ids=["no rim", "no lines: china", "lighter all over: steel", "unlike the backdrop"],
)
def test_each_sign_must_be_there(rim: float, lines: float, lift: float) -> None:
    assert not read(rim=rim, lines=lines, lift=lift).agree


def test_a_large_lid_hides_no_glass() -> None:
    plain, covered = (read(rim=-0.12, lines=-0.08, lid=rows) for rows in (0, 105))
    assert covered.agree
    assert covered.clear > 0.9 * plain.clear


def test_the_less_sure_the_vessel_the_more_lines() -> None:
    few, many = (Signs(clear=0.8, lines=share, rim=0.6) for share in (0.03, 0.1))
    assert not few.tell_glass(0.4)
    assert few.tell_glass(0.9)
    assert many.tell_glass(0.4)


def test_what_is_clear_in_part_takes_more_lines() -> None:
    steel, jar = (Signs(clear=0.45, lines=share, rim=0.6) for share in (0.06, 0.15))
    assert not steel.tell_glass(0.8), "a steel goblet mirrors the backdrop in part"
    assert jar.tell_glass(0.8)


def test_print_on_a_pale_label_is_no_line_of_glass() -> None:
    signs = read(rim=-0.12, lines=-0.5)
    assert signs.ink > 0.8
    assert not signs.tell_glass(0.9)


def test_glass_with_a_printed_name_has_its_lines_beside_it() -> None:
    name = np.zeros_like(BODY)
    name[100:104:2, 90:100] = True
    signs = read(rim=-0.12, lines=-0.08, ink=name)
    assert 0 < signs.ink < 0.5
    assert signs.tell_glass(0.9)


def cut(name: str, segmenter: U2NetSegmenter) -> Cutout:
    return segmenter.segment([read_photo(PICTURES / f"{name}.jpg")])[0]


@pytest.fixture(scope="module")
def segmenter() -> U2NetSegmenter:
    pytest.importorskip("onnxruntime")
    return U2NetSegmenter()


def middle(cutout: Cutout) -> npt.NDArray[np.float32]:
    """The middle quarter of the product's matte."""
    box = cutout.box
    across, down = box.width // 4, box.height // 4
    return cutout.alpha_matte[box.top + down : box.bottom - down, box.left + across : box.right - across]


def test_a_jar_of_glass_lets_through_and_says_so(segmenter: U2NetSegmenter) -> None:
    cutout = cut("glass_jar", segmenter)
    assert cutout.segmentation == SegmentationSettings(glass=True)
    assert any("glass=False" in note for note in cutout.notes)
    assert float(np.median(middle(cutout))) < 0.3
    opaque = cut("glass_jar", segmenter.with_settings(SegmentationSettings(glass=False)))
    assert opaque.notes == ()
    assert float(np.median(middle(opaque))) > 0.9


def test_a_jar_of_white_china_does_not(segmenter: U2NetSegmenter) -> None:
    cutout = cut("china_jar", segmenter)
    assert cutout.segmentation == SegmentationSettings()
    assert cutout.notes == ()
    assert float(np.median(middle(cutout))) > 0.9
    side = cutout.alpha_matte[200:300, 240:280]
    assert float(side.mean()) > 0.99, "its dark side is no shadow thrown on the wall"


def test_a_carton_beside_a_bottle_is_no_glass() -> None:
    """It has one tone, and not the backdrop's; a bottle has many."""
    light = np.full((SIDE, SIDE), GREY, np.float32)
    carton, bottle = np.s_[40:160, 20:90], np.s_[60:160, 110:170]
    light[carton] -= 0.08
    light[bottle] -= np.linspace(0, 0.2, 60, dtype=np.float32)
    alpha = np.zeros_like(light)
    alpha[carton] = alpha[bottle] = 1
    flat = np.zeros((10, 3), np.float32)
    flat[0] = GREY
    backdrop = Backdrop(coefficients=flat, spread=0.004)
    cards = find_cards(np.stack([light] * 3), alpha, backdrop, (0, 0, 1, 1))
    assert cards[carton].all()
    assert not cards[bottle].any()
    alpha[bottle] = 0
    assert not find_cards(np.stack([light] * 3), alpha, backdrop, (0, 0, 1, 1)).any(), "alone it tells nothing"
