"""A hard shadow is told by its outline: a copy of the product's."""

from __future__ import annotations

import numpy as np
import pytest

from photoshoot.arrays import BoolArray, Float32Array
from photoshoot.segmenters.ground.cast_shadow import find_cast_shadow, follow_shadow

SIDE = 320


def draw_mug() -> BoolArray:
    region = np.zeros((SIDE, SIDE), bool)
    region[100:220, 120:200] = region[120:190, 200:230] = True
    region[135:175, 200:218] = False
    return region


def throw(product: BoolArray, *, flat: bool) -> BoolArray:
    """Moved as on a wall, or laid down from its foot as on a table."""
    shadow = np.zeros_like(product)
    rows, columns = np.nonzero(product)
    if flat:
        rows, columns = (219 - 0.4 * (219 - rows)).astype(int), columns + (0.7 * (219 - rows)).astype(int)
    else:
        rows, columns = rows + 22, columns - 30
    shadow[rows, columns] = True
    return shadow & ~product


def find(product: BoolArray, darkness: BoolArray) -> BoolArray:
    factor: Float32Array = np.where(darkness, np.float32(0.55), np.float32(1))
    return find_cast_shadow(factor, darkness, product | darkness)


@pytest.mark.parametrize("flat", [False, True])
def test_a_moved_or_laid_down_copy_of_the_product_is_its_shadow(flat: bool) -> None:
    product = draw_mug()
    shadow = throw(product, flat=flat)
    found = find(product, shadow)
    assert (found & shadow).sum() > 0.9 * shadow.sum()
    assert not (found & product).any()


def test_a_grey_part_as_even_as_a_shadow_stays() -> None:
    product = draw_mug()
    for rows, columns in ((slice(220, 250), slice(110, 210)), (slice(60, 100), slice(150, 170))):
        part = np.zeros_like(product)
        part[rows, columns] = True
        assert not find(product, part).any(), "a foot or a pipe is no copy of the mug"
    assert not find(product, np.zeros_like(product)).any()


def test_a_second_grey_product_beside_the_first_and_not_touched_by_it_stays_where_another_is_dark_too() -> None:
    product = draw_mug()
    shadow = throw(product, flat=False)
    band = np.zeros_like(product)
    band[20:80, 20:300] = True
    assert not find(product, shadow | band).any(), "what is as dark and unexplained speaks against it"


def test_the_lid_of_an_open_box_is_no_shadow_thrown_up() -> None:
    box = np.zeros((SIDE, SIDE), bool)
    rows, columns = np.indices(box.shape)
    box[(rows >= 160) & (rows < 240) & (np.abs(columns - 140 - (rows - 160) // 4) < 90)] = True
    lid = np.zeros_like(box)
    lid[90:160, 20:] = box[170:240, :-20]
    assert not find(box, lid & ~box).any()


def test_the_dark_side_of_a_round_thing_is_no_shadow() -> None:
    """Half of a white jar before white, lit from the left: a copy of its light half, aslant, but no step parts them."""
    columns = np.indices((SIDE, SIDE))[1]
    jar = np.zeros((SIDE, SIDE), bool)
    jar[100:260, 80:220], jar[80:100, 76:224] = True, True
    fade = np.clip((columns - 130) / 30, 0, 1)
    factor = np.where(jar, 1 - 0.18 * fade, 1).astype(np.float32)
    factor[80:100, 76:224] = 0.6
    darker = jar & (factor < 0.97)
    darker[80:100] = False  # the lid has a colour
    assert not find_cast_shadow(factor, darker, jar).any()


def follow(*, soft: bool = False, level: float = 0.4, unseen: float = 0.02) -> tuple[BoolArray, BoolArray, BoolArray]:
    """What is found of a shadow beside a box and under it, where it is half seen; the box; and the shadow."""
    box, shadow = np.zeros((SIDE, SIDE), bool), np.zeros((SIDE, SIDE), bool)
    box[100:200, 100:240] = True
    shadow[140:220, 60:240] = True
    shadow &= ~box
    factor = np.ones((SIDE, SIDE), np.float32)
    factor[shadow] = level
    factor[216:220, 60:240] = (1 + level) / 2  # its penumbra
    if soft:
        factor[140:220] = np.linspace(0.1, 0.9, 80, dtype=np.float32)[:, None]
    factor[box] = level  # a box of the shadow's very grey
    saliency = np.where(box, np.float32(0.97), np.float32(0))
    saliency[shadow] = unseen
    saliency[200:220, 100:240] = 0.6
    return follow_shadow(factor, factor < 0.99, factor < 0.99, saliency, saliency), box, shadow


def test_what_is_half_seen_of_a_shadow_goes_with_what_is_not_seen_of_it() -> None:
    found, box, shadow = follow()
    assert (found & shadow).sum() > 0.95 * shadow.sum()
    assert not (found & box).any(), "as grey, but surely seen"


def test_a_soft_or_faint_shade_or_a_half_seen_part_alone_is_followed_nowhere() -> None:
    for found, _, _ in (
        follow(soft=True),
        follow(level=0.9),
        follow(level=0.96),
        follow(level=0.0),
        follow(unseen=0.6),
    ):
        assert not found.any()
