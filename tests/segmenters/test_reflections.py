"""A mirror image under a product is told by what it repeats; what is alike above and below by itself is none."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.ground.reflections import find_reflection

SIDE, BASE = 224, 140


def draw_box(rng: np.random.Generator) -> tuple[Float32Array, BoolArray]:
    """A printed box on a brown table, (3, H, W), and where it is."""
    planes = np.full((3, SIDE, SIDE), 0.8, np.float32)
    planes[:, 110:] = np.array([0.4, 0.3, 0.25], np.float32)[:, None, None]
    product = np.zeros((SIDE, SIDE), bool)
    product[50:BASE, 70:150] = True
    print_ = np.kron(rng.random((30, 27)), np.ones((3, 3)))[:90, :80].astype(np.float32)
    planes[:, 50:BASE, 70:150] = np.array([0.2, 0.5, 0.9], np.float32)[:, None, None] * (0.4 + 0.6 * print_)
    return planes, product


def test_a_fading_mirror_image_is_found_to_the_line() -> None:
    planes, product = draw_box(np.random.default_rng(0))
    reflected = np.zeros_like(product)
    reflected[BASE : BASE + 45, 70:150] = True
    share = np.linspace(0.5, 0.2, 45, dtype=np.float32)[:, None]
    above = planes[:, BASE - 45 : BASE, 70:150][:, ::-1]
    planes[:, BASE : BASE + 45, 70:150] *= 1 - share
    planes[:, BASE : BASE + 45, 70:150] += share * above
    found = find_reflection(planes, (product | reflected).astype(np.float32))
    assert (found & reflected).sum() > 0.9 * reflected.sum()
    assert (found & product).sum() < 0.01 * product.sum()
    assert not find_reflection(planes, product.astype(np.float32)).any(), "what is not seen needs no finding"


def test_what_is_alike_above_and_below_by_itself_stays() -> None:
    planes, product = draw_box(np.random.default_rng(1))
    planes[:, 95:BASE, 70:150] = planes[:, 50:95, 70:150][:, ::-1]
    assert not find_reflection(planes, product.astype(np.float32)).any(), "as bright as above: a pattern, no mirror"
    rows, columns = np.mgrid[:SIDE, :SIDE]
    ball = (rows - 112) ** 2 + (columns - 112) ** 2 < 60**2
    planes[:] = 0.9
    planes[:, ball] = 0.3 + 0.3 * np.sin((rows + columns)[ball] / 9)
    assert not find_reflection(planes, ball.astype(np.float32)).any()
    assert not find_reflection(planes, np.zeros_like(planes[0])).any()


@pytest.mark.parametrize("streak", [0.95, 0.75])
def test_a_pale_jar_with_a_highlight_down_its_height_stays(streak: float) -> None:
    rng = np.random.default_rng(2)
    planes = np.full((3, SIDE, SIDE), 0.78, np.float32)
    jar = np.zeros((SIDE, SIDE), bool)
    jar[70:190, 60:160] = True
    planes[:, jar] = 0.72
    planes[:, 90:175, 76:84] = streak
    lid = np.zeros_like(jar)
    lid[50:70, 55:165] = True
    planes[:, lid] = np.array([0.55, 0.43, 0.31], np.float32)[:, None]
    planes += rng.normal(0, 0.003, planes.shape).astype(np.float32)
    assert not find_reflection(planes, (jar | lid).astype(np.float32)).any()
